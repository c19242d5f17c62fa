"""The journal week by week, and each week's load with the next week's soreness."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from itband_gui.insight.days import WEEK_DAYS, Period, day_of, since_first
from itband_gui.insight.lookback import NOW
from itband_gui.insight.statistics import Spread, spread
from itband_gui.journal.entries import Activity, Entry, Moment, Rating, RestDay, Run, Session
from itband_gui.leg.names import Leg

WEEK_NEEDS = 3  # rated days that a week's soreness needs: our choice


@dataclass(frozen=True)
class Week:
    """A week from Monday to Sunday, or its part within the period; or another span of days.

    Attributes:
        minutes: minutes of running.
        km: the total of the logged distances; None if none was logged.
        load: minutes times effort, over all runs and activities (session-RPE, Foster 2001).
        worst_run: the worst soreness while running, as logged with runs.
        rest_days: logged rest days without a run.
        ratings: the spread of scores for each leg and moment with ratings.
        soreness: each leg's soreness in daily life, as the spread of each day's worst rating,
            without ratings after massage and of runs.

    """

    days: Period
    runs: int
    minutes: int
    km: float | None
    activities: int
    activity_minutes: int
    load: int
    worst_run: int | None
    sessions: int
    rest_days: int
    ratings: Mapping[tuple[Leg, Moment], Spread]
    soreness: Mapping[Leg, Spread | None]

    @property
    def is_active(self) -> bool:
        """Whether there was a run or an activity."""
        return self.runs > 0 or self.activities > 0

    @property
    def is_whole(self) -> bool:
        """Whether it has all seven days; the lower numbers of a partial week are no decrease."""
        return self.days.days == WEEK_DAYS


@dataclass(frozen=True)
class Side:
    """One leg's median soreness in the week after a load; None with too few rated days."""

    median: float | None
    rated_days: int


@dataclass(frozen=True)
class LoadAndSoreness:
    """A week's load and the soreness of the next week; no cause is implied."""

    week: Week
    next_soreness: Mapping[Leg, Side]


@dataclass
class _Gathered:
    runs: list[Run] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    sessions: int = 0
    rest_days: set[date] = field(default_factory=set)
    ratings: dict[tuple[Leg, Moment], list[int]] = field(default_factory=dict)
    worst: dict[tuple[Leg, date], int] = field(default_factory=dict)

    def take(self, entry: Entry, day: date) -> None:
        if isinstance(entry, Rating):
            self.ratings.setdefault((entry.leg, entry.moment), []).append(entry.score)
            if entry.moment in NOW:
                spot = (entry.leg, day)
                self.worst[spot] = max(self.worst.get(spot, 0), entry.score)
        elif isinstance(entry, Run):
            self.runs.append(entry)
        elif isinstance(entry, Activity):
            self.activities.append(entry)
        elif isinstance(entry, Session):
            self.sessions += 1
        elif isinstance(entry, RestDay):
            self.rest_days.add(day)


def training_load(done: Run | Activity) -> int:
    """Return minutes times effort (session-RPE, Foster 2001), which has no unit."""
    return done.minutes * done.effort


def weeks(entries: Iterable[Entry], period: Period) -> tuple[Week, ...]:
    """Return every week of a period, oldest first, including empty ones."""
    return spans(entries, tuple(period.weeks()))


def spans(entries: Iterable[Entry], parts: Sequence[Period]) -> tuple[Week, ...]:
    """Return the same for other spans of days, such as months, which must not overlap."""
    starts = [part.first for part in parts]
    gathered = [_Gathered() for _ in parts]
    for entry in entries:
        day = day_of(entry)
        index = bisect_right(starts, day) - 1
        if index >= 0 and day <= parts[index].last:
            gathered[index].take(entry, day)
    return tuple(_week(days, found) for days, found in zip(parts, gathered, strict=True))


def load_and_soreness(entries: Sequence[Entry], period: Period) -> tuple[LoadAndSoreness, ...]:
    """Return each week's load with the next week's soreness, for all full weeks of a period.

    A week cut off by the period or by the journal's first day would look like an easy week.

    Args:
        entries: the whole journal.
        period: the period with the weeks.

    """
    whole = [week for week in weeks(entries, since_first(entries, period)) if week.is_whole]
    return tuple(
        LoadAndSoreness(week, {leg: _side(later.soreness[leg]) for leg in Leg})
        for week, later in pairwise(whole)
    )


def _week(days: Period, found: _Gathered) -> Week:
    distances = [run.distance_km for run in found.runs if run.distance_km is not None]
    ran = {day_of(run) for run in found.runs}
    return Week(
        days=days,
        runs=len(found.runs),
        minutes=sum(run.minutes for run in found.runs),
        km=sum(distances) if distances else None,
        activities=len(found.activities),
        activity_minutes=sum(done.minutes for done in found.activities),
        load=sum(map(training_load, found.runs)) + sum(map(training_load, found.activities)),
        worst_run=max((r.worst for r in found.runs if r.worst is not None), default=None),
        sessions=found.sessions,
        rest_days=len(found.rest_days - ran),
        ratings={
            spot: made
            for spot in sorted(found.ratings)
            if (made := spread(found.ratings[spot])) is not None
        },
        soreness={
            leg: spread(score for (each, _), score in found.worst.items() if each is leg)
            for leg in Leg
        },
    )


def _side(soreness: Spread | None) -> Side:
    days = soreness.count if soreness else 0
    if soreness is None or days < WEEK_NEEDS:
        return Side(None, days)
    return Side(soreness.median, days)
