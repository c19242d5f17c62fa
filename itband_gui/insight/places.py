"""How sore each place was over a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from itband_gui.journal.entries import Rating
from itband_gui.leg.names import Leg, Place


@dataclass(frozen=True)
class PlaceSoreness:
    """How often a place was marked, and the mean of the leg's scores (0 to 10) at those times."""

    times: int
    mean: float


def soreness_by_place(ratings: Iterable[Rating], leg: Leg) -> dict[Place, PlaceSoreness]:
    """Return the soreness of every place of a leg that was marked at least once.

    A score is given for a leg, not for a place: the mean tells how sore the leg was when the place
    was among those marked.
    """
    scores: dict[Place, list[int]] = {}
    for rating in ratings:
        if rating.leg is leg:
            for place in set(rating.places):
                scores.setdefault(place, []).append(rating.score)
    return {
        place: PlaceSoreness(len(scores[place]), fmean(scores[place]))
        for place in Place
        if place in scores
    }
