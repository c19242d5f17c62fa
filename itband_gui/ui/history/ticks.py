"""Positions and labels of the marks on the axis of days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QCoreApplication

from itband_gui.ui.text.dates import day_as, in_order

_MONTHS = 12
_APART = 1.35  # label widths between marks; our choice
_SHORT = 0.7  # width of a month's or year's label, as a share of a day's, roughly


class _Step(Enum):
    """The distance between marks: unit, count, and approximate length in days."""

    DAY = ("days", 1, 1.0)
    TWO_DAYS = ("days", 2, 2.0)
    WEEK = ("days", 7, 7.0)
    TWO_WEEKS = ("days", 14, 14.0)
    MONTH = ("months", 1, 29.0)
    QUARTER = ("months", 3, 90.0)
    YEAR = ("months", 12, 365.0)
    TWO_YEARS = ("months", 24, 730.0)
    FIVE_YEARS = ("months", 60, 1826.0)
    TWENTY_YEARS = ("months", 240, 7304.0)
    CENTURY = ("months", 1200, 36524.0)

    def width(self, label: float) -> float:
        """Return the pixels its labels need, given the width of a day's label."""
        return label * _APART * (1 if self.value[0] == "days" else _SHORT)


@dataclass(frozen=True)
class Tick:
    """A mark at the start of a day."""

    day: date
    text: str


def ticks(left: float, right: float, pixels: float, label: float) -> list[Tick]:
    """Return the marks between two positions on the axis of days.

    Args:
        left: the first position.
        right: the last position.
        pixels: the width of the axis.
        label: the width of its widest label, in pixels.

    """
    steps, days = list(_Step), right - left
    step = next((s for s in steps if days / s.value[2] * s.width(label) <= pixels), steps[-1])
    first, last = max(int(left), 1), min(int(right), date.max.toordinal())
    kind, count, _ = step.value
    found = _by_days(first, last, count) if kind == "days" else _by_months(first, last, count)
    return [Tick(day, _text(day, step)) for day in found]


def widest(today: date) -> str:
    """Return a text as wide as the widest label."""
    return _format(date(today.year, 10, 28), with_day=True)


def _by_days(first: int, last: int, count: int) -> Iterator[date]:
    """Yield every `count`th day, always the same ones; for whole weeks these are Mondays."""
    monday = 1  # 1 January of year 1, the day of ordinal 1, was a Monday
    for ordinal in range(first + (monday - first) % count, last + 1, count):
        yield date.fromordinal(ordinal)


def _by_months(first: int, last: int, count: int) -> Iterator[date]:
    """Yield the first day of every `count`th month."""
    day = date.fromordinal(first)
    months = day.year * _MONTHS + day.month - 1
    months -= months % count
    while months // _MONTHS <= date.max.year:
        day = date(max(months // _MONTHS, 1), months % _MONTHS + 1, 1)
        if day.toordinal() > last:
            return
        if day.toordinal() >= first:
            yield day
        months += count


def _text(day: date, step: _Step) -> str:
    kind, count, _ = step.value
    if kind == "days":
        return _format(day, with_day=True)
    if count >= _MONTHS or day.month == 1:
        return str(day.year)
    return _format(day, with_day=False)


def _format(day: date, *, with_day: bool) -> str:
    pattern = QCoreApplication.translate("HistoryAxis", "MMM")
    if with_day:
        month_first = QCoreApplication.translate("HistoryAxis", "MMM d")
        day_first = QCoreApplication.translate("HistoryAxis", "d MMM")
        pattern = in_order(day_first, month_first, month_first)
    return day_as(day, pattern)


def day_words(day: date, today: date) -> str:
    """Return "Sat 21 November", with the year if it is not this year."""
    if day.year == today.year:
        month_first = QCoreApplication.translate("HistoryAxis", "ddd MMMM d")
        day_first = QCoreApplication.translate("HistoryAxis", "ddd d MMMM")
        return day_as(day, in_order(day_first, month_first, month_first))
    pattern = in_order(
        QCoreApplication.translate("HistoryAxis", "ddd d MMMM yyyy"),
        QCoreApplication.translate("HistoryAxis", "ddd MMMM d, yyyy"),
        QCoreApplication.translate("HistoryAxis", "ddd yyyy MMMM d"),
    )
    return day_as(day, pattern)


def short_day_words(day: date, today: date) -> str:
    """Return "Sat 21 Nov", with the year if it is not this year."""
    if day.year == today.year:
        month_first = QCoreApplication.translate("HistoryAxis", "ddd MMM d")
        day_first = QCoreApplication.translate("HistoryAxis", "ddd d MMM")
        return day_as(day, in_order(day_first, month_first, month_first))
    pattern = in_order(
        QCoreApplication.translate("HistoryAxis", "ddd d MMM yyyy"),
        QCoreApplication.translate("HistoryAxis", "ddd MMM d, yyyy"),
        QCoreApplication.translate("HistoryAxis", "ddd yyyy MMM d"),
    )
    return day_as(day, pattern)
