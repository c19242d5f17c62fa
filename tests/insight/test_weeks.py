"""The journal by week, and each week's load with the next week's soreness."""

from collections.abc import Iterable

from itband_gui.insight.days import Period, days_ending
from itband_gui.insight.statistics import Spread
from itband_gui.insight.strain import longest_run
from itband_gui.insight.weeks import Side, Week, load_and_soreness, spans, training_load, weeks
from itband_gui.journal.entries import Entry, Moment
from tests.insight.making import (
    DAY,
    LEFT,
    RIGHT,
    TODAY,
    activity,
    morning,
    rating,
    rest_day,
    run,
    session,
)

# `TODAY` is a Sunday: the days 0 to 6 ago are one week.
TWO_WEEKS = days_ending(TODAY, 14)


def by_week(entries: Iterable[Entry], period: Period = TWO_WEEKS) -> tuple[Week, ...]:
    return weeks(sorted(entries, key=lambda entry: entry.at), period)


def test_the_load_of_a_run_is_minutes_times_effort() -> None:
    assert training_load(run(0, minutes=45, effort=6)) == 270


def test_empty_weeks_are_weeks_too() -> None:
    first, second = by_week([])
    assert (first.days, second.days) == (
        Period(TODAY - 13 * DAY, TODAY - 7 * DAY),
        Period(TODAY - 6 * DAY, TODAY),
    )
    assert (first.runs, first.minutes, first.km, first.load) == (0, 0, None, 0)
    assert (first.ratings, first.soreness) == ({}, {LEFT: None, RIGHT: None})


def test_a_week_adds_up_its_runs() -> None:
    last = by_week(
        [
            run(6, 2, minutes=30, km=5.5, effort=3),
            run(0, 4, minutes=60, km=None, effort=5),
            run(1, None, minutes=20, km=3.0, effort=2),
            run(7, 9, minutes=500),
        ]
    )[1]
    assert (last.runs, last.minutes, last.km, last.load) == (3, 110, 8.5, 430)
    assert last.worst_run == 4


def test_activities_count_only_for_the_load() -> None:
    last = by_week([run(6, minutes=30, km=5.5, effort=3), activity(6, 45, 4), activity(0, 20, 0)])[
        1
    ]
    assert (last.runs, last.minutes, last.km) == (1, 30, 5.5)
    assert (last.activities, last.activity_minutes, last.load) == (2, 65, 90 + 180)
    assert last.is_active
    assert by_week([activity(0)])[1].is_active
    assert not by_week([rest_day(0)])[1].is_active


def test_a_day_without_a_run_can_be_a_rest_day_whatever_else_is_done() -> None:
    assert by_week([rest_day(1), activity(1)])[1].rest_days == 1


def test_the_longest_run_is_never_an_activity() -> None:
    found = longest_run([run(2, minutes=30), activity(1, minutes=300)], TODAY)
    assert found is not None
    assert found.by_minutes.minutes == 30


def test_a_week_has_the_spread_of_each_leg_and_moment() -> None:
    last = by_week(
        [
            morning(6, 1),
            morning(3, 4),
            morning(0, 2),
            rating(1, 3, Moment.AFTER, RIGHT),
            morning(7, 9),
        ]
    )[1]
    assert last.ratings == {
        (LEFT, Moment.MORNING): Spread(3, 2, 1, 4),
        (RIGHT, Moment.AFTER): Spread(1, 3, 3, 3),
    }


def test_soreness_is_each_days_worst_in_daily_life() -> None:
    last = by_week(
        [
            morning(3, 1),
            rating(3, 4, Moment.BEFORE),
            rating(3, 9, Moment.AFTER),
            rating(3, 9, Moment.LAST_RUN),
            rating(2, 2),
        ]
    )[1]
    assert last.soreness[LEFT] == Spread(2, 3, 2, 4)


def test_a_rest_day_counts_once_and_not_with_a_run() -> None:
    entries: list[Entry] = [
        rest_day(1),
        rest_day(1),
        rest_day(2),
        rest_day(3),
        run(3),
        session(1),
        session(1),
    ]
    last = by_week(entries)[1]
    assert (last.rest_days, last.sessions) == (2, 2)


def test_a_week_is_cut_off_with_its_period() -> None:
    [only] = by_week([run(4), run(3)], Period(TODAY - 3 * DAY, TODAY))
    assert (only.days, only.runs) == (Period(TODAY - 3 * DAY, TODAY), 1)


def test_other_spans_are_counted_like_weeks() -> None:
    entries = [run(9), run(6), run(5), run(3), run(1)]
    parts = [Period(TODAY - 8 * DAY, TODAY - 6 * DAY), Period(TODAY - 4 * DAY, TODAY - 2 * DAY)]
    assert [(span.days, span.runs) for span in spans(entries, parts)] == [
        (parts[0], 1),
        (parts[1], 1),
    ]


def test_a_weeks_load_comes_with_the_next_weeks_soreness() -> None:
    entries: list[Entry] = [
        rest_day(13),
        run(8, minutes=50, effort=6),
        *(morning(back, back) for back in (1, 2, 5)),
    ]
    [found] = load_and_soreness(entries, TWO_WEEKS)
    assert found.week.load == 300
    assert found.week.days == Period(TODAY - 13 * DAY, TODAY - 7 * DAY)
    assert found.next_soreness[LEFT] == Side(2, 3)
    assert found.next_soreness[RIGHT] == Side(None, 0)


def test_two_rated_days_are_too_few_for_a_weeks_soreness() -> None:
    [found] = load_and_soreness([rest_day(13), morning(2, 9), morning(1, 1)], TWO_WEEKS)
    assert found.next_soreness[LEFT] == Side(None, 2)


def test_only_whole_weeks_are_compared() -> None:
    entries: list[Entry] = [run(back, minutes=60, effort=5) for back in range(40, -1, -1)]
    for first, last in ((26, 0), (21, 0), (27, 2), (20, 0), (22, 6)):
        found = load_and_soreness(entries, Period(TODAY - first * DAY, TODAY - last * DAY))
        assert {row.week.load for row in found} <= {7 * 300}
        assert {row.week.days.days for row in found} <= {7}
        whole = (first + 1) // 7 - (last > 0)
        assert len(found) == max(0, whole - 1)


def test_the_week_in_which_the_journal_began_is_whole_only_from_its_monday() -> None:
    month = days_ending(TODAY, 28)
    for began, count in ((20, 2), (19, 1), (13, 1), (12, 0)):
        assert len(load_and_soreness([run(began), run(1)], month)) == count


def test_a_week_cut_off_by_the_period_is_not_whole() -> None:
    found = by_week([], Period(TODAY - 15 * DAY, TODAY - 1 * DAY))
    assert [week.is_whole for week in found] == [False, True, False]


def test_a_single_week_cannot_be_compared() -> None:
    assert load_and_soreness([run(1)], days_ending(TODAY, 7)) == ()
