"""Qt's speech engines in the child process, tested with Qt's silent engine."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.cues import child_process
from itband_gui.cues.engine_voice import EngineVoice
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import Rate
from tests.cues.conftest import TEXTS

LONG_MS = 60_000


@pytest.fixture
def voice(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineVoice]:
    """A voice that is ready."""
    there = [sys.executable, "-c", "import PySide6.QtTextToSpeech"]
    if subprocess.run(there, capture_output=True, check=False, timeout=300).returncode:
        pytest.skip("Qt's speech needs a library that is not here: apt install libpulse0")
    start = child_process.command
    monkeypatch.setattr(child_process, "command", lambda role: [*start(role), "mock"])
    voice = EngineVoice(TEXTS)
    voice.set_volume(30)
    voice.set_rate(Rate.FAST)
    with qtbot.waitSignal(voice.ready, timeout=LONG_MS):
        voice.start()
    yield voice
    voice.close()


def test_a_line_is_begun_and_ended_and_its_length_learnt(voice: EngineVoice, qtbot: QtBot) -> None:
    with qtbot.waitSignals([voice.begun, voice.ended], timeout=LONG_MS, order="strict"):
        voice.say(1, ("left", "sit"))
    guess = EngineVoice(TEXTS).pace.duration_ms(("left", "sit"))
    assert 0 < voice.pace.duration_ms(("left", "sit")) != guess


def test_a_line_that_is_cut_off_ends_once(voice: EngineVoice, qtbot: QtBot) -> None:
    told: list[int] = []
    whole: list[int] = []
    voice.ended.connect(told.append)
    voice.completed.connect(whole.append)
    for number in (1, 2):
        voice.say(number, ("left", "sit"))
    assert told == [1]
    qtbot.waitUntil(lambda: told == [1, 2], timeout=LONG_MS)
    voice.say(3, ("left",))
    voice.stop()
    voice.say(4, ())
    assert told == [1, 2, 3, 4]
    assert whole == [2], "only what was said to its end"


def test_a_machine_without_engines_has_no_speech(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "command", lambda _role: [sys.executable, "-c", "exit()"])
    voice = EngineVoice(TEXTS)
    with qtbot.waitSignal(voice.failed, timeout=LONG_MS) as told:
        voice.start()
    assert told.args == [CueProblem.SPEECH_BROKE]
