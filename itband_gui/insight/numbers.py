"""The few numbers that describe many scores, and what is missing where there are too few."""

from collections.abc import Iterable
from enum import StrEnum
from statistics import median

import msgspec


class Need(StrEnum):
    """What an answer is made of, as named in a shortfall."""

    RATED_DAYS = "rated-days"
    TODAY_RATING = "today-rating"  # of today, before any massage
    MORNINGS = "mornings"  # rated mornings among the seven days before today
    RUN = "run"
    RUN_SORENESS = "run-soreness"  # how sore the last run was at its worst


class Shortfall(msgspec.Struct, frozen=True):
    """What is missing for an answer: how many there are, and how many it takes."""

    what: Need
    have: int
    need: int


class Spread(msgspec.Struct, frozen=True):
    """Many values in four numbers."""

    count: int
    median: float
    low: float
    high: float


def spread(values: Iterable[float]) -> Spread | None:
    """Return the spread of the values, or None without any."""
    ordered = sorted(values)
    if not ordered:
        return None
    return Spread(len(ordered), median(ordered), ordered[0], ordered[-1])
