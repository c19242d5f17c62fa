"""A checkpoint has all that is needed to continue a session, to ask about it or to save it."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.journal.entries import Ended, Session
from itband_gui.journal.validation import check
from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Technique
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import PhaseKind, Plan, make_plan
from itband_gui.session.checkpoint import CHECKPOINT_LIMIT, STALE, Checkpoint, decode, standing
from itband_gui.session.events import EndReason
from itband_gui.session.record import interrupted_entry, session_entry
from tests.session.checkpoints import BOTH, NOON, at, encoded

Way = tuple[Any, ...]
Plans = st.SearchStrategy[Plan]


# What goes in comes out


@pytest.mark.parametrize("routine_id", ["first-time", "full", "after-a-run", "muscles-around"])
def test_the_plan_and_the_answers_come_back_as_they_were(
    anatomy: Anatomy, answers: CheckIn, routine_id: str
) -> None:
    routine = load_library(anatomy, None).get(routine_id)
    assert routine is not None
    plan = make_plan(routine, answers, anatomy)
    checkpoint = decode(encoded(at(plan, 100), answers))
    assert checkpoint.plan == plan
    assert checkpoint.check_in == answers
    assert checkpoint.check_in.legs == answers.legs, "in the order in which they are worked"
    assert checkpoint.engine(0).snapshot() == at(plan, 100).snapshot()
    assert (checkpoint.head.session, checkpoint.head.started) == ("a-session", NOON)


@given(data=st.data(), share=st.floats(0, 1.1))
def test_any_plan_at_any_instant_comes_back_as_it_was(
    data: st.DataObject, share: float, short_plans: Plans, long_plans: Plans
) -> None:
    plan = data.draw(short_plans | long_plans)
    engine = at(plan, share * plan.total_ms / 1000)
    checkpoint = decode(encoded(engine, CheckIn(dict.fromkeys(plan.legs, 3))))
    assert checkpoint.plan == plan
    assert checkpoint.snapshot == engine.snapshot()


def test_a_check_in_of_two_legs_goes_with_a_plan_for_one(anatomy: Anatomy) -> None:
    library = load_library(anatomy, None)
    routine = library.get("first-time")
    assert routine is not None
    plan = make_plan(routine, CheckIn({Leg.LEFT: 3}), anatomy)
    assert decode(encoded(at(plan, 50), CheckIn(BOTH))).check_in == CheckIn(BOTH)


def test_a_real_checkpoint_is_far_below_the_limit(plan: Plan, answers: CheckIn) -> None:
    assert len(encoded(at(plan, 900), answers)) < CHECKPOINT_LIMIT / 100


# What the window asks


@pytest.mark.parametrize(
    ("after", "stale"),
    [
        (timedelta(0), False),
        (STALE, False),
        (STALE + timedelta(seconds=1), True),
        (timedelta(hours=-1), False),  # the clock was set back, as in autumn
        (timedelta(days=-30), True),
    ],
)
def test_after_half_a_day_it_is_stale(
    plan: Plan, answers: CheckIn, after: timedelta, stale: bool
) -> None:
    checkpoint = decode(encoded(at(plan, 100), answers))
    assert checkpoint.is_stale(checkpoint.written + after) is stale


def phase_after(plan: Plan, kind: PhaseKind, leg: Leg, number: int = 0) -> int:
    """Return the index of the first such phase, at least `number` sets in for a set."""
    return next(
        i
        for i, p in enumerate(plan.phases)
        if (p.kind, p.leg) == (kind, leg) and p.set_number >= number
    )


@pytest.mark.parametrize("leg", Leg)
def test_it_says_leg_zone_and_set_of_what_is_under_way(plan: Plan, leg: Leg) -> None:
    index = phase_after(plan, PhaseKind.SET, leg, 2)
    phase = plan.phases[index]
    engine = at(plan, phase.start_ms / 1000 + 1)
    told = standing(decode(encoded(engine, CheckIn(BOTH))).engine(0))
    assert phase.work is not None
    assert (told.kind, told.leg, told.zones) == (PhaseKind.SET, leg, phase.work.zones)
    assert (told.set_number, told.set_count) == (2, phase.set_count)
    assert told.left_ms == plan.total_ms - phase.start_ms - 1_000


@pytest.mark.parametrize("kind", [PhaseKind.REST, PhaseKind.SWITCH, PhaseKind.GET_READY])
def test_between_sets_it_says_what_comes(plan: Plan, kind: PhaseKind) -> None:
    index = next(i for i, p in enumerate(plan.phases) if p.kind is kind)
    told = standing(at(plan, plan.phases[index].start_ms / 1000))
    coming = plan.next_work(index)
    assert coming is not None
    assert coming.work is not None
    assert (told.kind, told.leg, told.zones) == (kind, coming.leg, coming.work.zones)
    assert told.set_number == coming.set_number


def test_an_eased_zone_is_told_with_a_flat_hand(plan: Plan) -> None:
    engine = at(plan, plan.phases[2].start_ms / 1000)
    assert standing(engine).technique is not Technique.LIGHT
    engine.easier(plan.phases[2].start_ms)
    assert standing(engine).technique is Technique.LIGHT


def test_at_the_end_no_work_is_left(plan: Plan) -> None:
    told = standing(at(plan, plan.total_ms / 1000))
    assert (told.zones, told.set_number, told.left_ms) == ((), 0, 0)


# What is saved of it


@given(data=st.data(), share=st.floats(0, 0.99))
def test_what_was_done_is_saved_as_if_it_had_been_ended_then(
    data: st.DataObject, share: float, long_plans: Plans
) -> None:
    plan = data.draw(long_plans)
    engine = at(plan, share * plan.total_ms / 1000)
    checkpoint = decode(encoded(engine, CheckIn(dict.fromkeys(plan.legs, 3))))
    engine.end(int(share * plan.total_ms), EndReason.ENDED_EARLY)
    expected = session_entry(engine, "a-session", NOON)
    assert interrupted_entry(checkpoint, NOON + timedelta(hours=20)) == expected
    assert expected.ended is Ended.ENDED_EARLY
    check(expected, NOON + timedelta(hours=20))


@pytest.mark.parametrize("reason", [EndReason.STOPPED, EndReason.ENDED_EARLY, EndReason.FINISHED])
def test_a_session_that_was_over_is_saved_with_its_own_end(
    plan: Plan, answers: CheckIn, reason: EndReason
) -> None:
    engine = at(plan, 100)
    engine.end(plan.total_ms if reason is EndReason.FINISHED else 100_000, reason)
    checkpoint = decode(encoded(engine, answers))
    assert checkpoint.snapshot.ended is reason
    saved: Session = interrupted_entry(checkpoint, NOON)
    assert saved == session_entry(engine, "a-session", NOON)
    assert saved.ended == reason.value


def test_with_the_clock_set_back_it_is_saved_as_of_now(plan: Plan, answers: CheckIn) -> None:
    checkpoint: Checkpoint = decode(encoded(at(plan, 100), answers))
    now = NOON - timedelta(hours=2)
    check(interrupted_entry(checkpoint, now), now)
