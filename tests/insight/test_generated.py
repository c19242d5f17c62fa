"""Three seeded journals, with every number about them recomputed in another way."""

from collections.abc import Callable
from datetime import date, datetime, time
from itertools import combinations_with_replacement, pairwise
from statistics import median

import pytest

from itband_gui.insight.days import DAY, Period, Range, period_of
from itband_gui.insight.places import heat_map
from itband_gui.insight.relief import relief
from itband_gui.insight.strain import longest_run
from itband_gui.insight.summary import massage
from itband_gui.insight.trend import trend
from itband_gui.insight.weeks import load_and_soreness, weeks
from itband_gui.journal.entries import Activity, Entry, Moment, Rating, RestDay, Run, Session, Sign
from itband_gui.journal.validation import check
from itband_gui.leg.names import Leg, Place
from tests.insight.journals import LAST, calm_month, flare, ten_years
from tests.insight.making import OFFSET

Journal = list[Entry]
EVENING = datetime.combine(LAST, time(23, 59), OFFSET)


@pytest.fixture(params=Range)
def period(request: pytest.FixtureRequest, journal: Journal) -> Period:
    return period_of(request.param, LAST, journal)


def ratings(journal: Journal, period: Period, leg: Leg, *moments: Moment) -> list[Rating]:
    return [
        e
        for e in journal
        if isinstance(e, Rating)
        and e.leg is leg
        and e.moment in moments
        and period.first <= e.at.date() <= period.last
    ]


# The journals themselves


@pytest.mark.parametrize("make", [calm_month, flare, ten_years])
def test_a_seed_always_gives_the_same_valid_journal(make: Callable[..., Journal]) -> None:
    journal = make()
    assert journal == make()
    assert journal != make(seed=99)
    assert journal == sorted(journal, key=lambda entry: (entry.at, entry.id))
    assert len({entry.id for entry in journal}) == len(journal)
    for entry in journal:
        check(entry, EVENING)


def test_the_journals_match_their_names() -> None:
    calm = [e.score for e in calm_month() if isinstance(e, Rating)]
    assert max(calm) <= 3
    assert not any(isinstance(e, Sign) for e in calm_month())
    assert period_of(Range.ALL, LAST, calm_month()).days <= 28
    flared = [e for e in flare() if isinstance(e, Rating)]
    before = max(e.score for e in flared if e.at.date() <= LAST - 28 * DAY)
    assert max(e.score for e in flared if e.at.date() > LAST - 28 * DAY) >= before + 3
    assert len(ten_years()) == 10_000
    assert period_of(Range.ALL, LAST, ten_years()).days >= 3_650


# Trend


def test_every_median_is_that_of_the_seven_days_worst_scores(
    journal: Journal, period: Period
) -> None:
    for leg, moments in trend(journal, period).series.items():
        for moment, series in moments.items():
            shown = ratings(journal, period, leg, moment)
            assert list(series.ratings) == shown
            days = {e.at.date() for e in shown}
            if series.short is not None:
                assert len(days) == series.short.have < series.short.need
                assert series.lines == ()
                continue
            everything = ratings(journal, Period(date.min, LAST), leg, moment)
            worst: dict[date, int] = {}
            for each in sorted(everything, key=lambda e: e.score):
                worst[each.at.date()] = each.score
            expected = {}
            for day in days:
                week = [worst[day - n * DAY] for n in range(7) if day - n * DAY in worst]
                if len(week) >= 3:
                    expected[day] = (median(week), len(week))
            points = [point for line in series.lines for point in line]
            assert {p.day: (p.median, p.days) for p in points} == expected
            assert [p.day for p in points] == sorted(expected)
            # There is a gap only where a rated day has no median.
            starts = {line[0].day for line in series.lines}
            rated = sorted(days)
            for earlier, later in pairwise(rated):
                if later in expected:
                    assert (later in starts) == (earlier not in expected)


def test_the_trend_has_all_other_entries_of_the_period(journal: Journal, period: Period) -> None:
    drawn = trend(journal, period)
    days = [e for e in journal if e.at.date() in period]
    assert list(drawn.runs) == [e for e in days if type(e) is Run]
    assert list(drawn.activities) == [e for e in days if type(e) is Activity]
    assert list(drawn.rest_days) == [e for e in days if type(e) is RestDay]
    assert list(drawn.sessions) == [e for e in days if type(e) is Session]
    for sign in (e for e in journal if isinstance(e, Sign)):
        last = sign.resolved.date() if sign.resolved else LAST
        overlaps = not (last < period.first or sign.at.date() > period.last)
        assert (sign in drawn.signs) == overlaps


# Weeks


def test_the_weeks_add_up_to_the_entries(journal: Journal, period: Period) -> None:
    by_day: dict[date, Journal] = {}
    for entry in journal:
        by_day.setdefault(entry.at.date(), []).append(entry)
    for week in weeks(journal, period):
        days = {week.days.first + n * DAY for n in range(week.days.days)}
        inside = [e for day in days for e in by_day.get(day, [])]
        runs = [e for e in inside if isinstance(e, Run)]
        assert week.runs == len(runs)
        assert week.minutes == sum(e.minutes for e in runs)
        active = [e for e in inside if isinstance(e, Activity)]
        assert week.activities == len(active)
        assert week.activity_minutes == sum(e.minutes for e in active)
        load = sum(e.minutes * e.effort for e in runs)
        assert week.load == load + sum(e.minutes * e.effort for e in active)
        noted = [e.distance_km for e in runs if e.distance_km is not None]
        assert week.km == (pytest.approx(sum(noted)) if noted else None)
        assert week.worst_run == max((e.worst for e in runs if e.worst is not None), default=None)
        chosen = {e.at.date() for e in inside if isinstance(e, RestDay)}
        assert week.rest_days == len(chosen - {e.at.date() for e in runs})
        assert week.sessions == sum(isinstance(e, Session) for e in inside)
        rated = [e for e in inside if isinstance(e, Rating)]
        assert set(week.ratings) == {(e.leg, e.moment) for e in rated}
        for (leg, moment), found in week.ratings.items():
            scores = [e.score for e in rated if (e.leg, e.moment) == (leg, moment)]
            assert (found.count, found.median) == (len(scores), median(scores))
            assert (found.low, found.high) == (min(scores), max(scores))


def test_the_soreness_with_a_load_is_of_the_days_after_it(journal: Journal, period: Period) -> None:
    daily: dict[tuple[Leg, date], list[int]] = {}
    for each in journal:
        if isinstance(each, Rating) and each.moment not in (Moment.AFTER, Moment.LAST_RUN):
            daily.setdefault((each.leg, each.at.date()), []).append(each.score)
    found = load_and_soreness(journal, period)
    began = max(period.first, journal[0].at.date())
    mondays = [began + n * DAY for n in range(7, (LAST - began).days - 5)]
    mondays = [day for day in mondays if day.weekday() == 0]
    assert [beside.week.days.last + DAY for beside in found] == mondays
    loads = {week.days: week.load for week in weeks(journal, period)}
    for beside, monday in zip(found, mondays, strict=True):
        assert beside.week.load == loads[Period(monday - 7 * DAY, monday - DAY)]
        for leg, side in beside.next_soreness.items():
            days = [monday + n * DAY for n in range(7)]
            worst = [max(daily[leg, day]) for day in days if (leg, day) in daily]
            assert side.rated_days == len(worst)
            assert side.median == (median(worst) if len(worst) >= 3 else None)


# Relief


@pytest.mark.parametrize("leg", Leg)
def test_pairs_and_their_numbers_are_those_of_the_entries(
    journal: Journal, period: Period, leg: Leg
) -> None:
    found = relief(journal, leg, period)
    by_session: dict[tuple[str | None, Moment], int] = {
        (e.session, e.moment): e.score for e in journal if isinstance(e, Rating) and e.leg is leg
    }
    done = [e for e in journal if isinstance(e, Session) and e.at.date() in period]
    after = {
        e.id: by_session[e.id, Moment.AFTER] - by_session[e.id, Moment.BEFORE]
        for e in done
        if (e.id, Moment.AFTER) in by_session and (e.id, Moment.BEFORE) in by_session
    }
    assert {pair.session.id: pair.change for pair in found.after.pairs} == after
    points = list(after.values())
    assert (found.after.better, found.after.worse) == (
        sum(1 for p in points if p < 0),
        sum(1 for p in points if p > 0),
    )
    assert found.after.same == len(points) - found.after.better - found.after.worse
    if points:
        assert found.after.spread is not None
        assert found.after.spread.median == median(points)
    if 6 <= len(points) <= 300:
        assert found.after.estimate is not None
        averages = [(a + b) / 2 for a, b in combinations_with_replacement(points, 2)]
        assert found.after.estimate.change == median(averages)
    groups = found.by_routine
    for name in {e.routine for e in done if leg in e.legs}:
        count = sum(1 for e in done if e.routine == name and e.id in after)
        if count >= 6:
            assert len(groups.enough[name].pairs) == count
        elif count:
            assert groups.short[name] == count


@pytest.mark.parametrize("leg", Leg)
def test_next_mornings_and_the_two_kinds_of_morning_are_those_of_the_entries(
    journal: Journal, period: Period, leg: Leg
) -> None:
    found = relief(journal, leg, period)
    ever = [e for e in journal if isinstance(e, Session) and leg in e.legs]
    done = [e for e in ever if e.at.date() in period]
    worst: dict[date, int] = {}
    for each in ratings(journal, Period(date.min, LAST), leg, Moment.MORNING):
        worst[each.at.date()] = max(each.score, worst.get(each.at.date(), 0))
    after_days = {e.at.date() + DAY for e in ever}  # the generator massages in the evening
    kinds = {
        True: [s for d, s in worst.items() if d in period and d in after_days],
        False: [s for d, s in worst.items() if d in period and d not in after_days],
    }
    for spread, scores in (
        (found.mornings.after_massage, kinds[True]),
        (found.mornings.other, kinds[False]),
    ):
        assert (spread.count if spread else 0) == len(scores)
        assert (spread.median if spread else None) == (median(scores) if scores else None)
    before = {
        e.session: e.score
        for e in journal
        if isinstance(e, Rating) and e.leg is leg and e.moment is Moment.BEFORE
    }
    expected = {
        e.id: worst[e.at.date() + DAY] - before[e.id] for e in done if e.at.date() + DAY in worst
    }
    assert {pair.session.id: pair.change for pair in found.next_morning.pairs} == expected


# Places, massage, runs


@pytest.mark.parametrize("leg", Leg)
def test_the_heat_map_is_that_of_the_marks(journal: Journal, period: Period, leg: Leg) -> None:
    found = heat_map(journal, leg, period)
    for place in Place:
        scores = [e.score for e in ratings(journal, period, leg, *Moment) if place in e.places]
        assert (place in found) == bool(scores)
        if scores:
            assert (found[place].times, found[place].median) == (len(scores), median(scores))


def test_massaged_seconds_are_all_there(journal: Journal) -> None:
    done = massage(journal)
    sessions = [e for e in journal if isinstance(e, Session)]
    assert done.sessions == len(sessions)
    assert sum(map(done.of_leg, Leg)) == sum(e.hands_on_seconds for e in sessions)


def test_the_longest_run_is_the_longest(journal: Journal) -> None:
    runs = [e for e in journal if isinstance(e, Run) and (LAST - e.at.date()).days < 30]
    found = longest_run(journal, LAST)
    assert found is not None
    assert found.by_minutes.minutes == max(e.minutes for e in runs)
    assert found.by_distance is not None
    assert found.by_distance.distance_km == max(e.distance_km or 0 for e in runs)
