"""The light for running: signs, stopped sessions, massage, and repeated reds."""

import pytest
from msgspec.structs import replace

from itband_gui.insight.reasons import Cause, Readiness, Referral
from itband_gui.journal.entries import Ended, Entry, Moment
from tests.insight.making import (
    CALM,
    DAY,
    EASY,
    GO,
    LEFT,
    RAN,
    REST,
    RIGHT,
    TODAY,
    UNKNOWN,
    USUAL,
    around,
    at,
    causes,
    light,
    morning,
    rating,
    run,
    session,
    sign,
)

# Signs and stopped sessions


def test_an_open_sign_that_blocks_means_rest_until_it_is_resolved() -> None:
    opened = sign(30)
    verdict = light([opened, *CALM])
    assert (verdict.light, causes(verdict)) == (REST, {Cause.OPEN_SIGN})
    assert verdict.deciding[0].entries == (opened,)
    assert light([replace(opened, resolved=at(20)), *CALM]).light is GO
    assert light([replace(opened, resolved=at(0, 18)), *CALM]).light is GO


def test_a_sign_that_stays_open_is_one_red_and_not_one_a_day() -> None:
    assert light([sign(2), *CALM]).off_until is None


def test_a_sign_that_this_list_does_not_know_blocks() -> None:
    assert light([sign(0, "from-a-newer-list"), *CALM]).light is REST


def test_a_sign_that_asks_for_a_clinician_does_not_close_the_day() -> None:
    assert light([sign(0, "blood-thinners"), *CALM]).light is GO


def test_a_stopped_session_closes_its_day() -> None:
    stopped = session(0, hour=9, ended=Ended.STOPPED)
    verdict = light([*CALM, stopped])
    assert (verdict.light, causes(verdict)) == (REST, {Cause.SESSION_STOPPED})
    assert verdict.deciding[0].entries == (stopped,)


@pytest.mark.parametrize(
    ("days_ago", "score", "expected"), [(1, 2, GO), (1, 3, REST), (2, 3, REST), (3, 3, EASY)]
)
def test_a_stopped_session_closes_two_more_days_unless_the_leg_has_settled(
    days_ago: int, score: int, expected: Readiness
) -> None:
    usual: list[Entry] = [morning(back, 2) for back in range(7, 0, -1)]
    stopped = session(days_ago, ended=Ended.STOPPED)
    assert light([*usual, run(4), stopped, morning(0, score)]).light is expected


def test_a_stopped_session_is_unsettled_until_the_leg_is_rated() -> None:
    assert causes(light([RAN, session(1, ended=Ended.STOPPED)])) == {Cause.SESSION_STOPPED}


def test_a_session_stopped_before_the_second_leg_settles_with_the_first() -> None:
    usual: list[Entry] = [morning(back, 2) for back in range(7, 0, -1)]
    stopped = session(1, legs=(LEFT, RIGHT), reached=(LEFT,), ended=Ended.STOPPED)
    assert light([*usual, run(4), stopped]).light is REST
    assert light([*usual, run(4), stopped, morning(0, 2)]).light is GO


def test_a_session_stopped_before_any_work_settles_with_all_its_legs() -> None:
    usual: list[Entry] = [morning(back, 2) for back in range(7, 0, -1)]
    stopped = session(1, legs=(LEFT, RIGHT), reached=(), ended=Ended.STOPPED)
    one_leg: list[Entry] = [*usual, run(4), stopped, morning(0, 2)]
    assert causes(light(one_leg)) == {Cause.SESSION_STOPPED}
    both = light([*one_leg, morning(0, 2, RIGHT)])
    assert Cause.SESSION_STOPPED not in {reason.cause for reason in both.reasons}


def test_a_session_that_never_came_to_a_leg_leaves_its_rating_as_it_is() -> None:
    done = session(0, hour=9, legs=(RIGHT, LEFT), reached=(RIGHT,))
    assert light([*USUAL, RAN, done, rating(0, 1, hour=11)]).light is GO


def test_massage_of_one_leg_leaves_the_others_rating_as_it_is() -> None:
    assert (
        light([*USUAL, RAN, session(0, hour=9, legs=(RIGHT,)), rating(0, 1, hour=11)]).light is GO
    )


def test_a_session_ended_by_choice_is_no_reason() -> None:
    assert light([*CALM, session(0, hour=9, ended=Ended.ENDED_EARLY)]).light is GO


# Massage


def test_a_rating_after_massage_says_nothing() -> None:
    done = session(0, hour=9)
    ratings: list[Entry] = [*USUAL, RAN, *around(done, before=None, after=0)]
    assert light(ratings).light is UNKNOWN
    assert light([*CALM, *around(done, before=None, after=6)]).light is GO


def test_but_severe_soreness_after_massage_is_never_left_out() -> None:
    done = session(0, hour=9)
    assert light([*CALM, *around(done, before=None, after=7)]).light is REST


@pytest.mark.parametrize(
    ("massaged", "rated", "expected"),
    [(0.5, 7, GO), (3.9, 4, GO), (0.5, 3.9, UNKNOWN), (4, 7, UNKNOWN)],
)
def test_massage_in_the_small_hours_belongs_to_the_night(
    massaged: float, rated: float, expected: Readiness
) -> None:
    done = session(0, hour=massaged)
    assert light([*USUAL, RAN, done, morning(0, 1, hour=rated)]).light is expected


def test_a_low_rating_later_on_a_massage_day_speaks_against_running_but_not_for_it() -> None:
    done = session(0, hour=9)
    low = rating(0, 1, hour=11)
    assert light([*USUAL, RAN, low]).light is GO
    assert light([*USUAL, RAN, done, low]).light is UNKNOWN
    assert light([*USUAL, RAN, done, rating(0, 4, hour=11)]).light is REST


def test_the_rating_before_a_session_counts_though_the_session_began_first() -> None:
    done = session(0, hour=9)
    before = rating(0, 1, Moment.BEFORE, hour=9.5, session=done.id)
    assert light([*USUAL, RAN, done, before]).light is GO
    assert light([*USUAL, RAN, session(0, hour=8), done, before]).light is UNKNOWN


# Reds in a week, reds for two weeks


def red_on(days_ago: int) -> Entry:
    return rating(days_ago, 4, hour=8)


@pytest.mark.parametrize(
    ("reds", "expected", "until"),
    [
        ([1], GO, None),
        ([4, 1], REST, 0),
        ([7, 1], REST, 0),  # seven days from the first to the last, both counted
        ([8, 1], GO, None),
        ([4, 2], GO, None),  # the two days off are over
        ([4, 0], REST, -1),
    ],
)
def test_two_reds_in_a_week_mean_two_days_off(
    reds: list[int], expected: Readiness, until: int | None
) -> None:
    entries = [red_on(back) for back in reds]
    verdict = light([*USUAL, run(9), *entries, morning(0, 1)])
    assert verdict.light is expected
    assert verdict.off_until == (None if until is None else TODAY - until * DAY)
    if expected is REST:
        [reason] = [each for each in verdict.deciding if each.cause is Cause.TWO_REDS]
        assert reason.entries == tuple(entries)


def test_the_two_days_off_begin_after_a_run() -> None:
    entries: list[Entry] = [*USUAL, red_on(5), run(2, 7), morning(0, 1)]
    verdict = light(entries)
    assert (verdict.light, verdict.off_until) == (REST, TODAY)
    assert causes(verdict) == {Cause.TWO_REDS}


def test_the_day_after_a_very_sore_run_is_no_second_red() -> None:
    verdict = light([*USUAL, run(1, 7), morning(0, 1)])
    assert verdict.light is REST
    assert verdict.off_until is None


@pytest.mark.parametrize(
    ("reds", "expected"),
    [
        ([13, 7, 6, 0], True),
        ([14, 7, 6, 0], False),
        ([13, 6, 5, 0], False),
        ([13, 8, 7, 0], False),
    ],
)
def test_two_reds_in_each_of_two_weeks_send_to_somebody(reds: list[int], *, expected: bool) -> None:
    entries = [run(15), *(red_on(back) for back in reds)]
    assert (light(entries).referral is Referral.RED_WEEKS) is expected


def test_a_sign_open_for_two_weeks_sends_to_somebody() -> None:
    assert light([sign(13)]).referral is Referral.LONG_SIGN
    assert light([sign(12)]).referral is None
