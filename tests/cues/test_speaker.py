"""The right line is heard, tested with a voice and a clock that the test controls."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import VoiceSource
from itband_gui.cues.speaker import PATIENCE_MS, Speaker
from itband_gui.cues.voice import SpokenPace, Voice
from itband_gui.session.cues import SpokenLine
from tests.cues.conftest import TEXTS

SOON = 60_000
pytestmark = pytest.mark.usefixtures("qapp")


class HandVoice(Voice):
    """Speaks as long as the test wants."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, ...]] = []
        self.number = 0
        self._pace = SpokenPace(TEXTS)

    @property
    def pace(self) -> SpokenPace:
        return self._pace

    def start(self) -> None:
        pass

    def say(self, number: int, phrases: Sequence[str]) -> None:
        self.stop()
        self.number = number
        self.said.append(tuple(phrases))
        self.begun.emit(number)

    def stop(self) -> None:
        number, self.number = self.number, 0
        if number:
            self.ended.emit(number)

    def end(self) -> None:
        number, self.number = self.number, 0
        if number:
            self.completed.emit(number)
            self.ended.emit(number)

    def set_volume(self, percent: int) -> None:
        pass

    def close(self) -> None:
        pass


class Room:
    """A speaker with two voices, and what it told."""

    def __init__(self, *, ready: bool = True) -> None:
        self.now_ms = 0
        self.system, self.recorded = HandVoice(), HandVoice()
        voices = {VoiceSource.SYSTEM: self.system, VoiceSource.RECORDED: self.recorded}
        self.speaker = Speaker(voices, lambda: self.now_ms)
        self.over: list[tuple[tuple[str, ...], bool]] = []
        self.heard: list[tuple[str, ...]] = []
        self.fell: list[CueProblem] = []
        self.speaker.said.connect(lambda _line, phrases: self.heard.append(phrases))
        self.speaker.finished.connect(lambda line, begun: self.over.append((line.phrases, begun)))
        self.speaker.fell.connect(self.fell.append)
        self.speaker.start()
        if ready:
            self.system.ready.emit()
            self.recorded.ready.emit()

    def offer(self, *phrases: str, weight: int = 10, left_ms: int = SOON) -> None:
        self.speaker.offer(SpokenLine(phrases, weight, 0), left_ms)

    def let_pass(self, ms: int) -> None:
        self.now_ms += ms
        self.speaker.look()


def test_a_line_is_said_at_once() -> None:
    room = Room()
    room.offer("left")
    assert room.system.said == [("left",)]
    room.system.end()
    assert room.over == [(("left",), True)]


def test_a_line_without_the_time_to_say_it_is_never_begun() -> None:
    room = Room()
    needed = room.system.pace.duration_ms(("left",))
    room.offer("left", left_ms=needed - 300)
    room.offer("left", left_ms=-1)
    assert room.system.said == []
    room.offer("left", left_ms=needed)
    assert room.system.said == [("left",)]


def test_where_there_is_no_time_for_all_of_a_line_its_most_important_part_is_said() -> None:
    room = Room()
    whole, part = ("left", "sit", "one"), ("left",)
    enough_ms = room.system.pace.duration_ms(part)
    room.speaker.offer(SpokenLine(whole, 1, SOON, (("left", "sit"), part)), enough_ms)
    assert room.system.said == [part]
    room.speaker.offer(SpokenLine(whole, 2, SOON, (part,)), enough_ms - 300)
    assert room.system.said == [part], "and nothing where there is no time for any of it"


def test_a_higher_line_cuts_off_a_lower_one() -> None:
    room = Room()
    room.offer("left", weight=10)
    room.offer("one", weight=11)
    assert room.system.said == [("left",), ("one",)]
    assert room.over == [(("left",), True)]


@pytest.mark.parametrize("weight", [9, 10])
def test_a_line_that_is_not_higher_waits_for_its_turn(weight: int) -> None:
    room = Room()
    room.offer("left", weight=10)
    room.offer("one", weight=weight)
    assert room.system.said == [("left",)]
    room.system.end()
    assert room.system.said == [("left",), ("one",)]


def test_a_line_that_would_be_late_after_waiting_is_dropped() -> None:
    room = Room()
    room.offer("left", weight=10)
    room.offer("one", weight=10, left_ms=room.system.pace.duration_ms(("one",)) - 140)
    room.let_pass(300)
    room.system.end()
    assert room.system.said == [("left",)]
    assert room.over[-1] == (("one",), False)


def test_of_two_that_wait_the_higher_stays_and_then_the_newer() -> None:
    room = Room()
    room.offer("left", weight=10)
    room.offer("one", weight=5)
    room.offer("two", weight=4)
    assert room.over == [(("two",), False)]
    room.offer("sit", weight=5)
    assert room.over[-1] == (("one",), False)
    room.system.end()
    assert room.system.said[-1] == ("sit",)


def test_a_line_without_phrases_only_cuts_off_what_is_lower() -> None:
    room = Room()
    room.offer("left", weight=10)
    room.offer("one", weight=5)
    room.offer(weight=10)
    assert room.system.number
    room.offer(weight=11)
    assert not room.system.number
    assert room.system.said == [("left",)]


def test_stop_is_silence_and_forgets() -> None:
    room = Room()
    room.offer("left")
    room.offer("one")
    room.speaker.stop()
    assert room.system.said == [("left",)]
    assert sorted(room.over) == [(("left",), True), (("one",), False)]


def test_a_line_waits_for_a_voice_that_is_being_started() -> None:
    room = Room(ready=False)
    room.offer("left")
    room.recorded.ready.emit()
    assert room.recorded.said == []
    room.system.ready.emit()
    assert room.system.said == [("left",)]


def test_when_a_voice_fails_the_next_one_says_what_was_not_begun() -> None:
    room = Room(ready=False)
    room.recorded.ready.emit()
    room.offer("left")
    room.system.failed.emit(CueProblem.SPEECH_HANGS)
    assert room.recorded.said == [("left",)]
    assert room.fell == [CueProblem.SPEECH_HANGS]
    assert room.speaker.source is VoiceSource.RECORDED


def test_what_was_begun_by_a_voice_that_fails_the_next_one_says_again() -> None:
    room = Room()
    room.offer("left")
    room.system.failed.emit(CueProblem.SPEECH_SILENT)
    assert room.recorded.said == [("left",)]
    assert room.over == []
    room.recorded.end()
    assert room.over == [(("left",), True)]


def test_a_voice_that_was_given_up_is_not_taken_again() -> None:
    room = Room()
    room.system.failed.emit(CueProblem.SPEECH_BROKE)
    room.system.ready.emit()
    room.offer("left")
    assert (room.system.said, room.recorded.said) == ([], [("left",)])


def test_the_failure_of_a_voice_that_is_not_in_use_is_told_when_it_matters() -> None:
    room = Room(ready=False)
    room.recorded.failed.emit(CueProblem.NO_PHRASES)
    assert room.fell == []
    room.system.failed.emit(CueProblem.NO_SPEECH)
    assert room.fell == [CueProblem.NO_SPEECH, CueProblem.NO_PHRASES]
    assert room.speaker.source is None
    assert room.speaker.is_settled
    room.offer("left")
    assert room.over[-1] == (("left",), False)


def test_what_cannot_wait_for_a_voice_is_said_by_another_that_is_ready() -> None:
    room = Room(ready=False)
    room.recorded.ready.emit()
    room.offer("left")
    room.let_pass(PATIENCE_MS - 1)
    assert room.recorded.said == []
    room.let_pass(1)
    assert room.recorded.said == [("left",)]
    room.system.ready.emit()
    room.offer("sit")
    assert (room.recorded.number, room.system.said) == (1, []), "one voice at a time"
    room.recorded.end()
    assert room.system.said == [("sit",)]
    assert room.heard == [("left",)]


def test_a_line_that_was_kept_too_long_is_said_by_the_first_voice_that_is_ready() -> None:
    room = Room(ready=False)
    room.offer("left")
    room.let_pass(PATIENCE_MS)
    room.recorded.ready.emit()
    assert room.recorded.said == [("left",)]


def test_a_short_line_waits_no_longer_than_it_can() -> None:
    room = Room(ready=False)
    room.recorded.ready.emit()
    room.offer("one", left_ms=room.recorded.pace.duration_ms(("one",)) + 400)
    room.let_pass(399)
    assert room.recorded.said == []
    room.let_pass(1)
    assert room.recorded.said == [("one",)]


def test_a_line_of_higher_priority_cuts_off_another_voice_too() -> None:
    room = Room(ready=False)
    room.recorded.ready.emit()
    room.offer("left", weight=10)
    room.let_pass(PATIENCE_MS)
    room.system.ready.emit()
    room.offer("one", weight=11)
    assert (room.recorded.number, room.system.said) == (0, [("one",)])
    assert room.over == [(("left",), True)]
    assert room.heard == [()]


def test_when_the_voice_that_speaks_for_another_fails_its_line_waits_again() -> None:
    room = Room(ready=False)
    room.recorded.ready.emit()
    room.offer("left")
    room.let_pass(PATIENCE_MS)
    room.recorded.failed.emit(CueProblem.SOUND_BROKE)
    assert (room.over, room.fell) == ([], [])
    room.system.ready.emit()
    assert room.system.said == [("left",)]


def test_only_what_was_said_to_its_end_counts_as_said() -> None:
    room = Room()
    room.offer("left", weight=10)
    room.offer("one", weight=11)
    room.system.end()
    room.offer("two", left_ms=0)
    room.offer("sit")
    room.speaker.stop()
    assert room.heard == [(), ("one",), (), ()]


def test_of_a_shortened_line_the_part_that_was_said_counts() -> None:
    room = Room()
    enough_ms = room.system.pace.duration_ms(("left",))
    room.speaker.offer(SpokenLine(("left", "sit"), 1, SOON, (("left",),)), enough_ms)
    room.system.end()
    assert room.heard == [("left",)]


STEPS = st.one_of(
    st.tuples(st.just("offer"), st.sampled_from(["left", "one", "two"]), st.integers(0, 3)),
    st.tuples(st.just("pass"), st.just(""), st.integers(0, SOON)),
    st.sampled_from([("end",), ("stop",), ("fail",), ("ready",), ("hush", "", 2)]),
)


@given(st.lists(STEPS, max_size=30))
def test_each_line_is_finished_once_and_one_voice_speaks_at_a_time(
    steps: list[tuple[str, str, int]],
) -> None:
    room, offered = Room(ready=False), 0
    for step in steps:
        if step[0] == "offer":
            room.offer(step[1], weight=step[2])
            offered += 1
        elif step[0] == "hush":
            room.offer(weight=step[2])
            offered += 1
        elif step[0] == "pass":
            room.let_pass(step[2])
        elif step[0] == "stop":
            room.speaker.stop()
        elif step[0] == "ready":
            room.recorded.ready.emit()
        elif room.speaker.source is VoiceSource.SYSTEM and step[0] == "fail":
            room.system.number = 0
            room.system.failed.emit(CueProblem.SPEECH_BROKE)
        else:
            room.system.end()
            room.recorded.end()
        assert not (room.system.number and room.recorded.number)
    room.recorded.ready.emit()
    room.speaker.stop()
    assert len(room.over) == len(room.heard) == offered
