"""Days, weeks and ranges of days.

The day of an entry is the one in its own time zone (the offset it carries), not the viewer's: a
morning stays a morning after a flight, a clock change moves nothing, and every computer that reads
the journal gives the same answer.
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
SKEW = timedelta(minutes=10)  # how far two clocks may differ: our choice
NIGHT_ENDS = timedelta(hours=4)  # anyone up before that has not slept yet: our choice


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
        """The number of days."""
        return (self.last - self.first).days + 1

    def weeks(self) -> Iterator["Period"]:
        """Yield its weeks, Monday to Sunday, cut off at the period's ends."""
        first = self.first
        while first <= self.last:
            last = min(week_start(first) + 6 * DAY, self.last)
            yield Period(first, last)
            first = last + DAY

    def months(self) -> Iterator["Period"]:
        """Yield its calendar months, cut off at the period's ends."""
        first = self.first
        while first <= self.last:
            next_month = (first.replace(day=1) + _LONGEST_MONTH).replace(day=1)
            last = min(next_month - DAY, self.last)
            yield Period(first, last)
            first = last + DAY


def day_of(entry: Entry) -> date:
    """Return the day on which an entry was written, in its own time zone."""
    return entry.at.date()


def up_to(entries: Sequence[E], now: datetime) -> Sequence[E]:
    """Return the entries, given oldest first, that are not in the future.

    Only these can be the last of anything, as a clock that was once wrong may have dated entries
    years ahead.
    """
    return entries[: bisect_right(entries, now, key=_at)]


def known_by(entries: Sequence[Entry], now: datetime) -> list[Entry]:
    """Return the entries that are not in the future at `now`, and every warning sign.

    Signs are never hidden because a clock was wrong.
    """
    past = up_to(entries, now)
    return [*past, *(each for each in entries[len(past) :] if isinstance(each, Sign))]


def last_day(entries: Sequence[Entry], now: datetime) -> date:
    """Return the last day of a range: today, or the day of a later entry written further east."""
    lately = takewhile(lambda entry: entry.at > now - 2 * DAY, reversed(up_to(entries, now)))
    return max([now.date(), *map(day_of, lately)])


def week_start(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - day.weekday() * DAY


def days_ending(last: date, days: int) -> Period:
    """Return the period of `days` days that ends with `last`."""
    return Period(last - (days - 1) * DAY, last)


def period_of(length: Range, today: date, entries: Iterable[Entry]) -> Period:
    """Return the period of a range that ends today; "all" begins with the first entry's day."""
    if length is Range.ALL:
        return Period(min((day_of(entry) for entry in entries), default=today), today)
    return days_ending(today, _DAYS[length])


def since_first(entries: Iterable[Entry], period: Period) -> Period:
    """Return a period without the days before the journal's first entry, which are unknown."""
    first = min((day_of(entry) for entry in entries), default=period.first)
    return Period(min(max(first, period.first), period.last), period.last)


def within(entries: Iterable[E], period: Period) -> list[E]:
    """Return the entries within a period, in order."""
    return [entry for entry in entries if day_of(entry) in period]


def by_night(entry: Entry) -> bool:
    """Whether an entry was written in the small hours, which belong to the night before."""
    return (entry.at - NIGHT_ENDS).date() < day_of(entry)


def _at(entry: Entry) -> datetime:
    return entry.at


def morning_after(session: Session) -> date:
    """Return the day of the morning after a session; the small hours belong to the night before."""
    return (session.at - NIGHT_ENDS).date() + DAY
