"""The base class of the steps of a check-in."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.ui.style import SPACE, Look, look
from itband_gui.ui.widgets.text import TextLabel

TITLE_SHARE = 1 / 4  # of the step's height, at most: the question must leave room for its answers
_TITLES: tuple[Look, ...] = ("title", "headline", "lead")


class Step(QWidget):
    """One question; `answered` says whether the check-in may go on."""

    answer_changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = TextLabel(title, "title")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(SPACE["m"])
        self.box.addWidget(self.title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the question as large as leaves room for what is asked."""
        super().resizeEvent(event)
        for name in _TITLES:
            look(self.title, name)
            if self.title.heightForWidth(self.width()) <= self.height() * TITLE_SHARE:
                return

    @property
    def answered(self) -> bool:
        """Whether the question has its answer."""
        raise NotImplementedError

    @property
    def next_text(self) -> str:
        """What the button that goes on says."""
        raise NotImplementedError

    @property
    def missing(self) -> str:
        """What is still to be answered, as one sentence."""
        return ""

    def point_out(self) -> None:
        """Bring what is still to be answered into sight."""

    def turn_page(self) -> bool:
        """Show what was not seen yet; tell whether there was anything."""
        return False

    def first_focus(self) -> QWidget | None:
        """Return where the keyboard starts; None for the button that goes on."""
        return None

    def take_key(self, key: int) -> bool:
        """Handle a key that no control took; tell whether it was of use."""
        del key
        return False
