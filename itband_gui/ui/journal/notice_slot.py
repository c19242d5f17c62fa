"""A place for one notice at a time; the newest replaces the one before."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.ui.widgets.notice import Notice


class NoticeSlot(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    @property
    def notice(self) -> Notice | None:
        """The notice that is shown, or None."""
        item = self._box.itemAt(0)
        shown = None if item is None else item.widget()
        return shown if isinstance(shown, Notice) else None

    def say(self, text: str, action: tuple[str, Callable[[], object]] | None = None) -> Notice:
        """Show a sentence, with what can be done about it, and speak it to screen readers."""
        self.clear()
        notice = Notice(text, () if action is None else (action,))
        self._box.addWidget(notice)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        return notice

    def say_instead(self, text: str) -> None:
        """Put another sentence into the notice that is shown, and speak that one."""
        notice = self.notice
        if notice is not None and notice.text.text() != text:
            notice.text.setText(text)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def clear(self) -> None:
        """Put the notice away."""
        notice = self.notice
        if notice is not None:
            self._box.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
