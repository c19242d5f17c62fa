"""The data behind chart, table and cursor: entries as tracks along the days.

A position on the axis of days is the day's ordinal plus a fraction: 0.5 is noon. The day is that
of the entry's own clock, as in `insight.days`.
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

# Where in its day a moment is drawn: in the usual order and spread out, so that a day's ratings
# do not overlap; our choice.
SLOTS = {
    Moment.MORNING: 0.2,
    Moment.OTHER: 0.35,
    Moment.LAST_RUN: 0.5,
    Moment.BEFORE: 0.65,
    Moment.AFTER: 0.8,
}
NOON = 0.5
MID_MONTH = 15.0  # days after its start

Line = tuple[tuple[float, float], ...]  # positions on the axis of days, each with its median


class Strip(StrEnum):
    """The rows of the strip below the ratings, from the top."""

    SIGNS = "signs"
    SESSIONS = "sessions"
    REST_DAYS = "rest-days"
    RUNS = "runs"
    ACTIVITIES = "activities"


What = Moment | Strip


@dataclass(frozen=True)
class Track:
    """Entries of one kind, oldest first, each with its position on the axis of days.

    Attributes:
        leg: the leg of the ratings; None for the strip's rows.
        ys: scores for ratings, loads (minutes times effort) for runs and activities, else 0.
        ends: where signs end; the same as `xs` for everything else.
        medians: the 7-day median by day.
        weeks: the 7-day medians as drawn, split at gaps.
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
        """The monthly medians as drawn, split at gaps; none if there is no 7-day median."""
        if self.short is not None:
            return ()
        lines = monthly(entry for entry in self.entries if isinstance(entry, Rating))
        return tuple(
            tuple((month.first.toordinal() + MID_MONTH, month.median) for month in line)
            for line in lines
        )

    def span(self, first: float, last: float) -> range:
        """Return the indices of entries that begin within a part of the axis."""
        return range(bisect_left(self.xs, first), bisect_left(self.xs, last))

    def within(self, period: Period) -> Sequence[int]:
        """Return the indices of a period's entries, including signs still open in it."""
        first, after = period.first.toordinal(), period.last.toordinal() + 1
        if self.what is not Strip.SIGNS:
            return self.span(first, after)
        return [i for i, end in enumerate(self.ends) if end >= first and self.xs[i] < after]


def tracks_of(trend: Trend, legs: Collection[Leg]) -> tuple[Track, ...]:
    """Return the tracks of some legs: the ratings leg by leg, then the strip's rows."""
    ratings = [_ratings(trend, leg, moment) for leg in Leg if leg in legs for moment in SLOTS]
    return (*ratings, *_beside(trend, legs))


def exact(moment: datetime) -> float:
    """Return the position of a moment on the axis of days, in its own time zone."""
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
    """Return the strip's tracks, without sessions and signs of other legs only."""
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


NARROWEST = 3.0  # days; closer there is nothing to see; our choice
MONTHS_FROM = 2 * 366.0  # days; beyond this, 7-day medians are unreadable; our choice, by looking


@dataclass(frozen=True)
class Window:
    """The visible days, `left` to `right`, within `first` and `end`; see `tracks` for the unit."""

    left: float
    right: float
    first: float
    end: float

    @property
    def width(self) -> float:
        """The number of visible days."""
        return self.right - self.left

    @property
    def by_month(self) -> bool:
        """Whether so many days are visible that the lines are monthly medians."""
        return self.width > MONTHS_FROM

    @property
    def period(self) -> Period:
        """The days that are visible at least in part."""
        first = floor(self.left + _CRUMB)
        last = max(first, ceil(self.right - _CRUMB) - 1)
        return Period(date.fromordinal(first), date.fromordinal(last))

    def moved(self, days: float) -> "Window":
        """Return the window moved to the right, within its limits."""
        days = max(self.first - self.left, min(days, self.end - self.right))
        return replace(self, left=self.left + days, right=self.right + days)

    def zoomed(self, factor: float, around: float) -> "Window":
        """Return the window `factor` times as wide, keeping one position in place."""
        whole = self.end - self.first
        width = max(min(NARROWEST, whole), min(self.width * factor, whole))
        left = around - (around - self.left) * width / self.width
        left = max(self.first, min(left, self.end - width))
        return replace(self, left=left, right=left + width)

    def whole(self) -> "Window":
        """Return the window with everything visible."""
        return replace(self, left=self.first, right=self.end)

    def showing(self, x: float) -> "Window":
        """Return the window moved just far enough to show a position, with some margin."""
        room = self.width * _ROOM
        return self.moved(min(x - self.left - room, 0.0) or max(x - self.right + room, 0.0))


_CRUMB = 0.15  # of a day; nothing is drawn this close to midnight
_ROOM = 0.05  # of the width


def window_of(period: Period, whole: Period) -> Window:
    """Return the window on a period, within a whole that is widened to contain it."""
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
        """Its position on the axis of days."""
        return self.track.xs[self.index]


def stepped(cursor: Cursor, step: int) -> Cursor:
    """Return the next entry of the track in a direction, or the same one at its end."""
    return Cursor(cursor.track, max(0, min(cursor.index + step, len(cursor.track.xs) - 1)))


def switched(cursor: Cursor, tracks: Sequence[Track], step: int) -> Cursor:
    """Return the entry nearest in time on the next track that has entries, in a direction."""
    filled = [track for track in tracks if track.entries]
    at = next((i for i, track in enumerate(filled) if track is cursor.track), 0)
    track = filled[max(0, min(at + step, len(filled) - 1))]
    return nearest(track, cursor.x)


def nearest(track: Track, x: float) -> Cursor:
    """Return the entry of a track nearest to a position on the axis of days."""
    after = bisect_left(track.xs, x)
    around = [i for i in (after - 1, after) if 0 <= i < len(track.xs)]
    return Cursor(track, min(around, key=lambda i: abs(track.xs[i] - x)))


def latest(tracks: Sequence[Track], before: float) -> Cursor | None:
    """Return the last entry before a position, on the first track with one; else any last one."""
    for end in (before, float("inf")):
        for track in tracks:
            index = bisect_left(track.xs, end) - 1
            if index >= 0:
                return Cursor(track, index)
    return None


def again(cursor: Cursor | None, tracks: Sequence[Track]) -> Cursor | None:
    """Return the same entry in new tracks, or None if it is gone."""
    if cursor is None:
        return None
    wanted = cursor.track.entries[cursor.index].id
    for track in tracks:
        if (track.what, track.leg) == (cursor.track.what, cursor.track.leg):
            for index, entry in enumerate(track.entries):
                if entry.id == wanted:
                    return Cursor(track, index)
    return None
