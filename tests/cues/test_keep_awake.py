import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from itband_gui.cues import keep_awake as module
from itband_gui.cues.keep_awake import LONG_PAUSE_MS, AwakePolicy, KeepAwake, keep_awake
from itband_gui.cues.problems import AwakeProblem
from itband_gui.session.events import (
    EndReason,
    Event,
    Paused,
    PauseReason,
    Resumed,
    SessionEnded,
    Skipped,
)

MINUTE_MS = 60_000


def after(*events: Event) -> AwakePolicy:
    policy = AwakePolicy()
    for event in events:
        policy.take(event)
    return policy


# When


def test_a_running_session_keeps_the_screen_on_however_long_it_is() -> None:
    assert after().wanted(0)
    assert after(Skipped(5, 1)).wanted(180 * MINUTE_MS)


def test_a_short_pause_keeps_it_on_and_a_long_one_lets_it_go() -> None:
    paused = after(Paused(1_000, PauseReason.USER))
    assert paused.wanted(1_000)
    assert paused.wanted(1_000 + 5 * MINUTE_MS)
    assert not paused.wanted(1_001 + 5 * MINUTE_MS)


def test_going_on_keeps_it_on_again() -> None:
    policy = after(Paused(0, PauseReason.USER))
    assert not policy.wanted(10 * MINUTE_MS)
    policy.take(Resumed(10 * MINUTE_MS))
    assert policy.wanted(10 * MINUTE_MS)
    assert policy.wanted(100 * MINUTE_MS)


def test_a_machine_that_wakes_from_a_night_may_go_dark() -> None:
    assert not after(Paused(MINUTE_MS, PauseReason.GAP)).wanted(8 * 60 * MINUTE_MS)


@pytest.mark.parametrize("reason", EndReason)
def test_the_end_lets_it_go(reason: EndReason) -> None:
    assert not after(SessionEnded(5, reason)).wanted(5)
    assert not after(Paused(1, PauseReason.USER), SessionEnded(5, reason)).wanted(5)
    assert not after(SessionEnded(5, reason), Resumed(6)).wanted(6)


@given(st.lists(st.integers(0, 2 * LONG_PAUSE_MS), max_size=20), st.integers(0, 2 * LONG_PAUSE_MS))
def test_only_the_pause_under_way_counts(gaps: list[int], since_ms: int) -> None:
    policy, now_ms = AwakePolicy(), 0
    for index, gap in enumerate(gaps):
        now_ms += gap
        policy.take(Resumed(now_ms) if index % 2 else Paused(now_ms, PauseReason.USER))
    running = len(gaps) % 2 == 0
    assert policy.wanted(now_ms + since_ms) is (running or since_ms <= LONG_PAUSE_MS)


# How

# Does what it is told instead of asking a desktop, and notes what happens to it.
CHILD = """
import os, sys
notes, way = sys.argv[1:3]
def note(word):
    with open(notes, "a") as file:
        file.write(word + chr(10))
note("asked")
if way == "late":
    open(sys.argv[3]).close()  # until somebody opens the other end
    way = "held"
if way == "breaks":
    sys.exit(3)
if way != "silent":
    os.write(1, way.encode() + b"\\n")
while os.read(0, 1):
    pass
note("let go")
"""
STARTING_MS = 60_000


class Desktop:
    """The children of one KeepAwake."""

    def __init__(self, folder: Path) -> None:
        self.gate = folder / "gate"
        self._notes = folder / "notes"
        self._notes.touch()

    def command(self, way: str) -> list[str]:
        return [sys.executable, "-c", CHILD, str(self._notes), way, str(self.gate)]

    @property
    def notes(self) -> list[str]:
        return self._notes.read_text("utf-8").split("\n")[:-1]


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    return Desktop(tmp_path)


def test_a_hold_is_asked_for_once_and_released_once(desktop: Desktop, qtbot: QtBot) -> None:
    awake = KeepAwake(desktop.command("held"))
    for _ in range(3):
        awake.hold()
    qtbot.waitUntil(lambda: awake.held, timeout=STARTING_MS)
    assert (desktop.notes, awake.problem) == (["asked"], None)
    for _ in range(3):
        awake.release()
    assert not awake.held
    qtbot.waitUntil(lambda: desktop.notes == ["asked", "let go"], timeout=STARTING_MS)


def test_a_release_without_a_hold_is_nothing(desktop: Desktop, qtbot: QtBot) -> None:
    KeepAwake(desktop.command("held")).release()
    assert desktop.notes == []


def test_a_wish_that_is_taken_back_at_once_is_let_go(desktop: Desktop, qtbot: QtBot) -> None:
    awake = KeepAwake(desktop.command("held"))
    awake.hold()
    awake.release()
    qtbot.waitUntil(lambda: desktop.notes == ["asked", "let go"], timeout=STARTING_MS)
    assert not awake.held


def test_it_is_held_anew_after_a_release(desktop: Desktop, qtbot: QtBot) -> None:
    awake = KeepAwake(desktop.command("held"))
    awake.hold()
    awake.release()
    awake.hold()
    qtbot.waitUntil(lambda: awake.held, timeout=STARTING_MS)
    awake.release()
    qtbot.waitUntil(lambda: sorted(desktop.notes) == ["asked"] * 2 + ["let go"] * 2, timeout=60_000)


def test_the_problem_is_said_once_however_often_it_comes(desktop: Desktop, qtbot: QtBot) -> None:
    awake = KeepAwake(desktop.command("refused"))
    said: list[AwakeProblem] = []
    seen: list[AwakeProblem | None] = []
    awake.problem_found.connect(said.append)
    for count in (1, 2, 3):
        awake.hold()
        qtbot.waitUntil(lambda: awake.problem is not None, timeout=STARTING_MS)
        awake.hold()  # no further try
        seen.append(awake.problem)
        awake.release()
        seen.append(awake.problem)
        assert desktop.notes.count("asked") == count
    assert seen == [AwakeProblem.REFUSED, None] * 3
    assert said == [AwakeProblem.REFUSED]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such pipes here")
def test_a_desktop_that_hangs_is_a_problem_until_it_answers(desktop: Desktop, qtbot: QtBot) -> None:
    os.mkfifo(desktop.gate)
    awake = KeepAwake(desktop.command("late"), answer_ms=1)
    with qtbot.waitSignal(awake.problem_found, timeout=60_000) as found:
        awake.hold()
    assert found.args == [AwakeProblem.NO_ANSWER]
    assert awake.problem is not None
    desktop.gate.open("w").close()
    qtbot.waitUntil(lambda: awake.held and awake.problem is None, timeout=STARTING_MS)
    awake.release()
    qtbot.waitUntil(lambda: desktop.notes == ["asked", "let go"], timeout=STARTING_MS)


def test_a_child_that_breaks_is_a_problem(desktop: Desktop, qtbot: QtBot) -> None:
    awake = KeepAwake(desktop.command("breaks"))
    with qtbot.waitSignal(awake.problem_found, timeout=STARTING_MS) as found:
        awake.hold()
    assert found.args == [AwakeProblem.BROKE]
    awake.release()


def test_a_child_that_cannot_be_started_is_a_problem(qtbot: QtBot, tmp_path: Path) -> None:
    awake = KeepAwake([str(tmp_path / "nothing here")])
    with qtbot.waitSignal(awake.problem_found, timeout=STARTING_MS) as found:
        awake.hold()
    assert found.args == [AwakeProblem.BROKE]
    assert not awake.held
    awake.release()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such pipes here")
def test_a_child_that_does_not_end_is_ended(
    desktop: Desktop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(desktop.gate)
    monkeypatch.setattr(module, "LET_GO_MS", 1)
    awake = KeepAwake(desktop.command("late"))
    awake.hold()
    (child,) = awake.findChildren(QProcess)
    with qtbot.waitSignal(child.finished, timeout=STARTING_MS):
        awake.release()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no bus is needed")
def test_without_a_session_bus_that_is_the_problem(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    awake = keep_awake("IT Band Guide", "A massage is being guided")
    with qtbot.waitSignal(awake.problem_found, timeout=STARTING_MS) as found:
        awake.hold()
    assert found.args == [AwakeProblem.NO_BUS]
    awake.release()


def test_without_the_library_that_is_the_problem() -> None:
    program = (
        "import sys\n"
        "sys.modules['wakepy'] = None\n"  # as if it were not installed
        "from itband_gui.cues.keep_awake_child import main\n"
        "main(['', ''])"
    )
    child = [sys.executable, "-c", program]
    with subprocess.Popen(child, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().decode().strip() == AwakeProblem.NO_LIBRARY


def test_the_window_loads_no_wakepy_and_the_child_no_qt() -> None:
    for name, unwanted in (("keep_awake", "wakepy"), ("keep_awake_child", "PySide6")):
        program = f"import sys, itband_gui.cues.{name}\nsys.exit({unwanted!r} in sys.modules)"
        subprocess.run([sys.executable, "-c", program], check=True, timeout=300)
