"""Small-sample statistics: medians, spreads, and an exact interval for a change.

Zeros are not dropped and ties are not jittered, and the interval includes its ends. Its coverage
is therefore at least the stated level (ties make it wider, never narrower). It assumes that the
changes are independent and symmetric about their median.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from math import floor, sqrt
from statistics import NormalDist, median

import msgspec

LEVEL = 0.95
# With five pairs, not even the widest interval reaches 95% (2/32 lie outside); with six it does.
FEWEST = 6
# Up to here ranks are counted exactly; above, the normal approximation is used, as in SciPy.
COUNTED_UP_TO = 50


class Estimate(msgspec.Struct, frozen=True):
    """A typical change, and the range that contains it in `level` (0 to 1) of such samples."""

    change: float
    low: float
    high: float
    level: float


def estimate(changes: Sequence[int]) -> Estimate | None:
    """Return the median of all pairwise averages and its interval; None below six changes."""
    if len(changes) < FEWEST:
        return None
    sums = _pairwise_sums(changes)
    total = len(changes) * (len(changes) + 1) // 2
    rank, level = _rank(len(changes), COUNTED_UP_TO)
    middle = _nth(sums, (total + 1) // 2) + _nth(sums, total // 2 + 1)
    return Estimate(middle / 4, _nth(sums, rank) / 2, _nth(sums, total + 1 - rank) / 2, level)


def _pairwise_sums(changes: Sequence[int]) -> list[tuple[int, int]]:
    """Return the sorted sums of all pairs of changes, including with themselves, with counts.

    Scores are whole numbers, so thousands of changes have only a few dozen different sums.
    """
    counts = sorted(Counter(changes).items())
    sums: Counter[int] = Counter()
    for index, (one, times) in enumerate(counts):
        sums[2 * one] += times * (times + 1) // 2
        for other, others in counts[index + 1 :]:
            sums[one + other] += times * others
    return sorted(sums.items())


def _nth(sums: list[tuple[int, int]], rank: int) -> int:
    """Return the sum at a rank, counted from 1."""
    for value, times in sums:
        rank -= times
        if rank <= 0:
            return value
    raise IndexError(rank)


@cache
def _rank(count: int, counted_up_to: int) -> tuple[int, float]:
    """Return the rank of the interval's ends, from either side, and its actual coverage."""
    tail = (1 - LEVEL) / 2
    if count > counted_up_to:
        mean, sd = count * (count + 1) / 4, sqrt(count * (count + 1) * (2 * count + 1) / 24)
        return floor(
            mean + NormalDist().inv_cdf(tail) * sd + 0.5
        ), LEVEL  # 0.5 as totals are whole numbers
    # ways[t]: the number of the 2**count sign choices in which the positive ranks add up to t
    ways = [1]
    for rank in range(1, count + 1):
        longer = ways + [0] * rank
        for total, number in enumerate(ways):
            longer[total + rank] += number
        ways = longer
    outside, rank = 0, 0
    while (outside + ways[rank]) / 2**count <= tail:
        outside += ways[rank]
        rank += 1
    return rank, 1 - 2 * outside / 2**count


class Need(StrEnum):
    """The kinds of entries that an answer needs."""

    RATED_DAYS = "rated-days"
    TODAY_RATING = "today-rating"  # from today, before any massage
    MORNINGS = "mornings"  # rated mornings among the seven days before today
    RUN = "run"
    RUN_SORENESS = "run-soreness"  # the worst soreness on the last run


class Shortfall(msgspec.Struct, frozen=True):
    """Entries missing for an answer: how many there are, and how many it needs."""

    what: Need
    have: int
    need: int


class Spread(msgspec.Struct, frozen=True):
    """A summary of many values in four numbers."""

    count: int
    median: float
    low: float
    high: float


def spread(values: Iterable[float]) -> Spread | None:
    """Return the spread of values, or None if there are none."""
    ordered = sorted(values)
    if not ordered:
        return None
    return Spread(len(ordered), median(ordered), ordered[0], ordered[-1])
