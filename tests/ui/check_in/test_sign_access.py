"""The warning list by mouse, by a screen reader's actions, and its layout."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel

from itband_gui.leg.names import BOTH, Leg
from itband_gui.safety.signs import load_safety
from itband_gui.ui.session.page import SessionPage
from tests.ui.check_in.listing import kept, row, tick, to_the_list

if TYPE_CHECKING:
    from tests.ui.conftest import User

LEFT, RIGHT = (Leg.LEFT,), (Leg.RIGHT,)
BONE = "stress-fracture"


def act(user: "User", button: QAbstractButton) -> None:
    """Toggle a box or a chip as a screen reader does, without a click or a key."""
    actions = QAccessible.queryAccessibleInterface(button).actionInterface()
    action = "Toggle" if "Toggle" in actions.actionNames() else "Press"
    actions.doAction(action)
    user.look()


def show_the_rest(user: "User") -> None:
    while "Show the rest" in user.check_in.next.text():
        user.click(user.check_in.next)


def test_a_leg_is_left_out_by_mouse_alone(user: "User") -> None:
    to_the_list(user)
    user.click(row(user, "skin").row)
    user.click(row(user, "skin").legs.button_for(LEFT))
    show_the_rest(user)
    user.click_on("Continue")
    user.click_on("Right leg only: start")
    assert isinstance(user.page, SessionPage)
    assert user.session.clock.engine.plan.legs == RIGHT
    assert [(each.sign, each.leg) for each in kept(user)] == [("skin", Leg.LEFT)]


def test_a_consent_is_given_by_mouse_alone(user: "User") -> None:
    to_the_list(user)
    user.click(row(user, "varicose-veins").row)
    user.click(row(user, "varicose-veins").legs.button_for(BOTH))
    user.click(row(user, "bones").row)
    show_the_rest(user)
    user.click_on("Continue")
    user.click_on("Back to the list")
    user.click(row(user, "varicose-veins").row)
    user.click_on("Continue")
    user.click_on("Agreed: start")
    assert isinstance(user.page, SessionPage)
    assert [each.sign for each in kept(user)] == ["bones"]


def test_a_screen_reader_s_actions_do_what_clicks_do(user: "User") -> None:
    to_the_list(user)
    act(user, row(user, "skin").box)
    assert row(user, "skin").legs.isVisible()
    assert not user.check_in.next.isEnabled()
    act(user, row(user, "skin").legs.button_for(RIGHT))
    assert user.check_in.next.isEnabled()
    assert [(each.sign.id, each.legs) for each in user.check_in.signs.present] == [("skin", RIGHT)]
    act(user, row(user, "skin").box)
    assert user.check_in.signs.present == ()


@pytest.mark.parametrize("yes", [True, False])
def test_a_screen_reader_s_action_answers_the_bone_question(user: "User", yes: bool) -> None:
    user.open()
    user.go_to_check_in("full")
    user.press("L", "Return", "4")
    assert user.check_in.sore is not None
    user.click(user.check_in.sore.legs[Leg.LEFT].elsewhere)
    user.press("Return")
    choice = row(user, BONE).yes_or_no
    assert choice is not None
    act(user, choice.button_for(yes))
    assert user.check_in.next.isEnabled(), "the leg is the check-in's"
    assert [each.sign.id for each in user.check_in.signs.present] == ([BONE] if yes else [])


def test_each_line_is_named_by_its_words(user: "User") -> None:
    to_the_list(user)
    for sign in load_safety().signs:
        box = QAccessible.queryAccessibleInterface(row(user, sign.id).box)
        assert box.text(QAccessible.Text.Name) == sign.text
        assert sign.more_likely in box.text(QAccessible.Text.Description)
        assert box.role() is QAccessible.Role.CheckBox


@pytest.mark.parametrize("sign", ["skin", "clot"])
def test_the_text_is_next_to_its_box_and_the_chips_are_below(user: "User", sign: str) -> None:
    to_the_list(user)
    tick(user, sign)
    line = row(user, sign)
    words = line.row.findChildren(QLabel)[0]
    middle_of_line = (
        words.mapTo(line, words.rect().topLeft()).y() + words.fontMetrics().height() / 2
    )
    middle_of_box = line.box.mapTo(line, line.box.rect().center()).y()
    assert abs(middle_of_line - middle_of_box) <= 2, "px"
    chip = line.legs.button_for(LEFT)
    assert chip.mapTo(line, chip.rect().topLeft()).x() == words.mapTo(line, words.pos() * 0).x()
