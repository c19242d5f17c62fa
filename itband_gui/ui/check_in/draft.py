"""The answers of a check-in while it is being filled in."""

from collections.abc import Collection
from dataclasses import dataclass, field

from itband_gui.leg.names import Leg, Place
from itband_gui.routine.checkin import CheckIn, Dose
from itband_gui.routine.model import Routine


@dataclass
class Draft:
    """Answers so far; `check_in` is there once every chosen leg has its score."""

    routine: Routine
    legs: tuple[Leg, ...] = ()
    scores: dict[Leg, int] = field(default_factory=dict)
    places: dict[Leg, frozenset[Place]] = field(default_factory=dict)
    dose: Dose = Dose.SAME
    left_out: tuple[Leg, ...] = ()

    def leave_out(self, legs: Collection[Leg]) -> None:
        """Go on without some legs; how sore they are is kept all the same."""
        self.left_out = tuple(leg for leg in Leg if leg in legs or leg in self.left_out)
        self.legs = tuple(leg for leg in self.legs if leg not in legs)

    def take_back(self) -> None:
        """Take back all legs that were left out."""
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
        """What the plan needs; the dose counts only where one leg is sorer."""
        scores = {leg: self.scores[leg] for leg in self.legs}
        places = {leg: self.places.get(leg, frozenset()) for leg in self.legs}
        return CheckIn(scores, places, self.dose)

    @property
    def all_legs(self) -> CheckIn:
        """The answers of the legs that were left out, too."""
        legs = [leg for leg in Leg if leg in {*self.legs, *self.left_out}]
        scores = {leg: self.scores[leg] for leg in legs}
        return CheckIn(scores, {leg: self.places.get(leg, frozenset()) for leg in legs}, self.dose)

    @property
    def without_massage(self) -> CheckIn:
        """The answers of the legs that were left out."""
        scores = {leg: self.scores[leg] for leg in self.left_out}
        places = {leg: self.places.get(leg, frozenset()) for leg in self.left_out}
        return CheckIn(scores, places, self.dose)
