"""What the voices have in common."""

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

    After `start` comes `ready` or `failed`, once. Each `say` is given a number by its caller and is
    followed by `ended` with it, whether it was said to its end, gave way to another program or was
    stopped; `begun` comes before where there was a sound, and `completed` just before where it was
    said to its end. After `failed` nothing more comes.
    """

    ready = Signal()
    begun = Signal(int)
    completed = Signal(int)
    ended = Signal(int)
    failed = Signal(CueProblem)

    @property
    def pace(self) -> Pace:
        """How long this voice takes."""
        raise NotImplementedError

    def start(self) -> None:
        """Get ready to speak."""
        raise NotImplementedError

    def say(self, number: int, phrases: Sequence[str]) -> None:
        """Say phrases one after the other; what is being said is stopped."""
        raise NotImplementedError

    def stop(self) -> None:
        """Be quiet."""
        raise NotImplementedError

    def set_volume(self, percent: int) -> None:
        """Set the loudness of what is said next, 0 to 100."""
        raise NotImplementedError

    def set_rate(self, rate: Rate) -> None:
        """Set how fast what is said next is; a voice with one speed lets it be."""

    def close(self) -> None:
        """Let go of everything, in silence."""
        raise NotImplementedError


# espeak-ng at its normal 175 words a minute takes 0.3 s and 68 ms a character (measured on a few
# of our lines); a little more, as too long is no harm and too late is.
_ENDS_MS = 400
_CHARACTER_MS = 75
# Measured through speech-dispatcher with espeak-ng at the rates of `ssip_voice`.
_SLOWNESS = {Rate.SLOW: 1.3, Rate.NORMAL: 1.0, Rate.FAST: 0.75}
_LEARNING = 0.3  # our choice: three utterances outweigh the first guess


def spoken_text(phrases: Sequence[str], texts: Mapping[str, str]) -> str:
    """Return what is said for phrases; an id without a text is left out."""
    return " ".join(texts[phrase] for phrase in phrases if phrase in texts)


class SpokenPace:
    """The pace of a speech engine: an estimate that adapts to what was measured."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._rate = Rate.NORMAL
        self._factor = 1.0
        self._measured: dict[str, int] = {}

    def set_rate(self, rate: Rate) -> None:
        """Expect another rate; single measurements of the former one are forgotten."""
        if rate is not self._rate:
            self._rate = rate
            self._measured.clear()

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return how long the phrases take to say, one after the other."""
        text = spoken_text(phrases, self._texts)
        if text in self._measured:
            return self._measured[text]
        return round(self._estimate(text) * self._factor) if text else 0

    def learn(self, phrases: Sequence[str], took_ms: int) -> None:
        """Take in how long phrases took from asking to the end of the sound."""
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
        """Return how long the phrases take; one without a recording counts as if spoken."""
        return sum(self._one(phrase) for phrase in phrases)

    def _one(self, phrase: str) -> int:
        length = wav_ms(self._file_of(phrase))
        return self._fallback.duration_ms([phrase]) if length is None else length


@cache
def wav_ms(file: Path) -> int | None:
    """Return the length of a WAV file in milliseconds, or None where it cannot be read."""
    try:
        with wave.open(str(file), "rb") as sound:
            frames, rate = sound.getnframes(), sound.getframerate()
    except (OSError, EOFError, wave.Error):
        return None
    return round(1000 * frames / rate) if rate else None
