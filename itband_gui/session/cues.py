"""What a user is to hear at an instant: a tone, and perhaps a line of speech."""

import tomllib
import wave
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec

from itband_gui.machine.assets import assets_dir


class Talk(StrEnum):
    """How much is said; a setting."""

    FULL = "full"
    BRIEF = "brief"
    TONES = "tones"
    SILENT = "silent"


class Count(StrEnum):
    """Which strokes are counted aloud; a setting."""

    ALL = "all"
    LAST_THREE = "last-three"
    NONE = "none"


class Tone(StrEnum):
    """The tones; each has a sound of its own."""

    STROKE = "stroke"  # a stroke sets out: soft
    TURN = "turn"  # the hand lifts for the return: softer
    STEP = "step"  # a phase begins
    HALF = "half"  # a set is half over
    TEN = "ten"  # ten seconds are left of a set
    PAUSE = "pause"
    STOP = "stop"
    FINISH = "finish"


class SpokenLine(msgspec.Struct, frozen=True):
    """Something to say.

    Attributes:
        phrases: ids of `assets/phrases.toml`, spoken one after the other; a number is an id too.
        priority: the higher one wins where two lines want the same time.
        until_ms: the instant on the session's clock by which it must have been said; later it is
            stale and is not begun.
        shorter: the same in fewer phrases, the longest first, for a voice that comes late.

    """

    phrases: tuple[str, ...]
    priority: int
    until_ms: int
    shorter: tuple[tuple[str, ...], ...] = ()


class Cue(msgspec.Struct, frozen=True):
    """A tone, a line, or both, at `at_ms` on the session's clock."""

    at_ms: int
    tone: Tone | None = None
    line: SpokenLine | None = None


class Pace(Protocol):
    """How long the voice in use takes, as measured."""

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return how long the phrases take to say, one after the other."""
        ...


JOIN_MS = 120  # between two recorded phrases, and until the first is heard; our choice
# Against espeak-ng's British voice at 90 to 300 words a minute, on whole lines of ours, the
# estimate is 0 to 35 % long; a single number is up to 12 % short, which START_MS makes good.
LETTERS_A_WORD = 6.0  # the spaces counted
WORDS_A_STOP = 0.6  # what a comma or a full stop takes
START_MS = 250  # until a speech service is heard; `spd-say` to espeak-ng took 30 to 200


class SoundsMissingError(FileNotFoundError):
    """Recorded phrases are missing or broken; `args[0]` is the first such file."""


@cache
def load_phrases() -> Mapping[str, str]:
    """Return the English text of every phrase id."""
    with (assets_dir() / "phrases.toml").open("rb") as file:
        return tomllib.load(file)


def text_of(phrases: Sequence[str]) -> str:
    """Return what a voice has to say for these ids."""
    texts = load_phrases()
    return " ".join(texts[phrase] for phrase in phrases)


def recording(phrase: str) -> Path:
    """Return the WAV of a phrase: 16-bit mono, 22,050 Hz."""
    return assets_dir() / "sounds" / "phrases" / f"{phrase}.wav"


class RecordedPace:
    """How long the recorded phrases take, from the headers of their files (2 ms for all).

    Raises:
        SoundsMissingError: a phrase has no readable recording.

    """

    def __init__(self) -> None:
        self._ms = {phrase: _wav_ms(recording(phrase)) for phrase in load_phrases()}

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return the recordings' lengths, each with the pause before it."""
        return sum(self._ms[phrase] + JOIN_MS for phrase in phrases)


class EstimatedPace:
    """How long system speech should take at a pace of some words a minute."""

    def __init__(self, words_a_minute: float) -> None:
        self._word_ms = 60_000 / words_a_minute

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return an estimate that errs on the long side."""
        text = text_of(phrases)
        stops = sum(text.count(mark) for mark in ".,:?")
        words = len(text) / LETTERS_A_WORD + stops * WORDS_A_STOP
        return START_MS + round(words * self._word_ms) if text else 0


def _wav_ms(file: Path) -> int:
    try:
        with wave.open(str(file), "rb") as reader:
            return -(-reader.getnframes() * 1000 // reader.getframerate())
    except (OSError, EOFError, wave.Error) as error:
        raise SoundsMissingError(str(file)) from error
