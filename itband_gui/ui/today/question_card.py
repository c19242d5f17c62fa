"""What the cards that ask something share."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.text import TextLabel


class QuestionCard(Card):
    """A question; `more` tells how many come after it, and is placed by the kind of card."""

    put_away = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = TextLabel(text, "lead")
        self.more = TextLabel(name="small")
        self.box.addWidget(self.text)

    def first_focus(self) -> QWidget:
        """Return where the keyboard starts."""
        raise NotImplementedError
