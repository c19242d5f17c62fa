"""A session's voice, media keys and keep-awake."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from itband_gui.cues.player import CuePlayer
from itband_gui.cues.problems import AwakeProblem, CueProblem
from itband_gui.cues.sound_settings import Rate, SoundChoice, VoiceSource
from itband_gui.session.cues import Talk, Tone, load_phrases
from itband_gui.ui.check_in.page import CheckInPage
from itband_gui.ui.services.context import Devices
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.session.hands_free import VoiceAhead
from itband_gui.ui.session.sound_check import SoundCheckPage, problem_text
from tests.ui.sound.conftest import NotingAwake, NotingKeys

if TYPE_CHECKING:
    from tests.ui.conftest import User
    from tests.ui.sound.conftest import Machine


@pytest.fixture
def listener(user: "User", machine: "Machine", short: str) -> "User":
    """A returning user at a machine with a voice."""
    user.add_routine("short.toml", short)
    settings = Settings(user.folder / "settings.ini")
    settings.disclaimer_read = settings.sound_checked = True
    user.open(machine.devices)
    return user


def test_the_voice_speaks_from_the_first_phase(listener: "User", machine: "Machine") -> None:
    listener.go_to_session("own/short")
    (player,) = machine.players
    assert player.words()[0] == "left-leg"
    listener.let_pass(20)
    tones = {cue.tone for cue in player.cues}
    assert {Tone.STEP, Tone.STROKE, Tone.TURN} <= tones


def test_the_voice_starts_at_the_check_in_and_speaks_in_the_session(
    listener: "User", machine: "Machine"
) -> None:
    listener.go_to_check_in("own/short")
    assert isinstance(listener.page, CheckInPage)
    (player,) = machine.players
    assert player.started
    assert player.cues == []
    listener.press("Escape")
    assert player.closed
    listener.go_to_session("own/short")
    _, second = machine.players
    assert second.words()[0] == "left-leg"


def test_a_voice_that_the_settings_no_longer_ask_for_is_replaced(
    tmp_path: Path, machine: "Machine", qtbot: QtBot
) -> None:
    settings = Settings(tmp_path / "settings.ini")
    ahead = VoiceAhead(settings, machine.devices, QObject())
    ahead.warm()
    ahead.warm()
    (first,) = machine.players
    settings.sound = SoundChoice(VoiceSource.RECORDED, Rate.SLOW, 40)
    assert ahead.take() is machine.players[1]
    assert (first.closed, machine.players[1].requested) == (True, settings.sound)
    ahead.close()
    assert not machine.players[1].closed, "it is the session's"


def test_an_unmuted_voice_says_missed_safety_lines(listener: "User", machine: "Machine") -> None:
    listener.go_to_session("first-time")
    listener.press("M", "M")
    line = machine.players[0].cues[-1].line
    assert line is not None
    assert {"left-leg", "stop-if"} <= set(line.phrases)


def test_the_screen_says_if_there_is_no_voice(
    user: "User", short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The phrases, the speech service and the sound device are missing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("PIPEWIRE_REMOTE", "none")
    monkeypatch.delenv("SPEECHD_ADDRESS", raising=False)
    settings = Settings(user.folder / "settings.ini")
    settings.disclaimer_read = settings.sound_checked = True
    user.add_routine("short.toml", short)
    players: list[CuePlayer] = []

    def make(choice: SoundChoice) -> CuePlayer:
        players.append(CuePlayer(load_phrases(), tmp_path / "none", choice))
        return players[-1]

    awake = NotingAwake()
    user.open(Devices(make, lambda: awake, NotingKeys))
    user.go_to_check_in("own/short")
    qtbot.waitUntil(lambda: players[0].is_settled, timeout=15_000)
    user.press("L", "Return", "4", "Return")
    user.pass_the_list()
    told = (
        problem_text(CueProblem.NO_SOUND_DEVICE),
        problem_text(CueProblem.NO_SPEECH, speaks=False),
    )
    assert any(text in user.reads() for text in told)
    awake.problem_found.emit(next(iter(AwakeProblem)))
    assert any(text in user.reads() for text in told), "nothing hides it"
    assert "The screen cannot be kept awake" in user.reads()


def test_every_cue_comes_at_its_own_instant(listener: "User", machine: "Machine") -> None:
    listener.go_to_session("own/short")
    listener.let_pass(60)
    instants = [cue.at_ms for cue in machine.players[0].cues]
    assert instants == sorted(instants)


def test_m_mutes_and_unmutes_the_voice(listener: "User", machine: "Machine") -> None:
    listener.go_to_session("own/short")
    listener.press("M")
    assert machine.players[0].muted
    listener.press("M")
    assert not machine.players[0].muted


def test_the_desktop_s_media_keys_control_the_session(listener: "User", machine: "Machine") -> None:
    session = listener.go_to_session("own/short")
    (keys,) = machine.keys
    title, position_ms, length_ms, playing = keys.shown[-1]
    assert title.startswith("Left leg")
    assert (length_ms, playing) == (session.clock.engine.plan.total_ms, True)
    keys.play_pause_requested.emit()
    assert not keys.shown[-1][3]
    keys.play_pause_requested.emit()
    before = session.clock.position.index
    keys.next_requested.emit()
    assert session.clock.position.index == before + 1
    keys.previous_requested.emit()
    assert session.clock.position.offset_ms == 0
    keys.stop_requested.emit()
    assert "You stopped" in listener.reads()
    assert [keys.is_open, position_ms] == [False, 0]


def test_the_screen_may_sleep_after_five_minutes_of_pause(
    listener: "User", machine: "Machine"
) -> None:
    listener.go_to_session("own/short")
    requested = machine.awake[0].is_requested
    assert requested()
    listener.press("Space")
    listener.let_pass(4 * 60)
    assert requested()
    listener.let_pass(2 * 60)
    assert not requested()
    listener.press("Space")
    assert requested()
    listener.press("S")
    assert not requested()


def test_the_settings_choose_voice_and_talk(user: "User", machine: "Machine", short: str) -> None:
    user.add_routine("short.toml", short)
    settings = Settings(user.folder / "settings.ini")
    settings.disclaimer_read = settings.sound_checked = True
    settings.sound = SoundChoice(VoiceSource.RECORDED, Rate.SLOW, 40)
    settings.talk = Talk.TONES
    user.open(machine.devices)
    user.go_to_session("own/short")
    user.let_pass(20)
    (player,) = machine.players
    assert player.requested == SoundChoice(VoiceSource.RECORDED, Rate.SLOW, 40)
    assert player.words() == []
    assert player.cues


def test_the_voice_is_tested_once_before_the_first_session(
    user: "User", machine: "Machine"
) -> None:
    Settings(user.folder / "settings.ini").disclaimer_read = True
    user.open(machine.devices)
    user.press("Space")
    page = user.page_of(SoundCheckPage)
    user.click(page.check.play)
    (player,) = machine.players
    assert player.cues
    user.click(page.check.no)
    assert "screen" in user.reads()
    user.press("Return")
    assert isinstance(user.page, CheckInPage)
    assert player.closed
    user.press("Escape", "Space")
    assert isinstance(user.page, CheckInPage), "asked only once"


def test_a_new_session_releases_the_last_one_s_sound(listener: "User", machine: "Machine") -> None:
    listener.go_to_session("own/short")
    listener.press("S", "Return")
    listener.go_to_session("own/short")
    first, second = machine.players
    assert (first.closed, second.closed) == (True, False)


def test_nothing_of_a_session_is_left_when_its_user_goes_home(
    listener: "User", machine: "Machine"
) -> None:
    listener.go_to_session("own/short")
    listener.press("S", "Return")
    listener.look()
    assert machine.players[0].closed
    assert not shiboken6.isValid(machine.players[0])
    assert not shiboken6.isValid(machine.keys[0])


def test_after_an_hour_s_sleep_the_voice_still_says_paused(
    listener: "User", machine: "Machine"
) -> None:
    listener.go_to_session("own/short")
    listener.let_pass(7)
    listener.clock.ms += 60 * 60 * 1000
    listener.tick()
    (player,) = machine.players
    assert "slept" in player.words()
    left_ms = player.left_ms[-1]
    assert left_ms is not None
    assert left_ms >= player.pace.duration_ms(["paused", "slept", "space"])


def test_a_pause_during_a_stall_stays_a_pause(listener: "User", machine: "Machine") -> None:
    session = listener.go_to_session("own/short")
    listener.clock.ms += 60 * 60 * 1000
    listener.press("Space")
    assert session.clock.engine.paused is not None


def test_a_media_key_answers_the_question_whether_to_end(
    listener: "User", machine: "Machine"
) -> None:
    listener.go_to_session("own/short")
    listener.press("Escape")
    asked = listener.question
    machine.keys[0].play_pause_requested.emit()
    listener.look()
    assert [asked is None, listener.question is None] == [False, True]
    assert listener.session.clock.engine.running


def test_a_resumed_session_says_leg_place_and_when_to_stop(
    listener: "User", machine: "Machine"
) -> None:
    listener.go_to_session("own/short")
    listener.let_pass(20)
    listener.leave()
    listener.open(machine.devices)
    listener.click_on("Continue")
    listener.press("Space")
    line = machine.players[-1].cues[-1].line
    assert line is not None
    assert {"left-leg", "zone-front-edge", "stop-if"} <= set(line.phrases)


def test_a_device_problem_does_not_hide_that_a_resumed_session_is_paused(
    listener: "User", machine: "Machine"
) -> None:
    listener.go_to_session("own/short")
    listener.let_pass(2)
    listener.leave()
    listener.clock.ms += 60_000
    listener.open(machine.devices)
    listener.click_on("Continue")
    paused = "Paused. Press Space to continue."
    machine.awake[-1].problem_found.emit(next(iter(AwakeProblem)))
    assert listener.session.words.remark.text().startswith(f"{paused} The screen cannot be kept")
    listener.press("Space")
    assert paused not in listener.reads()
