"""The session as a media player, read and driven by the real `playerctl` over a real bus."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QProcess, QProcessEnvironment
from pytestqt.qtbot import QtBot

from itband_gui.cues.media_keys import media_keys
from itband_gui.cues.silent_keys import MediaKeys, MediaKeysProblem
from tests.real.buses import Bus, need

FRONT = "Left leg: Front of the outer thigh"
MINUTE_MS = 60_000
Playerctl = Callable[..., str]


def start(*command: str) -> QProcess:
    """Start a program on the bus; our own answers go out while it runs."""
    process = QProcess()
    process.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
    process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
    process.start(command[0], list(command[1:]))
    return process


@pytest.fixture
def playerctl(bus: Bus, qtbot: QtBot) -> Playerctl:
    """Runs playerctl and returns what it says."""
    need("playerctl", there=shutil.which("playerctl") is not None)

    def run(*arguments: str) -> str:
        process = start("playerctl", *arguments)
        with qtbot.waitSignal(process.finished, timeout=60_000):
            pass
        return bytes(process.readAll().data()).decode().strip()

    return run


@pytest.fixture
def keys(bus: Bus, qtbot: QtBot, playerctl: Playerctl) -> Iterator[MediaKeys]:
    """A session that is five minutes into ten, seen by playerctl."""
    keys = media_keys("IT Band Guide")
    keys.open()
    keys.show(FRONT, 5 * MINUTE_MS, 10 * MINUTE_MS, playing=True)
    qtbot.waitUntil(lambda: playerctl("--list-all") == "itband_gui", timeout=60_000)
    yield keys
    keys.close()


def test_a_desktop_reads_what_is_being_done(keys: MediaKeys, playerctl: Playerctl) -> None:
    assert playerctl("status") == "Playing"
    assert playerctl("metadata", "title") == FRONT
    assert playerctl("metadata", "artist") == "IT Band Guide"
    assert playerctl("metadata", "mpris:length") == str(10 * MINUTE_MS * 1000)
    assert round(float(playerctl("position"))) == 5 * 60
    # These two are for an int64 only, and fail on any other number.
    assert playerctl("metadata", "--format", "{{duration(mpris:length)}}") == "10:00"
    assert playerctl("metadata", "--format", "{{duration(position)}}") == "5:00"


def test_what_changes_is_told_to_who_listens(
    keys: MediaKeys, playerctl: Playerctl, qtbot: QtBot
) -> None:
    listener = start("playerctl", "--follow", "metadata", "--format", "{{status}}|{{title}}")
    try:
        for line, title, playing in (
            ("Playing", FRONT, True),
            ("Paused", FRONT, False),
            ("Paused", "Left leg: Rest", False),
            ("Playing", "Right leg: Upper band", True),
        ):
            keys.show(title, 5 * MINUTE_MS, 10 * MINUTE_MS, playing=playing)
            heard = b""
            while f"{line}|{title}" not in heard.decode():
                qtbot.waitUntil(listener.canReadLine, timeout=60_000)
                heard = bytes(listener.readLine().data())
    finally:
        listener.kill()
        listener.waitForFinished()


@pytest.mark.parametrize(
    ("pressed", "wish"),
    [
        ("play-pause", "play_pause_requested"),
        ("pause", "play_pause_requested"),
        ("next", "next_requested"),
        ("previous", "previous_requested"),
        ("stop", "stop_requested"),
    ],
)
def test_a_key_is_a_wish(
    keys: MediaKeys, playerctl: Playerctl, qtbot: QtBot, pressed: str, wish: str
) -> None:
    with qtbot.waitSignal(getattr(keys, wish), timeout=60_000):
        assert playerctl(pressed) == ""


def test_play_is_no_wish_while_playing_and_pause_none_while_paused(
    keys: MediaKeys, playerctl: Playerctl
) -> None:
    wishes: list[str] = []
    keys.play_pause_requested.connect(lambda: wishes.append("play or pause"))
    playerctl("play")
    assert wishes == []
    keys.show(FRONT, 5 * MINUTE_MS, 10 * MINUTE_MS, playing=False)
    playerctl("pause")
    assert wishes == []
    playerctl("play")
    assert wishes == ["play or pause"]


def test_a_session_cannot_be_wound(keys: MediaKeys, playerctl: Playerctl) -> None:
    playerctl("position", "30")
    assert round(float(playerctl("position"))) == 5 * 60


def test_it_is_there_only_while_a_session_runs(
    keys: MediaKeys, playerctl: Playerctl, qtbot: QtBot
) -> None:
    keys.close()
    qtbot.waitUntil(lambda: playerctl("--list-all") == "No players found", timeout=60_000)
    keys.open()
    keys.show(FRONT, 0, MINUTE_MS, playing=True)
    qtbot.waitUntil(lambda: playerctl("--list-all") == "itband_gui", timeout=60_000)


def test_a_wish_may_end_the_session(keys: MediaKeys, playerctl: Playerctl, qtbot: QtBot) -> None:
    keys.stop_requested.connect(keys.close)
    assert playerctl("stop") == ""
    qtbot.waitUntil(lambda: playerctl("--list-all") == "No players found", timeout=60_000)


def test_a_second_program_has_a_name_of_its_own(
    keys: MediaKeys, playerctl: Playerctl, qtbot: QtBot
) -> None:
    second = media_keys("IT Band Guide")
    second.open()
    second.show("Right leg: Buttock", 0, MINUTE_MS, playing=False)
    name = f"itband_gui.instance{os.getpid()}"
    both = {"itband_gui", name}
    qtbot.waitUntil(lambda: set(playerctl("--list-all").split()) == both, timeout=60_000)
    assert playerctl("--player", name, "status") == "Paused"
    assert playerctl("--player", "itband_gui", "status") == "Playing"
    second.close()


def test_a_bus_that_hangs_is_given_up(
    bus: Bus, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus.send_signal(signal.SIGSTOP)
    keys = media_keys("IT Band Guide")
    with qtbot.waitSignal(keys.problem_found, timeout=60_000):
        keys.open()
        keys.show(FRONT, 0, MINUTE_MS, playing=True)
    assert keys.problem is MediaKeysProblem.NO_ANSWER
    keys.show(FRONT, 1, MINUTE_MS, playing=False)
    keys.close()


def test_a_bus_that_hangs_in_mid_session_takes_what_is_shown_later(
    bus: Bus, keys: MediaKeys, playerctl: Playerctl
) -> None:
    bus.send_signal(signal.SIGSTOP)
    for number in range(100):
        keys.show(f"Set {number}", number, MINUTE_MS, playing=True)
    bus.send_signal(signal.SIGCONT)
    assert playerctl("metadata", "title") == "Set 99"
    assert keys.problem is None


def test_a_bus_that_ends_in_mid_session_is_told_once(
    bus: Bus, keys: MediaKeys, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(keys.problem_found, timeout=60_000):
        bus.kill()
    assert keys.problem is MediaKeysProblem.REFUSED
    keys.show(FRONT, 0, MINUTE_MS, playing=False)


def test_a_bus_that_has_gone_is_told(bus: Bus, qtbot: QtBot) -> None:
    bus.kill()
    bus.wait(timeout=300)
    keys = media_keys("IT Band Guide")
    with qtbot.waitSignal(keys.problem_found, timeout=60_000):
        keys.open()
    assert keys.problem is MediaKeysProblem.NO_BUS
