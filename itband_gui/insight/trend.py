"""A leg's ratings over time: a series a moment, with running medians and monthly ones."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from itband_gui.insight.days import DAY, WEEK_DAYS, Period, day_of
from itband_gui.insight.statistics import Need, Shortfall
from itband_gui.journal.entries import Activity, Entry, Moment, Rating, RestDay, Run, Session, Sign
from itband_gui.leg.names import Leg

# A single rating agrees poorly with its week (r < 0.70: PMC3014612), hence the 7-day median; the
# number of days it needs is our choice.
MEDIAN_NEEDS = 3
# Fewer rated days are shown as points without a line: our choice, as for pairs.
TREND_NEEDS = 6


@dataclass(frozen=True)
class MedianPoint:
    """The median of the rated days among the seven ending with `day`, and their number."""

    day: date
    median: float
    days: int


Line = tuple[MedianPoint, ...]


@dataclass(frozen=True)
class Series:
    """The ratings of one leg at one moment.

    Attributes:
        ratings: all ratings of the period, oldest first.
        lines: the 7-day median at each rated day; there is a gap between lines where a week had
            too few rated days.
        short: the rated days needed before a median is drawn at all.

    """

    ratings: tuple[Rating, ...]
    lines: tuple[Line, ...]
    short: Shortfall | None


@dataclass(frozen=True)
class Trend:
    """Everything that the history chart draws: a series for each leg and moment, and other entries.

    Attributes:
        signs: the signs that were open on a day of the period.

    """

    period: Period
    series: Mapping[Leg, Mapping[Moment, Series]]
    runs: tuple[Run, ...]
    activities: tuple[Activity, ...]
    rest_days: tuple[RestDay, ...]
    sessions: tuple[Session, ...]
    signs: tuple[Sign, ...]


def trend(entries: Iterable[Entry], period: Period) -> Trend:
    """Return the trend over a period.

    Args:
        entries: the journal's entries, oldest first, not cut to the period, as its first medians
            look back.
        period: the days to show.

    """
    since = period.first - (WEEK_DAYS - 1) * DAY
    ratings: dict[tuple[Leg, Moment], list[tuple[date, Rating]]] = {
        (leg, moment): [] for leg in Leg for moment in Moment
    }
    beside: dict[type[Entry], list[Entry]] = {Run: [], Activity: [], RestDay: [], Session: []}
    signs = []
    for entry in entries:
        day = day_of(entry)
        if isinstance(entry, Sign):
            if _was_open(entry, period):
                signs.append(entry)
        elif isinstance(entry, Rating):
            if since <= day <= period.last:
                ratings[entry.leg, entry.moment].append((day, entry))
        elif period.first <= day <= period.last:
            beside[type(entry)].append(entry)
    return Trend(
        period,
        {leg: {m: _series(ratings[leg, m], period) for m in Moment} for leg in Leg},
        tuple(e for e in beside[Run] if isinstance(e, Run)),
        tuple(e for e in beside[Activity] if isinstance(e, Activity)),
        tuple(e for e in beside[RestDay] if isinstance(e, RestDay)),
        tuple(e for e in beside[Session] if isinstance(e, Session)),
        tuple(signs),
    )


def _was_open(sign: Sign, period: Period) -> bool:
    resolved = sign.resolved
    return day_of(sign) <= period.last and (resolved is None or resolved.date() >= period.first)


def _series(dated: list[tuple[date, Rating]], period: Period) -> Series:
    ratings = tuple(rating for day, rating in dated if day >= period.first)
    worst: dict[date, int] = {}
    for day, rating in dated:
        worst[day] = max(worst.get(day, 0), rating.score)
    rated_days = sum(day >= period.first for day in worst)
    if rated_days < TREND_NEEDS:
        return Series(ratings, (), Shortfall(Need.RATED_DAYS, rated_days, TREND_NEEDS))
    return Series(ratings, _lines(worst, period.first), None)


def _lines(worst: Mapping[date, int], first: date) -> tuple[Line, ...]:
    """Return the running median of each day's worst score, from the day `first` on.

    A line breaks where the last seven days have too few rated days.
    """
    lines: list[list[MedianPoint]] = []
    window: list[int] = []  # the scores of the last seven days, in order
    days = sorted(worst)
    oldest, broken = 0, True
    for day in days:
        insort(window, worst[day])
        while (day - days[oldest]).days >= WEEK_DAYS:
            del window[bisect_left(window, worst[days[oldest]])]
            oldest += 1
        count = len(window)
        if count < MEDIAN_NEEDS:
            broken = True
        elif day >= first:
            if broken:
                lines.append([])
            # The mean of the two middle scores, which are the same one if the count is odd.
            middle = (window[(count - 1) // 2] + window[count // 2]) / 2
            lines[-1].append(MedianPoint(day, middle, count))
            broken = False
    return tuple(map(tuple, lines))


@dataclass(frozen=True)
class Month:
    """The median of a month's rated days, and the number of those days."""

    first: date
    median: float
    days: int


def monthly(ratings: Iterable[Rating]) -> tuple[tuple[Month, ...], ...]:
    """Return the median of each day's worst score, month by month.

    A line breaks at a month with fewer rated days than a 7-day median needs.

    Args:
        ratings: the ratings of one leg at one moment.

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
    """Return the first day of the next month."""
    december = 12
    if first.month == december:
        return first.replace(year=first.year + 1, month=1)
    return first.replace(month=first.month + 1)
