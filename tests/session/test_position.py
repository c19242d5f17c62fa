"""The hand stays on the path, never jumps, and keeps the pace of the plan."""

from itertools import pairwise
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.plan import HandWork, Phase, PhaseKind, Plan, Stroke
from itband_gui.session.engine import Engine
from itband_gui.session.events import PhaseStarted, StrokeStarted
from itband_gui.session.position import SOFT_SHARE, Position, locate

WORK = HandWork(
    Technique.HEEL_OF_HAND, (Zone.FRONT_EDGE,), (1.0,), (3, 4), Path((Point(5, 10), Point(5, 30)))
)
TWO = (Stroke(0, 4_000, 6_000), Stroke(6_000, 10_000, 12_000))
READY = Phase(PhaseKind.GET_READY, Leg.LEFT, 0, 8_000)
SET = Phase(PhaseKind.SET, Leg.LEFT, 8_000, 12_000, WORK, TWO, 1, 1)
FINISH = Phase(PhaseKind.FINISH, Leg.LEFT, 20_000, 0)
PLAN = Plan("x", (Leg.LEFT,), (READY, SET, FINISH))
Plans = st.SearchStrategy[Plan]


def in_set(offset_ms: int) -> Position:
    return locate(PLAN, 1, SET, offset_ms)


@pytest.mark.parametrize(
    ("offset_ms", "number", "along", "returning"),
    [
        (0, 1, 0.0, False),
        (240, 1, 0.0170, False),
        (1_000, 1, 0.2159, False),
        (2_000, 1, 0.5, False),
        (3_760, 1, 0.9830, False),
        (4_000, 1, 1.0, True),
        (5_000, 1, 0.5, True),
        (6_000, 2, 0.0, False),
        (8_000, 2, 0.5, False),
        (11_000, 2, 0.5, True),
        (12_000, 2, 0.0, True),
        (-5, 1, 0.0, False),
        (99_999, 2, 0.0, True),
    ],
)
def test_the_hand_goes_down_evenly_between_soft_ends_and_comes_back_softly(
    offset_ms: int, number: int, along: float, returning: bool
) -> None:
    position = in_set(offset_ms)
    assert (position.stroke_number, position.returning) == (number, returning)
    assert position.along == pytest.approx(along, abs=1e-4)
    assert position.point == pytest.approx(Point(5, 10 + 20 * position.along))


@pytest.mark.parametrize(
    ("offset_ms", "press"),
    [(0, 0), (150, 0.5), (300, 1), (2_000, 1), (3_700, 1), (3_850, 0.5), (4_000, 0), (5_000, 0)],
)
def test_the_hand_presses_between_landing_and_lifting_and_is_off_on_its_way_back(
    offset_ms: int, press: float
) -> None:
    assert in_set(offset_ms).press == pytest.approx(press)


def test_the_return_starts_and_ends_softly() -> None:
    assert in_set(4_100).along > 0.99
    assert in_set(5_900).along < 0.01


@pytest.mark.parametrize(("offset_ms", "left"), [(0, 12_000), (5_000, 7_000), (20_000, 0)])
def test_the_time_left_is_that_of_the_phase(offset_ms: int, left: int) -> None:
    assert in_set(offset_ms).remaining_ms == left


def test_progress_is_the_share_of_the_whole_plan() -> None:
    assert locate(PLAN, 0, READY, 0).progress == 0
    assert locate(PLAN, 0, READY, 4_000).progress == 0.2
    assert in_set(2_000).progress == 0.5
    assert locate(PLAN, 2, FINISH, 0).progress == 1


def test_without_work_there_is_no_hand() -> None:
    ready = locate(PLAN, 0, READY, 3_000)
    assert (ready.point, ready.stroke_number, ready.along) == (None, 0, 0)


@given(data=st.data())
def test_the_hand_never_jumps_and_progress_never_falls(
    data: st.DataObject, short_plans: Plans
) -> None:
    plan = data.draw(short_plans)
    engine = Engine(plan, 0)
    engine.begin()
    places = []
    for now in range(plan.total_ms + 1):
        engine.advance_to(now)
        places.append(engine.position(now))
    for a, b in pairwise(places):
        assert a.progress <= b.progress
        if a.index == b.index and a.phase.strokes:
            stroke = a.phase.strokes[a.stroke_number - 1]
            down = 1 / (stroke.turn_ms - stroke.start_ms) / (1 - SOFT_SHARE)
            back = pi / 2 / (stroke.end_ms - stroke.turn_ms)
            assert abs(b.along - a.along) <= max(down, back) + 1e-9
    assert (places[0].progress, places[-1].progress) == (0, 1)


@given(data=st.data())
def test_the_position_stays_within_its_bounds_however_late_it_is_asked(
    data: st.DataObject, long_plans: Plans
) -> None:
    plan = data.draw(long_plans)
    told = data.draw(st.integers(0, plan.total_ms))
    asked = told + data.draw(st.integers(0, 10_000_000))
    engine = Engine(plan, 0)
    engine.begin()
    engine.advance_to(told)
    position = engine.position(asked)
    assert 0 <= position.offset_ms <= position.phase.length_ms
    assert 0 <= position.along <= 1
    assert 0 <= position.stroke_number <= len(position.phase.strokes)
    assert 0 <= position.progress <= 1
    assert position.remaining_ms >= 0


@given(data=st.data())
def test_the_stroke_shown_is_the_stroke_last_announced(
    data: st.DataObject, short_plans: Plans
) -> None:
    plan = data.draw(short_plans)
    engine = Engine(plan, 0)
    announced = 0
    events = [*engine.begin()]
    for now in range(plan.total_ms):
        events += engine.advance_to(now)
        for event in events:
            if isinstance(event, PhaseStarted | StrokeStarted):
                announced = getattr(event, "number", 0)
        events = []
        position = engine.position(now)
        assert position.stroke_number == announced
        assert position.phase == plan.phases[position.index]
