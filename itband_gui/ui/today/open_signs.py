"""The warning signs that are open, each with the ways in which it can be over."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.journal.entries import Resolution, Sign
from itband_gui.safety.standing import StandingSign
from itband_gui.ui.style import SPACE
from itband_gui.ui.today.sign_card import SignCard


class OpenSigns(QWidget):
    """One card a sign; takes no room without any."""

    resolved = Signal(Sign, Resolution)

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[StandingSign, ...] = ()
        self._shown_on: date | None = None
        self.cards: list[SignCard] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE["s"])
        self.hide()

    def show_signs(self, signs: Sequence[StandingSign], today: date) -> None:
        """Show open signs; cards that are right already stay, with the keyboard in them."""
        if (tuple(signs), today) == (self.shown, self._shown_on):
            return
        self.shown, self._shown_on = tuple(signs), today
        for card in self.cards:
            self._box.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [SignCard(each, today, asked=False) for each in signs]
        for card in self.cards:
            card.answered.connect(lambda answer, sign=card.sign: self.resolved.emit(sign, answer))
            self._box.addWidget(card)
        self.setVisible(bool(self.cards))
