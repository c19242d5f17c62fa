"""The interface of every voice, and how long each takes to say a line."""

import wave
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import Rate
from itband_gui.session.cues import Pace


class Voice(QObject):
    """Says phrases, one utterance at a time; every call returns at once.

    `start` is followed once by `ready` or `failed`. Each `say` has a number from its caller and is
    followed by `ended` with that number, whether it was said to the end, gave way to another
    program or was stopped. `begun` is emitted when the sound starts, and `completed` just before
    `ended` if it was said to the end. Nothing is emitted after `failed`.
    """

    ready = Signal()
    begun = Signal(int)
    completed = Signal(int)
    ended = Signal(int)
    failed = Signal(CueProblem)

    @property
    def pace(self) -> Pace:
        """The pace of this voice."""
        raise NotImplementedError

    def start(self) -> None:
        """Get ready to speak."""
        raise NotImplementedError

    def say(self, number: int, phrases: Sequence[str]) -> None:
        """Say phrases in a row; stop the current utterance first."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stop speaking."""
        raise NotImplementedError

    def set_volume(self, percent: int) -> None:
        """Set the volume of later utterances, 0 to 100."""
        raise NotImplementedError

    def set_rate(self, rate: Rate) -> None:
        """Set the speed of later utterances; a voice with only one speed ignores it."""

    def close(self) -> None:
        """Release everything, without further signals."""
        raise NotImplementedError


# espeak-ng at its normal 175 words a minute takes 0.3 s plus 68 ms a character (measured on a few
# of our lines); these are a little higher, as an estimate that is too short makes lines late.
_ENDS_MS = 400
_CHARACTER_MS = 75
# Measured through speech-dispatcher with espeak-ng at the rates of `ssip_voice`.
_SLOWNESS = {Rate.SLOW: 1.3, Rate.NORMAL: 1.0, Rate.FAST: 0.75}
_LEARNING = 0.3  # our choice: three utterances outweigh the first guess


def spoken_text(phrases: Sequence[str], texts: Mapping[str, str]) -> str:
    """Return the text of phrases; ids without a text are left out."""
    return " ".join(texts[phrase] for phrase in phrases if phrase in texts)


class SpokenPace:
    """The pace of a speech engine: an estimate that adapts to what was measured."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._rate = Rate.NORMAL
        self._factor = 1.0
        self._measured: dict[str, int] = {}

    def set_rate(self, rate: Rate) -> None:
        """Set the rate; measurements at another rate are forgotten."""
        if rate is not self._rate:
            self._rate = rate
            self._measured.clear()

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return how long the phrases take to say in a row."""
        text = spoken_text(phrases, self._texts)
        if text in self._measured:
            return self._measured[text]
        return round(self._estimate(text) * self._factor) if text else 0

    def learn(self, phrases: Sequence[str], took_ms: int) -> None:
        """Learn how long phrases took from the request to the end of the sound."""
        text = spoken_text(phrases, self._texts)
        if not text or took_ms <= 0:
            return
        self._measured[text] = took_ms
        self._factor += _LEARNING * (took_ms / self._estimate(text) - self._factor)

    def _estimate(self, text: str) -> float:
        return (_ENDS_MS + _CHARACTER_MS * len(text)) * _SLOWNESS[self._rate]


class RecordedPace:
    """The pace of the recordings: the sum of their lengths."""

    def __init__(self, file_of: Callable[[str], Path], fallback: SpokenPace) -> None:
        self._file_of = file_of
        self._fallback = fallback

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return how long the phrases take; those without a recording are estimated as speech."""
        return sum(self._one(phrase) for phrase in phrases)

    def _one(self, phrase: str) -> int:
        length = wav_ms(self._file_of(phrase))
        return self._fallback.duration_ms([phrase]) if length is None else length


@cache
def wav_ms(file: Path) -> int | None:
    """Return the length of a WAV file in milliseconds, or None if it cannot be read."""
    try:
        with wave.open(str(file), "rb") as sound:
            frames, rate = sound.getnframes(), sound.getframerate()
    except (OSError, EOFError, wave.Error):
        return None
    return round(1000 * frames / rate) if rate else None
