"""A session's first minute, heard by a machine: by the desktop's speech, and by the recordings."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.real.sound_machine import Heard, Recording, SoundMachine, follow, need_sound

SECONDS = 60
LOUD, QUIET = 300, 60  # of 32,767; our tones and phrases peak at ten times that and more
OPENING = 1.0  # seconds in which the sound service is opened; the first tone waits for it
EDGE = 0.35  # seconds by which the recording's clock, and a sound's own ends, may be off


@dataclass(frozen=True)
class Minute:
    """A session, what it reported and what was heard."""

    heard: Heard
    recording: Recording


@pytest.fixture(scope="module")
def minutes() -> Iterator[dict[str, Minute]]:
    """Two sessions on two machines, at the same time."""
    need_sound(speech=True)
    machines = {"system": SoundMachine(), "recorded": SoundMachine()}
    try:
        for machine in machines.values():
            machine.start_sound()
        recordings = {source: machine.record() for source, machine in machines.items()}
        sessions = {source: it.session(source, SECONDS) for source, it in machines.items()}
        yield {
            source: Minute(follow(session), recordings[source])
            for source, session in sessions.items()
        }
    finally:
        for machine in machines.values():
            machine.close()


@pytest.fixture(params=["system", "recorded"])
def minute(minutes: dict[str, Minute], request: pytest.FixtureRequest) -> Minute:
    minute = minutes[request.param]
    assert minute.heard.end["source"] == request.param
    assert minute.heard.end["problems"] == []
    return minute


def test_each_tone_is_heard_at_its_instant(minute: Minute) -> None:
    instants = [float(str(cue["at"])) for cue in minute.heard.cues if cue["tone"]]
    assert len(instants) >= 10
    first, *others = instants
    silent = [at for at in others if minute.recording.loudness(at, at + EDGE) < LOUD]
    assert silent == []
    assert minute.recording.loudness(first, first + OPENING) >= LOUD


def test_leg_place_and_when_to_stop_are_said_though_the_voice_was_cold(minute: Minute) -> None:
    """The session begins with the start of the voice: nobody has made it ready."""
    assert {"left-leg", "zone-front-edge", "stop-if"} <= minute.heard.said


def test_each_line_is_heard_from_its_begin_to_its_end(minute: Minute) -> None:
    assert len(minute.heard.lines) >= 5
    for began, ended, phrases in minute.heard.lines:
        third = (ended - began) / 3
        for start in (began, began + third, began + 2 * third):
            assert minute.recording.loudness(start, start + third + EDGE) >= LOUD, phrases


def test_between_the_cues_there_is_silence(minute: Minute) -> None:
    """No sound but ours, none late, none twice; the rest is quiet after it was announced."""
    heard = minute.heard
    sounding = [(began - EDGE, ended + EDGE) for began, ended, _ in heard.lines]
    tones = [float(str(cue["at"])) for cue in heard.cues if cue["tone"]]
    sounding += [(at - EDGE, at + 0.8 + EDGE) for at in tones]
    sounding.append((tones[0], tones[0] + OPENING + 0.8))
    sounding.sort()
    quiet, at = 0.0, sounding[0][1]
    for began, ended in sounding[1:]:
        if began > at:
            assert minute.recording.loudness(at, began) <= QUIET, (at, began)
            quiet += began - at
        at = max(at, ended)
    print(  # noqa: T201 - figures for whoever runs it with -s
        f"{heard.end['source']}: {len(tones)} tones, {len(heard.lines)} lines, "
        f"{heard.dropped} dropped, {quiet:.0f} s of silence, gap {heard.end['gap_ms']} ms"
    )
    assert quiet >= 5
