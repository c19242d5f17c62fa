"""The disclaimer, once, and the first question: which leg."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from itband_gui.leg.names import Leg
from itband_gui.ui.check_in.advice import DisclaimerPage
from itband_gui.ui.check_in.sore_step import SoreStep
from itband_gui.ui.today.page import TodayPage

if TYPE_CHECKING:
    from tests.ui.conftest import User


def sore_step(user: "User") -> SoreStep:
    step = user.check_in.sore
    assert step is not None
    return step


def test_the_disclaimer_comes_once_and_stays_accepted(user: "User") -> None:
    user.open()
    user.press("Space")
    assert isinstance(user.page, DisclaimerPage)
    assert "Not medical advice" in user.reads()
    user.press("Return", "Escape", "Space")
    assert user.check_in
    user.open()
    user.press("Space")
    assert user.check_in


@pytest.mark.parametrize("by_key", [True, False])
def test_a_declined_disclaimer_comes_again(user: "User", by_key: bool) -> None:
    user.open()
    user.press("Space")
    if by_key:
        user.press("Escape")
    else:
        user.click_on("Not now")
    assert isinstance(user.page, TodayPage)
    user.press("Space")
    assert isinstance(user.page, DisclaimerPage)


def test_a_held_enter_does_not_accept_the_disclaimer_and_more(user: "User") -> None:
    user.open()
    user.press("Space")
    for _ in range(5):
        user.send("Return", repeat=True)
    assert isinstance(user.page, DisclaimerPage)


# Which leg


@pytest.mark.parametrize(
    ("name", "legs"), [("L", (Leg.LEFT,)), ("R", (Leg.RIGHT,)), ("B", (Leg.LEFT, Leg.RIGHT))]
)
def test_a_letter_chooses_the_legs(short_user: "User", name: str, legs: tuple[Leg, ...]) -> None:
    short_user.go_to_check_in("own/short")
    short_user.press(name)
    assert short_user.check_in.draft.legs == legs


def test_a_click_on_a_picture_chooses_its_leg(short_user: "User") -> None:
    check_in = short_user.go_to_check_in("own/short")
    short_user.click(check_in.legs.legs[Leg.RIGHT])
    assert check_in.draft.legs == (Leg.RIGHT,)


def test_a_routine_for_one_leg_offers_no_both(user: "User") -> None:
    user.open()
    check_in = user.go_to_check_in("first-time")
    assert "Both" not in user.reads()
    user.press("B")
    assert check_in.draft.legs == ()


def test_enter_does_not_continue_without_an_answer(user: "User") -> None:
    user.open()
    check_in = user.go_to_check_in()
    assert not check_in.next.isEnabled()
    user.press("Return")
    assert check_in.sore is None
    user.press("L", "Return", "Return")
    assert not check_in.next.isEnabled()
    assert sore_step(user).isVisible()


def test_arrow_keys_choose_a_leg_and_enter_continues(user: "User") -> None:
    user.open()
    check_in = user.go_to_check_in()
    user.press("Space", "Right")
    assert check_in.draft.legs == (Leg.RIGHT,)
    user.press("Return")
    assert sore_step(user).isVisible()
    assert check_in.draft.legs == (Leg.RIGHT,)


def test_enter_on_the_back_button_goes_back(user: "User") -> None:
    user.open()
    check_in = user.go_to_check_in()
    user.press("L", "Return", "4")
    check_in.back.setFocus(Qt.FocusReason.TabFocusReason)
    user.press("Return")
    assert check_in.legs.isVisible()
