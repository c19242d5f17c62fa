"""Every key and every button of a session does what the design says."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

from itband_gui.journal.entries import Ended, Session
from itband_gui.leg.names import Technique, Zone
from itband_gui.routine.plan import PhaseKind
from itband_gui.session.events import PauseReason
from itband_gui.ui.session.after_page import AfterPage
from itband_gui.ui.session.controls import Control
from itband_gui.ui.session.page import SessionPage

if TYPE_CHECKING:
    from tests.ui.conftest import User

KEYS = {
    Control.PAUSE: ("Space", "MediaPlay", "MediaPause", "MediaTogglePlayPause"),
    Control.SKIP: ("Right", "MediaNext"),
    Control.AGAIN: ("Left", "MediaPrevious"),
    Control.EASIER: ("E",),
    Control.STOP: ("S", "MediaStop"),
    Control.FLOOR: ("F",),
    Control.MUTE: ("M",),
    Control.END: ("Escape",),
}


def phase(user: "User") -> tuple[PhaseKind, int]:
    now = user.session.clock.position.phase
    return now.kind, now.set_number


def paused(user: "User") -> PauseReason | None:
    return user.session.clock.engine.paused


def fills_the_screen(user: "User") -> bool:
    """Return whether floor mode is on; window, page and button must agree."""
    states = {
        user.window.isFullScreen(),
        user.session.floor_mode,
        user.session.controls.buttons[Control.FLOOR].isChecked(),
    }
    (on,) = states
    return on


def offset_ms(user: "User") -> int:
    return user.session.clock.position.offset_ms


def session_entry(user: "User") -> Session:
    (found,) = (entry for entry in user.journal() if isinstance(entry, Session))
    return found


def ways(control: Control) -> list[str]:
    return [*KEYS[control], "a click"]


def do(user: "User", control: Control, way: str) -> None:
    """Trigger a control by its key or its button."""
    if way == "a click":
        user.click(user.session.controls.buttons[control])
    elif way.startswith("Media"):
        user.send(way)  # no character belongs to it, so a key click cannot be made of it
    else:
        user.press(way)


def test_every_control_has_a_button_that_names_its_key(in_set: "User") -> None:
    buttons = in_set.session.controls.buttons
    assert set(buttons) == set(Control) == set(KEYS)
    for control, each in buttons.items():
        assert each.isVisible()
        names = {"Space": "Space", "Right": "→", "Left": "←", "Escape": "Esc"}
        name = KEYS[control][0]
        assert names.get(name, name) in each.text() + each.toolTip()


def test_pausing_stops_and_continues_at_the_same_point(in_set: "User") -> None:
    for way in ways(Control.PAUSE):
        at = offset_ms(in_set)
        do(in_set, Control.PAUSE, way)
        assert paused(in_set) is PauseReason.USER
        assert "Paused" in in_set.reads()
        in_set.let_pass(60)
        assert (phase(in_set), offset_ms(in_set)) == ((PhaseKind.SET, 1), at)
        do(in_set, Control.PAUSE, way)
        assert paused(in_set) is None
        in_set.let_pass(1)
        assert offset_ms(in_set) == at + 1000


def test_the_pause_button_says_what_it_would_do(in_set: "User") -> None:
    pause = in_set.session.controls.buttons[Control.PAUSE]
    before = pause.text()
    in_set.press("Space")
    assert "Continue" in pause.text()
    in_set.press("Space")
    assert pause.text() == before


def test_skipping_leaves_the_set_and_its_rest(in_set: "User") -> None:
    reached = ((PhaseKind.SET, 2), (PhaseKind.SET, 1), (PhaseKind.SWITCH, 0))
    for way, then in zip(ways(Control.SKIP), reached, strict=True):
        do(in_set, Control.SKIP, way)
        assert phase(in_set) == then
        assert "Skipped" in in_set.reads()
    assert in_set.session.clock.engine.skips == len(reached)


def test_again_restarts_the_set(in_set: "User") -> None:
    for way in ways(Control.AGAIN):
        do(in_set, Control.AGAIN, way)
        assert (phase(in_set), offset_ms(in_set)) == ((PhaseKind.SET, 1), 0)
        assert "Once more" in in_set.reads()
        in_set.let_pass(3)


def test_again_in_a_rest_goes_back_to_the_set_before_it(in_set: "User") -> None:
    in_set.let_pass(16)
    assert phase(in_set) == (PhaseKind.REST, 0)
    in_set.press("Left")
    assert phase(in_set) == (PhaseKind.SET, 1)
    assert "Once more" in in_set.reads()


def test_again_is_refused_beyond_two_minutes_of_firm_work(in_set: "User") -> None:
    for _ in range(7):
        in_set.let_pass(14)
        in_set.press("Left")
    assert "enough for today" in in_set.reads()
    assert session_done_ms(in_set) <= 120_000


def session_done_ms(user: "User") -> int:
    engine = user.session.clock.engine
    return engine.tally.firm_ms(engine.phase.leg, Zone.FRONT_EDGE)


@pytest.mark.parametrize("way", ways(Control.EASIER))
def test_easier_is_lighter_at_once_and_the_second_time_leaves_the_zone(
    in_set: "User", way: str
) -> None:
    do(in_set, Control.EASIER, way)
    work = in_set.session.clock.position.phase.work
    assert work is not None
    assert (work.technique, work.pressure) == (Technique.LIGHT, None)
    assert "Lighter" in in_set.reads()
    assert "Flat hand" in in_set.session.words.how.text()
    assert in_set.session.words.pressure.text() == "Light"
    do(in_set, Control.EASIER, way)
    now = in_set.session.clock.position.phase
    assert now.work is not None
    assert now.work.zones == (Zone.GLUTEAL,)
    assert "On to the next zone" in in_set.reads()


def test_easing_lasts_for_the_next_set_but_not_for_the_other_leg(
    in_set: "User",
) -> None:
    in_set.press("E", "Right")
    assert in_set.session.words.pressure.text() == "Light"
    in_set.press("Right", "Right", "Right", "Right")
    assert phase(in_set) == (PhaseKind.SET, 1)
    assert "3–4" in in_set.session.words.pressure.text()


@pytest.mark.parametrize("way", ways(Control.STOP))
def test_stopping_ends_saves_and_asks_why(in_set: "User", way: str) -> None:
    do(in_set, Control.STOP, way)
    assert isinstance(in_set.page, AfterPage)
    assert "What was it?" in in_set.reads()
    assert "emergency" in in_set.reads()
    assert session_entry(in_set).ended is Ended.STOPPED


def test_stopping_works_during_a_pause_and_in_floor_mode(in_set: "User") -> None:
    in_set.press("F", "Space", "S")
    assert isinstance(in_set.page, AfterPage)
    assert not in_set.window.isFullScreen()
    assert session_entry(in_set).ended is Ended.STOPPED


def test_floor_mode_fills_the_screen_with_larger_words(in_set: "User") -> None:
    before = in_set.session.words.main.font().pixelSize()
    for way in ways(Control.FLOOR):
        do(in_set, Control.FLOOR, way)
        assert fills_the_screen(in_set)
        assert in_set.session.words.main.font().pixelSize() > before
        do(in_set, Control.FLOOR, way)
        assert not fills_the_screen(in_set)


def test_the_main_line_of_floor_mode_is_a_tenth_of_the_window_high(in_set: "User") -> None:
    in_set.press("F")
    in_set.let_pass(16)
    main = in_set.session.words.main
    assert main.text() == "Rest"
    assert main.fontMetrics().height() >= in_set.window.height() / 10


def test_muting_is_shown_and_can_be_undone(in_set: "User") -> None:
    button = in_set.session.controls.buttons[Control.MUTE]
    for way in ways(Control.MUTE):
        for on in (True, False):
            do(in_set, Control.MUTE, way)
            assert button.isChecked() is on


# Keys that are held, strange, or meant for something else


def test_a_held_key_counts_once(in_set: "User") -> None:
    engine = in_set.session.clock.engine
    for name in ("Left", "Right", "E", "F", "M", "Space"):
        in_set.hold(name)
    assert (engine.repeats, engine.skips, engine.eases) == (1, 1, 1)
    assert fills_the_screen(in_set)
    assert in_set.session.controls.buttons[Control.MUTE].isChecked()
    assert paused(in_set) is PauseReason.USER


def test_the_arrows_of_the_keypad_count_and_shortcuts_do_not(in_set: "User") -> None:
    in_set.press("Right", modifier=Qt.KeyboardModifier.KeypadModifier)
    assert in_set.session.clock.engine.skips == 1
    for name in ("S", "E", "Right", "1", "2"):
        in_set.press(name, modifier=Qt.KeyboardModifier.ControlModifier)
    assert isinstance(in_set.page, SessionPage)
    assert (in_set.session.clock.engine.skips, in_set.session.clock.engine.eases) == (1, 0)


def test_after_a_click_the_space_bar_still_pauses(in_set: "User") -> None:
    in_set.click(in_set.session.controls.buttons[Control.SKIP])
    in_set.press("Space")
    assert paused(in_set) is PauseReason.USER
    assert in_set.session.clock.engine.skips == 1


def test_letters_of_other_keyboards_do_nothing(in_set: "User") -> None:
    for code in (0x0416, 0x3042, 0x1F600, 0):
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(in_set.session, event)
    assert in_set.window.flow.in_session


def test_other_keys_and_the_digits_do_nothing(in_set: "User") -> None:
    before = offset_ms(in_set), phase(in_set)
    in_set.press("4", "X", "Return", "Tab", "Up", "Down", "Home", "F5", "Q")
    assert (offset_ms(in_set), phase(in_set)) == before
    assert isinstance(in_set.page, SessionPage)
    in_set.press("Space")
    assert paused(in_set) is PauseReason.USER, "the keys still arrive"
