"""Cues: a tone, and perhaps a line of speech, at an instant."""

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
    """The setting for how much is said."""

    FULL = "full"
    BRIEF = "brief"
    TONES = "tones"
    SILENT = "silent"


class Count(StrEnum):
    """The setting for which strokes are counted aloud."""

    ALL = "all"
    LAST_THREE = "last-three"
    NONE = "none"


class Tone(StrEnum):
    """The tones, each with a different sound."""

    STROKE = "stroke"  # a stroke starts: soft
    TURN = "turn"  # the hand lifts for the return: softer
    STEP = "step"  # a phase begins
    HALF = "half"  # a set is half over
    TEN = "ten"  # ten seconds of a set are left
    PAUSE = "pause"
    STOP = "stop"
    FINISH = "finish"


class SpokenLine(msgspec.Struct, frozen=True):
    """A line of speech.

    Attributes:
        phrases: ids from `assets/phrases.toml`, spoken in order; numbers are ids, too.
        priority: if two lines are due at the same time, the higher one wins.
        until_ms: when it must be finished, on the session's clock; if that is no longer possible,
            it is not started.
        shorter: versions with fewer phrases, longest first, for a voice that is late.

    """

    phrases: tuple[str, ...]
    priority: int
    until_ms: int
    shorter: tuple[tuple[str, ...], ...] = ()


class Cue(msgspec.Struct, frozen=True):
    """A tone, a line or both, at `at_ms` on the session's clock."""

    at_ms: int
    tone: Tone | None = None
    line: SpokenLine | None = None


class Pace(Protocol):
    """The measured pace of the voice in use."""

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return how long the phrases take to say in a row."""
        ...


JOIN_MS = 120  # before each recorded phrase (our choice)
# Measured with espeak-ng's British voice at 90 to 300 words a minute: the estimate for whole lines
# is 0 to 35 % too long; for a single number up to 12 % too short, which START_MS makes up for.
LETTERS_A_WORD = 6.0  # including the space
WORDS_A_STOP = 0.6  # the time of a comma or a full stop
START_MS = 250  # until a speech service is heard; `spd-say` with espeak-ng took 30 to 200 ms


class SoundsMissingError(FileNotFoundError):
    """Recorded phrases are missing or broken; `args[0]` is the first such file."""


@cache
def load_phrases() -> Mapping[str, str]:
    """Return the English text of every phrase id."""
    with (assets_dir() / "phrases.toml").open("rb") as file:
        return tomllib.load(file)


def text_of(phrases: Sequence[str]) -> str:
    """Return the text of these phrase ids."""
    texts = load_phrases()
    return " ".join(texts[phrase] for phrase in phrases)


def recording(phrase: str) -> Path:
    """Return the WAV of a phrase: 16-bit mono, 22,050 Hz."""
    return assets_dir() / "sounds" / "phrases" / f"{phrase}.wav"


class RecordedPace:
    """The lengths of the recorded phrases, read from their file headers (2 ms for all).

    Raises:
        SoundsMissingError: a phrase has no readable recording.

    """

    def __init__(self) -> None:
        self._ms = {phrase: _wav_ms(recording(phrase)) for phrase in load_phrases()}

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return the total length of the recordings, each with the pause before it."""
        return sum(self._ms[phrase] + JOIN_MS for phrase in phrases)


class EstimatedPace:
    """Estimates the length of system speech from a pace in words a minute."""

    def __init__(self, words_a_minute: float) -> None:
        self._word_ms = 60_000 / words_a_minute

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return an estimate that is rather too long than too short."""
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
