"""Every phrase has a text and a recording, all are used, and their lengths are known."""

import os
import re
import subprocess
import sys
import wave
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import BAND_ZONES, Leg, Technique, Zone
from itband_gui.machine.assets import assets_dir
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import HandWork, Plan, make_plan
from itband_gui.session.cues import Count, Talk, Tone, load_phrases
from itband_gui.session.engine import Engine
from itband_gui.session.events import EndReason, Event, PauseReason, RefusalReason, RequestRefused
from itband_gui.session.script import Script
from itband_gui.session.script_lines import details, number, reminder
from itband_gui.ui.text import words as words_module
from tests.session.paces import JOIN_MS, EstimatedPace, RecordedPace, recording, text_of

SOUNDS = assets_dir() / "sounds"
MAKER = Path(__file__).parent.parent / "scripts" / "make_sounds.py"
RECORDED_WPM = 162  # of scripts/make_sounds.py
LINES = (
    ("rest", "15", "seconds", "loose", "shake-out", "next", "same-again"),
    ("left-leg", "sit", "or-lie", "zone-along-band", "technique-light", "how-light"),
    ("zone-front-edge", "from-below-hip", "to-above-knee", "technique-knuckles", "how-knuckles"),
    ("stopped", "let-it-rest", "have-it-seen", "on-screen"),
    ("zone-gluteal", "7", "strokes"),
    ("half-way",),
)


def frames(file: Path) -> tuple[int, int, int, int]:
    with wave.open(str(file)) as reader:
        return (
            *(reader.getframerate(), reader.getnchannels(), reader.getsampwidth()),
            reader.getnframes(),
        )


def all_works() -> Iterator[HandWork]:
    """Yield whatever a routine file may ask for."""
    anatomy = load_anatomy()
    band = sorted(BAND_ZONES, key=list(Zone).index)
    runs = [(zone,) for zone in Zone] + [tuple(band), tuple(band[:2]), tuple(band[1:])]
    pressures = [(low, high) for low in range(1, 6) for high in range(low, 6)]
    for worked, technique, pressure in product(runs, Technique, [None, *pressures]):
        if technique.firm is (pressure is not None):
            shares = (1 / len(worked),) * len(worked)
            yield HandWork(technique, worked, shares, pressure, anatomy.stroke_through(worked))


def events_of(plan: Plan) -> Iterator[Event]:
    """Yield what happens in a session in which every key is pressed."""
    for reason in EndReason:
        engine = Engine(plan, 0)
        yield from engine.begin()
        yield from engine.pause(9_000, PauseReason.GAP)
        yield from engine.go_on(10_000)
        yield from engine.again(60_000)
        yield from engine.skip(62_000)
        yield from engine.advance_to(plan.total_ms // 2)
        now = plan.total_ms // 2 + 1
        yield from engine.pause(now)
        yield from engine.go_on(now)
        for wait in range(4):
            yield from engine.easier(now + wait)
        yield RequestRefused(now + 4, RefusalReason.ZONE_LIMIT)
        if reason is EndReason.FINISHED:
            yield from engine.advance_to(now + 2 * plan.total_ms)
        else:
            yield from engine.end(now + 9, reason)


@pytest.fixture(scope="module")
def sayable() -> set[str]:
    """Return every phrase that the script can say."""
    ids = {phrase for value in range(200) for phrase in number(value)}
    for work in all_works():
        parts = [*details(work, 0, frozenset()), *(p for i in range(20) for p in reminder(work, i))]
        ids.update(phrase for part in parts for phrase in part.phrases)
    anatomy = load_anatomy()
    for routine, count, leg in product(load_library(anatomy, None).routines, Count, Leg):
        plan = make_plan(routine, CheckIn({leg: 3, leg.other: 2}), anatomy)
        script = Script(plan, Talk.FULL, count, EstimatedPace(400))
        for event in events_of(plan):
            cue = script.take(event)
            ids.update(cue.line.phrases if cue and cue.line else ())
    ids |= {f"set-{n}" for n in range(1, 5)} | {f"of-{n}" for n in range(2, 5)} | {"one-stroke"}
    return ids


def test_every_phrase_that_can_be_said_has_a_text_and_none_is_left_over(sayable: set[str]) -> None:
    assert sayable == set(load_phrases())


def test_every_phrase_and_tone_has_a_recording_and_none_is_left_over() -> None:
    assert {file.stem for file in (SOUNDS / "phrases").iterdir()} == set(load_phrases())
    assert {file.stem for file in (SOUNDS / "tones").iterdir()} == {tone.value for tone in Tone}


def test_recordings_are_16_bit_mono_and_their_lengths_are_what_the_pace_says() -> None:
    pace = RecordedPace()
    for phrase in load_phrases():
        rate, channels, width, count = frames(recording(phrase))
        assert (rate, channels, width) == (22_050, 1, 2)
        assert 0 <= pace.duration_ms([phrase]) - JOIN_MS - 1000 * count / rate < 1
    for line in LINES:
        assert pace.duration_ms(line) == sum(pace.duration_ms([phrase]) for phrase in line)


def test_no_recording_is_silent_clipped_or_cut_off_with_a_click() -> None:
    for file in SOUNDS.glob("*/*.wav"):
        with wave.open(str(file)) as reader:
            samples = memoryview(reader.readframes(reader.getnframes())).cast("h")
        loudest = max(map(abs, samples))
        assert 3_000 < loudest < 32_000, file
        assert max(abs(samples[0]), abs(samples[-1])) < 100, file


def test_tones_are_short_and_softer_than_the_voice() -> None:
    for tone in Tone:
        rate, *_, count = frames(SOUNDS / "tones" / f"{tone}.wav")
        assert count / rate < 2
    assert sum(file.stat().st_size for file in SOUNDS.glob("*/*.wav")) < 6_500_000


@pytest.mark.parametrize("line", LINES)
def test_the_estimate_errs_on_the_long_side_but_not_by_much(line: tuple[str, ...]) -> None:
    estimated = EstimatedPace(RECORDED_WPM).duration_ms(line)
    assert 1 <= estimated / RecordedPace().duration_ms(line) < 1.7


def test_a_faster_voice_takes_less_time_and_nothing_takes_none() -> None:
    line = LINES[0]
    times = [EstimatedPace(wpm).duration_ms(line) for wpm in (90, 160, 300)]
    assert times == sorted(times, reverse=True)
    assert EstimatedPace(160).duration_ms(()) == RecordedPace().duration_ms(()) == 0


def test_the_voice_never_asks_for_more_and_promises_nothing() -> None:
    asks = re.compile(
        r"\b(harder|deeper|firmer|stronger|faster|keep going|push through|more pain)\b"
    )
    claims = re.compile(
        r"\b(treat|heal|cure|therap|releas|adhesion|prevent|diagnos)", re.IGNORECASE
    )
    for text in load_phrases().values():
        assert not asks.search(text.lower())
        assert not claims.search(text)
        assert "push" not in text.lower() or "do not push" in text.lower()


def test_the_voice_uses_the_words_of_the_screen(sayable: set[str]) -> None:
    words = Path(words_module.__file__)
    shown = words.read_text("utf-8")
    for phrase in sayable:
        if phrase.startswith(("zone-", "technique-")):
            assert f'"{text_of([phrase]).rstrip(".")}"' in shown


def test_without_espeak_the_maker_names_the_package_and_touches_nothing(tmp_path: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in SOUNDS.glob("*/*.wav")}
    run = subprocess.run(
        [sys.executable, MAKER],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "espeak-ng is missing. On Debian or Ubuntu: apt install espeak-ng\n"
    assert {file: file.stat().st_mtime_ns for file in before} == before
