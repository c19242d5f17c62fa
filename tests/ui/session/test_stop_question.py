"""After a stop: the reason, the leg, the advice, and the entry in the journal."""

from typing import TYPE_CHECKING

import pytest
from msgspec import UNSET
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.journal.entries import Ended, Moment, Rating, Session
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import StopReason, load_safety
from itband_gui.ui.look.keys import Announcer
from itband_gui.ui.session.stop_question import StopQuestion
from itband_gui.ui.today.page import TodayPage

if TYPE_CHECKING:
    from tests.ui.conftest import User

REASONS = load_safety().stop.reasons
NUMBERED = [(str(number), reason) for number, reason in enumerate(REASONS, start=1)]
OF_A_LEG = [each for each in NUMBERED if each[1].leg]
OF_NO_LEG = [each for each in NUMBERED if not each[1].leg]
EMERGENCY = "call your emergency number now"


@pytest.fixture
def stopped(user: "User") -> "User":
    """A user who has just stopped a session on both legs."""
    user.open()
    user.skip_to_session("full", "B", ("4", "3"))
    user.let_pass(30)
    user.press("S")
    return user


@pytest.fixture
def stopped_left(user: "User") -> "User":
    """A user who has just stopped a session on the left leg."""
    user.open()
    user.skip_to_session()
    user.let_pass(30)
    user.press("S")
    return user


def question(user: "User") -> StopQuestion:
    found = user.after.question
    assert found is not None
    return found


def kept(user: "User") -> tuple[object, object]:
    """Return the stop's reason and leg from the file."""
    (session,) = (each for each in user.journal() if isinstance(each, Session))
    assert session.ended is Ended.STOPPED
    return session.stopped_for, session.stopped_leg


def afters(user: "User") -> dict[Leg, int]:
    found = (e for e in user.journal() if isinstance(e, Rating) and e.moment is Moment.AFTER)
    return {rating.leg: rating.score for rating in found}


def in_sight(user: "User", widget: QWidget) -> bool:
    """Whether a widget is fully visible on the page."""
    shown = widget.visibleRegion().boundingRect()
    return widget.isVisible() and shown == QRect(0, 0, widget.width(), widget.height())


def test_it_praises_the_stop_and_asks_for_one_of_six_reasons(stopped: "User") -> None:
    read = stopped.reads()
    assert "You stopped. Good call." in read
    assert "What was it?" in read
    assert len(REASONS) == 6
    for number, reason in NUMBERED:
        assert f"{number}  {reason.text}" in read
        assert in_sight(stopped, stopped.button(reason.text))
    assert "Press 1 to 6" in read
    assert stopped.after.accessibleName() == "You stopped. Good call. What was it?"


def test_without_an_answer_the_session_is_saved_as_stopped(stopped: "User") -> None:
    assert kept(stopped) == (UNSET, UNSET), "saved before any answer"
    stopped.press("Return")
    assert isinstance(stopped.page, TodayPage)
    assert kept(stopped) == (UNSET, UNSET)


@pytest.mark.parametrize(("key", "reason"), OF_A_LEG)
@pytest.mark.parametrize(("leg_key", "leg"), [("L", Leg.LEFT), ("R", Leg.RIGHT)])
def test_one_key_gives_the_reason_and_another_the_leg(
    stopped: "User", key: str, reason: StopReason, leg_key: str, leg: Leg
) -> None:
    stopped.press(key)
    assert kept(stopped) == (reason.id, UNSET), "saved at once"
    assert "Which leg?" in stopped.reads()
    assert reason.advice in stopped.reads()
    stopped.press(leg_key)
    assert kept(stopped) == (reason.id, leg)
    assert afters(stopped) == {}


def test_a_session_deleted_elsewhere_returns_with_its_reason(
    stopped: "User",
) -> None:
    other = Store(stopped.file)
    book = other.load().book
    (session,) = (entry for entry in stopped.journal() if isinstance(entry, Session))
    book.remove(session.id)
    other.save(book)
    stopped.link.take_in()
    stopped.look()
    assert session.id not in stopped.link.book
    key, reason = OF_NO_LEG[0]
    stopped.press(key)
    assert kept(stopped) == (reason.id, UNSET)


@pytest.mark.parametrize(("key", "reason"), OF_NO_LEG)
def test_a_reason_without_a_leg_asks_for_none(
    stopped: "User", key: str, reason: StopReason
) -> None:
    stopped.press(key, "R")
    assert "Which leg?" not in stopped.reads()
    assert kept(stopped) == (reason.id, UNSET)


@pytest.mark.parametrize(("key", "reason"), OF_A_LEG)
def test_a_session_on_one_leg_presets_the_leg(
    stopped_left: "User", key: str, reason: StopReason
) -> None:
    stopped_left.press(key)
    assert "Which leg?" not in stopped_left.reads()
    assert kept(stopped_left) == (reason.id, Leg.LEFT)


def test_by_mouse_alone(stopped: "User") -> None:
    stopped.click_on("Pain on the bony outer side of the knee")
    stopped.click_on("Right (R)")
    assert kept(stopped) == ("knee", Leg.RIGHT)
    stopped.click(question(stopped).change)
    stopped.click_on("Your hand hurts")
    assert kept(stopped) == ("hand", UNSET)
    stopped.click_on("Done (Enter)")
    assert isinstance(stopped.page, TodayPage)


def test_by_tab_and_space_alone(stopped: "User") -> None:
    for _ in range(9):
        stopped.press("Tab")
        focus = QApplication.focusWidget()
        if focus is not None and question(stopped).reasons.isAncestorOf(focus):
            break
    stopped.press("Down", "Space")
    assert kept(stopped) == (REASONS[1].id, UNSET)
    assert QApplication.focusWidget() is stopped.after, "what had the keyboard has gone"
    stopped.press("R")
    assert kept(stopped) == (REASONS[1].id, Leg.RIGHT)


def test_as_a_screen_reader_toggles(stopped: "User") -> None:
    question(stopped).reasons.button_for("bruise").setChecked(True)
    question(stopped).leg.button_for(Leg.LEFT).setChecked(True)
    stopped.look()
    assert kept(stopped) == ("bruise", Leg.LEFT)


def test_advice_is_announced_with_the_emergency_first(
    stopped: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(Announcer, "say", lambda _self, text: said.append(text))
    stopped.press("5")
    assert [EMERGENCY in said[0], said[0].endswith(REASONS[4].advice)] == [True, True]
    stopped.click(question(stopped).change)
    stopped.press("6")
    assert said[1:] == [REASONS[5].advice]


def test_digits_answer_first_and_rate_afterwards(stopped: "User") -> None:
    stopped.press("1", "2", "5")
    assert kept(stopped) == ("too-sore", UNSET)
    assert afters(stopped) == {Leg.LEFT: 2, Leg.RIGHT: 5}
    assert "Left 4 → 2" in stopped.reads()


@pytest.mark.parametrize("key", ["0", "7", "8", "9", "X"])
def test_a_digit_that_is_not_a_reason_does_not_rate(stopped: "User", key: str) -> None:
    stopped.press(key)
    assert afters(stopped) == {}
    assert kept(stopped) == (UNSET, UNSET)


def test_a_held_digit_answers_and_rates_nothing(stopped: "User") -> None:
    stopped.hold("3")
    assert kept(stopped) == ("knee", UNSET)
    assert afters(stopped) == {}


def test_it_can_be_changed_while_the_page_is_open(stopped: "User") -> None:
    stopped.press("3", "R")
    stopped.click(question(stopped).change)
    assert "No massage on this leg" not in stopped.reads()
    assert kept(stopped) == (UNSET, UNSET), "what was wrong does not stay"
    stopped.press("6")
    assert kept(stopped) == ("hand", UNSET)
    stopped.click(question(stopped).change)
    stopped.press("4")
    assert kept(stopped) == ("bruise", Leg.RIGHT), "the leg was said before"
    stopped.press("L", "4", "4")
    assert kept(stopped) == ("bruise", Leg.LEFT)
    assert afters(stopped) == {Leg.LEFT: 4, Leg.RIGHT: 4}


def test_clearing_a_mistaken_reason_leaves_a_cautious_stop(
    stopped: "User",
) -> None:
    stopped.press("6")
    stopped.click(question(stopped).change)
    stopped.press("Return")
    assert kept(stopped) == (UNSET, UNSET)
    assert "Skip massage on your left leg until Tuesday" in stopped.reads(), "the leg worked on"


def test_a_screen_reader_gets_the_question_and_the_keys(
    stopped: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(Announcer, "say", lambda _self, text: said.append(text))
    page = stopped.after
    assert page.accessibleDescription().startswith("Press 1 to 6 to say why.")
    stopped.press("3")
    assert said == [f"{REASONS[2].advice} Which leg?"]
    assert page.accessibleName() == "You stopped. Good call. How sore is it now?"
    assert page.accessibleDescription().startswith("Press 0 to 9 to rate")
    stopped.press("R")
    assert len(said) == 1, "the advice is not said again"
    stopped.click(question(stopped).change)
    assert page.accessibleName() == "You stopped. Good call. What was it?"


def test_the_reasons_are_large_enough_for_a_shaking_hand(stopped: "User") -> None:
    heights = [question(stopped).reasons.button_for(each.id).height() for each in REASONS]
    assert min(heights) >= 1.3 * stopped.after.finish.height()


def test_a_sore_hand_gets_no_advice_for_a_leg(stopped: "User") -> None:
    stopped.press("6")
    read = stopped.reads()
    assert "Rest your hand." in read
    assert "this leg" not in read
    assert "48 hours" not in read


def test_dizziness_shows_whom_to_call_first_and_large(stopped: "User") -> None:
    first, *_ = question(stopped).urgent
    small = first.fontMetrics().height()
    stopped.press("5")
    assert EMERGENCY in first.text()
    assert first.fontMetrics().height() > 1.3 * small
    assert in_sight(stopped, first)
    assert first.y() < question(stopped).advice.y()
    question(stopped).change.click()
    stopped.press("1")
    assert first.fontMetrics().height() == small
    assert first.y() > question(stopped).advice.y()


@pytest.mark.parametrize(("key", "reason"), NUMBERED)
def test_advice_is_in_sight_in_the_smallest_window(
    stopped: "User", key: str, reason: StopReason
) -> None:
    stopped.press(key)
    assert question(stopped).advice.text() == reason.advice
    assert in_sight(stopped, question(stopped).advice)
    for line in question(stopped).urgent:
        assert in_sight(stopped, line)


def test_a_rated_row_scrolls_into_sight_with_its_outcome(stopped: "User") -> None:
    stopped.press("1", "L", "6")
    assert in_sight(stopped, stopped.after.worse[Leg.LEFT])
    assert in_sight(stopped, stopped.after.rows[Leg.RIGHT])
    stopped.press("5")
    assert in_sight(stopped, stopped.after.worse[Leg.RIGHT])


def test_a_session_that_was_not_stopped_asks_for_no_reason(user: "User") -> None:
    user.open()
    user.skip_to_session()
    user.let_pass(30)
    user.press("Escape")
    user.click_on("End and save")
    assert user.after.question is None
    user.press("1")
    assert afters(user) == {Leg.LEFT: 1}
