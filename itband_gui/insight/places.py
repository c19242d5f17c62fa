"""How sore each place was over a period, and a filter for the ratings that marked a place."""

from collections.abc import Collection, Iterable
from statistics import median

import msgspec

from itband_gui.insight.days import Period, within
from itband_gui.journal.entries import Entry, Rating
from itband_gui.leg.names import Leg, Place


class PlaceSoreness(msgspec.Struct, frozen=True):
    """How often a place was marked, and the median of the scores (0 to 10) at those times."""

    times: int
    median: float


def soreness_by_place(ratings: Iterable[Rating], leg: Leg) -> dict[Place, PlaceSoreness]:
    """Return the soreness of every place marked at least once on a leg.

    A score is for a leg, not for a place: the numbers show how sore the leg was when the place was
    among those marked.
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
    """Return the soreness of a leg's places over a period."""
    ratings = (entry for entry in within(entries, period) if isinstance(entry, Rating))
    return soreness_by_place(ratings, leg)


def only_places(entries: Iterable[Entry], leg: Leg, places: Collection[Place]) -> list[Entry]:
    """Return the entries without ratings that mark none of the places on the leg.

    All other kinds of entries stay; without places, everything stays.
    """
    if not places:
        return list(entries)
    return [
        entry
        for entry in entries
        if not isinstance(entry, Rating)
        or (entry.leg is leg and any(place in places for place in entry.places))
    ]
