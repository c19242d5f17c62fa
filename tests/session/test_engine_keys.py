"""Each key does what the design's key table says."""

from collections.abc import Callable

import pytest

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.model import Routine, RoutineFile, Settle, Step
from itband_gui.routine.plan import PhaseKind, Plan, make_plan
from itband_gui.session.engine import Engine
from itband_gui.session.events import (
    Eased,
    EndReason,
    Paused,
    PauseReason,
    PhaseStarted,
    RefusalReason,
    Repeated,
    RequestRefused,
    Resumed,
    SessionEnded,
    Skipped,
    ZoneLeft,
)

FRONT, BACK = (Zone.FRONT_EDGE,), (Zone.BACK_EDGE,)


@pytest.fixture
def plan(anatomy: Anatomy) -> Plan:
    """Two legs; each: settle 20 s, front edge 2 x 30 s with rests of 15 s, back edge 30 s."""
    heel = Technique.HEEL_OF_HAND
    steps = (
        Step(heel, FRONT, 30, 7, 2, pressure=(3, 4)),
        Step(heel, BACK, 30, 7, pressure=(2, 3)),
    )
    content = RoutineFile("X", Settle((Zone.BAND_UPPER,), 20, 5), steps)
    return make_plan(Routine("x", content), CheckIn({Leg.LEFT: 3, Leg.RIGHT: 3}), anatomy)


# Where things begin on that plan, in seconds: get ready, settle, set, rest, set, rest, set,
# switch, settle, set, rest, set, rest, set, finish.
STARTS = [0, 20, 40, 70, 85, 115, 130, 160, 180, 200, 230, 245, 275, 290, 320]


def at(plan: Plan, second: float) -> tuple[Engine, int]:
    engine = Engine(plan, 0)
    engine.begin()
    engine.advance_to(int(second * 1000))
    return engine, int(second * 1000)


def technique(engine: Engine) -> Technique:
    assert engine.phase.work is not None
    return engine.phase.work.technique


def test_the_plan_of_these_tests_is_as_it_says(plan: Plan) -> None:
    assert [phase.start_ms for phase in plan.phases] == [start * 1000 for start in STARTS]


# --- Space ---


def test_space_pauses_and_goes_on(plan: Plan) -> None:
    engine, now = at(plan, 50)
    assert engine.pause(now) == (Paused(now, PauseReason.USER),)
    assert not engine.running
    assert engine.go_on(now + 7_000) == (Resumed(now + 7_000),)
    assert engine.paused is None
    assert engine.position(now + 7_000).offset_ms == 10_000


def test_a_gap_pauses_with_its_own_reason_and_a_second_pause_changes_nothing(plan: Plan) -> None:
    engine, now = at(plan, 50)
    assert engine.pause(now, PauseReason.GAP) == (Paused(now, PauseReason.GAP),)
    assert engine.pause(now + 1) == ()
    assert engine.paused is PauseReason.GAP


# --- Right, Left ---


@pytest.mark.parametrize(
    ("second", "index"),
    [
        (5, 1),  # get ready: to settle
        (25, 2),  # settle: to the first set
        (50, 4),  # a set: over its rest, to the next set
        (75, 4),  # a rest: to the set after it
        (90, 6),
        (140, 7),  # a leg's last set: to the switch
        (165, 8),  # the switch: to the other leg's settle
        (250, 13),
    ],
)
def test_right_skips_a_set_with_its_rest(plan: Plan, second: int, index: int) -> None:
    engine, now = at(plan, second)
    before = engine.position(now).index
    events = engine.skip(now)
    assert events == (Skipped(now, before), PhaseStarted(now, index, plan.phases[index]))
    assert engine.skips == 1
    assert engine.position(now).offset_ms == 0
    end = now + plan.total_ms - plan.phases[index].start_ms
    assert engine.advance_to(end)[-1] == SessionEnded(end, EndReason.FINISHED)


def test_right_in_the_last_set_finishes(plan: Plan) -> None:
    engine, now = at(plan, 300)
    *_, last = engine.skip(now)
    assert last == SessionEnded(now, EndReason.FINISHED)
    assert engine.skips == 1


@pytest.mark.parametrize(
    ("second", "index"),
    [
        (5, 0),  # get ready again
        (25, 1),
        (50, 2),
        (75, 2),  # in a rest: the set before it
        (90, 4),
        (120, 4),
        (165, 7),  # the switch again
    ],
)
def test_left_does_the_set_again(plan: Plan, second: int, index: int) -> None:
    engine, now = at(plan, second)
    events = engine.again(now)
    assert events == (Repeated(now, index), PhaseStarted(now, index, plan.phases[index]))
    assert engine.repeats == 1
    end = now + plan.total_ms - plan.phases[index].start_ms
    assert engine.advance_to(end)[-1] == SessionEnded(end, EndReason.FINISHED)


def test_left_is_refused_where_it_would_press_a_zone_for_over_two_minutes(plan: Plan) -> None:
    engine, _ = at(plan, 69)  # 29 s done; 30 again and 30 to come
    assert Repeated(69_000, 2) in engine.again(69_000)
    # 59 s done, in the set again; 30 again and 30 to come: 119 s
    assert Repeated(98_999, 2) in engine.again(98_999)
    engine.advance_to(101_000)  # 61 s done: once more would make it 121 s
    assert engine.again(101_000) == (RequestRefused(101_000, RefusalReason.ZONE_LIMIT),)
    assert engine.repeats == 2
    assert engine.position(101_000).offset_ms == 2_001


def test_left_up_to_exactly_two_minutes_is_granted(plan: Plan) -> None:
    engine, now = at(plan, 70)
    engine.again(now)  # 30 s done, 30 again, 30 to come
    engine.again(now + 30_000)  # at the end of it: 60 done, 30 again, 30 to come is the limit
    engine.advance_to(now + 100_000)
    assert (engine.repeats, engine.tally.firm_ms(Leg.LEFT, Zone.FRONT_EDGE)) == (2, 115_000)
    refused = engine.again(now + 100_000)
    assert refused == (RequestRefused(now + 100_000, RefusalReason.ZONE_LIMIT),)


def test_light_strokes_may_be_done_again_for_ever(plan: Plan) -> None:
    engine, now = at(plan, 25)
    for _ in range(20):
        now += 14_000
        assert Repeated(now, 1) in engine.again(now)
    assert engine.position(now).index == 1


# --- E ---


def test_e_makes_the_zone_light_at_once_and_for_its_later_sets_on_this_leg(plan: Plan) -> None:
    engine, now = at(plan, 50)
    assert engine.easier(now) == (Eased(now),)
    assert technique(engine) is Technique.LIGHT
    assert engine.phase.work is not None
    assert engine.phase.work.pressure is None
    assert engine.position(now).offset_ms == 10_000  # the set goes on where it was
    started = [e for e in engine.advance_to(319_000) if isinstance(e, PhaseStarted)]
    light = {
        (e.phase.leg, e.phase.work.zones): not e.phase.work.technique.firm
        for e in started
        if e.phase.work and e.phase.kind is PhaseKind.SET
    }
    assert light == {
        (Leg.LEFT, FRONT): True,
        (Leg.LEFT, BACK): False,
        (Leg.RIGHT, FRONT): False,
        (Leg.RIGHT, BACK): False,
    }
    assert engine.eases == 1


@pytest.mark.parametrize(("second", "index"), [(50, 6), (90, 6), (140, 7), (250, 13)])
def test_e_a_second_time_leaves_the_zone_with_all_its_sets(
    plan: Plan, second: int, index: int
) -> None:
    engine, now = at(plan, second)
    engine.easier(now)
    events = engine.easier(now + 500)
    assert events[-2:] == (
        *(ZoneLeft(now + 500), PhaseStarted(now + 500, index, plan.phases[index])),
    )
    assert engine.eases == 2


def test_e_twice_in_the_last_zone_finishes(plan: Plan) -> None:
    engine, now = at(plan, 300)
    engine.easier(now)
    assert engine.easier(now)[-1] == SessionEnded(now, EndReason.FINISHED)


def test_e_in_a_rest_eases_what_comes(plan: Plan) -> None:
    engine, now = at(plan, 75)
    assert engine.upcoming is not None
    assert engine.easier(now) == (Eased(now),)
    assert engine.upcoming.work is not None
    assert engine.upcoming.work.technique is Technique.LIGHT
    engine.advance_to(85_000)
    assert technique(engine) is Technique.LIGHT


def test_e_twice_in_a_rest_leaves_the_zone_that_comes(plan: Plan) -> None:
    engine, now = at(plan, 75)
    engine.easier(now)
    events = engine.easier(now)
    assert events == (ZoneLeft(now), PhaseStarted(now, 6, plan.phases[6]))


def test_e_on_light_strokes_leaves_them_at_the_first_press(plan: Plan) -> None:
    engine, now = at(plan, 25)
    assert engine.easier(now) == (ZoneLeft(now), PhaseStarted(now, 2, plan.phases[2]))


@pytest.mark.parametrize("second", [5, 165])
def test_e_where_no_hand_works_does_nothing(plan: Plan, second: int) -> None:
    engine, now = at(plan, second)
    assert engine.easier(now) == ()
    assert engine.eases == 0


def test_again_after_e_stays_light_and_is_never_refused(plan: Plan) -> None:
    engine, now = at(plan, 50)
    engine.easier(now)
    for _ in range(8):
        now += 15_000
        assert Repeated(now, 2) in engine.again(now)
        assert technique(engine) is Technique.LIGHT


# --- S, Esc ---


@pytest.mark.parametrize("second", [0, 5, 25, 50, 75, 165, 319])
@pytest.mark.parametrize("paused", [False, True])
def test_s_ends_at_any_instant(plan: Plan, second: int, paused: bool) -> None:
    engine, now = at(plan, second)
    if paused:
        engine.pause(now)
    assert engine.end(now + 100, EndReason.STOPPED)[-1] == SessionEnded(
        now + 100, EndReason.STOPPED
    )
    assert engine.ended is EndReason.STOPPED
    assert (engine.paused, engine.running) == (None, False)
    assert engine.advance_to(now + 900_000) == ()


def test_s_in_a_pause_ends_where_it_stood(plan: Plan) -> None:
    engine, now = at(plan, 50)
    engine.pause(now)
    before = engine.position(now)
    engine.end(now + 5_000, EndReason.STOPPED)
    assert engine.position(now + 5_000) == before


def test_what_was_done_before_s_is_kept(plan: Plan) -> None:
    engine, now = at(plan, 50)
    engine.end(now, EndReason.STOPPED)
    done = {(w.key.zone, w.key.technique): w.seconds for w in engine.tally.work}
    assert done == {
        (Zone.BAND_UPPER, Technique.LIGHT): 20,
        (Zone.FRONT_EDGE, Technique.HEEL_OF_HAND): 10,
    }


# --- in a pause ---


@pytest.mark.parametrize(("command", "index"), [(Engine.skip, 4), (Engine.again, 2)])
def test_moving_in_a_pause_stays_paused_and_begins_there_on_going_on(
    plan: Plan, command: Callable[[Engine, int], object], index: int
) -> None:
    engine, now = at(plan, 75)
    engine.pause(now)
    command(engine, now + 5_000)
    assert engine.paused is PauseReason.USER
    assert engine.position(now + 60_000).index == index
    assert engine.advance_to(now + 60_000) == ()
    engine.go_on(now + 60_000)
    assert engine.position(now + 61_000).offset_ms == 1_000
    assert engine.tally.firm_ms(Leg.LEFT, Zone.FRONT_EDGE) == 30_000
