"""The light for running: every branch and boundary of the rule, by runs and ratings."""

from datetime import timedelta, timezone

import pytest
from msgspec.structs import replace

from itband_gui.insight.readiness import readiness
from itband_gui.insight.reasons import Cause, Readiness, Remedy
from itband_gui.journal.entries import Entry, Moment
from tests.insight.making import (
    CALM,
    DAY,
    EASY,
    GO,
    LEFT,
    RAN,
    REST,
    RIGHT,
    SAFETY,
    TODAY,
    UNKNOWN,
    USUAL,
    at,
    causes,
    light,
    morning,
    rating,
    run,
)


def test_a_calm_run_and_a_usual_morning_give_a_go_with_evidence() -> None:
    verdict = light(CALM)
    assert verdict.light is GO
    assert {r.cause: r.entries for r in verdict.reasons} == {
        Cause.CALM_RUN: (RAN,),
        Cause.SETTLED: (CALM[-1],),
    }
    assert verdict.missing == ()


@pytest.mark.parametrize(
    ("worst", "expected", "cause"),
    [
        (0, GO, Cause.CALM_RUN),
        (2, GO, Cause.CALM_RUN),
        (3, EASY, Cause.RUN_SORE),
        (5, EASY, Cause.RUN_SORE),
        (6, REST, Cause.RUN_VERY_SORE),
        (10, REST, Cause.RUN_VERY_SORE),
    ],
)
def test_the_worst_of_yesterdays_run_sets_the_light(
    worst: int, expected: Readiness, cause: Cause
) -> None:
    ran = run(1, worst)
    verdict = light([*USUAL, ran, morning(0, 1)])
    assert verdict.light is expected
    [reason] = [each for each in verdict.deciding if each.cause is not Cause.SETTLED]
    assert (reason.cause, reason.entries, reason.since) == (cause, (ran,), TODAY - DAY)


def test_a_changed_stride_means_rest_however_little_it_hurt() -> None:
    verdict = light([*USUAL, run(1, worst=0, stride=True), morning(0, 1)])
    assert verdict.light is REST
    assert causes(verdict) == {Cause.CHANGED_STRIDE}


def test_a_changed_stride_counts_even_on_an_unrated_run() -> None:
    assert light([*USUAL, run(1, worst=None, stride=True), morning(0, 1)]).light is REST


def test_a_rating_of_the_last_run_counts_like_the_runs_own() -> None:
    told = rating(0, 6, Moment.LAST_RUN, RIGHT, hour=8)
    ran = run(1, worst=1)
    verdict = light([*USUAL, ran, morning(0, 1), told])
    assert (verdict.light, causes(verdict)) == (REST, {Cause.RUN_VERY_SORE})
    assert verdict.deciding[0].entries == (ran, told)


def test_a_rated_run_that_was_not_logged_counts_too() -> None:
    verdict = light([*USUAL, rating(1, 4, Moment.LAST_RUN), morning(0, 1)])
    assert (verdict.light, causes(verdict)) == (EASY, {Cause.RUN_SORE})


def test_ratings_of_unlogged_runs_on_two_days_are_two_runs() -> None:
    rated = [rating(back, 3, Moment.LAST_RUN) for back in (2, 1)]
    verdict = light([*USUAL, *rated, morning(0, 1)])
    assert Cause.SORE_TWO_RUNS in causes(verdict)
    same_day = [rating(1, 3, Moment.LAST_RUN, hour=hour) for hour in (9, 10)]
    assert light([*USUAL, *same_day, morning(0, 1)]).light is EASY


def test_a_rating_three_days_after_a_run_is_of_an_unlogged_run() -> None:
    late = rating(0, 4, Moment.LAST_RUN, hour=6)
    assert light([*USUAL, run(3, worst=1), late, morning(0, 1)]).deciding[0].entries == (late,)
    soon = rating(1, 4, Moment.LAST_RUN, hour=6)
    ran = run(3, worst=None)
    assert light([*USUAL, ran, soon, morning(0, 1)]).deciding[0].entries == (ran, soon)


def test_logging_a_calm_run_does_not_make_a_sore_one_older() -> None:
    sore = rating(0, 6, Moment.LAST_RUN, hour=6)
    known = [*USUAL, sore, morning(0, 1)]
    assert light(known).light is REST
    assert light([run(2, worst=1), *known]).light is REST


@pytest.mark.parametrize(("days_ago", "expected"), [(0, REST), (1, REST), (2, EASY), (14, EASY)])
def test_a_very_sore_run_closes_its_day_and_the_next_then_asks_for_an_easy_one(
    days_ago: int, expected: Readiness
) -> None:
    verdict = light([*USUAL, run(days_ago, 7), morning(0, 1)])
    assert (verdict.light, causes(verdict)) == (expected, {Cause.RUN_VERY_SORE})
    [reason] = verdict.deciding
    if expected is REST:
        assert (reason.remedy, reason.until) == (Remedy.DAY_OFF, TODAY - (days_ago - 1) * DAY)
    else:
        assert (reason.remedy, reason.until) == (Remedy.WALK_FIRST, None)


def test_a_calm_run_after_a_very_sore_one_takes_its_place_only_after_a_day() -> None:
    assert light([*USUAL, run(1, 7), morning(0, 1), run(0, 1)]).light is REST
    assert light([*USUAL, run(2, 7), run(1, 1), morning(0, 1)]).light is GO


def test_after_more_than_two_weeks_without_a_run_the_first_is_easy() -> None:
    old = run(15, 7)
    verdict = light([old, *USUAL, morning(0, 1)])
    assert (verdict.light, causes(verdict)) == (EASY, {Cause.LONG_BREAK})
    assert verdict.deciding[0].entries == (old,)
    ancient = light([run(300, 7), *USUAL, morning(0, 1)])
    assert (ancient.light, causes(ancient)) == (EASY, {Cause.LONG_BREAK})


# Two ambers in a row


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(3, 3, REST), (5, 3, REST), (6, 3, REST), (2, 3, EASY), (3, 2, GO), (None, 3, EASY)],
)
def test_two_sore_runs_in_a_row_mean_rest(
    first: int | None, second: int, expected: Readiness
) -> None:
    runs = [run(4, first), run(1, second)]
    verdict = light([*USUAL, *runs, morning(0, 1)])
    assert verdict.light is expected
    if expected is REST:
        [reason] = [each for each in verdict.deciding if each.cause is Cause.SORE_TWO_RUNS]
        assert reason.entries == tuple(runs)


def test_a_changed_stride_is_as_sore_a_run_as_an_amber_one() -> None:
    verdict = light([*USUAL, run(4, 0, stride=True), run(1, 3), morning(0, 1)])
    assert Cause.SORE_TWO_RUNS in causes(verdict)


@pytest.mark.parametrize(("days_ago", "expected"), [(6, REST), (7, EASY)])
def test_two_sore_runs_must_be_within_five_days(days_ago: int, expected: Readiness) -> None:
    assert light([run(days_ago, 4), *USUAL, run(1, 4), morning(0, 1)]).light is expected


def test_two_sore_runs_close_the_day_after_the_second_only() -> None:
    verdict = light([*USUAL, run(5, 3), run(2, 3), morning(0, 1)])
    assert (verdict.light, causes(verdict)) == (EASY, {Cause.SORE_TWO_RUNS, Cause.RUN_SORE})


# The legs


@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.OTHER, Moment.MORNING])
@pytest.mark.parametrize(("score", "expected"), [(2, GO), (3, EASY), (4, REST), (10, REST)])
def test_a_leg_that_is_sore_in_daily_life_sets_the_light(
    moment: Moment, score: int, expected: Readiness
) -> None:
    usual: list[Entry] = [morning(back, 2, RIGHT) for back in range(7, 0, -1)]
    told = rating(0, score, moment, RIGHT, hour=8)
    verdict = light([*usual, RAN, told])
    assert verdict.light is expected
    if expected is not GO:
        reason = verdict.deciding[0]
        red = Cause.VERY_SORE if score >= 7 else Cause.SORE_WALKING
        cause = red if expected is REST else Cause.SORE_TODAY
        assert (reason.cause, reason.entries, reason.leg) == (cause, (told,), RIGHT)


@pytest.mark.parametrize(
    ("usual", "today", "expected"),
    [
        ([0, 0, 0], 0, GO),
        ([0, 0, 0], 1, EASY),
        ([0, 0, 0], 2, EASY),  # two or less is calm, whatever is usual
        ([0, 0, 0], 3, REST),
        ([1, 1, 1], 2, EASY),
        ([2, 2, 2], 2, GO),
        ([0, 1, 1, 2], 2, EASY),
        ([1, 1, 2, 2], 2, GO),  # half a point above the median is settled
        ([0, 0, 1, 1], 2, EASY),  # one and a half is less than two
    ],
)
def test_a_morning_is_judged_by_the_legs_own_median_of_seven_days(
    usual: list[int], today: int, expected: Readiness
) -> None:
    before: list[Entry] = [morning(back + 1, score) for back, score in enumerate(usual)]
    told = morning(0, today)
    verdict = light([*reversed(before), RAN, told])
    assert verdict.light is expected
    if expected is REST:
        [reason] = verdict.deciding
        assert (reason.cause, reason.entries) == (Cause.MORNING_WELL_ABOVE, (told,))
        assert reason.usual == 0


def test_the_other_legs_mornings_do_not_count() -> None:
    right: list[Entry] = [morning(back, 2, RIGHT) for back in range(7, 0, -1)]
    left: list[Entry] = [morning(back, 0) for back in range(7, 0, -1)]
    verdict = light([*right, *left, RAN, morning(0, 3), morning(0, 2, RIGHT)])
    assert (verdict.light, verdict.deciding[0].leg) == (REST, LEFT)


def test_a_morning_eight_days_ago_and_todays_own_are_not_in_the_median() -> None:
    old: list[Entry] = [morning(8, 0), morning(3, 2), morning(2, 2)]
    assert light([*old, RAN, morning(0, 2)]).light is UNKNOWN
    week: list[Entry] = [morning(7, 0), morning(3, 2), morning(2, 2)]
    assert light([*week, RAN, morning(0, 2)]).light is GO


def test_a_usual_morning_counts_once_a_day_at_its_worst() -> None:
    twice = [morning(back, score, hour=9 - score) for back in (3, 2, 1) for score in (2, 0)]
    assert light([*twice, RAN, morning(0, 2)]).light is GO


def test_only_a_morning_closes_the_day_by_its_rise() -> None:
    zero: list[Entry] = [morning(back, 0) for back in range(7, 0, -1)]
    verdict = light([*zero, RAN, rating(0, 2, Moment.OTHER)])
    assert (verdict.light, causes(verdict)) == (EASY, {Cause.ABOVE_USUAL})


def test_the_worst_rating_of_the_day_counts_not_the_latest() -> None:
    verdict = light([*CALM, rating(0, 4, hour=9), rating(0, 0, hour=15)])
    assert (verdict.light, causes(verdict)) == (REST, {Cause.SORE_WALKING})


def test_yesterdays_soreness_counts_until_todays_rating() -> None:
    evening = rating(1, 4, hour=21)
    verdict = light([*USUAL, RAN, evening])
    assert (verdict.light, causes(verdict)) == (REST, {Cause.SORE_WALKING})
    assert light([*USUAL, RAN, evening, morning(0, 1)]).light is GO
    assert light([*USUAL, RAN, rating(2, 4, hour=21)]).light is UNKNOWN


# How far


def longest(*runs: Entry) -> tuple[int, float | None]:
    found = light([*USUAL, *runs, morning(0, 1)]).longest
    assert found is not None
    return found.limit_minutes, found.limit_km


def test_a_go_allows_a_tenth_more_than_the_longest_run_of_30_days() -> None:
    assert longest(run(20, minutes=55), RAN) == (60, None)
    assert longest(run(29, minutes=55), RAN) == (60, None)
    assert longest(run(30, minutes=55), RAN) == (44, None)
    assert longest(run(20, minutes=55, km=8.2), run(9, minutes=30, km=10), RAN) == (60, 11.0)
    assert longest(run(20, km=8.2), RAN) == (44, 9.0)


def test_only_a_go_comes_with_a_longest_run() -> None:
    assert light([*USUAL, run(1, 3), morning(0, 1)]).longest is None


# Days


def test_entries_after_the_moment_do_not_count() -> None:
    assert light([*CALM, rating(0, 9, hour=17)], hour=16).light is GO


def test_a_morning_further_east_is_still_that_mornings() -> None:
    east = timezone(timedelta(hours=13))
    yesterday_here = replace(morning(0, 1), at=at(1, 20).astimezone(east))
    assert yesterday_here.at.date() == TODAY
    assert light([*USUAL, RAN, yesterday_here]).light is GO


def test_an_entry_dated_tomorrow_further_east_is_of_today() -> None:
    east = timezone(timedelta(hours=13))
    tomorrow = replace(morning(0, 1), at=at(0, 17).astimezone(east))
    assert tomorrow.at.date() == TODAY + DAY
    assert light([*USUAL, RAN, tomorrow]).light is GO


def test_the_verdict_depends_on_the_day_that_is_judged() -> None:
    entries: list[Entry] = [*USUAL, run(3, 7), morning(3, 1), morning(2, 1)]
    lights = [readiness(entries, at(back, 18), SAFETY).light for back in (3, 2, 1)]
    assert lights == [REST, REST, EASY]
