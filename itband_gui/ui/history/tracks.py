"""What chart, table and reading line show alike: tracks of entries along the days.

Places on the axis of days are the day's ordinal plus a part of a day: 0.5 is its noon. A day is
that of the entry's own clock, as in `insight.days`.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from math import ceil, floor

from itband_gui.insight.days import Period
from itband_gui.insight.statistics import Shortfall
from itband_gui.insight.trend import MedianPoint, Trend, monthly
from itband_gui.insight.weeks import training_load
from itband_gui.journal.entries import Activity, Entry, Moment, Rating, Run, Session, Sign
from itband_gui.leg.names import Leg

# Where in its day a moment is drawn: in the order in which they usually come, apart from each
# other, so that a day's ratings can be told apart; our choice.
SLOTS = {
    Moment.MORNING: 0.2,
    Moment.OTHER: 0.35,
    Moment.LAST_RUN: 0.5,
    Moment.BEFORE: 0.65,
    Moment.AFTER: 0.8,
}
NOON = 0.5
MID_MONTH = 15.0  # days after its begin

Line = tuple[tuple[float, float], ...]  # places on the axis of days, each with its median


class Strip(StrEnum):
    """What the strip below the ratings shows, from its top."""

    SIGNS = "signs"
    SESSIONS = "sessions"
    REST_DAYS = "rest-days"
    RUNS = "runs"
    ACTIVITIES = "activities"


What = Moment | Strip


@dataclass(frozen=True)
class Track:
    """Entries of one sort, oldest first, each with its place on the axis of days.

    Attributes:
        leg: whose ratings they are; None beside the ratings.
        ys: scores for ratings, loads (minutes times effort) for runs and activities, else 0.
        ends: where signs end; the same as `xs` for all others.
        medians: the 7-day median by day.
        weeks: the 7-day medians as drawn, parted by gaps.
        short: what is missing for a median.

    """

    what: What
    leg: Leg | None
    entries: tuple[Entry, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    ends: tuple[float, ...]
    medians: Mapping[date, MedianPoint]
    weeks: tuple[Line, ...] = ()
    short: Shortfall | None = None

    @cached_property
    def months(self) -> tuple[Line, ...]:
        """The medians of months as drawn, parted by gaps; none where there is none of a week."""
        if self.short is not None:
            return ()
        lines = monthly(entry for entry in self.entries if isinstance(entry, Rating))
        return tuple(
            tuple((month.first.toordinal() + MID_MONTH, month.median) for month in line)
            for line in lines
        )

    def span(self, first: float, last: float) -> range:
        """Return the indices of what begins within a part of the axis."""
        return range(bisect_left(self.xs, first), bisect_left(self.xs, last))

    def within(self, period: Period) -> Sequence[int]:
        """Return the indices of what is shown for a period; signs still open in it are."""
        first, after = period.first.toordinal(), period.last.toordinal() + 1
        if self.what is not Strip.SIGNS:
            return self.span(first, after)
        return [i for i, end in enumerate(self.ends) if end >= first and self.xs[i] < after]


def tracks_of(trend: Trend, legs: Collection[Leg]) -> tuple[Track, ...]:
    """Return the tracks of some legs: their ratings, leg by leg, and what lies beside them."""
    ratings = [_ratings(trend, leg, moment) for leg in Leg if leg in legs for moment in SLOTS]
    return (*ratings, *_beside(trend, legs))


def exact(moment: datetime) -> float:
    """Return where a moment lies on the axis of days, by the clock it was written by."""
    return moment.toordinal() + (moment.hour * 60 + moment.minute) / (24 * 60)


def _ratings(trend: Trend, leg: Leg, moment: Moment) -> Track:
    series, slot = trend.series[leg][moment], SLOTS[moment]
    xs = tuple(rating.at.toordinal() + slot for rating in series.ratings)
    return Track(
        what=moment,
        leg=leg,
        entries=series.ratings,
        xs=xs,
        ys=tuple(float(rating.score) for rating in series.ratings),
        ends=xs,
        medians={point.day: point for line in series.lines for point in line},
        weeks=tuple(
            tuple((point.day.toordinal() + slot, point.median) for point in line)
            for line in series.lines
        ),
        short=series.short,
    )


def _beside(trend: Trend, legs: Collection[Leg]) -> tuple[Track, ...]:
    """Return the strip's tracks; sessions and signs of another leg only are left out."""
    sessions = (each for each in trend.sessions if _concerns(each, legs))
    signs = sorted((each for each in trend.signs if _concerns(each, legs)), key=_local)
    return (
        _track(Strip.SIGNS, signs, trend.period),
        _track(Strip.SESSIONS, sessions, trend.period),
        _track(Strip.REST_DAYS, trend.rest_days, trend.period),
        _track(Strip.RUNS, trend.runs, trend.period),
        _track(Strip.ACTIVITIES, trend.activities, trend.period),
    )


def _track(what: Strip, entries: Iterable[Entry], period: Period) -> Track:
    found = tuple(entries)
    xs = tuple(_start(entry) for entry in found)
    return Track(
        what=what,
        leg=None,
        entries=found,
        xs=xs,
        ys=tuple(_load(entry) for entry in found),
        ends=tuple(_end(e, x, period) for e, x in zip(found, xs, strict=True)),
        medians={},
    )


def _load(entry: Entry) -> float:
    return float(training_load(entry)) if isinstance(entry, Run | Activity) else 0.0


def _concerns(entry: Session | Sign, legs: Collection[Leg]) -> bool:
    return not entry.about or any(leg in legs for leg in entry.about)


def _local(entry: Entry) -> datetime:
    return entry.at.replace(tzinfo=None)


def _start(entry: Entry) -> float:
    return exact(entry.at) if isinstance(entry, Sign) else entry.at.toordinal() + NOON


def _end(entry: Entry, x: float, period: Period) -> float:
    if not isinstance(entry, Sign):
        return x
    if entry.resolved is None:
        return max(x, period.last.toordinal() + 1.0)
    return max(x, exact(entry.resolved))


NARROWEST = 3.0  # days: closer there is nothing to see; our choice
MONTHS_FROM = 2 * 366.0  # days: beyond, medians of weeks are a thicket; our choice, by looking


@dataclass(frozen=True)
class Window:
    """The days seen, `left` to `right`, never past `first` and `end`; see `tracks` for the unit."""

    left: float
    right: float
    first: float
    end: float

    @property
    def width(self) -> float:
        """How many days are seen."""
        return self.right - self.left

    @property
    def by_month(self) -> bool:
        """Whether so much is seen that lines go from month to month."""
        return self.width > MONTHS_FROM

    @property
    def period(self) -> Period:
        """The days of which anything can be seen."""
        first = floor(self.left + _CRUMB)
        last = max(first, ceil(self.right - _CRUMB) - 1)
        return Period(date.fromordinal(first), date.fromordinal(last))

    def moved(self, days: float) -> "Window":
        """Return it moved to the right, as far as there is anything."""
        days = max(self.first - self.left, min(days, self.end - self.right))
        return replace(self, left=self.left + days, right=self.right + days)

    def zoomed(self, factor: float, around: float) -> "Window":
        """Return it `factor` times as wide, with one place staying where it is."""
        whole = self.end - self.first
        width = max(min(NARROWEST, whole), min(self.width * factor, whole))
        left = around - (around - self.left) * width / self.width
        left = max(self.first, min(left, self.end - width))
        return replace(self, left=left, right=left + width)

    def whole(self) -> "Window":
        """Return everything there is."""
        return replace(self, left=self.first, right=self.end)

    def showing(self, x: float) -> "Window":
        """Return it moved just so far that a place is in sight, with some room beside it."""
        room = self.width * _ROOM
        return self.moved(min(x - self.left - room, 0.0) or max(x - self.right + room, 0.0))


_CRUMB = 0.15  # of a day: nothing is drawn so near to midnight
_ROOM = 0.05  # of the width


def window_of(period: Period, whole: Period) -> Window:
    """Return the window on a period, in a whole that reaches at least as far."""
    left, right = float(period.first.toordinal()), period.last.toordinal() + 1.0
    first = min(left, whole.first.toordinal())
    return Window(left, right, first, max(right, whole.last.toordinal() + 1.0))


@dataclass(frozen=True)
class Cursor:
    """One entry of one track."""

    track: Track
    index: int

    @property
    def x(self) -> float:
        """Where it is on the axis of days."""
        return self.track.xs[self.index]


def stepped(cursor: Cursor, step: int) -> Cursor:
    """Return the next entry of the track in a direction; the same at its end."""
    return Cursor(cursor.track, max(0, min(cursor.index + step, len(cursor.track.xs) - 1)))


def switched(cursor: Cursor, tracks: Sequence[Track], step: int) -> Cursor:
    """Return the entry nearest in time of the next track in a direction that has any."""
    filled = [track for track in tracks if track.entries]
    at = next((i for i, track in enumerate(filled) if track is cursor.track), 0)
    track = filled[max(0, min(at + step, len(filled) - 1))]
    return nearest(track, cursor.x)


def nearest(track: Track, x: float) -> Cursor:
    """Return the entry of a track that is nearest to a place on the axis of days."""
    after = bisect_left(track.xs, x)
    around = [i for i in (after - 1, after) if 0 <= i < len(track.xs)]
    return Cursor(track, min(around, key=lambda i: abs(track.xs[i] - x)))


def latest(tracks: Sequence[Track], before: float) -> Cursor | None:
    """Return the last entry before a place, of the first track that has one; else any last one."""
    for end in (before, float("inf")):
        for track in tracks:
            index = bisect_left(track.xs, end) - 1
            if index >= 0:
                return Cursor(track, index)
    return None


def again(cursor: Cursor | None, tracks: Sequence[Track]) -> Cursor | None:
    """Return the same entry in newly made tracks, or None where it is gone."""
    if cursor is None:
        return None
    wanted = cursor.track.entries[cursor.index].id
    for track in tracks:
        if (track.what, track.leg) == (cursor.track.what, cursor.track.leg):
            for index, entry in enumerate(track.entries):
                if entry.id == wanted:
                    return Cursor(track, index)
    return None
