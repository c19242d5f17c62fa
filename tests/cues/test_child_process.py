"""The child process, and the window's end of it."""

import json
import os
import signal
import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.cues import child_process
from itband_gui.cues.child_process import ChildProcess, command
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_child import Role

LONG_MS = 60_000
READY = 'import sys; print(\'{"is": "ready"}\', flush=True); '


def make(monkeypatch: pytest.MonkeyPatch, program: str) -> ChildProcess:
    """Return the window's end of a Python program."""
    monkeypatch.setattr(child_process, "LOOK_MS", 20)
    monkeypatch.setattr(child_process, "command", lambda _role: [sys.executable, "-c", program])
    return ChildProcess(Role.SOUNDS, CueProblem.SOUND_HANGS, CueProblem.SOUND_BROKE)


def failure(it: ChildProcess, qtbot: QtBot) -> CueProblem:
    with qtbot.waitSignal(it.failed, timeout=LONG_MS) as told:
        it.start()
    problem: CueProblem = told.args[0]
    return problem


def test_orders_go_out_and_news_come_in(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    echo = (
        "import json\n"
        "for line in sys.stdin:\n"
        "    print(json.dumps({'is': 'ended', 'id': json.loads(line)['id']}), flush=True)\n"
    )
    it = make(monkeypatch, READY + "\n" + echo)
    with qtbot.waitSignal(it.ready, timeout=LONG_MS):
        it.start()
    with qtbot.waitSignal(it.ended, timeout=LONG_MS) as told:
        it.order(5_000, do="tone", id=-3, file="x")
    assert told.args == [-3]
    it.close()


def test_a_child_that_never_is_ready_hangs(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(child_process, "START_MS", 200)
    it = make(monkeypatch, "import sys; sys.stdin.read()")
    assert failure(it, qtbot) is CueProblem.SOUND_HANGS


def test_a_child_that_does_not_end_a_sound_hangs(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    it = make(monkeypatch, READY + "sys.stdin.read()")
    it.ready.connect(lambda: it.order(100, do="tone", id=1, file="x"))
    assert failure(it, qtbot) is CueProblem.SOUND_HANGS


def test_a_child_that_dies_is_told_once(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    it = make(monkeypatch, READY + "sys.exit(3)")
    assert failure(it, qtbot) is CueProblem.SOUND_BROKE
    it.order(5_000, do="tone", id=1, file="x")  # and nothing comes of it


def test_the_last_words_of_a_child_say_why(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    words = json.dumps({"is": "problem", "code": CueProblem.NO_SOUND_LIBRARY})
    it = make(monkeypatch, f"print('{words}')")
    assert failure(it, qtbot) is CueProblem.NO_SOUND_LIBRARY


@pytest.mark.parametrize("words", ["ALSA lib: no card", "{", "5", '{"a": 1}', "1" + 5_000 * "0"])
def test_what_a_library_prints_between_the_news_is_passed_over(
    words: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    it = make(monkeypatch, f"print({words!r}, flush=True)\n" + READY)
    with qtbot.waitSignal(it.ready, timeout=LONG_MS):
        it.start()
    it.close()


def test_a_program_that_cannot_be_started_is_broken(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    it = make(monkeypatch, "")
    monkeypatch.setattr(child_process, "command", lambda _role: ["no-such-program"])
    it = ChildProcess(Role.SOUNDS, CueProblem.SOUND_HANGS, CueProblem.SOUND_BROKE)
    assert failure(it, qtbot) is CueProblem.SOUND_BROKE


def test_a_bundle_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command(Role.SPEECH)[-1] == "speech"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command(Role.SOUNDS) == [sys.executable, "cue-child", "sounds"]


@pytest.mark.usefixtures("no_sound")
def test_without_a_sound_service_the_child_says_so_and_ends() -> None:
    done = subprocess.run(
        command(Role.SOUNDS), stdin=subprocess.PIPE, capture_output=True, timeout=300, check=True
    )
    news = json.loads(done.stdout)
    assert news["is"] == "problem"
    assert news["code"] in {CueProblem.NO_SOUND_DEVICE, CueProblem.NO_SOUND_LIBRARY}


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")
def test_a_child_that_stands_still_is_ended_all_the_same(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    it = make(monkeypatch, READY + f"import os; os.kill(os.getpid(), {int(signal.SIGSTOP)})")
    it.ready.connect(lambda: it.order(100, do="tone", id=1, file="x"))
    assert failure(it, qtbot) is CueProblem.SOUND_HANGS
