"""What a user is to hear at an instant: a tone, and perhaps a line of speech."""

import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
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


@cache
def load_phrases() -> Mapping[str, str]:
    """Return the English text of every phrase id."""
    with (assets_dir() / "phrases.toml").open("rb") as file:
        return tomllib.load(file)
