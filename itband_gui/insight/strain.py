"""Finds runs and activities that were hard, or long for this runner."""

from collections.abc import Iterable
from datetime import date
from math import floor
from statistics import median

import msgspec

from itband_gui.insight.days import DAY, day_of, days_ending
from itband_gui.insight.lookback import JournalAt
from itband_gui.journal.entries import Activity, Entry, Run
from itband_gui.leg.names import Leg, Place

# In 5,205 runners, runs 10 to 30% beyond the longest of the last 30 days came with 1.64 times the
# overuse injuries; a higher weekly total did not (Frandsen 2025). They measured kilometres; minutes
# stand in for them where none were logged (our choice).
DAYS = 30
PERCENT = 110
HARD = 5  # the word for 5 on the session-RPE scale is "hard" (Foster 2001)
VERY_HARD = 8  # our choice: above 7, "very hard" on that scale
LONG = 1.5  # times the median of the 30 days before: our choice
VERY_LONG = 2.0  # times that median: our choice
LONG_ACTIVITY_MINUTES = 120  # at a hard effort: our choice
LONG_ALONE_MINUTES = 90  # if there is no run in the 30 days before to compare with: our choice
EASY_AFTER_DAYS = 1  # our choice
EASY_AFTER_VERY_LONG_DAYS = 3  # muscle soreness peaks within 72 hours
_LONGEST_EASY = max(EASY_AFTER_DAYS, EASY_AFTER_VERY_LONG_DAYS)
NO_CAP_DAYS = 3  # our choice: no longest distance is suggested this soon after
# Muscle soreness peaks 24 to 72 hours after unusual effort, in both legs alike.
MUSCLE_DAYS = range(1, 4)
MUSCLE_MOST = 4  # above this, it is not put down to muscles: our choice
MUSCLE_APART = 1  # points by which legs that are sore alike may differ: our choice
# Soreness in these places is not muscle soreness of the thigh.
NOT_MUSCLE = frozenset({Place.OUTER_HIP, Place.OUTER_KNEE, Place.KNEE_FRONT, Place.OTHER})

Effort = Run | Activity


class LongestRun(msgspec.Struct, frozen=True):
    """The longest runs of the last 30 days; `by_distance` is None if no distance was logged."""

    by_minutes: Run
    by_distance: Run | None

    @property
    def limit_minutes(self) -> int:
        """The longest a run should be, in whole minutes, rounded down."""
        return self.by_minutes.minutes * PERCENT // 100

    @property
    def limit_km(self) -> float | None:
        """The longest a run should be, in kilometres, rounded down to tenths."""
        if self.by_distance is None:
            return None
        return floor(_kilometres(self.by_distance) * PERCENT / 10) / 10


def longest_run(entries: Iterable[Entry], today: date) -> LongestRun | None:
    """Return the longest runs of the 30 days that end today, or None without runs."""
    period = days_ending(today, DAYS)
    runs = [e for e in entries if isinstance(e, Run) and min(day_of(e), today) in period]
    if not runs:
        return None
    measured = [run for run in runs if run.distance_km]
    return LongestRun(
        max(runs, key=lambda run: run.minutes), max(measured, key=_kilometres, default=None)
    )


def _kilometres(run: Run) -> float:
    return run.distance_km or 0.0


class Strain(msgspec.Struct, frozen=True):
    """A run or an activity that calls for easy days, and how many."""

    entry: Effort
    days: int


def strains(view: JournalAt) -> list[Strain]:
    """Return the strains that still call for an easy day, oldest first."""
    lately = [(entry, _easy_days(view, entry)) for entry in _efforts(view, _LONGEST_EASY)]
    return [
        Strain(entry, days)
        for entry, days in lately
        if days and (view.this_day - view.day(entry)).days <= days
    ]


def hides_the_cap(view: JournalAt) -> bool:
    """Whether to suggest no longest distance, as it would read like an invitation.

    This is so after a run today, in the days after a long or hard run, and while the longest run
    of the last weeks is far beyond the usual.
    """
    lately = _efforts(view, NO_CAP_DAYS)
    if any(
        isinstance(e, Run) and (_easy_days(view, e) or view.day(e) == view.this_day) for e in lately
    ):
        return True
    minutes = [entry.minutes for entry in _efforts(view, DAYS) if isinstance(entry, Run)]
    return bool(minutes) and max(minutes) >= VERY_LONG * median(minutes)


def sore_muscles(view: JournalAt) -> Effort | None:
    """Return the hard effort that explains today's soreness of both thighs, if any.

    Both legs must be sore alike, at most `MUSCLE_MOST`, only in the thigh, one to three days
    after it.
    """
    today = {leg: view.now_ratings(leg, view.this_day) for leg in Leg}
    worst = [max((each.score for each in ratings), default=0) for ratings in today.values()]
    if not 0 < min(worst) <= max(worst) <= MUSCLE_MOST or max(worst) - min(worst) > MUSCLE_APART:
        return None
    if any(NOT_MUSCLE & set(each.places) for ratings in today.values() for each in ratings):
        return None
    hard = [
        entry
        for entry in _efforts(view, MUSCLE_DAYS[-1])
        if entry.effort >= HARD and (view.this_day - view.day(entry)).days in MUSCLE_DAYS
    ]
    return hard[-1] if hard else None


def _efforts(view: JournalAt, days: int) -> list[Effort]:
    """Return the runs and activities since `days` days ago, oldest first."""
    first = view.this_day - days * DAY
    return [
        each
        for each in view.entries
        if isinstance(each, Run | Activity) and view.day(each) >= first
    ]


def _easy_days(view: JournalAt, entry: Effort) -> int:
    """Return how many days after an effort a run should be easy."""
    days = EASY_AFTER_DAYS if entry.effort >= VERY_HARD else 0
    if isinstance(entry, Activity):
        long = entry.minutes >= LONG_ACTIVITY_MINUTES and entry.effort >= HARD
        return EASY_AFTER_DAYS if long else days
    before = [
        each.minutes
        for each in view.entries
        if isinstance(each, Run) and each.at < entry.at and entry.at - each.at <= DAYS * DAY
    ]
    if not before:
        return max(days, EASY_AFTER_DAYS if entry.minutes >= LONG_ALONE_MINUTES else 0)
    times = entry.minutes / median(before)
    if times >= VERY_LONG:
        return EASY_AFTER_VERY_LONG_DAYS
    return max(days, EASY_AFTER_DAYS if times >= LONG else 0)
