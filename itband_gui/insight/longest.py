"""How long a run may be, by the longest of the last 30 days."""

from collections.abc import Iterable
from datetime import date
from math import floor

import msgspec

from itband_gui.insight.days import day_of, days_ending
from itband_gui.journal.entries import Entry, Run

# In 5,205 runners a run 10 to 30 % beyond the longest of the last 30 days came with 1.64 times the
# overuse injuries, the week's total with no more of them (Frandsen 2025). It was measured in
# kilometres; minutes stand in for them where none were noted (our choice).
DAYS = 30
PERCENT = 110


class LongestRun(msgspec.Struct, frozen=True):
    """The longest runs of the last 30 days; `by_distance` is None when no distance was noted."""

    by_minutes: Run
    by_distance: Run | None

    @property
    def limit_minutes(self) -> int:
        """The longest that a run should be, in whole minutes, rounded down."""
        return self.by_minutes.minutes * PERCENT // 100

    @property
    def limit_km(self) -> float | None:
        """The farthest that a run should be, in tenths of a kilometre, rounded down."""
        if self.by_distance is None:
            return None
        return floor(_kilometres(self.by_distance) * PERCENT / 10) / 10


def longest_run(entries: Iterable[Entry], today: date) -> LongestRun | None:
    """Return the longest runs of the 30 days that end today, or None without any."""
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
