"""Laws of the timeline that hold for every routine and check-in."""

from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.library import load_library
from itband_gui.routine.model import Routine
from itband_gui.routine.plan import PhaseKind, Plan, make_plan

WORKING = (PhaseKind.SETTLE, PhaseKind.SET)
Made = st.SearchStrategy[tuple[Routine, CheckIn, Plan]]


@given(data=st.data())
def test_phases_follow_each_other_without_gap_or_overlap(data: st.DataObject, made: Made) -> None:
    _, _, plan = data.draw(made)
    assert plan.phases[0].start_ms == 0
    assert all(a.end_ms == b.start_ms for a, b in pairwise(plan.phases))
    assert plan.total_ms == sum(phase.length_ms for phase in plan.phases)
    assert all(phase.length_ms > 0 for phase in plan.phases[:-1])


@given(data=st.data())
def test_a_session_gets_ready_first_and_finishes_last(data: st.DataObject, made: Made) -> None:
    routine, _, plan = data.draw(made)
    first, *between, last = plan.phases
    assert (first.kind, first.leg) == (PhaseKind.GET_READY, plan.legs[0])
    assert first.length_ms == routine.content.get_ready_s * 1000
    assert (last.kind, last.leg, last.length_ms) == (PhaseKind.FINISH, plan.legs[-1], 0)
    assert {phase.kind for phase in between}.isdisjoint({first.kind, last.kind})


@given(data=st.data())
def test_the_legs_change_once_and_with_a_switch_between(data: st.DataObject, made: Made) -> None:
    routine, _, plan = data.draw(made)
    assert tuple(leg for leg, _ in groupby(phase.leg for phase in plan.phases)) == plan.legs
    changes = [b for a, b in pairwise(plan.phases) if a.leg is not b.leg]
    switches = [phase for phase in plan.phases if phase.kind is PhaseKind.SWITCH]
    assert switches == changes
    assert all(s.length_ms == routine.content.switch_s * 1000 for s in switches)


@given(data=st.data())
def test_each_leg_settles_then_works_with_a_rest_between_sets_and_none_at_the_end(
    data: st.DataObject, made: Made
) -> None:
    _, _, plan = data.draw(made)
    for leg in plan.legs:
        kinds = [p.kind for p in plan.phases if p.leg is leg and p.kind in {*WORKING, "rest"}]
        assert kinds.count(PhaseKind.SETTLE) <= 1
        assert PhaseKind.SETTLE not in kinds[1:]
        assert kinds[-1] is PhaseKind.SET
        for a, b in pairwise(kinds):
            assert (a, b) != (PhaseKind.REST, PhaseKind.REST)
            assert b is not PhaseKind.REST or a is PhaseKind.SET


@given(data=st.data())
def test_the_sets_are_those_of_the_steps_in_order_each_with_its_own_rest(
    data: st.DataObject, made: Made, anatomy: Anatomy
) -> None:
    routine, _, _ = data.draw(made)
    plan = make_plan(routine, CheckIn({Leg.LEFT: 3}), anatomy)
    steps = [(step, i + 1) for step in routine.content.steps for i in range(step.sets)]
    sets = [phase for phase in plan.phases if phase.kind is PhaseKind.SET]
    rests = [phase.length_ms for phase in plan.phases if phase.kind is PhaseKind.REST]
    for (step, number), phase in zip(steps, sets, strict=True):
        work = phase.work
        assert work is not None
        assert (phase.set_number, phase.set_count) == (number, step.sets)
        assert phase.length_ms == step.seconds * 1000
        assert (work.technique, work.zones, work.pressure) == (
            *(step.technique, step.zones, step.pressure),
        )
        assert work.path.points == (step.path or anatomy.stroke_through(step.zones).points)
    assert rests == [step.rest_s * 1000 for step, _ in steps[:-1] if step.rest_s]


@given(data=st.data())
def test_strokes_fill_their_phase_in_order(data: st.DataObject, made: Made) -> None:
    _, _, plan = data.draw(made)
    for phase in plan.phases:
        assert bool(phase.strokes) == bool(phase.work) == (phase.kind in WORKING)
        if phase.strokes:
            assert phase.strokes[0].start_ms == 0
            assert phase.strokes[-1].end_ms == phase.length_ms
        for stroke in phase.strokes:
            assert stroke.start_ms < stroke.turn_ms <= stroke.end_ms
        assert all(a.end_ms == b.start_ms for a, b in pairwise(phase.strokes))


@given(data=st.data())
def test_the_hand_travels_at_the_speed_of_the_step_and_as_often_as_fits(
    data: st.DataObject, made: Made
) -> None:
    routine, _, plan = data.draw(made)
    settle, steps = routine.content.settle, routine.content.steps
    paces = [(settle.speed_cm_s, settle.return_s), *((s.speed_cm_s, s.return_s) for s in steps)]
    for phase in plan.phases:
        for stroke in phase.strokes:
            assert phase.work is not None
            length_cm, count = phase.work.path.length, len(phase.strokes)
            pass_s = (stroke.turn_ms - stroke.start_ms) / 1000
            return_s = (stroke.end_ms - stroke.turn_ms) / 1000
            assert any(
                abs(pass_s - length_cm / speed) <= 0.002
                and return_s >= back - 0.003
                and (count + 1) * (length_cm / speed + back) > phase.length_ms / 1000 - 0.1
                for speed, back in paces
            )


@given(data=st.data())
def test_the_same_input_gives_the_same_plan(
    data: st.DataObject, made: Made, anatomy: Anatomy
) -> None:
    routine, check_in, plan = data.draw(made)
    assert make_plan(routine, check_in, anatomy) == plan
    assert plan.routine_id == routine.id


@given(data=st.data())
def test_the_next_work_is_the_first_that_follows(data: st.DataObject, made: Made) -> None:
    _, _, plan = data.draw(made)
    for index in range(len(plan.phases)):
        after = [phase for phase in plan.phases[index + 1 :] if phase.kind in WORKING]
        assert plan.next_work(index) == (after[0] if after else None)


@given(data=st.data())
def test_a_leg_without_sore_places_takes_the_time_of_the_routine(
    data: st.DataObject, made: Made, anatomy: Anatomy
) -> None:
    routine, _, _ = data.draw(made)
    plan = make_plan(routine, CheckIn({Leg.LEFT: 2, Leg.RIGHT: 2}, dose=Dose.MORE), anatomy)
    waiting = {PhaseKind.GET_READY, PhaseKind.SWITCH}
    for leg in plan.legs:
        hands = [p for p in plan.phases if p.leg is leg and p.kind not in waiting]
        assert sum(p.length_ms for p in hands) == routine.seconds_a_leg * 1000


def test_a_plan_without_a_leg_is_refused(anatomy: Anatomy) -> None:
    for routine in load_library(anatomy, None).routines:
        with pytest.raises(ValueError, match="leg"):
            make_plan(routine, CheckIn({}), anatomy)
