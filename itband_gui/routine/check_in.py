"""The check-in answers that the plan needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from itband_gui.leg.names import Leg, Place

VERY_SORE = 6  # out of 10; from here on, light strokes only


class Dose(StrEnum):
    """The time on the sorer leg compared with the other."""

    LESS = "less"
    SAME = "same"
    MORE = "more"

    @property
    def factor(self) -> float:
        """The factor on the other leg's hands-on time: our choice; firm limits still apply."""
        return {Dose.LESS: 0.5, Dose.SAME: 1.0, Dose.MORE: 1.5}[self]


@dataclass(frozen=True)
class CheckIn:
    """The legs with their scores (0 to 10) and sore places, and the dose for the sorer one."""

    scores: Mapping[Leg, int]  # in the order in which the legs are massaged
    places: Mapping[Leg, frozenset[Place]] = field(default_factory=dict)
    dose: Dose = Dose.SAME

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The chosen legs, in the order in which they are massaged."""
        return tuple(self.scores)

    @property
    def sorer(self) -> Leg | None:
        """The leg with the higher score; None with one leg or equal scores."""
        ranked = sorted(self.legs, key=lambda leg: self.scores[leg])
        if len(ranked) < 2 or self.scores[ranked[0]] == self.scores[ranked[-1]]:
            return None
        return ranked[-1]

    def sore_places(self, leg: Leg) -> frozenset[Place]:
        """Return the places marked on a leg."""
        return self.places.get(leg, frozenset())
