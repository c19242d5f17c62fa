"""Each built-in routine keeps its promise: how long, how gentle, where."""

from math import dist

import pytest

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import BAND_ZONES, MUSCLE_ZONES, Leg, Technique, Zone
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.library import load_library
from itband_gui.routine.model import Routine
from itband_gui.routine.plan import PhaseKind, Plan, make_plan

ROUTINES = {routine.id: routine for routine in load_library(load_anatomy(), None).routines}
BOTH = CheckIn({Leg.LEFT: 4, Leg.RIGHT: 3})
BAND = (Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER)


@pytest.fixture(params=ROUTINES)
def routine(request: pytest.FixtureRequest) -> Routine:
    return ROUTINES[request.param]


def minutes(plan: Plan, leg: Leg) -> float:
    hands = [p for p in plan.phases if p.leg is leg and p.kind is not PhaseKind.SWITCH]
    return sum(p.length_ms for p in hands if p.kind is not PhaseKind.GET_READY) / 60_000


@pytest.mark.parametrize(
    ("routine_id", "at_least", "at_most"),
    [
        ("first-time", 2.75, 3.25),
        ("full", 7, 8),
        ("after-a-run", 3.75, 4.25),
        ("muscles-around", 5.75, 6.5),
    ],
)
def test_a_leg_takes_as_long_as_promised(
    anatomy: Anatomy, routine_id: str, at_least: float, at_most: float
) -> None:
    routine = ROUTINES[routine_id]
    plan = make_plan(routine, BOTH, anatomy)
    for leg in plan.legs:
        assert at_least <= minutes(plan, leg) <= at_most
        assert minutes(plan, leg) * 60 == pytest.approx(routine.seconds_a_leg)


@pytest.mark.parametrize(
    ("routine_id", "said"),
    [
        ("first-time", "three minutes"),
        ("full", "eight minutes a leg"),
        ("after-a-run", "four minutes a leg"),
        ("muscles-around", "six minutes a leg"),
    ],
)
def test_the_summary_says_the_length(routine_id: str, said: str) -> None:
    assert said in ROUTINES[routine_id].content.summary


def test_the_first_time_is_one_leg_and_a_flat_hand(anatomy: Anatomy) -> None:
    first = ROUTINES["first-time"]
    assert first.one_leg
    assert {step.technique for step in first.content.steps} == {Technique.LIGHT}
    assert make_plan(first, BOTH, anatomy).legs == (Leg.LEFT,)
    assert [r.id for r in ROUTINES.values() if r.one_leg] == ["first-time"]


def test_the_whole_routine_keeps_the_clinical_order() -> None:
    steps = ROUTINES["full"].content.steps
    assert [(step.zones, step.sets * step.seconds, step.technique.firm) for step in steps] == [
        ((Zone.GLUTEAL,), 60, True),
        ((Zone.HIP_POCKET,), 60, True),
        ((Zone.FRONT_EDGE,), 60, True),
        (BAND, 60, True),
        ((Zone.BACK_EDGE,), 30, True),
        (BAND, 30, False),
    ]
    assert ROUTINES["full"].content.settle.seconds == 60


def test_muscles_around_leaves_the_band_out() -> None:
    content = ROUTINES["muscles-around"].content
    worked = {zone for step in content.steps for zone in step.zones} | {*content.settle.zones}
    assert not worked & BAND_ZONES
    assert worked == MUSCLE_ZONES


def test_pressure_aims_at_three_to_four(routine: Routine) -> None:
    firm = [step.pressure for step in routine.content.steps if step.technique.firm]
    assert set(firm) <= {(3, 4)}


def test_knuckles_are_the_exception(routine: Routine) -> None:
    used = [step.technique for step in routine.content.steps if step.technique.firm]
    assert used.count(Technique.HEEL_OF_HAND) >= used.count(Technique.KNUCKLES)
    for step in routine.content.steps:
        assert step.technique is not Technique.KNUCKLES or set(step.zones) <= MUSCLE_ZONES


def test_sets_rests_and_speeds_are_those_of_the_clinical_page(
    routine: Routine, anatomy: Anatomy
) -> None:
    for step in routine.content.steps:
        assert step.seconds == 30
        assert step.sets <= 2
        assert 15 <= step.rest_s <= 30 or step.rest_s == 0
        pass_s = anatomy.stroke_through(step.zones).length / step.speed_cm_s
        assert step.speed_cm_s <= 8
        assert step.return_s >= 2
        if step.technique.firm:
            assert 1.9 <= pass_s <= 4


def test_the_main_stroke_takes_three_to_four_seconds(anatomy: Anatomy) -> None:
    (band,) = (s for s in ROUTINES["full"].content.steps if s.zones == BAND and s.technique.firm)
    assert 3 <= anatomy.stroke_through(band.zones).length / band.speed_cm_s <= 4


@pytest.mark.parametrize("dose", Dose)
@pytest.mark.parametrize("score", [0, 6])
def test_no_stroke_of_any_plan_comes_near_a_bone(
    routine: Routine, anatomy: Anatomy, dose: Dose, score: int
) -> None:
    plan = make_plan(routine, CheckIn({Leg.RIGHT: score, Leg.LEFT: 2}, dose=dose), anatomy)
    paths = {phase.work.path for phase in plan.phases if phase.work}
    assert paths
    for path in paths:
        assert anatomy.keep_off_entered(path) is None
        for name in ("trochanter", "lateral-epicondyle", "fibular-head", "gerdys-tubercle"):
            mark = anatomy.landmarks[name]
            assert min(dist(path.at(i / 100), mark) for i in range(101)) >= 5
