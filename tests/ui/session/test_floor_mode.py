"""Floor mode: a click anywhere pauses, and a change of phase flashes, but never too fast."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtTest import QSignalSpy

if TYPE_CHECKING:
    from tests.ui.conftest import User


def test_a_click_anywhere_pauses_and_the_next_goes_on(short_user: "User") -> None:
    session = short_user.skip_to_session("own/short")
    short_user.press("F")
    short_user.click(session.leg, QPoint(20, 20))
    assert not session.clock.engine.running
    short_user.click(session.words.main)
    assert session.clock.engine.running


def test_outside_floor_mode_a_click_beside_the_buttons_does_nothing(short_user: "User") -> None:
    session = short_user.skip_to_session("own/short")
    short_user.click(session.leg, QPoint(20, 20))
    assert session.clock.engine.running


def test_a_step_change_flashes_but_not_with_less_motion(short_user: "User") -> None:
    session = short_user.skip_to_session("own/short")
    assert session.flash.isHidden(), "the first phase is no change"
    short_user.press("Right")
    assert not session.flash.isHidden()
    session.flash.hide()
    short_user.appearance.less_motion = True
    short_user.press("Right")
    assert session.flash.isHidden()


def test_it_never_flashes_twice_within_half_a_second(short_user: "User") -> None:
    session = short_user.skip_to_session("own/short")
    begun = QSignalSpy(session.flash.fade.stateChanged)
    for _ in range(5):
        session.flash.flash()
    assert begun.count() == 1
