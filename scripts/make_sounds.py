#!/usr/bin/env python3
"""Makes assets/sounds/: a WAV for each phrase, with espeak-ng, and one for each tone.

16-bit mono at 22,050 Hz. The same espeak-ng makes the same bytes. Run it with `make sounds`.
"""

import io
import math
import shutil
import subprocess
import sys
import tomllib
import wave
from array import array
from collections.abc import Iterable
from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "assets"
RATE = 22_050  # espeak-ng's own
VOICE = ("-v", "en-gb", "-s", "162", "-p", "42")  # calm: slower and lower than the default
PEAK = 0.7  # of full scale, for speech
QUIET = 0.006  # of full scale: the ends of a recording below this are silence
MARGIN_S = 0.015  # silence kept at either end
FADE_S = 0.005
TONE_PEAK = 0.35  # softer than the voice

Notes = tuple[tuple[float, float, float], ...]  # start in s, frequency in Hz, decay in s

# Notes of one chord (C major with a sixth), so that overlapping tones harmonise (our choice).
G3, C4, E4, G4, A4, C5, E5, G5 = 196.0, 261.6, 329.6, 392.0, 440.0, 523.3, 659.3, 784.0
TONES: dict[str, tuple[Notes, float, float]] = {  # notes, length in s, relative loudness
    "stroke": (((0, G4, 0.16),), 0.4, 0.7),
    "turn": (((0, C4, 0.12),), 0.35, 0.5),
    "step": (((0, C5, 0.30), (0.16, G5, 0.35)), 0.9, 1.0),
    "half": (((0, E5, 0.30),), 0.6, 0.8),
    "ten": (((0, E5, 0.14), (0.22, E5, 0.25)), 0.7, 0.8),
    "pause": (((0, G4, 0.20), (0.20, C4, 0.30)), 0.8, 0.9),
    "stop": (((0, C4, 0.35), (0.02, G3, 0.45)), 1.2, 1.0),
    "finish": (((0, C4, 0.5), (0.18, E4, 0.5), (0.36, A4, 0.5), (0.54, C5, 0.7)), 1.8, 1.0),
}


def main() -> int:
    """Make every sound again and remove those of phrases that no longer exist."""
    if shutil.which("espeak-ng") is None:
        sys.stderr.write("espeak-ng is missing. On Debian or Ubuntu: apt install espeak-ng\n")
        return 1
    with (ASSETS / "phrases.toml").open("rb") as file:
        phrases: dict[str, str] = tomllib.load(file)
    sounds = {f"phrases/{name}.wav": speech(text) for name, text in phrases.items()}
    sounds |= {f"tones/{name}.wav": bell(*tone) for name, tone in TONES.items()}
    folder = ASSETS / "sounds"
    for old in folder.glob("*/*.wav"):
        if old.relative_to(folder).as_posix() not in sounds:
            old.unlink()
    for name, samples in sounds.items():
        write(folder / name, samples)
    size = sum((folder / name).stat().st_size for name in sounds)
    seconds = sum(map(len, sounds.values())) / RATE
    print(f"{len(sounds)} sounds, {seconds:.0f} s, {size / 1e6:.1f} MB in {folder}")  # noqa: T201 - the result
    return 0


def speech(text: str) -> list[int]:
    """Return a text as spoken by espeak-ng, at the common level and without silence around it."""
    command = ["espeak-ng", *VOICE, "--stdout", "--", text]
    said = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - our texts
    with wave.open(io.BytesIO(said)) as reader:
        if (reader.getframerate(), reader.getnchannels(), reader.getsampwidth()) != (RATE, 1, 2):
            raise SystemExit(f"espeak-ng gave another format: {reader.getparams()}")
        samples = array("h", reader.readframes(2**24))  # in a pipe, the header's length is wrong
    if sys.byteorder == "big":
        samples.byteswap()
    loud = [i for i, sample in enumerate(samples) if abs(sample) > QUIET * 32_767]
    margin = round(MARGIN_S * RATE)
    cut = samples[max(0, loud[0] - margin) : loud[-1] + margin]
    return scaled(cut, PEAK)


def bell(notes: Notes, length_s: float, loudness: float) -> list[int]:
    """Return bell-like notes: each a decaying sine with its soft octave."""
    waves = [0.0] * round(length_s * RATE)
    for start_s, frequency, decay_s in notes:
        for i in range(round(start_s * RATE), len(waves)):
            t = i / RATE - start_s
            turn = 2 * math.pi * frequency * t
            swell = min(1.0, t / 0.02) * math.exp(-t / decay_s)
            waves[i] += swell * (math.sin(turn) + 0.2 * math.sin(2 * turn))
    return scaled(waves, TONE_PEAK * loudness)


def scaled(samples: Iterable[float], peak: float) -> list[int]:
    """Return samples scaled to a peak (of full scale), with both ends faded."""
    waves = list(samples)
    factor = peak * 32_767 / max(map(abs, waves))
    fade = round(FADE_S * RATE)
    last = len(waves) - 1
    return [
        round(sample * factor * min(1.0, i / fade, (last - i) / fade))
        for i, sample in enumerate(waves)
    ]


def write(file: Path, samples: list[int]) -> None:
    """Write a 16-bit mono WAV file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    data = array("h", samples)
    if sys.byteorder == "big":
        data.byteswap()
    with wave.open(str(file), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(data.tobytes())


if __name__ == "__main__":
    sys.exit(main())
