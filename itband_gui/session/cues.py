"""Cues: a tone, and perhaps a line of speech, at an instant."""

import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
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


@cache
def load_phrases() -> Mapping[str, str]:
    """Return the English text of every phrase id."""
    with (assets_dir() / "phrases.toml").open("rb") as file:
        return tomllib.load(file)
