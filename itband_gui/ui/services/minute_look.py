"""When a page looks at the clock: a day may begin while it is shown."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

LOOK_EVERY_MS = 60_000


class MinuteLook(QTimer):
    """Calls on a page, by `due`, each minute and when its window comes to the front."""

    due = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, interval=LOOK_EVERY_MS)
        self.timeout.connect(self.due)
        page.installEventFilter(self)
        self.start()

    def eventFilter(self, page: QObject, event: QEvent) -> bool:
        """Look at once after a sleep, or after the window was behind others.

        Qt tells this, unlike `ActivationChange`, to the widgets within the window, too. The page
        may be replaced by what is due, and so not while Qt goes through the widgets.
        """
        del page
        if event.type() is QEvent.Type.WindowActivate:
            QTimer.singleShot(0, self, self.due.emit)
        return False
