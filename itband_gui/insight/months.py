"""Ratings by calendar month: for years, in which the medians of weeks are a thicket."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from itband_gui.insight.days import day_of
from itband_gui.insight.trend import MEDIAN_NEEDS
from itband_gui.journal.entries import Rating


@dataclass(frozen=True)
class Month:
    """The median of a month's rated days, and how many they were."""

    first: date
    median: float
    days: int


def monthly(ratings: Iterable[Rating]) -> tuple[tuple[Month, ...], ...]:
    """Return the median of each day's worst score, month by month.

    A line breaks at a month with fewer rated days than a week's median takes.

    Args:
        ratings: of one leg at one moment.

    """
    months: dict[date, dict[date, int]] = {}
    for rating in ratings:
        day = day_of(rating)
        worst = months.setdefault(day.replace(day=1), {})
        worst[day] = max(worst.get(day, 0), rating.score)
    lines: list[list[Month]] = []
    before: date | None = None
    for first in sorted(months):
        scores = months[first].values()
        if len(scores) < MEDIAN_NEEDS:
            continue
        if before is None or _next(before) != first:
            lines.append([])
        lines[-1].append(Month(first, float(median(scores)), len(scores)))
        before = first
    return tuple(map(tuple, lines))


def _next(first: date) -> date:
    """Return the first day of the month after."""
    december = 12
    if first.month == december:
        return first.replace(year=first.year + 1, month=1)
    return first.replace(month=first.month + 1)
