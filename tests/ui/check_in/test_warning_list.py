"""The third question: nothing starts past a warning sign."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Moment, Rating, Resolution, Sign, new_id
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg
from itband_gui.safety.screening import Verdict
from itband_gui.safety.signs import Group, load_safety
from itband_gui.ui.check_in.advice import Advice
from itband_gui.ui.pages.check_in_page import CheckInPage
from itband_gui.ui.pages.session_page import SessionPage
from itband_gui.ui.pages.today_page import TodayPage

if TYPE_CHECKING:
    from tests.ui.conftest import User

BLOCK, ASK, OTHER_ASK = "clot", "blood-thinners", "pregnancy"


@pytest.fixture
def asked(user: "User") -> "User":
    """Someone who is asked for warning signs."""
    user.open()
    to_the_list(user)
    return user


def to_the_list(user: "User") -> CheckInPage:
    user.go_to_check_in()
    user.press("L", "Return", "4", "Return")
    return user.check_in


def tick(user: "User", *signs: str) -> None:
    for sign in signs:
        user.click(user.check_in.signs.rows[sign].box)


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
    assert "No massage with these" in read
    assert "Ask a clinician first with these" in read


def test_without_a_sign_the_session_starts(asked: "User") -> None:
    asked.click_on("None of these")
    assert isinstance(asked.page, SessionPage)
    assert signs(asked) == {}


def test_a_held_enter_does_not_jump_the_list(user: "User") -> None:
    user.open()
    user.go_to_check_in()
    user.press("L", "Return", "4")
    user.hold("Return")
    assert user.check_in.signs.isVisible()


def test_a_click_on_the_words_of_a_sign_ticks_it(asked: "User") -> None:
    row = asked.check_in.signs.rows[BLOCK]
    asked.click(row)
    assert row.box.isChecked()
    asked.click(row)
    assert not row.box.isChecked()


def test_the_list_is_answered_by_keyboard_alone(asked: "User") -> None:
    box = asked.check_in.signs.rows[BLOCK].box
    for _ in range(40):
        asked.press("Tab")
        if QApplication.focusWidget() is box:
            break
    asked.press("Space", "Return")
    assert action(BLOCK) in asked.reads()
    asked.press("Return")
    assert isinstance(asked.page, TodayPage)
    assert list(signs(asked)) == [BLOCK]


def test_a_blocking_sign_ends_the_check_in_with_what_to_do(asked: "User") -> None:
    tick(asked, BLOCK)
    asked.press("Return")
    assert "No massage today" in asked.reads()
    assert action(BLOCK) in asked.reads()
    kept = signs(asked)[BLOCK]
    assert (kept.resolved, kept.resolution) == (None, None)
    asked.click_on("I will do that")
    assert isinstance(asked.page, TodayPage)
    assert not asked.window.flow.in_session


def test_each_blocking_sign_blocks_by_itself(asked: "User") -> None:
    for sign in load_safety().in_group(Group.BLOCK):
        tick(asked, sign.id)
        asked.press("Return")
        assert advice(asked).verdict is Verdict.BLOCKED
        assert sign.action in asked.reads()
        asked.press("Escape")
        tick(asked, sign.id)
    assert len(signs(asked)) == len(load_safety().in_group(Group.BLOCK))


def test_the_advice_says_how_soon(asked: "User") -> None:
    soon = {"emergency": "Now", "clot": "Today", "lump": "In the next days", "unwell": "Wait"}
    for sign, word in soon.items():
        tick(asked, sign)
        asked.press("Return")
        assert any(line.startswith(word) for line in asked.reads().splitlines())
        asked.press("Escape")
        tick(asked, sign)


def test_there_is_no_way_to_start_past_a_blocking_sign(asked: "User") -> None:
    tick(asked, BLOCK, ASK)
    asked.press("Return")
    assert "agreed" not in asked.reads()
    for name in ("Space", "Return", "L", "4"):
        asked.press(name)
        assert not asked.window.flow.in_session


def test_an_open_sign_stands_ticked_at_the_next_check_in(asked: "User") -> None:
    tick(asked, BLOCK)
    asked.press("Return")
    asked.click_on("I will do that")
    asked.clock.start += timedelta(days=2)
    asked.open()
    check_in = to_the_list(asked)
    assert [sign.id for sign in check_in.signs.present] == [BLOCK]
    assert "Open since" in asked.reads()
    asked.press("Return")
    assert action(BLOCK) in asked.reads()
    assert len(signs(asked)) == 1
    assert len([e for e in asked.journal() if isinstance(e, Sign)]) == 1, "not opened twice"


def test_an_open_sign_that_is_unticked_is_gone(asked: "User") -> None:
    tick(asked, BLOCK)
    asked.press("Return")
    asked.click_on("I will do that")
    asked.clock.start += timedelta(days=2)
    to_the_list(asked)
    tick(asked, BLOCK)
    asked.press("Return")
    assert isinstance(asked.page, SessionPage)
    gone = signs(asked)[BLOCK]
    assert gone.resolution is Resolution.GONE
    assert gone.resolved == asked.clock.now()
    assert gone.at < gone.resolved


def test_a_sign_from_before_the_clock_was_set_back_can_be_unticked(asked: "User") -> None:
    tick(asked, BLOCK)
    asked.press("Return")
    asked.click_on("I will do that")
    asked.clock.start -= timedelta(days=3)
    to_the_list(asked)
    tick(asked, BLOCK)
    asked.press("Return")
    assert isinstance(asked.page, SessionPage)
    assert signs(asked)[BLOCK].resolution is Resolution.GONE


def test_a_slip_is_taken_back_on_the_list(asked: "User") -> None:
    tick(asked, BLOCK)
    asked.press("Return")
    asked.click_on("Back to the list")
    assert asked.check_in.signs.isVisible()
    tick(asked, BLOCK)
    asked.press("Return")
    assert isinstance(asked.page, SessionPage)
    assert signs(asked)[BLOCK].resolution is Resolution.GONE


def test_escape_goes_back_from_the_advice_to_the_list(asked: "User") -> None:
    tick(asked, BLOCK)
    asked.press("Return", "Escape")
    assert asked.check_in.signs.isVisible()
    assert asked.check_in.signs.rows[BLOCK].box.isChecked()


def test_a_sign_to_ask_about_does_not_start_by_itself(asked: "User") -> None:
    tick(asked, ASK)
    asked.press("Return")
    assert "Ask a clinician first" in asked.reads()
    assert action(ASK) in asked.reads()
    asked.press("Return")
    assert isinstance(asked.page, TodayPage), "Enter gives the safe answer"
    assert not asked.window.flow.in_session


def test_not_today_leaves_and_asks_again_next_time(asked: "User") -> None:
    tick(asked, ASK)
    asked.press("Return")
    asked.click_on("Not today")
    assert isinstance(asked.page, TodayPage)
    to_the_list(asked)
    tick(asked, *({ASK} - {sign.id for sign in asked.check_in.signs.present}))
    asked.press("Return")
    assert action(ASK) in asked.reads()


def test_a_clinician_s_word_is_remembered(asked: "User") -> None:
    tick(asked, ASK)
    asked.press("Return")
    asked.click_on("greed")
    assert isinstance(asked.page, SessionPage)
    kept = signs(asked)[ASK]
    assert kept.resolution is Resolution.CLINICIAN_AGREED
    assert kept.resolved == asked.clock.now()
    asked.open()
    check_in = to_the_list(asked)
    assert [sign.id for sign in check_in.signs.present] == [ASK]
    assert "A clinician agreed" in asked.reads()
    asked.press("Return")
    assert isinstance(asked.page, SessionPage), "not asked again"


def test_an_agreement_holds_for_its_own_sign_only(asked: "User") -> None:
    tick(asked, ASK)
    asked.press("Return")
    asked.click_on("greed")
    asked.open()
    to_the_list(asked)
    tick(asked, OTHER_ASK)
    asked.press("Return")
    assert action(OTHER_ASK) in asked.reads()
    assert action(ASK) not in asked.reads()


def test_a_clinician_s_word_does_not_lift_a_sign_that_blocks(user: "User") -> None:
    at = user.clock.now() - timedelta(days=3)
    agreed = Resolution.CLINICIAN_AGREED  # as the journal page lets one write
    sign = Sign(id=new_id(), at=at, sign=BLOCK, resolved=at, resolution=agreed)
    book = Book()
    book.add(sign)
    Store(user.folder / "journal.json").save(book)
    user.open()
    to_the_list(user)
    user.press("Return")
    assert advice(user).verdict is Verdict.BLOCKED
    assert action(BLOCK) in user.reads()


def test_an_agreed_sign_that_is_unticked_is_gone(asked: "User") -> None:
    tick(asked, ASK)
    asked.press("Return")
    asked.click_on("greed")
    asked.open()
    to_the_list(asked)
    tick(asked, ASK)
    asked.press("Return")
    assert signs(asked)[ASK].resolution is Resolution.GONE


def test_of_several_signs_the_most_urgent_comes_first(asked: "User") -> None:
    tick(asked, "unwell", "lump", "clot", "emergency", ASK)
    asked.press("Return")
    read = asked.reads()
    order = [read.index(action(sign)) for sign in ("emergency", "clot", "lump", "unwell")]
    assert order == sorted(order)
    assert set(signs(asked)) == {"unwell", "lump", "clot", "emergency", ASK}


def test_the_advice_has_a_first_focus(asked: "User") -> None:
    tick(asked, BLOCK)
    asked.press("Return")
    assert QApplication.focusWidget() is advice(asked).close_button


def test_a_list_that_is_not_on_the_screen_whole_is_shown_whole_first(user: "User") -> None:
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
    user.press("L", "Return", "7", "Return")
    user.check_in.signs.rows["unwell"].box.click()
    user.press("Return")
    user.click_on("I will do that")
    (rating,) = (entry for entry in user.journal() if isinstance(entry, Rating))
    assert (rating.leg, rating.score, rating.moment) == (Leg.LEFT, 7, Moment.OTHER)
    assert rating.session is None
    assert "Warning sign, open since 22 Nov" in user.reads()


def test_after_a_stop_the_next_check_in_says_so_for_a_day(user: "User") -> None:
    user.open()
    user.go_to_session()
    user.press("S", "Return")
    user.go_to_check_in("first-time")
    assert "You stopped a session" in user.reads()
    user.press("Escape")
    user.clock.ms += 25 * 60 * 60 * 1000
    user.go_to_check_in("first-time")
    assert "You stopped a session" not in user.reads()
