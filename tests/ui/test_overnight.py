"""A check-in or rating left open does not carry one day's answers into the next."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from itband_gui.journal.entries import Moment, Rating, Sign
from itband_gui.leg.names import Leg
from itband_gui.ui.check_in.legs_step import LegsStep
from itband_gui.ui.check_in.page import CheckInPage
from itband_gui.ui.check_in.step import CheckInStep
from itband_gui.ui.session.after_page import AfterPage
from itband_gui.ui.session.page import SessionPage
from itband_gui.ui.today.page import TodayPage
from tests.ui.conftest import START

if TYPE_CHECKING:
    from tests.ui.conftest import User

EVENING = START.replace(hour=22, minute=0)
AGAIN = "A new day has begun, so this check-in starts again."
LATE = "It is too late to rate how it felt after the massage."
DONE_TODAY = "has had its massage today"


def open_in_the_evening(user: "User") -> None:
    user.clock.start = EVENING
    user.open()


def leave_alone(user: "User", hours: float) -> None:
    """Let hours pass while the computer is asleep."""
    user.clock.start += timedelta(hours=hours)


def ratings(user: "User") -> list[tuple[Moment, int, datetime]]:
    return [(e.moment, e.score, e.at) for e in user.journal() if isinstance(e, Rating)]


def step(user: "User") -> CheckInStep:
    shown = [each for each in user.check_in.findChildren(CheckInStep) if each.isVisible()]
    assert len(shown) == 1
    return shown[0]


def come_to_the_list(user: "User", score: str = "6") -> None:
    user.go_to_check_in()
    user.press("L", "Return", score, "Return")


@pytest.mark.parametrize("by", ["minute", "front"])
def test_a_new_day_restarts_a_check_in_and_keeps_the_leg(user: "User", by: str) -> None:
    open_in_the_evening(user)
    come_to_the_list(user)
    leave_alone(user, 9)
    if by == "minute":
        user.check_in.clock.timeout.emit()
    else:
        first = user.window
        user.open()
        user.turn_to(first)
        user.windows.reverse()
    user.look()
    assert isinstance(step(user), LegsStep)
    assert AGAIN in user.reads()
    assert user.check_in.draft.legs == (Leg.LEFT,)
    assert user.check_in.draft.scores == {}
    user.press("Return", "2", "Return")
    user.pass_the_list()
    assert isinstance(user.page, SessionPage)
    ((moment, score, at),) = ratings(user)
    assert (moment, score, at.hour) == (Moment.BEFORE, 2, 7)


def test_yesterday_s_answers_start_no_session(user: "User") -> None:
    open_in_the_evening(user)
    come_to_the_list(user)
    leave_alone(user, 9)
    page = user.check_in
    for _ in range(400):
        if user.page is page:
            user.press("Return")
    assert isinstance(user.page, CheckInPage)
    assert AGAIN in user.reads()
    assert ratings(user) == []


def test_yesterday_s_massage_no_longer_speaks_against_one(user: "User") -> None:
    user.clock.start = EVENING - timedelta(hours=2)
    user.open()
    user.go_to_session()
    user.let_pass(30)
    user.press("Escape")
    user.click_on("End and save")
    user.press("Return")
    leave_alone(user, 2)
    user.go_to_check_in()
    assert DONE_TODAY in user.reads()
    leave_alone(user, 10)
    user.check_in.clock.timeout.emit()
    user.look()
    assert DONE_TODAY not in user.reads()


def test_a_check_in_is_not_restarted_on_the_same_day(user: "User") -> None:
    open_in_the_evening(user)
    come_to_the_list(user)
    page = user.check_in
    leave_alone(user, 1.9)
    page.clock.timeout.emit()
    user.look()
    assert user.check_in is page
    assert AGAIN not in user.reads()


def test_advice_stays_to_be_read_and_its_scores_are_of_the_day_they_were_given(
    user: "User",
) -> None:
    open_in_the_evening(user)
    come_to_the_list(user, "8")
    user.pass_the_list()
    assert user.check_in.advising
    leave_alone(user, 9)
    user.check_in.clock.timeout.emit()
    user.look()
    assert user.check_in.advising
    user.click_on("I'll do that")
    assert isinstance(user.page, TodayPage)
    ((moment, score, at),) = ratings(user)
    assert (moment, score, at.date()) == (Moment.OTHER, 8, EVENING.date())
    assert not [each for each in user.journal() if isinstance(each, Sign)]


def go_to_after(user: "User") -> AfterPage:
    open_in_the_evening(user)
    user.go_to_session("full", "B", ("4", "4"))
    user.let_pass(30)
    user.press("Escape")
    user.click_on("End and save")
    return user.after


def afters(user: "User") -> list[int]:
    return [score for moment, score, _ in ratings(user) if moment is Moment.AFTER]


@pytest.mark.parametrize("noticed", [True, False])
def test_a_morning_score_is_not_saved_as_after_the_massage(user: "User", noticed: bool) -> None:
    page = go_to_after(user)
    leave_alone(user, 9.5)
    if noticed:
        page.clock.timeout.emit()
        user.look()
        assert LATE in user.reads()
    user.press("1")
    assert LATE in user.reads()
    assert afters(user) == []
    assert not any(row.isVisible() for row in page.rows.values())
    assert "Press 0 to 9" not in user.reads()
    user.press("2", "Return")
    assert isinstance(user.page, TodayPage)
    assert afters(user) == []


def test_the_outcome_of_a_leg_rated_in_time_stays(user: "User") -> None:
    page = go_to_after(user)
    user.press("8")
    leave_alone(user, 9.5)
    page.clock.timeout.emit()
    user.look()
    assert "Left 4 → 8" in user.reads()
    assert "48 hours" in user.reads()
    user.press("1")
    assert "Right 4" not in user.reads()
    assert afters(user) == [8]


def test_soon_after_the_massage_it_is_asked_across_midnight_too(user: "User") -> None:
    page = go_to_after(user)
    leave_alone(user, 2.5)
    page.clock.timeout.emit()
    user.press("1")
    assert afters(user) == [1]


def test_the_reason_for_a_stop_can_be_given_later(user: "User") -> None:
    open_in_the_evening(user)
    user.go_to_session()
    user.press("S")
    leave_alone(user, 9.5)
    user.after.clock.timeout.emit()
    user.press("1", "3")
    assert user.after.question is not None
    assert user.after.question.reason is not None
    assert afters(user) == []
