"""Notices: one line that says what happened and what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from itband_gui.ui.look.style import SPACE, look
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel


class Notice(QFrame):
    """A message with buttons; any of them also closes it, unless it `stays`."""

    def __init__(
        self,
        text: str,
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
        *,
        warning: bool = False,
        can_close: bool = True,
        stays: bool = False,
    ) -> None:
        super().__init__()
        look(self, "warning" if warning else "notice")
        self._stays = stays
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.text = TextLabel(text)
        self.buttons: list[QPushButton] = []
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["s"], SPACE["s"])
        box.setSpacing(SPACE["s"])
        box.addWidget(self.text, 1)
        for name, action in actions:
            self._offer(box, name, action)
        if can_close:
            self._offer(box, QCoreApplication.translate("Notice", "Close"), None)

    def _offer(self, box: QHBoxLayout, name: str, action: Callable[[], object] | None) -> None:
        made = button(name, name="quiet" if action is None else None)
        if action is not None:
            made.clicked.connect(lambda _checked=False: action())
        if action is None or not self._stays:
            made.clicked.connect(self.deleteLater)
        box.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self.buttons.append(made)


TALLEST = 1 / 3  # of the window


class NoticeBoard(ScrollColumn):
    """Stacks notices; hidden while empty."""

    def __init__(self) -> None:
        content = QWidget()
        super().__init__(content)
        self._box = QVBoxLayout(content)
        self._box.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["l"], 0)
        self._box.setSpacing(SPACE["s"])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.changed.connect(self.updateGeometry)
        self.hide()

    def put_up(self, notice: Notice) -> None:
        """Show a notice below the others until it is closed."""
        self._box.addWidget(notice)
        notice.destroyed.connect(self._clear)
        self.show()

    def sizeHint(self) -> QSize:
        """Ask for the notices' height, up to a third of the window."""
        wanted = self._box.heightForWidth(self.viewport().width())
        return QSize(0, min(wanted, round(self.window().height() * TALLEST)))

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the text wraps."""
        return QSize(0, self.sizeHint().height())

    def _clear(self) -> None:
        self.setVisible(self._box.count() > 0)
        self.updateGeometry()


class NoticeSlot(QWidget):
    """A widget for a notice that takes no room while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    @property
    def notice(self) -> Notice | None:
        """The notice shown, or None."""
        item = self._box.itemAt(0)
        shown = None if item is None else item.widget()
        return shown if isinstance(shown, Notice) else None

    def say(self, text: str, action: tuple[str, Callable[[], object]] | None = None) -> Notice:
        """Show a sentence, optionally with an action, and announce it to screen readers."""
        self.clear()
        notice = Notice(text, () if action is None else (action,))
        self._box.addWidget(notice)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        return notice

    def say_instead(self, text: str) -> None:
        """Change the sentence of the notice shown, and announce the new one."""
        notice = self.notice
        if notice is not None and notice.text.text() != text:
            notice.text.setText(text)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def clear(self) -> None:
        """Remove the notice."""
        notice = self.notice
        if notice is not None:
            self._box.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
