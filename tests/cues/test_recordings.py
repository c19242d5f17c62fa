"""The recorded voice plays phrases to the end and fails if a recording is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from itband_gui.cues.problems import CueProblem
from itband_gui.cues.recordings import RecordedVoice, Recordings
from tests.cues.conftest import TEXTS

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


def test_a_voice_without_a_recording_fails_so_that_nothing_is_lost_in_silence(
    sounds: Path, voice: RecordedVoice
) -> None:
    told: list[CueProblem] = []
    voice.failed.connect(told.append)
    (sounds / "phrases" / "one.wav").unlink()
    voice.say(1, ("left", "one"))
    assert told == [CueProblem.NO_PHRASES]
