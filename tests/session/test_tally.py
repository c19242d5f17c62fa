"""The counts are right whatever keys were pressed, and no zone is pressed too long."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.model import Routine, RoutineFile, Settle, Step
from itband_gui.routine.plan import Phase, Plan, make_plan
from itband_gui.session.engine import Engine
from itband_gui.session.events import (
    Eased,
    EndReason,
    Event,
    Paused,
    PhaseStarted,
    Repeated,
    RequestRefused,
    Resumed,
    SessionEnded,
    Skipped,
    StrokeTurned,
    ZoneLeft,
)
from itband_gui.session.tally import WorkKey


class Witness:
    """Counts from the events alone, as somebody who watches would."""

    def __init__(self) -> None:
        self.strokes: Counter[WorkKey] = Counter()
        self.ms: dict[WorkKey, float] = {}
        self.firm_ms: Counter[tuple[Leg, Zone]] = Counter()
        self.seen: Counter[type[Event]] = Counter()
        self.phase: Phase | None = None
        self.going = True
        self.since_ms = 0

    def watch(self, event: Event) -> None:
        """Count up to an event, then what it changes."""
        self.until(event.at_ms)
        self.seen[type(event)] += 1
        if isinstance(event, PhaseStarted):
            self.phase = event.phase
        elif isinstance(event, Eased) and self.phase and self.phase.work:
            self.phase = replace(self.phase, work=self.phase.work.lighter)
        elif isinstance(event, StrokeTurned):
            self.strokes.update(self._keys())
        elif isinstance(event, Paused | SessionEnded):
            self.going = False
        elif isinstance(event, Resumed):
            self.going = True

    def until(self, at_ms: int) -> None:
        """Count the time up to an instant."""
        if self.going and self.phase and self.phase.work:
            passed, work = at_ms - self.since_ms, self.phase.work
            for key, share in zip(self._keys(), work.shares, strict=True):
                self.ms[key] = self.ms.get(key, 0.0) + passed * share
                if work.technique.firm:
                    self.firm_ms[key.leg, key.zone] += passed
        self.since_ms = at_ms

    def _keys(self) -> list[WorkKey]:
        assert self.phase is not None
        assert self.phase.work is not None
        work = self.phase.work
        return [WorkKey(self.phase.leg, zone, work.technique) for zone in work.zones]


class Keys(RuleBasedStateMachine):
    """Somebody who presses anything at any time."""

    plans: st.SearchStrategy[Plan]

    @initialize(data=st.data())
    def start(self, data: st.DataObject) -> None:
        self.now = 5_000
        self.engine = Engine(data.draw(self.plans), self.now)
        self.witness = Witness()
        self.saw(self.engine.begin())

    def saw(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.witness.watch(event)

    @rule(wait=st.integers(0, 40_000) | st.integers(0, 1_500))
    def time_passes(self, wait: int) -> None:
        self.now += wait
        self.saw(self.engine.advance_to(self.now))

    @rule(wait=st.integers(0, 500))
    def space(self, wait: int) -> None:
        self.now += wait
        paused = self.engine.paused
        self.saw((self.engine.go_on if paused else self.engine.pause)(self.now))

    @rule(wait=st.integers(0, 500))
    def right(self, wait: int) -> None:
        self.now += wait
        self.saw(self.engine.skip(self.now))

    @rule(wait=st.integers(0, 30_000))
    def left(self, wait: int) -> None:
        self.now += wait
        self.saw(self.engine.again(self.now))

    @rule()
    def left_at_once(self) -> None:
        self.saw(self.engine.again(self.now))

    @rule(wait=st.integers(0, 500))
    def easier(self, wait: int) -> None:
        self.now += wait
        self.saw(self.engine.easier(self.now))

    @precondition(lambda self: self.now > 200_000)
    @rule(reason=st.sampled_from([EndReason.STOPPED, EndReason.ENDED_EARLY]))
    def stop(self, reason: EndReason) -> None:
        self.saw(self.engine.end(self.now, reason))

    @invariant()
    def no_zone_is_pressed_for_more_than_two_minutes(self) -> None:
        if hasattr(self, "engine"):
            pressed = [self.engine.tally.firm_ms(leg, zone) for leg in Leg for zone in Zone]
            assert max(pressed) <= 120_000

    @invariant()
    def the_counts_are_what_happened(self) -> None:
        if not hasattr(self, "engine"):
            return
        self.witness.until(self.now)
        engine, witness = self.engine, self.witness
        for leg in Leg:
            for zone in Zone:
                assert engine.tally.firm_ms(leg, zone) == witness.firm_ms[leg, zone]
        counted = {w.key: (w.strokes, w.seconds) for w in engine.tally.work}
        watched = {k: (witness.strokes[k], round(ms / 1000)) for k, ms in witness.ms.items() if ms}
        assert counted == watched
        assert engine.tally.hands_on_ms == pytest.approx(sum(witness.ms.values()), abs=1)

    @invariant()
    def the_counters_of_wishes_are_what_was_granted(self) -> None:
        if hasattr(self, "engine"):
            seen = self.witness.seen
            assert self.engine.skips == seen[Skipped]
            assert self.engine.repeats == seen[Repeated]
            assert self.engine.eases == seen[Eased] + seen[ZoneLeft]
            assert bool(self.engine.ended) == bool(seen[SessionEnded]) == (seen[SessionEnded] == 1)

    @invariant()
    def the_position_is_within_its_phase(self) -> None:
        if hasattr(self, "engine"):
            position = self.engine.position(self.now)
            assert position.phase == self.engine.phase
            assert 0 <= position.offset_ms <= position.phase.length_ms
            assert 0 <= position.along <= 1
            assert 0 <= position.progress <= 1


def test_whatever_keys_are_pressed_the_counts_are_true_and_the_limit_holds(
    long_plans: st.SearchStrategy[Plan],
) -> None:
    class WithPlans(Keys):
        plans = long_plans

    keep = settings(max_examples=150, stateful_step_count=40)
    run_state_machine_as_test(WithPlans, settings=keep)


def test_a_zone_planned_up_to_the_limit_may_not_be_done_again(
    anatomy: Anatomy,
) -> None:
    """`full` plans 60 s on the front edge: twice again is the limit."""
    full = load_library(anatomy, None).get("full")
    assert full is not None
    plan = make_plan(full, CheckIn({Leg.LEFT: 3}), anatomy)
    index = next(i for i, p in enumerate(plan.phases) if p.work and Zone.FRONT_EDGE in p.work.zones)
    engine = Engine(plan, 0)
    engine.begin()
    now, outcomes = plan.phases[index].start_ms, []
    for _ in range(4):
        now += 29_999
        engine.advance_to(now)
        outcomes += [type(event) for event in engine.again(now)]
    assert outcomes.count(Repeated) == 2
    assert RequestRefused in outcomes
    engine.advance_to(now + plan.total_ms)
    assert engine.tally.firm_ms(Leg.LEFT, Zone.FRONT_EDGE) <= 120_000


@pytest.mark.parametrize(("eased", "outcome"), [(True, Repeated), (False, RequestRefused)])
def test_work_that_was_made_light_leaves_room_on_a_zone_that_it_shares(
    anatomy: Anatomy, eased: bool, outcome: type[Event]
) -> None:
    """60 s on the upper band, then 60 s on the whole of it: the first again is 60 s too much."""
    upper, whole = (Zone.BAND_UPPER,), (Zone.BAND_UPPER, Zone.BAND_MIDDLE)
    heel = Technique.HEEL_OF_HAND
    steps = tuple(Step(heel, zones, 60, 5, pressure=(3, 4)) for zones in (upper, whole))
    content = RoutineFile("X", Settle((Zone.GLUTEAL,), 20, 3), steps)
    plan = make_plan(Routine("x", content), CheckIn({Leg.LEFT: 3}), anatomy)
    engine = Engine(plan, 0)
    engine.begin()
    in_rest = plan.phases[3].start_ms
    engine.advance_to(in_rest)
    if eased:
        engine.easier(in_rest)
    assert isinstance(engine.again(in_rest)[0], outcome)


@pytest.mark.parametrize("routine_id", ["first-time", "full", "after-a-run", "muscles-around"])
def test_a_whole_session_counts_the_whole_plan(anatomy: Anatomy, routine_id: str) -> None:
    routine = load_library(anatomy, None).get(routine_id)
    assert routine is not None
    plan = make_plan(routine, CheckIn({Leg.LEFT: 3, Leg.RIGHT: 3}), anatomy)
    engine = Engine(plan, 0)
    engine.begin()
    engine.advance_to(plan.total_ms)
    worked = [phase for phase in plan.phases if phase.work]
    assert engine.ended is EndReason.FINISHED
    assert engine.tally.hands_on_ms == sum(phase.length_ms for phase in worked)
    strokes = sum(len(p.strokes) * len(p.work.zones) for p in worked if p.work)
    assert sum(work.strokes for work in engine.tally.work) == strokes
    begun = [w.key.zone for w in engine.tally.work if w.key.leg is plan.legs[0]]
    assert begun[0] in routine.content.settle.zones
    assert len(set(engine.tally.work)) == len(engine.tally.work)
