"""The questions: which are asked, when, and never again."""

import pytest
from msgspec.structs import replace

from itband_gui.insight.questions import Due, due
from itband_gui.journal.entries import Entry, Moment
from itband_gui.leg.names import Leg
from tests.insight.making import LEFT, RIGHT, SAFETY, at, morning, rating, run, session, sign


def asked(entries: list[Entry], hour: float = 8, put_away: tuple[str, ...] = ()) -> Due:
    return due(entries, at(0, hour), put_away, SAFETY)


def legs(found: Due) -> list[Leg]:
    return [question.leg for question in found.mornings]


def test_an_empty_journal_asks_nothing() -> None:
    assert not asked([])


def test_the_morning_after_a_session_each_leg_worked_on_is_asked_about() -> None:
    done = session(1, legs=(LEFT, RIGHT))
    found = asked([done])
    assert [(q.leg, q.session) for q in found.mornings] == [(LEFT, done), (RIGHT, done)]
    assert legs(asked([session(1, legs=(RIGHT,))])) == [RIGHT]


def test_a_leg_that_no_hand_was_on_is_not_asked_about() -> None:
    assert not asked([session(1, seconds=0)])
    assert not asked([replace(session(1), work=(), hands_on_seconds=0)])
    assert legs(asked([session(1, legs=(LEFT, RIGHT), reached=(LEFT,))])) == [LEFT]


@pytest.mark.parametrize(
    ("hour", "expected"), [(3.9, []), (4, [LEFT]), (11.9, [LEFT]), (12, []), (18, [])]
)
def test_a_morning_is_asked_about_from_four_until_noon(hour: float, expected: list[Leg]) -> None:
    assert legs(asked([session(1)], hour)) == expected


@pytest.mark.parametrize(
    ("days_ago", "began", "expected"),
    [(1, 3.9, []), (1, 4, [LEFT]), (0, 0.5, [LEFT]), (0, 3.9, [LEFT]), (0, 4, []), (2, 22, [])],
)
def test_a_session_in_the_small_hours_belongs_to_the_night(
    days_ago: int, began: float, expected: list[Leg]
) -> None:
    assert legs(asked([session(days_ago, hour=began)])) == expected


def test_an_answer_or_putting_it_away_ends_the_question_for_that_leg_alone() -> None:
    done = session(1, legs=(LEFT, RIGHT))
    assert legs(asked([done, morning(0, 0)])) == [RIGHT]
    key = asked([done]).mornings[1].key
    assert legs(asked([done], put_away=(key,))) == [LEFT]


def test_yesterdays_answer_and_another_moment_are_no_answer() -> None:
    assert legs(asked([session(1), morning(1, 0), rating(0, 0, hour=7)])) == [LEFT]


def test_two_sessions_of_a_day_make_one_question_about_the_last() -> None:
    late = session(1, hour=21)
    found = asked([session(1, hour=9), late])
    assert [question.session for question in found.mornings] == [late]


def test_a_question_that_was_put_away_comes_back_after_the_next_session() -> None:
    first = due([session(1)], at(0, 8), (), SAFETY).mornings[0].key
    second = due([session(1), session(0)], at(-1, 8), (first,), SAFETY)
    assert legs(second) == [LEFT]


# The last run


@pytest.mark.parametrize(("days_ago", "expected"), [(0, True), (1, True), (2, False)])
def test_a_run_without_a_worst_score_is_asked_about_until_the_next_day_is_over(
    days_ago: int, *, expected: bool
) -> None:
    ran = run(days_ago, None)
    found = asked([ran], hour=23).run
    assert (found.run if found else None) == (ran if expected else None)


def test_a_run_is_not_asked_about_once_it_is_rated_or_put_away() -> None:
    ran = run(1, None)
    question = asked([ran]).run
    assert question is not None
    assert asked([ran], put_away=(question.key,)).run is None
    assert asked([ran, rating(0, 0, Moment.LAST_RUN, hour=7)]).run is None
    assert asked([run(1, 0)]).run is None


def test_only_the_last_run_is_asked_about() -> None:
    assert asked([run(1, None, hour=9), run(1, 2, hour=18)]).run is None


# Signs


def test_an_open_sign_is_asked_about_from_the_day_after_on() -> None:
    old = sign(3)
    assert [question.sign for question in asked([old, sign(0, hour=7)]).signs] == [old]
    assert asked([replace(old, resolved=at(1))]).signs == ()


@pytest.mark.parametrize(
    ("name", "is_asked"), [("varicose-veins", False), ("implant", False), ("injection", True)]
)
def test_a_sign_that_only_excludes_a_place_is_not_asked_about_daily(
    name: str, is_asked: bool
) -> None:
    assert bool(asked([sign(3, name)]).signs) is is_asked


def test_a_sign_that_was_put_away_comes_back_on_the_next_day() -> None:
    key = asked([sign(3)]).signs[0].key
    assert asked([sign(3)], put_away=(key,)).signs != ()  # another sign
    old = sign(3)
    key = asked([old]).signs[0].key
    assert asked([old], put_away=(key,)).signs == ()
    assert due([old], at(-1, 8), (key,), SAFETY).signs != ()


def test_something_due_is_true() -> None:
    assert asked([sign(3)])
    assert asked([run(1, None)])
    assert asked([session(1)])
