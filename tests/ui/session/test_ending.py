"""A session never ends by accident."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from itband_gui.journal.entries import Ended, Session
from itband_gui.session.events import PauseReason
from itband_gui.ui.session.after_page import AfterPage
from itband_gui.ui.session.controls import Control

if TYPE_CHECKING:
    from tests.ui.conftest import User


def paused(user: "User") -> PauseReason | None:
    return user.session.clock.engine.paused


def offset_ms(user: "User") -> int:
    return user.session.clock.position.offset_ms


def session_entry(user: "User") -> Session:
    (found,) = (entry for entry in user.journal() if isinstance(entry, Session))
    return found


@pytest.mark.parametrize("way", ["Escape", "a click"])
def test_ending_asks_first_and_pauses_meanwhile(in_set: "User", way: str) -> None:
    if way == "a click":
        in_set.click(in_set.session.controls.buttons[Control.END])
    else:
        in_set.press(way)
    assert in_set.question is not None
    at = offset_ms(in_set)
    in_set.let_pass(10)
    assert offset_ms(in_set) == at
    in_set.click_on("End and save")
    assert isinstance(in_set.page, AfterPage)
    assert session_entry(in_set).ended is Ended.ENDED_EARLY
    assert session_entry(in_set).total_seconds == 20


def test_the_safe_answer_keeps_going(in_set: "User") -> None:
    for answer in ("Return", "Escape", "Space", "a click"):
        in_set.press("Escape")
        if answer == "a click":
            in_set.click_on("Keep going")
        else:
            in_set.press(answer)
        assert in_set.question is None
        assert in_set.window.flow.in_session
        assert paused(in_set) is None, "keep going means going"
        at = offset_ms(in_set)
        in_set.let_pass(1)
        assert offset_ms(in_set) == at + 1000


def test_after_a_question_the_window_has_the_focus_again(in_set: "User") -> None:
    in_set.press("Escape", "Return")
    assert in_set.window.isActiveWindow()
    assert QApplication.focusWidget() is in_set.session


def test_a_question_during_a_pause_keeps_the_pause(in_set: "User") -> None:
    in_set.press("Space", "Escape", "Return")
    assert paused(in_set) is PauseReason.USER


def test_escape_first_leaves_floor_mode_and_then_asks(in_set: "User") -> None:
    in_set.press("F", "Escape")
    assert not in_set.window.isFullScreen()
    assert in_set.question is None
    in_set.press("Escape")
    assert in_set.question is not None


def test_escape_alone_never_ends_a_session(in_set: "User") -> None:
    in_set.press("F", *["Escape"] * 9)
    assert in_set.window.flow.in_session


def test_closing_the_window_asks_first(in_set: "User") -> None:
    assert not in_set.window.close()
    assert in_set.question is not None
    assert not in_set.window.close()
    in_set.press("Escape")
    assert in_set.window.isVisible()
    assert in_set.window.flow.in_session
