"""Days, weeks and ranges of days.

The day of an entry is the one on the clock by which it was written (the offset that it carries),
not the viewer's: a morning stays a morning after a flight, a change of the clocks moves nothing,
and every machine that reads the journal gives the same answer.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import TypeVar

import msgspec

from itband_gui.journal.entries import Entry, Session, Sign

E = TypeVar("E", bound=Entry)  # one kind of entry

DAY = timedelta(days=1)
WEEK_DAYS = 7
_LONGEST_MONTH = timedelta(days=31)
SKEW = timedelta(minutes=10)  # by which two clocks may differ: our choice
NIGHT_ENDS = timedelta(hours=4)  # who is up before that has not slept yet: our choice


class Range(StrEnum):
    """How far back to look; the lengths are our choice."""

    FOUR_WEEKS = "four-weeks"
    THREE_MONTHS = "three-months"
    YEAR = "year"
    ALL = "all"


_DAYS = {Range.FOUR_WEEKS: 28, Range.THREE_MONTHS: 91, Range.YEAR: 365}


class Period(msgspec.Struct, frozen=True):
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def weeks(self) -> Iterator["Period"]:
        """Yield its weeks, Monday to Sunday, cut where the period begins and ends."""
        first = self.first
        while first <= self.last:
            last = min(week_start(first) + 6 * DAY, self.last)
            yield Period(first, last)
            first = last + DAY

    def months(self) -> Iterator["Period"]:
        """Yield its calendar months, cut where the period begins and ends."""
        first = self.first
        while first <= self.last:
            next_month = (first.replace(day=1) + _LONGEST_MONTH).replace(day=1)
            last = min(next_month - DAY, self.last)
            yield Period(first, last)
            first = last + DAY


def day_of(entry: Entry) -> date:
    """Return the day on which an entry was written, by its own clock."""
    return entry.at.date()


def up_to(entries: Sequence[E], now: datetime) -> Sequence[E]:
    """Return those of entries, given oldest first, that are not ahead of the clock.

    Only these can be the last of anything: a clock that was wrong once dates entries years ahead.
    """
    return entries[: bisect_right(entries, now, key=_at)]


def known_by(entries: Sequence[Entry], now: datetime) -> list[Entry]:
    """Return what can be told at `now`: what is not ahead of the clock, and every warning sign.

    Nothing that may be there is hidden because a clock was wrong.
    """
    past = up_to(entries, now)
    return [*past, *(each for each in entries[len(past) :] if isinstance(each, Sign))]


def last_day(entries: Sequence[Entry], now: datetime) -> date:
    """Return the day on which a range ends: today, or that of an entry written further east."""
    lately = takewhile(lambda entry: entry.at > now - 2 * DAY, reversed(up_to(entries, now)))
    return max([now.date(), *map(day_of, lately)])


def week_start(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - day.weekday() * DAY


def days_ending(last: date, days: int) -> Period:
    """Return the `days` days that end with `last`."""
    return Period(last - (days - 1) * DAY, last)


def period_of(length: Range, today: date, entries: Iterable[Entry]) -> Period:
    """Return the days of a range that ends today; all begins with the first entry's day."""
    if length is Range.ALL:
        return Period(min((day_of(entry) for entry in entries), default=today), today)
    return days_ending(today, _DAYS[length])


def since_first(entries: Iterable[Entry], period: Period) -> Period:
    """Return a period without the days before the journal's first entry: nobody knows of them."""
    first = min((day_of(entry) for entry in entries), default=period.first)
    return Period(min(max(first, period.first), period.last), period.last)


def within(entries: Iterable[E], period: Period) -> list[E]:
    """Return the entries of a period's days, in their order."""
    return [entry for entry in entries if day_of(entry) in period]


def by_night(entry: Entry) -> bool:
    """Whether an entry was written in the small hours, which are of the night before."""
    return (entry.at - NIGHT_ENDS).date() < day_of(entry)


def _at(entry: Entry) -> datetime:
    return entry.at


def morning_after(session: Session) -> date:
    """Return the day of the morning after a session; one in the small hours is of the night."""
    return (session.at - NIGHT_ENDS).date() + DAY
