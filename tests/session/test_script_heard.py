"""The leg, the place and when to stop are repeated until heard; explanations are given once."""

from dataclasses import dataclass, field

import pytest

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.model import Routine, RoutineFile, Settle, Step
from itband_gui.routine.plan import Plan, make_plan
from itband_gui.session.cues import Count, SpokenLine, Talk
from itband_gui.session.engine import Engine
from itband_gui.session.events import EndReason, Event
from itband_gui.session.script import Script
from tests.session.paces import EstimatedPace

PACE = EstimatedPace(160)
HOW = "how-light"


def make(anatomy: Anatomy, get_ready_s: int, seconds: int, settle_s: int = 40) -> Plan:
    """Return a plan: get ready, settle, two sets of the front edge with a rest of 15 s."""
    front = Step(Technique.HEEL_OF_HAND, (Zone.FRONT_EDGE,), seconds, 7, 2, pressure=(3, 4))
    settle = Settle((Zone.BAND_UPPER,), settle_s, 8)
    content = RoutineFile("X", settle, (front,), get_ready_s=get_ready_s)
    return make_plan(Routine("x", content), CheckIn({Leg.LEFT: 3}), anatomy)


@pytest.fixture
def plan(anatomy: Anatomy) -> Plan:
    """Get ready 0, settle 25, set 65, rest 95, set 110, finish 140."""
    return make(anatomy, 25, 30)


@dataclass
class Session:
    """An engine and its script; what is said of a line is told by the test."""

    plan: Plan
    talk: Talk = Talk.FULL
    lines: list[SpokenLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.engine = Engine(self.plan, 0)
        self.script = Script(self.plan, self.talk, Count.NONE, PACE)
        self.take(self.engine.begin())

    def take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            cue = self.script.take(event)
            if cue is not None and cue.line is not None:
                self.lines.append(cue.line)

    def until(self, second: float) -> None:
        self.take(self.engine.advance_to(round(second * 1000)))

    @property
    def last(self) -> tuple[str, ...]:
        return self.lines[-1].phrases

    def hear(self, *phrases: str) -> None:
        """Hear some phrases of the last line; all of them where none is named."""
        self.script.said(self.lines[-1], phrases or self.last)

    def miss(self) -> None:
        self.script.said(self.lines[-1], ())


def test_what_was_heard_is_not_said_again(plan: Plan) -> None:
    session = Session(plan)
    session.hear()
    session.until(25)
    assert {"left-leg", "stop-if", HOW}.isdisjoint(session.last)
    assert "zone-band-upper" in session.last


def test_an_opening_that_nobody_heard_is_made_good_in_the_next_phase(plan: Plan) -> None:
    session = Session(plan)
    session.miss()
    session.until(25)
    assert {"left-leg", "zone-band-upper", "stop-if", HOW} <= set(session.last)


def test_what_a_shortened_opening_left_out_does_not_count_as_taught(plan: Plan) -> None:
    session = Session(plan)
    session.hear("left-leg", "zone-band-upper", "technique-light", "stop-if")
    session.until(25)
    assert HOW in session.last
    assert {"left-leg", "stop-if"}.isdisjoint(session.last)


def test_skipping_on_early_leaves_nothing_unsaid_that_is_for_safety(plan: Plan) -> None:
    session = Session(plan)
    session.take(session.engine.skip(3_000))
    assert {"skipped", "left-leg", "zone-band-upper", "stop-if"} <= set(session.last)


@pytest.mark.parametrize("lost", range(1, 4))
def test_however_many_openings_are_lost_the_next_one_says_when_to_stop(
    plan: Plan, lost: int
) -> None:
    session = Session(plan)
    for second in (25, 65, 95)[:lost]:
        session.miss()
        session.until(second)
        assert {"stop-if"} <= set(session.last)


def test_a_rest_that_nobody_heard_has_announced_nothing(plan: Plan) -> None:
    session = Session(plan)
    session.until(65)
    session.hear()
    session.until(95)
    session.miss()
    session.until(110)
    assert "press-3-to" in session.last


def test_a_key_that_cuts_off_the_opening_of_a_set_brings_back_place_and_stop(plan: Plan) -> None:
    session = Session(plan)
    session.miss()
    session.until(65)
    session.take(session.engine.easier(66_000))
    assert {"lighter", "zone-front-edge", "stop-if"} <= set(session.last)


def test_a_voice_that_comes_back_says_what_was_missed_and_only_that(plan: Plan) -> None:
    session = Session(plan)
    session.miss()
    session.until(30)
    session.miss()
    cue = session.script.remind(30_000)
    assert cue is not None
    assert cue.tone is None
    assert cue.line is not None
    assert cue.line.phrases == ("left-leg", "zone-band-upper", "stop-if")
    session.script.said(cue.line, cue.line.phrases)
    assert session.script.remind(38_000) is None


def test_in_a_pause_nothing_is_due_since_going_on_says_it(plan: Plan) -> None:
    session = Session(plan)
    session.take(session.engine.pause(2_000))
    session.miss()
    assert session.script.remind(3_000) is None
    session.take(session.engine.go_on(4_000))
    assert {"left-leg", "stop-if"} <= set(session.last)


def test_a_session_that_is_gone_on_with_after_a_restart_says_leg_place_and_stop(
    plan: Plan,
) -> None:
    engine = Engine(plan, 0)
    engine.begin()
    engine.advance_to(112_000)
    restored = Engine.restored(plan, engine.snapshot(), 500_000)
    script = Script(plan, Talk.BRIEF, Count.NONE, PACE)
    script.stand_at(restored.position(500_000), 500_000)
    (resumed,) = restored.go_on(501_000)
    cue = script.take(resumed)
    assert cue is not None
    assert cue.line is not None
    assert {"left-leg", "zone-front-edge", "stop-if"} <= set(cue.line.phrases)


@pytest.mark.parametrize("talk", [Talk.FULL, Talk.BRIEF])
@pytest.mark.parametrize("get_ready_s", [5, 8, 12])
def test_where_getting_ready_is_short_a_later_phase_says_when_to_stop(
    anatomy: Anatomy, get_ready_s: int, talk: Talk
) -> None:
    plan = make(anatomy, get_ready_s, 20, settle_s=10)
    session = Session(plan, talk)
    heard: set[str] = set()
    for phase in plan.phases[:3]:
        session.until(phase.start_ms / 1000)
        heard |= set(session.last)
        session.hear()
    assert {"left-leg", "zone-band-upper", "stop-if"} <= heard


def test_stopping_is_no_time_for_what_was_missed(plan: Plan) -> None:
    session = Session(plan)
    session.take(session.engine.end(1_000, EndReason.STOPPED))
    assert "stop-if" not in session.last
