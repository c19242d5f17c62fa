"""Reminds a page to check the clock, as a new day may begin while it is shown."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

LOOK_EVERY_MS = 60_000


class MinuteLook(QTimer):
    """Emits `due` every minute and when the page's window comes to the front."""

    due = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, interval=LOOK_EVERY_MS)
        self.timeout.connect(self.due)
        page.installEventFilter(self)
        self.start()

    def eventFilter(self, page: QObject, event: QEvent) -> bool:
        """Emit `due` after a sleep, or when the window comes to the front.

        Unlike `ActivationChange`, Qt sends this event to the widgets in the window, too. A slot
        may replace the page, so `due` waits until Qt has gone through the widgets.
        """
        del page
        if event.type() is QEvent.Type.WindowActivate:
            QTimer.singleShot(0, self, self.due.emit)
        return False
