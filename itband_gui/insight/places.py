"""How sore each place was over a time, and the ratings that marked one."""

from collections.abc import Collection, Iterable
from statistics import median

import msgspec

from itband_gui.insight.days import Period, within
from itband_gui.journal.entries import Entry, Rating
from itband_gui.leg.names import Leg, Place


class PlaceSoreness(msgspec.Struct, frozen=True):
    """How often a place was marked; median of the scores (0 to 10) at those times."""

    times: int
    median: float


def soreness_by_place(ratings: Iterable[Rating], leg: Leg) -> dict[Place, PlaceSoreness]:
    """Return the soreness of every place of a leg that was marked at least once.

    A score is given for a leg, not for a place: the numbers tell how sore the leg was when the
    place was among those marked.
    """
    scores: dict[Place, list[int]] = {}
    for rating in ratings:
        if rating.leg is leg:
            for place in set(rating.places):
                scores.setdefault(place, []).append(rating.score)
    return {
        place: PlaceSoreness(len(scores[place]), median(scores[place]))
        for place in Place
        if place in scores
    }


def heat_map(entries: Iterable[Entry], leg: Leg, period: Period) -> dict[Place, PlaceSoreness]:
    """Return the soreness of a leg's places over the days of a period."""
    ratings = (entry for entry in within(entries, period) if isinstance(entry, Rating))
    return soreness_by_place(ratings, leg)


def only_places(entries: Iterable[Entry], leg: Leg, places: Collection[Place]) -> list[Entry]:
    """Return the entries without the ratings that do not mark one of the places on the leg.

    Runs, rest days, sessions and signs stay; without places everything does.
    """
    if not places:
        return list(entries)
    return [
        entry
        for entry in entries
        if not isinstance(entry, Rating)
        or (entry.leg is leg and any(place in places for place in entry.places))
    ]
