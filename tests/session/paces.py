"""Paces for a script in tests: of our recordings, and of a voice at some words a minute."""

import wave
from collections.abc import Sequence
from pathlib import Path

from itband_gui.machine.assets import assets_dir
from itband_gui.session.cues import load_phrases

JOIN_MS = 120  # between two recorded phrases, and until the first is heard; our choice
# Against espeak-ng's British voice at 90 to 300 words a minute, on whole lines of ours, the
# estimate is 0 to 35 % long; a single number is up to 12 % short, which START_MS makes good.
LETTERS_A_WORD = 6.0  # the spaces counted
WORDS_A_STOP = 0.6  # what a comma or a full stop takes
START_MS = 250  # until a speech service is heard; `spd-say` to espeak-ng took 30 to 200


def text_of(phrases: Sequence[str]) -> str:
    """Return what a voice has to say for these ids."""
    texts = load_phrases()
    return " ".join(texts[phrase] for phrase in phrases)


def recording(phrase: str) -> Path:
    """Return the WAV of a phrase: 16-bit mono, 22,050 Hz."""
    return assets_dir() / "sounds" / "phrases" / f"{phrase}.wav"


class RecordedPace:
    """How long the recorded phrases take, from the headers of their files."""

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
    with wave.open(str(file), "rb") as reader:
        return -(-reader.getnframes() * 1000 // reader.getframerate())
