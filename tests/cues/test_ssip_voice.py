"""The desktop's voice, against a daemon that is a real process."""

from collections.abc import Iterator
from time import perf_counter

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.cues import ssip, ssip_voice
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import Rate
from itband_gui.cues.ssip_voice import SsipVoice
from tests.cues.conftest import TEXTS, Daemon

LONG_MS = 60_000


@pytest.fixture
def voice(daemon: Daemon, qapp: object) -> Iterator[SsipVoice]:
    voice = SsipVoice(TEXTS, daemon.environ)
    yield voice
    voice.close()


@pytest.fixture
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up sooner than in life."""
    monkeypatch.setattr(ssip, "ANSWER_MS", 300)
    monkeypatch.setattr(ssip, "LISTEN_MS", 1_500)
    monkeypatch.setattr(ssip_voice, "FIRST_MS", 3_000)
    monkeypatch.setattr(ssip_voice, "BEGIN_MS", 1_500)
    monkeypatch.setattr(ssip_voice, "GRACE_MS", -2_000)
    monkeypatch.setattr(ssip_voice, "PULSE_MS", 50)


def begin(voice: SsipVoice, qtbot: QtBot) -> None:
    with qtbot.waitSignal(voice.ready, timeout=LONG_MS):
        voice.start()


def failure(voice: SsipVoice, qtbot: QtBot) -> CueProblem:
    with qtbot.waitSignal(voice.failed, timeout=LONG_MS) as told:
        voice.start()
    problem: CueProblem = told.args[0]
    return problem


def test_phrases_are_said_in_one_piece_begun_and_ended(
    voice: SsipVoice, daemon: Daemon, qtbot: QtBot
) -> None:
    daemon.run()
    begin(voice, qtbot)
    with qtbot.waitSignals([voice.begun, voice.ended], timeout=LONG_MS, order="strict"):
        voice.say(4, ("left", "sit"))
    assert daemon.heard()[-1] == "text: Left leg. Sit, knee relaxed."


def test_ours_gives_way_and_only_ours_is_ever_cancelled(
    voice: SsipVoice, daemon: Daemon, qtbot: QtBot
) -> None:
    daemon.run()
    begin(voice, qtbot)
    with qtbot.waitSignal(voice.begun, timeout=LONG_MS):
        voice.say(1, ("left", "sit"))
    with qtbot.waitSignal(voice.ended, check_params_cb=lambda n: n == 2, timeout=LONG_MS):
        voice.say(2, ("one",))
    heard = daemon.heard()
    assert "SET SELF PRIORITY notification" in heard
    assert [line for line in heard if line.startswith(("CANCEL", "STOP"))] == ["CANCEL SELF"]


def test_what_is_cut_off_ends_once_and_before_what_comes_after(
    voice: SsipVoice, daemon: Daemon, qtbot: QtBot
) -> None:
    daemon.run()
    begin(voice, qtbot)
    told: list[int] = []
    whole: list[int] = []
    voice.ended.connect(told.append)
    voice.completed.connect(whole.append)
    for number in (1, 2, 3):
        voice.say(number, ("left",))
    qtbot.waitUntil(lambda: told == [1, 2, 3], timeout=LONG_MS)
    voice.say(4, ("left",))
    voice.stop()
    assert told == [1, 2, 3, 4]
    assert whole == [3], "only what was said to its end"


def test_a_voice_that_gave_way_to_another_program_goes_on_with_the_next_line(
    voice: SsipVoice, daemon: Daemon, qtbot: QtBot
) -> None:
    daemon.run("busy")
    begin(voice, qtbot)
    heard: list[int] = []
    voice.begun.connect(heard.append)
    voice.completed.connect(heard.append)
    for number in (1, 2):
        with qtbot.waitSignal(voice.ended, timeout=LONG_MS):
            voice.say(number, ("left",))
    assert heard == []


def test_how_long_lines_take_is_learnt(voice: SsipVoice, daemon: Daemon, qtbot: QtBot) -> None:
    daemon.run()
    begin(voice, qtbot)
    guess = voice.pace.duration_ms(("sit",))
    with qtbot.waitSignal(voice.ended, timeout=LONG_MS):
        voice.say(1, ("left",))
    assert 90 <= voice.pace.duration_ms(("left",)) < 1_000
    assert voice.pace.duration_ms(("sit",)) < guess


def test_loudness_and_rate_are_set_before_the_next_line(
    voice: SsipVoice, daemon: Daemon, qtbot: QtBot
) -> None:
    daemon.run()
    begin(voice, qtbot)
    voice.set_volume(25)
    voice.set_rate(Rate.SLOW)
    with qtbot.waitSignal(voice.ended, timeout=LONG_MS):
        voice.say(1, ("left",))
    tail = daemon.heard()[-4:]
    assert tail == ["SET SELF VOLUME -50", "SET SELF RATE -40", "SPEAK", "text: Left leg."]


def test_a_daemon_that_is_not_running_is_started(
    voice: SsipVoice, daemon: Daemon, qtbot: QtBot
) -> None:
    daemon.install()
    begin(voice, qtbot)
    with qtbot.waitSignal(voice.ended, timeout=LONG_MS):
        voice.say(1, ("left",))
    assert daemon.heard()[-1] == "text: Left leg."
    daemon.socket.unlink()  # it ends by that


def test_without_the_program_there_is_no_speech(voice: SsipVoice, qtbot: QtBot) -> None:
    assert failure(voice, qtbot) is CueProblem.NO_SPEECH


def test_a_daemon_that_may_not_be_started_is_no_speech(
    voice: SsipVoice, daemon: Daemon, qtbot: QtBot
) -> None:
    daemon.install(code=1)
    assert failure(voice, qtbot) is CueProblem.NO_SPEECH


@pytest.mark.usefixtures("_hurry")
@pytest.mark.parametrize(
    ("mode", "problem"),
    [
        ("deaf", CueProblem.SPEECH_HANGS),
        ("refuse", CueProblem.SPEECH_BROKE),
        ("huge", CueProblem.SPEECH_BROKE),
        ("huge-events", CueProblem.SPEECH_SILENT),
        ("babble", CueProblem.SPEECH_BROKE),
    ],
)
def test_a_daemon_that_is_of_no_use_is_found_out_at_the_start(
    mode: str, problem: CueProblem, daemon: Daemon, qtbot: QtBot
) -> None:
    daemon.run(mode)
    voice = SsipVoice(TEXTS, daemon.environ)
    assert failure(voice, qtbot) is problem


@pytest.mark.usefixtures("_hurry")
def test_a_started_daemon_that_never_listens_hangs(daemon: Daemon, qtbot: QtBot) -> None:
    daemon.install(code=0)
    program = daemon.socket.with_name("speech-dispatcher")
    program.write_text("#!/bin/sh\nexit 0\n")
    assert failure(SsipVoice(TEXTS, daemon.environ), qtbot) is CueProblem.SPEECH_HANGS


@pytest.mark.usefixtures("_hurry")
@pytest.mark.parametrize(
    ("mode", "problem"),
    [
        ("endless", CueProblem.SPEECH_SILENT),
        ("beginless", CueProblem.SPEECH_SILENT),
        ("leave", CueProblem.SPEECH_BROKE),
        ("freeze", CueProblem.SPEECH_HANGS),
    ],
)
def test_a_voice_that_fails_in_a_session_is_given_up_once(
    mode: str, problem: CueProblem, daemon: Daemon, qtbot: QtBot
) -> None:
    daemon.run(mode)
    voice = SsipVoice(TEXTS, daemon.environ)
    begin(voice, qtbot)
    told: list[CueProblem] = []
    voice.failed.connect(told.append)
    voice.say(1, ("left", "sit"))
    qtbot.waitUntil(lambda: bool(told), timeout=LONG_MS)
    voice.say(2, ("left",))  # and nothing comes of it
    assert told == [problem]


def test_no_call_waits_for_a_daemon_that_hangs(daemon: Daemon, qtbot: QtBot) -> None:
    daemon.run("deaf")
    voice = SsipVoice(TEXTS, daemon.environ)
    began = perf_counter()
    voice.start()
    for number in range(1, 50):
        voice.say(number, ("left",))
        voice.stop()
    voice.close()
    assert perf_counter() - began < 40, "49 calls that waited a second each would take longer"
