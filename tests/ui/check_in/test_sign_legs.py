"""The leg of a sign, and the sign that is asked apart when a bone may be sore."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from itband_gui.leg.names import Leg, Place
from itband_gui.ui.session.page import SessionPage
from tests.ui.check_in.listing import kept, row, rule, tick, to_the_list
from tests.ui.check_in.test_answers import click_place

if TYPE_CHECKING:
    from tests.ui.conftest import User

LEFT, RIGHT, BOTH = (Leg.LEFT,), (Leg.RIGHT,), (Leg.LEFT, Leg.RIGHT)
BONE = "stress-fracture"


@pytest.mark.parametrize(("key", "legs"), [("L", LEFT), ("R", RIGHT), ("B", BOTH)])
def test_one_key_chooses_the_leg_from_the_tick_and_from_the_chips(
    user: "User", key: str, legs: tuple[Leg, ...]
) -> None:
    to_the_list(user)
    tick(user, "skin", leg="")
    assert row(user, "skin").legs.value is None, "nothing is preset"
    user.press(key)
    assert row(user, "skin").legs.value == legs
    row(user, "skin").legs.button_for(legs).setFocus()
    user.press("R" if key == "L" else "L")
    assert row(user, "skin").legs.value == (RIGHT if key == "L" else LEFT)


@pytest.mark.parametrize("legs", [LEFT, RIGHT, BOTH])
def test_one_click_chooses_the_leg(user: "User", legs: tuple[Leg, ...]) -> None:
    to_the_list(user)
    user.click(row(user, "skin").row)
    user.click(row(user, "skin").legs.button_for(legs))
    user.pass_the_list()
    assert {each.leg for each in kept(user)} == set(legs)


def test_a_sign_of_the_whole_runner_asks_for_no_leg(user: "User") -> None:
    to_the_list(user)
    tick(user, "unwell", leg="")
    assert not row(user, "unwell").legs.isVisible()
    assert user.check_in.next.isEnabled()


def test_enter_moves_to_the_line_without_its_leg(user: "User") -> None:
    to_the_list(user)
    tick(user, "implant", leg="")
    user.check_in.signs.findChildren(QScrollArea)[0].verticalScrollBar().setValue(0)
    user.press("Return")
    assert user.check_in.signs.isVisible()
    chip = row(user, "implant").legs.button_for(LEFT)
    assert QApplication.focusWidget() is chip
    assert not chip.visibleRegion().isEmpty(), "it is in sight"


def test_a_line_that_grows_at_the_edge_shows_its_chips(user: "User") -> None:
    to_the_list(user)
    for sign in ("clot", "bone-or-joint", "limp-under-18", "implant"):
        tick(user, sign, leg="")
        assert not row(user, sign).legs.button_for(LEFT).visibleRegion().isEmpty()


def test_a_preset_leg_follows_the_check_in(user: "User") -> None:
    to_the_list(user, "L")
    tick(user, "skin", leg="")
    assert row(user, "skin").legs.value == LEFT
    user.press("Escape", "Escape", "R", "Return", "4", "Return")
    assert row(user, "skin").legs.value == RIGHT
    user.press("Escape", "Escape", "B", "Return", "4", "3", "Return")
    assert row(user, "skin").legs.value is None, "both legs are asked about now"


def test_a_leg_that_the_runner_chose_stays(user: "User") -> None:
    to_the_list(user, "L")
    tick(user, "skin", leg="L")
    user.press("Escape", "Escape", "R", "Return", "4", "Return")
    row(user, "skin").legs.button_for(LEFT).setFocus()
    tick(user, "lump", leg="L")
    assert row(user, "lump").legs.value == LEFT
    user.press("Escape", "Escape", "B", "Return", "4", "3", "Return")
    assert row(user, "lump").legs.value == LEFT


def test_chips_are_named_for_a_screen_reader(user: "User") -> None:
    to_the_list(user)
    tick(user, "skin", leg="")
    chip = row(user, "skin").legs.button_for(LEFT)
    assert chip.accessibleDescription() == rule("skin").text
    assert row(user, "skin").legs.accessibleName() == "Which leg?"
    assert row(user, "clot").box.accessibleDescription() == rule("clot").more_likely


def test_the_free_leg_continues_after_its_own_advice(user: "User") -> None:
    to_the_list(user)
    tick(user, "skin", "feeling", leg="L")
    tick(user, "back", leg="R")
    user.pass_the_list()
    user.click_on("Right leg only: start")
    assert "Ask a clinician first" in user.reads()
    assert rule("back").action in user.reads()
    assert rule("feeling").action not in user.reads(), "the left leg is out already"
    user.click_on("Agreed: start")
    assert isinstance(user.page, SessionPage)
    assert user.session.clock.engine.plan.legs == RIGHT


def test_the_title_names_the_only_leg_asked_about(user: "User") -> None:
    to_the_list(user, "L")
    tick(user, "skin", leg="")
    user.pass_the_list()
    assert "No massage on your left leg today" in user.reads()


# The bone


def mark(user: "User", *, elsewhere: bool) -> None:
    """Mark a place on the left leg that may be bone pain, and go to the list."""
    user.open()
    user.go_to_check_in("full")
    user.press("B", "Return", "4", "3")
    if elsewhere:
        assert user.check_in.sore is not None
        user.click(user.check_in.sore.legs[Leg.LEFT].elsewhere)
    else:
        click_place(user, Leg.LEFT, Place.OUTER_HIP)
    user.press("Return")


@pytest.mark.parametrize(
    ("elsewhere", "words"),
    [(False, "You marked your outer hip."), (True, "You marked “Somewhere else”.")],
)
def test_a_mark_near_a_bone_asks_first(user: "User", elsewhere: bool, words: str) -> None:
    mark(user, elsewhere=elsewhere)
    assert words in user.reads()
    signs = user.check_in.signs
    assert signs.bone.isVisible()
    assert signs.bone.isAncestorOf(row(user, BONE))
    assert user.reads().count(rule(BONE).text) == 1, "not once more in its group"
    assert rule(BONE).more_likely in user.reads()
    choice = row(user, BONE).yes_or_no
    assert choice is not None
    assert QApplication.focusWidget() is choice.button_for(True)
    assert choice.value is None
    assert not user.check_in.next.isEnabled()
    user.press("Return")
    assert user.check_in.where.text().startswith("Yes or no?")


def test_no_by_key_continues(user: "User") -> None:
    mark(user, elsewhere=True)
    user.press("N")
    user.pass_the_list()
    assert isinstance(user.page, SessionPage)
    assert kept(user) == []


def test_yes_by_click_asks_the_leg_and_blocks(user: "User") -> None:
    mark(user, elsewhere=False)
    user.click_on("Yes (Y)")
    assert user.check_in.where.text() == "Which leg?"
    user.press("L")
    user.pass_the_list()
    assert rule(BONE).action in user.reads()
    assert [(each.sign, each.leg) for each in kept(user)] == [(BONE, Leg.LEFT)]
    user.press("Escape")
    user.click_on("No (N)")
    user.pass_the_list()
    assert isinstance(user.page, SessionPage)
    assert kept(user) == [], "a slip"


def test_removing_the_mark_removes_the_question(user: "User") -> None:
    mark(user, elsewhere=True)
    user.press("Y", "L", "Escape")
    assert user.check_in.sore is not None
    user.click(user.check_in.sore.legs[Leg.LEFT].elsewhere)
    user.press("Return")
    assert not user.check_in.signs.bone.isVisible()
    assert row(user, BONE).box.isVisible()
    assert row(user, BONE).box.isChecked(), "what was said is not forgotten"


def test_without_such_a_mark_bone_pain_is_a_line_of_the_list(user: "User") -> None:
    to_the_list(user)
    assert not user.check_in.signs.bone.isVisible()
    assert row(user, BONE).box.isVisible()


def test_tab_follows_the_reading_order_of_the_list(user: "User") -> None:
    mark(user, elsewhere=True)
    user.press("Y", "R", "Tab", "Tab")
    assert QApplication.focusWidget() is row(user, "emergency").box
    user.press("Backtab", "Backtab")
    choice = row(user, BONE).yes_or_no
    assert choice is not None
    assert QApplication.focusWidget() is choice.button_for(True)
    user.press("N", "Escape")
    assert user.check_in.sore is not None
    user.click(user.check_in.sore.legs[Leg.LEFT].elsewhere)
    user.press("Return")
    row(user, "bone-or-joint").box.setFocus()
    user.press("Tab")
    assert QApplication.focusWidget() is row(user, BONE).box


def test_the_question_follows_its_line(user: "User") -> None:
    mark(user, elsewhere=True)
    line = row(user, BONE)
    assert line.yes_or_no is not None
    line.yes_or_no.choose(True)
    assert line.box.isChecked()
    user.press("N")
    assert (line.yes_or_no.value, line.box.isChecked()) == (False, False)
    user.press("Y")
    assert (line.yes_or_no.value, line.box.isChecked()) == (True, True)
