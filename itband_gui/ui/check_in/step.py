"""The base class of the check-in's steps, and the draft they fill in."""

from collections.abc import Collection
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.leg.names import BOTH, Leg, Place
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.model import Routine
from itband_gui.ui.look.style import SPACE, Look, look
from itband_gui.ui.widgets.text import TextLabel

Legs = tuple[Leg, ...]
LEG_KEYS: dict[int, Legs] = {
    Qt.Key.Key_L: (Leg.LEFT,),
    Qt.Key.Key_R: (Leg.RIGHT,),
    Qt.Key.Key_B: BOTH,
}
TITLE_SHARE = 1 / 4  # of the step's height at most, to leave room for the answers
_TITLES: tuple[Look, ...] = ("title", "headline", "lead")


class CheckInStep(QWidget):
    """One question; the check-in may continue once it is `answered`."""

    answer_changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = TextLabel(title, "title")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(SPACE["m"])
        self.box.addWidget(self.title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the question as large as possible while its answers still fit."""
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
        """The text of the button that continues."""
        return QCoreApplication.translate("CheckIn", "Next (Enter)")

    @property
    def missing(self) -> str:
        """A sentence that asks for the missing answer."""
        return ""

    def point_out(self) -> None:
        """Show what still needs an answer."""

    def turn_page(self) -> bool:
        """Show what has not been seen yet; return whether there was anything."""
        return False

    def first_focus(self) -> QWidget | None:
        """Return the widget that gets the focus; None for the button that continues."""
        return None

    def take_key(self, key: int) -> bool:
        """Handle a key that no control took; return whether it was handled."""
        del key
        return False


@dataclass
class CheckInDraft:
    """The answers so far; `check_in` needs a score for every chosen leg."""

    routine: Routine
    legs: tuple[Leg, ...] = ()
    scores: dict[Leg, int] = field(default_factory=dict)
    places: dict[Leg, frozenset[Place]] = field(default_factory=dict)
    dose: Dose = Dose.SAME
    left_out: tuple[Leg, ...] = ()

    def leave_out(self, legs: Collection[Leg]) -> None:
        """Continue without some legs; their scores are kept."""
        self.left_out = tuple(leg for leg in Leg if leg in legs or leg in self.left_out)
        self.legs = tuple(leg for leg in self.legs if leg not in legs)

    def take_back(self) -> None:
        """Include all legs again."""
        self.legs = tuple(leg for leg in Leg if leg in {*self.legs, *self.left_out})
        self.left_out = ()

    @property
    def complete(self) -> bool:
        """Whether each chosen leg has its score."""
        return bool(self.legs) and all(leg in self.scores for leg in self.legs)

    @property
    def sorer(self) -> Leg | None:
        """The sorer of two legs, once both have different scores."""
        return self.check_in.sorer if self.complete else None

    @property
    def check_in(self) -> CheckIn:
        """The answers that the plan needs; the dose counts only if one leg is sorer."""
        scores = {leg: self.scores[leg] for leg in self.legs}
        places = {leg: self.places.get(leg, frozenset()) for leg in self.legs}
        return CheckIn(scores, places, self.dose)

    @property
    def all_legs(self) -> CheckIn:
        """The answers for all legs, including those that were left out."""
        legs = [leg for leg in Leg if leg in {*self.legs, *self.left_out}]
        scores = {leg: self.scores[leg] for leg in legs}
        return CheckIn(scores, {leg: self.places.get(leg, frozenset()) for leg in legs}, self.dose)

    @property
    def without_massage(self) -> CheckIn:
        """The answers for the legs that were left out."""
        scores = {leg: self.scores[leg] for leg in self.left_out}
        places = {leg: self.places.get(leg, frozenset()) for leg in self.left_out}
        return CheckIn(scores, places, self.dose)
