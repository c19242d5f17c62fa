"""Rest days, logged and advised, without counting streaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from itband_gui.insight.days import DAY, Period, day_of, days_ending
from itband_gui.insight.readiness import Judge
from itband_gui.insight.reasons import Readiness
from itband_gui.journal.entries import Entry, RestDay, Run
from itband_gui.safety.signs import Safety

DAYS = 14  # our choice


@dataclass(frozen=True)
class Rest:
    """How much rest there was in the last 14 days, today included.

    Attributes:
        rest_days: the logged rest days without a run.
        advised: the days on which the light said rest before any run; today only once a run or a
            rest day is logged.
        taken: the advised days without a run.

    """

    period: Period
    rest_days: tuple[date, ...]
    advised: tuple[date, ...]
    taken: tuple[date, ...]


def rest(entries: Sequence[Entry], now: datetime, safety: Safety) -> Rest:
    """Return the rest in the 14 days that end with the day of `now`, an aware local time."""
    period = days_ending(now.date(), DAYS)
    first_runs: dict[date, datetime] = {}
    chosen = set()
    for entry in entries:
        day = min(day_of(entry), period.last)  # one written further east as tomorrow is of today
        if day not in period or entry.at > now:
            continue
        if isinstance(entry, Run):
            first_runs.setdefault(day, entry.at)
        elif isinstance(entry, RestDay):
            chosen.add(day)
    judge = Judge(entries, safety)
    advised = []
    for back in reversed(range(DAYS)):
        day = period.last - back * DAY
        if back == 0 and day not in chosen and day not in first_runs:
            continue
        first_run = first_runs.get(day)
        # A day's advice is that just before its first run, else at its end.
        moment = first_run - timedelta(seconds=1) if first_run else judge.end_of(day, now)
        if judge.verdict(moment).light is Readiness.REST:
            advised.append(day)
    return Rest(
        period,
        tuple(sorted(chosen - first_runs.keys())),
        tuple(advised),
        tuple(day for day in advised if day not in first_runs),
    )
