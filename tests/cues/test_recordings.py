"""The recorded voice plays phrases to the end and fails if a recording is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from itband_gui.cues import sound_child
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.recordings import RecordedVoice, Recordings
from itband_gui.cues.sound_child import ChildSounds
from tests.cues.conftest import TEXTS, write_wav

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def player(sounds: Path) -> Iterator[Recordings]:
    """Recordings without a child process; the test reports in its place."""
    player = Recordings(sounds)
    yield player
    player.close()


@pytest.fixture
def voice(player: Recordings) -> RecordedVoice:
    return RecordedVoice(player, TEXTS)


def test_only_what_was_played_to_its_end_is_complete(
    player: Recordings, voice: RecordedVoice
) -> None:
    told: list[tuple[str, int]] = []
    voice.completed.connect(lambda number: told.append(("completed", number)))
    voice.ended.connect(lambda number: told.append(("ended", number)))
    voice.say(1, ("left",))
    voice.say(2, ("one",))
    player.ended.emit(1)  # the child tells of the first when it was stopped
    player.ended.emit(2)
    assert told == [("ended", 1), ("completed", 2), ("ended", 2)]


@pytest.mark.parametrize("harm", ["missing", "empty", "no WAV", "another rate", "cut in its head"])
def test_a_recording_that_cannot_be_read_is_reported(
    sounds: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, told = sounds / "phrases" / "one.wav", list[dict[str, object]]()
    monkeypatch.setattr(sound_child, "tell", lambda **news: told.append(news))
    whole = file.read_bytes()
    harmed = {"empty": b"", "no WAV": b"RIFF, but no sound", "cut in its head": whole[:30]}
    if harm == "missing":
        file.unlink()
    elif harm == "another rate":
        write_wav(file, 100, rate=44_100)
    else:
        file.write_bytes(harmed[harm])
    multimedia = pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)
    child = ChildSounds(multimedia.QMediaDevices())
    for order in ({"do": "load"}, {"do": "say", "id": 1}):
        child.obey({**order, "files": [str(file)]})
    assert told == [{"is": "problem", "code": CueProblem.NO_PHRASES}] * 2


def test_a_voice_without_a_recording_fails_so_that_nothing_is_lost_in_silence(
    sounds: Path, voice: RecordedVoice
) -> None:
    told: list[CueProblem] = []
    voice.failed.connect(told.append)
    (sounds / "phrases" / "one.wav").unlink()
    voice.say(1, ("left", "one"))
    assert told == [CueProblem.NO_PHRASES]
