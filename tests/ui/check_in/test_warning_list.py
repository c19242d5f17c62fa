"""The third question: no session starts past a blocking sign."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from itband_gui.journal.entries import Moment, Rating, Resolution, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import MassageRule, ScreeningResult, load_safety
from itband_gui.ui.check_in.advice import Advice
from itband_gui.ui.check_in.page import CheckInPage
from itband_gui.ui.session.page import SessionPage
from itband_gui.ui.today.page import TodayPage

if TYPE_CHECKING:
    from tests.ui.conftest import User

BLOCK, GONE, ASK = "clot", "skin", "blood-thinners"


def to_the_list(user: "User") -> CheckInPage:
    user.go_to_check_in()
    user.press("L", "Return", "4", "Return")
    return user.check_in


def tick(user: "User", *signs: str, leg: str = "L") -> None:
    """Click a sign's box; if a tick asks for the leg, choose it by key."""
    for sign in signs:
        row = user.check_in.signs.rows[sign]
        row.box.setFocus()
        row.box.click()
        if row.asks_leg:
            user.press(leg)
    user.look()


def answer(user: "User") -> None:
    """Press Enter until the whole list has been shown and answered."""
    user.pass_the_list()


def present(user: "User") -> list[str]:
    return [each.sign.id for each in user.check_in.signs.present]


def advice(user: "User") -> Advice:
    found = user.window.findChild(Advice)
    assert found is not None
    assert found.isVisible()
    return found


def signs(user: "User") -> dict[str, Sign]:
    return {entry.sign: entry for entry in user.journal() if isinstance(entry, Sign)}


def action(sign: str) -> str:
    found = load_safety().sign(sign)
    assert found is not None
    return found.action


def test_every_sign_is_asked_for_in_its_group(asked: "User") -> None:
    assert set(asked.check_in.signs.rows) == {sign.id for sign in load_safety().signs}
    read = asked.reads()
    assert all(sign.text in read for sign in load_safety().signs)
    for group in ("Call for help now", "Get help today", "No massage for now", "Ask a clinician"):
        assert group in read


def test_without_a_sign_the_session_starts(asked: "User") -> None:
    answer(asked)
    assert isinstance(asked.page, SessionPage)
    assert signs(asked) == {}


def test_a_held_enter_does_not_skip_the_list(user: "User") -> None:
    user.open()
    user.go_to_check_in()
    user.press("L", "Return", "4")
    user.hold("Return")
    assert user.check_in.signs.isVisible()


def test_a_click_on_the_words_of_a_sign_ticks_it(asked: "User") -> None:
    row = asked.check_in.signs.rows[BLOCK]
    asked.click(row.row)
    assert row.box.isChecked()
    asked.click(row.row)
    assert not row.box.isChecked()


def test_the_list_is_answered_by_keyboard_alone(asked: "User") -> None:
    box = asked.check_in.signs.rows[BLOCK].box
    for _ in range(40):
        asked.press("Tab")
        if QApplication.focusWidget() is box:
            break
    asked.press("Space", "L")
    answer(asked)
    assert action(BLOCK) in asked.reads()
    asked.press("Return")
    assert isinstance(asked.page, TodayPage)
    assert list(signs(asked)) == [BLOCK]


def test_a_blocking_sign_ends_the_check_in_with_what_to_do(asked: "User") -> None:
    tick(asked, BLOCK)
    answer(asked)
    assert "No massage today" in asked.reads()
    assert action(BLOCK) in asked.reads()
    kept = signs(asked)[BLOCK]
    assert (kept.resolved, kept.resolution) == (None, None)
    asked.click_on("I'll do that")
    assert isinstance(asked.page, TodayPage)
    assert not asked.window.flow.in_session


def test_each_blocking_sign_blocks_alone_and_a_slip_leaves_no_trace(asked: "User") -> None:
    for sign in load_safety().signs:
        if sign.massage is MassageRule.BLOCK:
            tick(asked, sign.id)
            answer(asked)
            assert advice(asked).verdict is ScreeningResult.BLOCKED
            assert sign.action in asked.reads()
            assert sign.id in signs(asked), "saved at once"
            asked.press("Escape")
            tick(asked, sign.id)
    answer(asked)
    assert isinstance(asked.page, SessionPage)
    assert signs(asked) == {}, "what is ticked and unticked never happened"


def test_the_advice_says_how_soon(asked: "User") -> None:
    soon = {"emergency": "Now", "clot": "Today", "lump": "Within a few days", "unwell": "Wait"}
    for sign, word in soon.items():
        tick(asked, sign)
        answer(asked)
        assert any(line.startswith(word) for line in asked.reads().splitlines())
        asked.press("Escape")
        tick(asked, sign)


def test_there_is_no_way_to_start_past_a_blocking_sign(asked: "User") -> None:
    tick(asked, BLOCK, ASK)
    answer(asked)
    assert "agreed" not in asked.reads()
    for name in ("Space", "Return", "L", "4"):
        asked.press(name)
        assert not asked.window.flow.in_session


def test_an_open_sign_is_ticked_at_the_next_check_in(asked: "User") -> None:
    tick(asked, BLOCK)
    answer(asked)
    asked.click_on("I'll do that")
    asked.clock.start += timedelta(days=2)
    asked.open()
    to_the_list(asked)
    assert present(asked) == [BLOCK]
    assert "Open since" in asked.reads()
    answer(asked)
    assert action(BLOCK) in asked.reads()
    assert len(signs(asked)) == 1
    assert len([e for e in asked.journal() if isinstance(e, Sign)]) == 1, "not opened twice"


def test_an_open_sign_that_is_unticked_is_gone(asked: "User") -> None:
    tick(asked, GONE)
    answer(asked)
    asked.click_on("I'll do that")
    asked.clock.start += timedelta(days=2)
    to_the_list(asked)
    tick(asked, GONE)
    answer(asked)
    assert isinstance(asked.page, SessionPage)
    gone = signs(asked)[GONE]
    assert gone.resolution is Resolution.GONE
    assert gone.resolved == asked.clock.now()
    assert gone.at < gone.resolved


def test_a_sign_from_before_the_clock_was_set_back_can_be_unticked(asked: "User") -> None:
    tick(asked, GONE)
    answer(asked)
    asked.click_on("I'll do that")
    asked.clock.start -= timedelta(days=3)
    asked.open()
    to_the_list(asked)
    assert present(asked) == [], "it lies ahead of the clock"


def test_a_sign_that_must_be_seen_still_blocks_when_unticked(asked: "User") -> None:
    tick(asked, BLOCK)
    answer(asked)
    asked.click_on("I'll do that")
    asked.clock.start += timedelta(days=2)
    to_the_list(asked)
    tick(asked, BLOCK)
    answer(asked)
    assert advice(asked).verdict is ScreeningResult.BLOCKED
    assert signs(asked)[BLOCK].resolution is Resolution.GONE
    asked.click_on("I'll do that")
    asked.clock.start += timedelta(days=1)
    to_the_list(asked)
    answer(asked)
    assert advice(asked).verdict is ScreeningResult.BLOCKED
    assert "You said on 24 Nov that it was gone." in asked.reads()
    assert "Have it checked before you run or massage." in asked.reads()
    assert action(BLOCK) not in asked.reads(), "it is gone"


def test_a_clinician_s_word_on_the_advice_closes_it_and_the_check_in_passes(asked: "User") -> None:
    tick(asked, BLOCK)
    answer(asked)
    assert "A clinician has seen it" not in asked.reads(), "not while it is new"
    asked.click_on("I'll do that")
    asked.clock.start += timedelta(days=2)
    to_the_list(asked)
    answer(asked)
    asked.click_on("A clinician has seen it")
    assert asked.check_in.signs.isVisible(), "nothing starts by itself"
    answer(asked)
    assert isinstance(asked.page, SessionPage)
    assert signs(asked)[BLOCK].resolution is Resolution.CLINICIAN_AGREED


# Legs


def test_a_sign_of_one_leg_leaves_the_other_free(user: "User") -> None:
    user.open()
    user.go_to_check_in("full")
    user.press("B", "Return", "4", "3", "Return")
    tick(user, "skin", leg="L")
    answer(user)
    assert "No massage on your left leg today" in user.reads()
    user.click_on("Right leg only: start")
    assert isinstance(user.page, SessionPage)
    assert user.session.clock.engine.plan.legs == (Leg.RIGHT,)
    assert signs(user)["skin"].leg is Leg.LEFT
    ratings = {e.leg: (e.score, e.moment) for e in user.journal() if isinstance(e, Rating)}
    assert ratings == {Leg.LEFT: (4, Moment.OTHER), Leg.RIGHT: (3, Moment.BEFORE)}


def test_an_urgent_sign_leaves_no_leg_free(user: "User") -> None:
    user.open()
    user.go_to_check_in("full")
    user.press("B", "Return", "4", "3", "Return")
    tick(user, BLOCK, leg="L")
    answer(user)
    assert "only: start" not in user.reads()


def test_a_ticked_sign_waits_for_its_leg(user: "User") -> None:
    user.open()
    user.go_to_check_in("full")
    user.press("B", "Return", "4", "3", "Return")
    page = user.check_in
    row = page.signs.rows["skin"]
    assert not row.legs.isVisible()
    row.box.click()
    user.look()
    assert row.legs.isVisible()
    assert not page.next.isEnabled()
    user.press("Return")
    assert user.check_in.where.text() == "Which leg?"
    user.click(row.legs.button_for((Leg.RIGHT,)))
    assert page.next.isEnabled()
    assert page.where.text() == "3 of 3"
    assert [each.legs for each in page.signs.present] == [(Leg.RIGHT,)]


def test_a_check_in_for_one_leg_presets_it(asked: "User") -> None:
    row = asked.check_in.signs.rows["skin"]
    row.box.click()
    asked.look()
    assert [each.legs for each in asked.check_in.signs.present] == [(Leg.LEFT,)]
    row.box.setFocus()
    asked.press("R")
    answer(asked)
    assert isinstance(asked.page, SessionPage), "the right leg is not massaged"
    assert signs(asked)["skin"].leg is Leg.RIGHT
