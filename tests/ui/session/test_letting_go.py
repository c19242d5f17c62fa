"""A closed window leaves nothing of its session behind but the checkpoint."""

from threading import enumerate as threads
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from itband_gui.ui.check_in.signs_step import SignsStep
from itband_gui.ui.session.flow import SETTLE_S

if TYPE_CHECKING:
    from tests.ui.conftest import User


def end_of_writers() -> list[str]:
    """Return the names of writer threads that still run after a moment."""
    writers = [each for each in threads() if each.name == "checkpoint"]
    for each in writers:
        each.join(SETTLE_S)
    return [each.name for each in writers if each.is_alive()]


def test_no_thread_outlives_a_window_with_a_session(short_user: "User") -> None:
    short_user.skip_to_session("own/short")
    assert any(each.name == "checkpoint" for each in threads())
    short_user.leave()
    assert end_of_writers() == []


def test_the_checkpoint_stays_and_is_offered_by_the_next_window(short_user: "User") -> None:
    short_user.skip_to_session("own/short")
    short_user.let_pass(2)
    short_user.leave()
    assert end_of_writers() == []
    short_user.open()
    assert "Continue" in short_user.reads()


@pytest.mark.parametrize("answers", [(), ("L", "Return")], ids=["legs", "sore"])
def test_a_check_in_leaves_no_widget_when_its_window_goes(
    short_user: "User", answers: tuple[str, ...]
) -> None:
    short_user.go_to_check_in("own/short")
    short_user.press(*answers)
    before = lists()
    short_user.leave()
    assert lists() == before - 1


def lists() -> int:
    """Return the number of warning lists, visible or not."""
    return sum(isinstance(each, SignsStep) for each in QApplication.allWidgets())
