"""How long each voice takes: read from recordings, or learnt from what was heard so far."""

import wave
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from itband_gui.cues.choice import Rate

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
