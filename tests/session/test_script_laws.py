"""No line is ever late: each is said in its time and phase, and safety wins."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg, Place
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import NothingLeftError, PhaseKind, Plan, make_plan
from itband_gui.session.cues import Count, Cue, Pace, SpokenLine, Talk, Tone, load_phrases
from itband_gui.session.engine import Engine
from itband_gui.session.events import (
    Eased,
    EndReason,
    Event,
    Paused,
    PauseReason,
    PhaseStarted,
    Repeated,
    RequestRefused,
    Resumed,
    SessionEnded,
    Skipped,
    ZoneLeft,
)
from itband_gui.session.script import Script
from itband_gui.session.script_timing import Weight
from tests.session.paces import EstimatedPace, RecordedPace

BEGIN = 5_000  # the session clock need not begin at nought
SLOW, USUAL, FAST = EstimatedPace(90), EstimatedPace(160), EstimatedPace(300)
PACES: list[Pace] = [RecordedPace(), SLOW, USUAL, FAST]
BY_KEY = (Skipped, Repeated, ZoneLeft)
ANSWERED = (Paused, Resumed, Eased, RequestRefused, SessionEnded)

Command = Callable[[Engine, int], tuple[Event, ...]]
COMMANDS: dict[str, Command] = {
    "pause": Engine.pause,
    "gap": lambda engine, now: engine.pause(now, PauseReason.GAP),
    "go on": Engine.go_on,
    "skip": Engine.skip,
    "again": Engine.again,
    "easier": Engine.easier,
    "tick": Engine.advance_to,
    "stop": lambda engine, now: engine.end(now, EndReason.STOPPED),
    "end": lambda engine, now: engine.end(now, EndReason.ENDED_EARLY),
}


def _built_in_plans() -> list[Plan]:
    """Return every built-in routine for either leg and both, every dose, sore and less sore."""
    anatomy = load_anatomy()
    plans = []
    for routine in load_library(anatomy, None).routines:
        for scores in ({Leg.LEFT: 3}, {Leg.RIGHT: 7}, {Leg.LEFT: 6, Leg.RIGHT: 2}):
            for places in ({}, {leg: frozenset({Place.OUTER_KNEE}) for leg in scores}):
                for dose in Dose if len(scores) > 1 else (Dose.SAME,):
                    try:
                        plans.append(make_plan(routine, CheckIn(scores, places, dose), anatomy))
                    except NothingLeftError:
                        continue
    return plans


BUILT_IN = _built_in_plans()


@dataclass
class Listener:
    """Plays the cues as a voice would, and holds what must hold of each."""

    pace: Pace
    line: SpokenLine | None = None
    end_ms: int = 0
    said: list[tuple[int, SpokenLine]] = field(default_factory=list)
    tones: list[tuple[int, Tone]] = field(default_factory=list)

    def hear(self, event: Event, cue: Cue | None, *, answers: bool) -> None:
        if cue is not None:
            assert cue.at_ms == event.at_ms
            if cue.tone is not None:
                self.tones.append((cue.at_ms, cue.tone))
            if cue.line is not None:
                self.begin(cue.at_ms, cue.line, answers=answers)
        if isinstance(event, PhaseStarted) and event.phase.kind is not PhaseKind.FINISH:
            fresh = cue is not None and cue.line is self.line
            assert fresh or self.end_ms <= event.at_ms, "a line of the last phase goes on"

    def begin(self, at_ms: int, line: SpokenLine, *, answers: bool) -> None:
        assert line.phrases or at_ms < self.end_ms, "silence is for cutting off"
        if at_ms < self.end_ms:
            assert self.line is not None
            assert line.priority > self.line.priority, "it would lag behind the other"
            assert answers, "only a key cuts a line off"
        self.line, self.end_ms = line, at_ms + self.pace.duration_ms(line.phrases)
        assert self.end_ms <= line.until_ms, "it is late before it is begun"
        if line.phrases:
            self.said.append((at_ms, line))


def listen(script: Script, listener: Listener, events: tuple[Event, ...]) -> None:
    """Give events to a script and its cues to a listener; answers follow keys, pauses and ends.

    The script is told what was said of a line: all of it, or nothing where it was cut off.
    """
    for i, event in enumerate(events):
        before = events[i - 1] if i else None
        last, is_over = listener.line, listener.end_ms <= event.at_ms
        if last is not None and is_over:
            script.said(last, last.phrases)
        listener.hear(
            event,
            script.take(event),
            answers=isinstance(before, BY_KEY) or isinstance(event, ANSWERED),
        )
        if last is not None and not is_over and listener.line is not last:
            script.said(last, ())


@st.composite
def _days(draw: st.DrawFn) -> list[tuple[int, str]]:
    """Return keys at instants; most are followed by time enough for a line or two."""
    waits = st.one_of(st.integers(0, 800), st.integers(0, 20_000), st.integers(0, 90_000))
    return draw(st.lists(st.tuples(waits, st.sampled_from(list(COMMANDS))), max_size=12))


def play(
    plan: Plan, script: Script, listener: Listener, keys: list[tuple[int, str]]
) -> tuple[Event, ...]:
    """Play a session with some keys pressed, to its end."""
    engine, now = Engine(plan, BEGIN), BEGIN
    events = engine.begin()
    for wait, name in keys:
        now += wait
        events += engine.advance_to(now) + COMMANDS[name](engine, now)
    events += engine.go_on(now + 7_000)
    events += engine.advance_to(now + 7_000 + 2 * plan.total_ms)
    listen(script, listener, events)
    return events


@pytest.mark.parametrize("pace", PACES, ids=["recorded", "slow", "usual", "fast"])
@pytest.mark.parametrize("count", Count)
@pytest.mark.parametrize("talk", [Talk.FULL, Talk.BRIEF])
def test_undisturbed_no_line_is_cut_off_and_every_phase_is_announced(
    talk: Talk, count: Count, pace: Pace
) -> None:
    for plan in BUILT_IN:
        listener = Listener(pace)
        events = play(plan, Script(plan, talk, count, pace), listener, [])
        spoken = dict(listener.said)
        assert len(spoken) == len(listener.said), "two lines at one instant"
        for event in events:
            if isinstance(event, PhaseStarted | SessionEnded):
                assert event.at_ms in spoken
        begins = [event.at_ms for event in events if isinstance(event, PhaseStarted)]
        for (_, line), (following, _) in pairwise(listener.said):
            assert line.until_ms <= following, "a late voice would run into the next line"
        for at, line in listener.said:
            assert not any(at < begin < line.until_ms for begin in begins)


@given(data=st.data(), keys=_days(), count=st.sampled_from(Count), pace=st.sampled_from(PACES))
def test_whatever_is_pressed_lines_keep_to_their_time_and_phase(
    data: st.DataObject, keys: list[tuple[int, str]], count: Count, pace: Pace
) -> None:
    plan = data.draw(st.sampled_from(BUILT_IN))
    talk = data.draw(st.sampled_from([Talk.FULL, Talk.BRIEF]))
    listener = Listener(pace)
    events = play(plan, Script(plan, talk, count, pace), listener, keys)
    spoken = dict(listener.said)
    for event in events:  # a key, a pause and an end are answered at once, a phase announced
        room = not isinstance(event, Resumed | RequestRefused)
        if isinstance(event, PhaseStarted) and event.phase.kind is PhaseKind.FINISH:
            continue
        if isinstance(event, PhaseStarted | Paused | SessionEnded) and room:
            assert event.at_ms in spoken


@given(data=st.data(), keys=_days(), count=st.sampled_from(Count), pace=st.sampled_from(PACES))
def test_odd_plans_keep_the_law_too(
    data: st.DataObject,
    keys: list[tuple[int, str]],
    count: Count,
    pace: Pace,
    long_plans: st.SearchStrategy[Plan],
) -> None:
    plan = data.draw(long_plans)
    play(plan, Script(plan, Talk.FULL, count, pace), Listener(pace), keys)


FIRST_AT_THE_END = {
    EndReason.STOPPED: "stopped",
    EndReason.ENDED_EARLY: "ended-early",  # every set was skipped before the stop
    EndReason.FINISHED: "done",
}


@given(data=st.data(), keys=_days(), pace=st.sampled_from(PACES), talk=st.sampled_from(Talk))
def test_stop_is_heard_at_once_whatever_was_being_said(
    data: st.DataObject, keys: list[tuple[int, str]], pace: Pace, talk: Talk
) -> None:
    plan = data.draw(st.sampled_from(BUILT_IN))
    keys = [(wait, name) for wait, name in keys if name not in {"stop", "end"}]
    listener = Listener(pace)
    events = play(plan, Script(plan, talk, Count.ALL, pace), listener, [*keys, (300, "stop")])
    ended = events[-1]
    assert isinstance(ended, SessionEnded)
    stopped = ended.reason is EndReason.STOPPED
    if talk is Talk.SILENT:
        assert (listener.said, listener.tones) == ([], [])
        return
    assert listener.tones[-1] == (ended.at_ms, Tone.STOP if stopped else Tone.FINISH)
    if talk is not Talk.TONES:
        at, line = listener.said[-1]
        assert at == ended.at_ms
        assert line.phrases[0] == FIRST_AT_THE_END[ended.reason]
        assert not stopped or line.priority >= Weight.SAFETY


@given(data=st.data(), keys=_days())
def test_tones_alone_mark_everything_and_silence_nothing(
    data: st.DataObject, keys: list[tuple[int, str]]
) -> None:
    plan = data.draw(st.sampled_from(BUILT_IN))
    heard = {talk: Listener(USUAL) for talk in Talk}
    for talk, listener in heard.items():
        play(plan, Script(plan, talk, Count.ALL, USUAL), listener, keys)
    assert heard[Talk.FULL].tones == heard[Talk.BRIEF].tones == heard[Talk.TONES].tones
    assert heard[Talk.TONES].said == heard[Talk.SILENT].said == []
    assert heard[Talk.SILENT].tones == []


@given(data=st.data(), keys=_days(), count=st.sampled_from(Count), pace=st.sampled_from(PACES))
def test_all_that_is_ever_said_has_a_text(
    data: st.DataObject, keys: list[tuple[int, str]], count: Count, pace: Pace
) -> None:
    plan = data.draw(st.sampled_from(BUILT_IN))
    listener = Listener(pace)
    play(plan, Script(plan, Talk.FULL, count, pace), listener, keys)
    assert {p for _, line in listener.said for p in line.phrases} <= load_phrases().keys()


def test_where_a_key_leaves_no_time_for_words_what_is_being_said_is_cut_off() -> None:
    plan = BUILT_IN[0]
    ready_ms = plan.phases[0].length_ms
    engine, script = Engine(plan, 0), Script(plan, Talk.FULL, Count.NONE, USUAL)
    events = (*engine.begin(), *engine.pause(ready_ms - 50))
    paused = [cue.line for cue in map(script.take, events) if cue and cue.line][-1]
    cues = [script.take(event) for event in engine.go_on(ready_ms)]
    assert cues[0] is not None
    assert cues[0].line is not None
    assert cues[0].line.phrases == ()
    assert cues[0].line.priority > paused.priority
