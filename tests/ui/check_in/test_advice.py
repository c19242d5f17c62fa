"""The advice after the warning list: what to do, which legs may continue, and what is saved."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from itband_gui.journal.entries import Moment, Rating, Resolution
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import ScreeningResult
from itband_gui.ui.session.page import SessionPage
from itband_gui.ui.today.page import TodayPage
from tests.ui.check_in.test_warning_list import (
    action,
    advice,
    answer,
    present,
    signs,
    tick,
    to_the_list,
)

if TYPE_CHECKING:
    from tests.ui.conftest import User

BLOCK, ASK, OTHER_ASK = "clot", "blood-thinners", "pregnancy"


@pytest.mark.parametrize(("score", "words"), [("7", "If it stays this bad"), ("9", "today")])
def test_a_leg_that_is_very_sore_gets_advice_and_no_massage(
    user: "User", score: str, words: str
) -> None:
    user.open()
    user.go_to_check_in("full")
    user.press("B", "Return", score, "3", "Return")
    answer(user)
    assert "No massage on your left leg today" in user.reads()
    assert words in user.reads()
    assert "call your doctor" in user.reads()
    user.click_on("Not today")
    scores = {e.leg: e.score for e in user.journal() if isinstance(e, Rating)}
    assert scores == {Leg.LEFT: int(score), Leg.RIGHT: 3}


def test_places_to_avoid_are_named_and_the_rest_continues(asked: "User") -> None:
    tick(asked, "varicose-veins")
    answer(asked)
    assert "never press on varicose veins" in asked.reads()
    asked.click_on("Understood: start")
    assert isinstance(asked.page, SessionPage)
    assert signs(asked)["varicose-veins"].resolved is None, "it is said again next time"


def test_escape_goes_back_from_the_advice_to_the_list(asked: "User") -> None:
    tick(asked, BLOCK)
    answer(asked)
    asked.press("Escape")
    assert asked.check_in.signs.isVisible()
    assert asked.check_in.signs.rows[BLOCK].box.isChecked()


def test_a_sign_that_needs_agreement_does_not_start_automatically(asked: "User") -> None:
    tick(asked, ASK)
    answer(asked)
    assert "Ask a clinician first" in asked.reads()
    assert action(ASK) in asked.reads()
    asked.press("Return")
    assert isinstance(asked.page, TodayPage), "Enter gives the safe answer"
    assert not asked.window.flow.in_session


def test_not_today_leaves_and_asks_again_next_time(asked: "User") -> None:
    tick(asked, ASK)
    answer(asked)
    asked.click_on("Not today")
    assert isinstance(asked.page, TodayPage)
    to_the_list(asked)
    tick(asked, *({ASK} - set(present(asked))))
    answer(asked)
    assert action(ASK) in asked.reads()


def test_a_clinician_s_word_is_remembered(asked: "User") -> None:
    tick(asked, ASK)
    answer(asked)
    asked.click_on("greed")
    assert isinstance(asked.page, SessionPage)
    kept = signs(asked)[ASK]
    assert kept.resolution is Resolution.CLINICIAN_AGREED
    assert kept.resolved == asked.clock.now()
    asked.open()
    to_the_list(asked)
    assert present(asked) == [ASK]
    assert "A clinician agreed" in asked.reads()
    answer(asked)
    assert isinstance(asked.page, SessionPage), "not asked again"


def test_after_four_weeks_it_is_asked_for_again(asked: "User") -> None:
    tick(asked, ASK)
    answer(asked)
    asked.click_on("greed")
    asked.clock.start += timedelta(days=28)
    asked.open()
    to_the_list(asked)
    assert present(asked) == [ASK]
    answer(asked)
    assert advice(asked).verdict is ScreeningResult.ASK_FIRST
    asked.click_on("greed")
    assert isinstance(asked.page, SessionPage)
    assert signs(asked)[ASK].resolved == asked.clock.now()


def test_an_agreement_covers_only_its_own_sign(asked: "User") -> None:
    tick(asked, ASK)
    answer(asked)
    asked.click_on("greed")
    asked.open()
    to_the_list(asked)
    tick(asked, OTHER_ASK)
    answer(asked)
    assert action(OTHER_ASK) in asked.reads()
    assert action(ASK) not in asked.reads()


def test_an_agreed_sign_that_is_unticked_is_gone(asked: "User") -> None:
    tick(asked, ASK)
    answer(asked)
    asked.click_on("greed")
    asked.open()
    to_the_list(asked)
    tick(asked, ASK)
    answer(asked)
    assert signs(asked)[ASK].resolution is Resolution.GONE


def test_the_most_urgent_of_several_signs_comes_first(asked: "User") -> None:
    tick(asked, "unwell", "lump", "clot", "emergency", ASK)
    answer(asked)
    read = asked.reads()
    order = [read.index(action(sign)) for sign in ("emergency", "clot", "lump", "unwell")]
    assert order == sorted(order)
    assert set(signs(asked)) == {"unwell", "lump", "clot", "emergency", ASK}


def test_the_advice_has_a_first_focus(asked: "User") -> None:
    tick(asked, BLOCK)
    answer(asked)
    assert QApplication.focusWidget() is advice(asked).close_button


def test_a_long_list_is_scrolled_through_first(user: "User") -> None:
    user.open()
    user.go_to_check_in("first-time")
    user.press("L", "Return", "4")
    user.window.setMinimumSize(0, 0)
    user.window.resize(500, 300)
    user.look()
    user.press("Return")
    page = user.check_in
    pressed = 0
    while user.page is page and pressed < 30:
        user.press("Return")
        pressed += 1
    assert 2 <= pressed < 30, "some to see the rest, one to answer"


def test_a_check_in_that_ends_with_advice_keeps_how_sore_it_is(user: "User") -> None:
    user.open()
    user.go_to_check_in("first-time")
    user.press("L", "Return", "6", "Return")
    user.check_in.signs.rows["unwell"].box.click()
    answer(user)
    user.click_on("I'll do that")
    (rating,) = (entry for entry in user.journal() if isinstance(entry, Rating))
    assert (rating.leg, rating.score, rating.moment) == (Leg.LEFT, 6, Moment.OTHER)
    assert rating.session is None
    assert "Warning sign, open since 22 Nov" in user.reads()


def test_after_a_stop_the_next_check_ins_say_so_for_two_days(user: "User") -> None:
    user.open()
    user.go_to_session()
    user.press("S", "Return")
    user.go_to_check_in("first-time")
    assert "You stopped a session today" in user.reads()
    user.press("Escape")
    user.clock.ms += 47 * 60 * 60 * 1000
    user.go_to_check_in("first-time")
    assert "You stopped a session" in user.reads()
    user.press("Escape")
    user.clock.ms += 2 * 60 * 60 * 1000
    user.go_to_check_in("first-time")
    assert "You stopped a session" not in user.reads()
