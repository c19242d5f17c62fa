"""The whole program with the system's voice: what it opens a session with, from a cold daemon."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from tests.real.sound_machine import SoundMachine, need_sound
from tests.session.paces import text_of

if TYPE_CHECKING:
    from tests.real.conftest import Screen

OURS = ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "PULSE_RUNTIME_PATH", "PULSE_SERVER")
TELLS_TEXTS = 5  # the daemon's log level at which it notes what it is given
WARM = "702-1"  # the end of the first thing said, which is not heard: the engine is loaded
LIMIT_MS = 60_000


@pytest.fixture
def machine() -> Iterator[SoundMachine]:
    need_sound(speech=True)
    machine = SoundMachine(TELLS_TEXTS)
    machine.start_sound()
    yield machine
    machine.close()


def given(machine: SoundMachine) -> str:
    """Return the daemon's log; empty before it was started."""
    log = machine.folder / "speech-dispatcher" / "log" / "speech-dispatcher.log"
    return log.read_text("utf-8", "replace") if log.exists() else ""


def test_the_voice_is_warm_before_the_session_and_says_its_whole_opening(
    machine: SoundMachine, screen: "Screen", qtbot: QtBot, tmp_path: Path
) -> None:
    screen.environ |= {name: machine.environ[name] for name in OURS}
    screen.environ.pop("SPEECHD_ADDRESS", None)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "settings.ini").write_text("[sound]\nchecked=true\n", "utf-8")
    process = screen.open(folder)
    assert given(machine) == ""
    screen.press("space", "Return")  # Start, the disclaimer
    qtbot.waitUntil(lambda: WARM in given(machine), timeout=LIMIT_MS)  # in the check-in
    screen.press("l", "Return")
    screen.press("3", "Return")
    screen.press(*["Return"] * 6)  # none of the signs; the list may be longer than the window
    qtbot.waitUntil(lambda: text_of(["ready"]) in given(machine), timeout=LIMIT_MS)
    opening, *_ = (line for line in given(machine).splitlines() if text_of(["left-leg"]) in line)
    for phrase in ("sit", "zone-along-band", "technique-light", "stop-if"):
        assert text_of([phrase]) in opening
    assert "Traceback" not in screen.end(process)
