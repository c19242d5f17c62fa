"""An interrupted session is offered again at the next start."""

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from itband_gui.journal.entries import Ended, Session
from itband_gui.routine.plan import PhaseKind

if TYPE_CHECKING:
    from tests.ui.conftest import User

# Goes into a session, half-way into its second set, and waits to be killed.
DRIVER = """
import os, sys
from datetime import datetime
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from itband_gui.app import build_window, start_qt
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.tour import ToldClock
from itband_gui.leg.names import Leg
app = start_qt(["x"])
told = ToldClock(datetime.fromisoformat(sys.argv[2]))
window = build_window(Path(sys.argv[1]), Appearance(app, ThemeName.LIGHT), told.now, told.now_ms)
window.show()
flow = window.flow
flow.start(window.findChild(__import__("itband_gui.ui.today.page", fromlist=["x"]).TodayPage)
           .library.get("own/short"))
page = window.passing
page.legs.choice.choose((Leg.LEFT,)); page.go_on()
page.sore.legs[Leg.LEFT].score.rate(4); page.go_on()
while flow.clock is None:
    page.go_on()
for _ in range(4 * 57):
    told.ms += 250
    flow.clock.poll()
flow.session_run.settle(10)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def killed(user: "User", short: str) -> "User":
    """A user whose session was killed in the second set of the left leg."""
    user.add_routine("short.toml", short)
    (user.folder / "settings.ini").write_text("[safety]\ndisclaimer-read=true\n")
    start = user.clock.now().isoformat()
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(user.folder), start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=300)
    return user


@pytest.fixture
def cut_off(killed: "User") -> "User":
    """The same user at a new window ten minutes later."""
    killed.clock.ms += 10 * 60 * 1000
    killed.open()
    return killed


def sessions(user: "User") -> list[Session]:
    return [entry for entry in user.journal() if isinstance(entry, Session)]


def test_the_next_start_asks_where_to_continue(cut_off: "User") -> None:
    assert "Continue with the left leg" in cut_off.reads()
    assert "set 2 of 2?" in cut_off.reads()
    assert sessions(cut_off) == []


def test_it_resumes_paused_where_it_was_and_is_saved_whole(cut_off: "User") -> None:
    cut_off.click_on("Continue")
    position = cut_off.session.clock.position
    assert (position.phase.kind, position.phase.set_number) == (PhaseKind.SET, 2)
    assert not cut_off.session.clock.engine.running
    cut_off.press("Space")
    cut_off.let_pass(60)
    cut_off.press("3", "Return")
    (kept,) = sessions(cut_off)
    assert kept.ended is Ended.FINISHED
    assert sum(work.seconds for work in kept.work) == 10 + 20 + 20 + 12
    assert "interrupted" not in cut_off.reads()


def test_what_was_done_can_be_saved_instead(cut_off: "User") -> None:
    cut_off.click_on("Save what you did")
    (kept,) = sessions(cut_off)
    assert kept.ended is Ended.ENDED_EARLY
    assert 30 <= kept.hands_on_seconds < 50
    assert not list((cut_off.folder / "state" / "sessions").glob("*.json"))
    (said,) = cut_off.notices()
    assert said == (
        f"Noted: Session, left leg, {kept.hands_on_seconds} s hands on, ended early. "
        "It is in your journal."
    )


def test_the_focus_starts_on_continue(cut_off: "User") -> None:
    assert QApplication.focusWidget() is cut_off.button("Continue")
    cut_off.press("Space")
    assert cut_off.session.clock.position.phase.set_number == 2


def test_an_unsaved_session_is_not_called_noted(cut_off: "User") -> None:
    cut_off.file.mkdir()  # nothing can be written in its place
    cut_off.click_on("Save what you did")
    assert [text for text in cut_off.notices() if text.startswith("Noted")] == []
    assert cut_off.link.save_state.error is not None


def test_after_twelve_hours_it_can_only_be_saved(killed: "User") -> None:
    killed.clock.ms += 13 * 60 * 60 * 1000
    killed.open()
    assert "Save what you did" in killed.reads()
    assert "Continue" not in killed.reads()


def test_a_new_session_withdraws_the_offer_and_it_comes_again_at_the_next_start(
    cut_off: "User",
) -> None:
    cut_off.go_to_session("own/short", "R")
    cut_off.look()
    assert "interrupted" not in cut_off.reads()
    cut_off.press("S", "Return")
    assert [each.ended for each in sessions(cut_off)] == [Ended.STOPPED]
    cut_off.open()
    assert "Continue with the left leg" in cut_off.reads()


def test_a_stopped_session_that_was_not_saved_is_saved_without_asking(
    short_user: "User",
) -> None:
    user = short_user
    user.go_to_session("own/short")
    user.let_pass(30)
    user.file.rename(user.file.with_suffix(".away"))
    user.file.mkdir()  # nothing can be written in its place
    user.press("S")
    user.window.flow.settle()
    user.file.rmdir()
    user.file.with_suffix(".away").rename(user.file)
    user.leave()
    user.open()
    assert "interrupted" not in user.reads()
    (kept,) = sessions(user)
    assert kept.ended is Ended.STOPPED
