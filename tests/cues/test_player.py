"""The whole chain, with a real child process and a real daemon, on a machine without sound."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.cues.player import CuePlayer
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import CHAIN, SoundChoice, VoiceSource
from itband_gui.session.cues import Cue, SpokenLine, Tone
from itband_gui.ui.session.sound_check import (
    Sample,
    SoundAdvice,
    SoundCheck,
    problem_text,
    remedy_text,
)
from tests.cues.conftest import TEXTS, Daemon

LONG_MS = 60_000
LEFT = SpokenLine(("left",), 10, 20_000)
pytestmark = pytest.mark.usefixtures("no_sound")


class Shop:
    """Makes players, and closes them after the test."""

    def __init__(self, sounds: Path, daemon: Daemon) -> None:
        self.sounds, self.daemon = sounds, daemon
        self.made: list[CuePlayer] = []

    def player(self, source: VoiceSource = VoiceSource.AUTOMATIC) -> CuePlayer:
        player = CuePlayer(TEXTS, self.sounds, SoundChoice(source), self.daemon.environ)
        self.made.append(player)
        return player


@pytest.fixture
def shop(sounds: Path, daemon: Daemon, qapp: object) -> Iterator[Shop]:
    shop = Shop(sounds, daemon)
    yield shop
    for player in shop.made:
        player.close()


def settle(player: CuePlayer, qtbot: QtBot) -> CuePlayer:
    with qtbot.waitSignal(player.settled, timeout=LONG_MS):
        player.start()
    return player


def test_the_desktop_speaks_though_there_are_no_tones(shop: Shop, qtbot: QtBot) -> None:
    shop.daemon.run()
    player = settle(shop.player(), qtbot)
    assert player.source is VoiceSource.SYSTEM
    assert len(player.problems) == 1  # no device, or no library
    with qtbot.waitSignals([player.began, player.finished], timeout=LONG_MS):
        player.play(Cue(0, Tone.STEP, LEFT), 0)
    assert shop.daemon.heard()[-1] == "text: Left leg."


def test_where_nothing_sounds_cues_go_on_in_silence(shop: Shop, qtbot: QtBot) -> None:
    player = settle(shop.player(), qtbot)
    assert player.source is VoiceSource.SILENT
    with qtbot.waitSignal(player.finished, timeout=LONG_MS) as told:
        player.play(Cue(0, Tone.STEP, LEFT), 0)
    assert told.args == [LEFT, False]


def test_without_a_device_one_reason_is_told(shop: Shop, qtbot: QtBot) -> None:
    told: list[CueProblem] = []
    player = shop.player()
    player.problem.connect(told.append)
    settle(player, qtbot)
    assert told in (
        [CueProblem.NO_SOUND_DEVICE],
        [CueProblem.NO_SOUND_LIBRARY, CueProblem.NO_SPEECH],
    )


def test_muting_silences_the_voice_at_once_and_later(shop: Shop, qtbot: QtBot) -> None:
    shop.daemon.run()
    player = settle(shop.player(), qtbot)
    with qtbot.waitSignal(player.began, timeout=LONG_MS):
        player.play(Cue(0, None, LEFT), 0)
    with qtbot.waitSignal(player.finished, timeout=LONG_MS):
        player.muted = True
    said = len([line for line in shop.daemon.heard() if line.startswith("text:")])
    player.play(Cue(0, None, LEFT), 0)
    player.muted = False
    with qtbot.waitSignal(player.began, timeout=LONG_MS):
        player.play(Cue(0, None, LEFT), 0)
    assert len([line for line in shop.daemon.heard() if line.startswith("text:")]) == said + 1


def test_of_a_line_it_is_told_whether_it_was_said_muted_or_not(shop: Shop, qtbot: QtBot) -> None:
    shop.daemon.run()
    player = settle(shop.player(), qtbot)
    told: list[tuple[SpokenLine, tuple[str, ...]]] = []
    player.said.connect(lambda line, phrases: told.append((line, phrases)))
    player.muted = True
    player.play(Cue(0, None, LEFT), 0)
    assert told == [(LEFT, ())]
    player.muted = False
    with qtbot.waitSignal(player.finished, timeout=LONG_MS):
        player.play(Cue(0, None, LEFT), 0)
    assert told[-1] == (LEFT, ("left",))


def test_a_player_that_was_started_early_is_not_started_anew(shop: Shop, qtbot: QtBot) -> None:
    shop.daemon.run()
    player = settle(shop.player(), qtbot)
    player.start()
    with qtbot.waitSignal(player.finished, timeout=LONG_MS):
        player.play(Cue(0, None, LEFT), 0)
    assert shop.daemon.heard().count("text: a") == 1


def test_a_stale_line_is_never_said(shop: Shop, qtbot: QtBot) -> None:
    shop.daemon.run()
    player = settle(shop.player(), qtbot)
    with qtbot.waitSignal(player.finished, timeout=LONG_MS) as told:
        player.play(Cue(0, None, LEFT), 20_001)
    assert told.args == [LEFT, False]
    assert "text: Left leg." not in shop.daemon.heard()


@pytest.mark.parametrize("source", [VoiceSource.TONES, VoiceSource.SILENT])
def test_where_no_voice_is_wanted_none_is_started(
    source: VoiceSource, shop: Shop, qtbot: QtBot
) -> None:
    shop.daemon.run()
    player = shop.player(source)
    player.start()
    player.play(Cue(0, Tone.STEP, LEFT), 0)
    player.stop()
    assert player.pace.duration_ms(("left",)) > 0
    assert shop.daemon.heard() == []


def test_no_call_waits_for_anything(shop: Shop) -> None:
    shop.daemon.run("deaf")
    began = perf_counter()
    player = shop.player()
    player.start()
    for now_ms in range(0, 3_000, 100):
        player.play(Cue(now_ms, Tone.STROKE, LEFT), now_ms)
    player.stop()
    player.close()
    assert perf_counter() - began < 25, "thirty calls that waited a second each would take longer"


def test_a_sound_check_says_what_was_used(shop: Shop, qtbot: QtBot) -> None:
    shop.daemon.run()
    player = shop.player()
    check = SoundCheck(player, ("left", "one"))
    with qtbot.waitSignal(check.played, timeout=LONG_MS) as told:
        player.start()
        check.begin()
    sample: Sample = told.args[0]
    assert sample.source is VoiceSource.SYSTEM
    assert {SoundAdvice.TURN_UP, SoundAdvice.OTHER_SOURCE} <= set(sample.remedies())
    assert shop.daemon.heard()[-1] == "text: Left leg. one"


def test_a_sound_check_in_silence_says_why(shop: Shop, qtbot: QtBot) -> None:
    player = settle(shop.player(), qtbot)
    check = SoundCheck(player, ("left",))
    with qtbot.waitSignal(check.played, timeout=LONG_MS) as told:
        check.begin()
    sample: Sample = told.args[0]
    assert sample.source is VoiceSource.SILENT
    assert set(sample.remedies()) & {SoundAdvice.PLUG_IN, SoundAdvice.INSTALL_SOUND}
    assert Sample(VoiceSource.SILENT, frozenset()).remedies() == (SoundAdvice.CHOOSE_SOUND,)


@pytest.mark.parametrize("problem", CueProblem)
def test_each_problem_has_a_sentence_and_a_remedy(problem: CueProblem) -> None:
    assert problem_text(problem).endswith(".")
    assert "screen" in problem_text(problem, speaks=False)
    remedies = Sample(VoiceSource.RECORDED, frozenset({problem})).remedies()
    assert len(remedies) == len(set(remedies)) > 1
    assert all(remedy_text(remedy).endswith(".") for remedy in remedies)


def test_every_source_has_a_chain() -> None:
    assert set(CHAIN) == set(VoiceSource)
