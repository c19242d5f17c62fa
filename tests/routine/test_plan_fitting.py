"""How a plan fits its check-in: equal shares, the dose, the limits, sore places."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Place, Technique, Zone
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.model import Routine, RoutineFile, Settle, Step
from itband_gui.routine.plan import HandWork, NothingLeftError, Phase, PhaseKind, Plan, make_plan
from itband_gui.routine.validation import firm_seconds

Made = st.SearchStrategy[tuple[Routine, CheckIn, Plan]]
BAND = (Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER)
SETTLE = Settle((Zone.BAND_UPPER,), 20, 5)


def of(*steps: Step, settle: Settle = SETTLE, legs: str = "both") -> Routine:
    return Routine("own/x", RoutineFile("X", settle, steps, "one" if legs == "one" else "both"))


def firm(*zones: Zone, seconds: int = 30, sets: int = 1) -> Step:
    return Step(Technique.HEEL_OF_HAND, zones, seconds, 7, sets, pressure=(3, 4))


def works(plan: Plan, leg: Leg) -> list[tuple[Phase, HandWork]]:
    return [(phase, phase.work) for phase in plan.phases if phase.leg is leg and phase.work]


def sets(plan: Plan, leg: Leg) -> list[Phase]:
    return [phase for phase, _ in works(plan, leg) if phase.kind is PhaseKind.SET]


@given(data=st.data())
def test_both_legs_get_exactly_the_same_time_unless_the_dose_says_otherwise(
    data: st.DataObject, made: Made, anatomy: Anatomy
) -> None:
    routine, check_in, _ = data.draw(made)
    even = replace(check_in, dose=Dose.SAME)
    plan = make_plan(routine, even, anatomy)
    shares = [
        [(p.kind, p.length_ms) for p in plan.phases if p.leg is leg and p.kind in {"set", "rest"}]
        for leg in plan.legs
    ]
    assert all(share == shares[0] for share in shares)
    settles = [p.length_ms for p in plan.phases if p.kind is PhaseKind.SETTLE]
    assert settles in ([], [routine.content.settle.seconds * 1000] * len(plan.legs))


@given(data=st.data())
def test_no_leg_gets_more_than_120_s_of_firm_work_on_a_zone_or_more_than_5_of_10(
    data: st.DataObject, made: Made
) -> None:
    _, _, plan = data.draw(made)
    worked: Counter[tuple[Leg, Zone]] = Counter()
    for phase in plan.phases:
        if phase.work and phase.work.technique.firm:
            assert phase.work.pressure is not None
            assert 1 <= phase.work.pressure[0] <= phase.work.pressure[1] <= 5
            worked.update({(phase.leg, zone): phase.length_ms for zone in phase.work.zones})
        elif phase.work:
            assert phase.work.pressure is None
    assert max(worked.values(), default=0) <= 120_000


def test_rounding_lifts_no_zone_over_its_limit(anatomy: Anatomy) -> None:
    """Seven sets of 13 s times 1.5 would be 136.5 s; 120 s over 7 is not a whole number."""
    steps = [firm(Zone.FRONT_EDGE, seconds=13, sets=4), firm(Zone.FRONT_EDGE, seconds=13, sets=3)]
    plan = make_plan(of(*steps), CheckIn({Leg.LEFT: 4, Leg.RIGHT: 1}, dose=Dose.MORE), anatomy)
    total = sum(phase.length_ms for phase in sets(plan, Leg.LEFT))
    assert 119_990 <= total <= 120_000


@given(data=st.data())
def test_the_dose_changes_the_sets_of_the_sorer_leg_only(
    data: st.DataObject, made: Made, anatomy: Anatomy
) -> None:
    routine, check_in, plan = data.draw(made)
    even = make_plan(routine, replace(check_in, dose=Dose.SAME), anatomy)
    sorer = check_in.sorer if len(plan.legs) == 2 else None
    for given_phase, even_phase in zip(plan.phases, even.phases, strict=True):
        dosed = given_phase.leg is sorer and given_phase.kind is PhaseKind.SET
        if not dosed:
            assert given_phase.length_ms == even_phase.length_ms
        elif check_in.dose is Dose.MORE:
            assert even_phase.length_ms <= given_phase.length_ms <= 1.5 * even_phase.length_ms
        elif check_in.dose is Dose.LESS:
            assert 0.5 * even_phase.length_ms <= given_phase.length_ms <= even_phase.length_ms


@given(data=st.data())
def test_more_is_half_as_much_again_or_as_much_as_the_limit_leaves(
    data: st.DataObject, made: Made, anatomy: Anatomy
) -> None:
    routine, _, _ = data.draw(made)
    assume(not routine.one_leg)
    plan = make_plan(routine, CheckIn({Leg.LEFT: 4, Leg.RIGHT: 1}, dose=Dose.MORE), anatomy)
    firm_s = firm_seconds(routine.content.steps)
    each = [step for step in routine.content.steps for _ in range(step.sets)]
    for step, phase in zip(each, sets(plan, Leg.LEFT), strict=True):
        room = min([120 / firm_s[zone] for zone in step.zones if firm_s[zone]], default=2)
        assert phase.length_ms == pytest.approx(step.seconds * 1000 * min(1.5, room), abs=1)


@pytest.mark.parametrize(("dose", "factor"), [(Dose.LESS, 0.5), (Dose.SAME, 1), (Dose.MORE, 1.5)])
def test_the_dose_is_the_share_of_the_other_leg(
    anatomy: Anatomy, dose: Dose, factor: float
) -> None:
    routine = of(firm(Zone.FRONT_EDGE, sets=2), firm(*BAND))
    plan = make_plan(routine, CheckIn({Leg.LEFT: 2, Leg.RIGHT: 3}, dose=dose), anatomy)
    left, right = (sum(p.length_ms for p in sets(plan, leg)) for leg in (Leg.LEFT, Leg.RIGHT))
    assert (left, right) == (90_000, 90_000 * factor)


def test_a_dose_needs_two_legs_with_one_sorer(anatomy: Anatomy) -> None:
    step = firm(Zone.FRONT_EDGE)
    for scores in ({Leg.LEFT: 4}, {Leg.LEFT: 4, Leg.RIGHT: 4}):
        plan = make_plan(of(step), CheckIn(scores, dose=Dose.MORE), anatomy)
        assert {p.length_ms for leg in plan.legs for p in sets(plan, leg)} == {30_000}
    one = make_plan(
        of(step, legs="one"), CheckIn({Leg.LEFT: 1, Leg.RIGHT: 4}, dose=Dose.MORE), anatomy
    )
    assert [p.length_ms for p in sets(one, Leg.RIGHT)] == [30_000]


def test_less_never_makes_the_hand_hurry(anatomy: Anatomy) -> None:
    """A set of 12 s holds one stroke of the band at 2.5 cm/s; half of it would not."""
    step = Step(Technique.LIGHT, BAND, 12, 2.5)
    plan = make_plan(of(step), CheckIn({Leg.LEFT: 4, Leg.RIGHT: 1}, dose=Dose.LESS), anatomy)
    (phase,) = sets(plan, Leg.LEFT)
    (stroke,) = phase.strokes
    assert phase.work is not None
    assert stroke.turn_ms == pytest.approx(phase.work.path.length / 2.5 * 1000, abs=1)
    assert stroke.end_ms - stroke.turn_ms >= 1999


# --- sore places ---


@given(data=st.data())
def test_a_very_sore_zone_gets_a_flat_hand_and_its_neighbours_do_not(
    data: st.DataObject, made: Made, anatomy: Anatomy
) -> None:
    routine, check_in, plan = data.draw(made)
    calm = {leg: min(score, 5) for leg, score in check_in.scores.items()}
    calmer = make_plan(routine, replace(check_in, scores=calm), anatomy)
    for leg in set(plan.legs) & set(calmer.legs):
        marked = {zone for zone in Zone if Place(zone) in check_in.sore_places(leg)}
        very_sore = check_in.scores[leg] >= 6
        for (_, work), (_, usual) in zip(works(plan, leg), works(calmer, leg), strict=True):
            assert (work.zones, work.path) == (usual.zones, usual.path)
            if very_sore and (not marked or marked & set(work.zones)):
                assert (work.technique, work.pressure) == (Technique.LIGHT, None)
            else:
                assert (work.technique, work.pressure) == (usual.technique, usual.pressure)


@pytest.mark.parametrize(("score", "light"), [(5, False), (6, True), (10, True)])
def test_very_sore_begins_at_six(anatomy: Anatomy, score: int, light: bool) -> None:
    routine = of(firm(Zone.FRONT_EDGE), firm(Zone.BACK_EDGE))
    sore = {Leg.LEFT: frozenset({Place.FRONT_EDGE})}
    plan = make_plan(routine, CheckIn({Leg.LEFT: score, Leg.RIGHT: 0}, sore), anatomy)
    firm_left = [work.technique.firm for p, work in works(plan, Leg.LEFT) if p.kind == "set"]
    firm_right = [work.technique.firm for p, work in works(plan, Leg.RIGHT) if p.kind == "set"]
    assert (firm_left, firm_right) == ([not light, True], [True, True])


def test_a_very_sore_leg_with_no_zone_marked_is_worked_lightly_all_over(anatomy: Anatomy) -> None:
    routine = of(firm(Zone.FRONT_EDGE), firm(Zone.BACK_EDGE))
    for places in (frozenset[Place](), frozenset({Place.OUTER_HIP, Place.KNEE_FRONT})):
        plan = make_plan(routine, CheckIn({Leg.LEFT: 6}, {Leg.LEFT: places}), anatomy)
        assert not any(work.technique.firm for _, work in works(plan, Leg.LEFT))


@given(data=st.data())
def test_a_sore_outer_knee_leaves_out_the_lower_band(
    data: st.DataObject, made: Made, anatomy: Anatomy
) -> None:
    _, check_in, plan = data.draw(made)
    lower = anatomy.zones[Zone.BAND_LOWER]
    for leg in plan.legs:
        if Place.OUTER_KNEE in check_in.sore_places(leg):
            for _, work in works(plan, leg):
                assert Zone.BAND_LOWER not in work.zones
                inside = [work.path.at(i / 50) for i in range(51)]
                assert not any(lower.contains(p) and p.y > lower.bounds[1] + 0.01 for p in inside)


def test_the_other_leg_keeps_its_lower_band_where_the_step_stays(anatomy: Anatomy) -> None:
    knee = {Leg.LEFT: frozenset({Place.OUTER_KNEE})}
    check_in = CheckIn({Leg.LEFT: 2, Leg.RIGHT: 2}, knee)
    plan = make_plan(of(firm(*BAND), firm(Zone.BAND_LOWER)), check_in, anatomy)
    assert [work.zones for p, work in works(plan, Leg.LEFT) if p.kind == "set"] == [BAND[:2]]
    assert [work.zones for p, work in works(plan, Leg.RIGHT) if p.kind == "set"] == [BAND]


def test_a_step_with_its_own_path_over_the_lower_band_is_left_out_on_both(anatomy: Anatomy) -> None:
    own = Step(Technique.LIGHT, BAND[1:], 20, 5, path=((0.2, 18.0), (0.2, 31.0)))
    knee = {Leg.RIGHT: frozenset({Place.OUTER_KNEE})}
    check_in = CheckIn({Leg.LEFT: 2, Leg.RIGHT: 2}, knee)
    plan = make_plan(of(own, firm(Zone.FRONT_EDGE)), check_in, anatomy)
    for leg in plan.legs:
        assert [p.work.zones for p in sets(plan, leg) if p.work] == [(Zone.FRONT_EDGE,)]


def test_a_settle_on_the_lower_band_alone_is_left_out(anatomy: Anatomy) -> None:
    knee = {Leg.RIGHT: frozenset({Place.OUTER_KNEE})}
    routine = of(firm(Zone.FRONT_EDGE), settle=Settle((Zone.BAND_LOWER,), 20, 5))
    plan = make_plan(routine, CheckIn({Leg.LEFT: 2, Leg.RIGHT: 2}, knee), anatomy)
    assert PhaseKind.SETTLE not in {phase.kind for phase in plan.phases}


def test_a_routine_without_steps_left_is_refused(anatomy: Anatomy) -> None:
    knee = {Leg.LEFT: frozenset({Place.OUTER_KNEE})}
    with pytest.raises(NothingLeftError) as refused:
        make_plan(of(firm(Zone.BAND_LOWER)), CheckIn({Leg.LEFT: 2}, knee), anatomy)
    assert refused.value.routine_id == "own/x"


def test_a_one_leg_routine_takes_the_sorer_leg_or_the_first(anatomy: Anatomy) -> None:
    routine = of(firm(Zone.FRONT_EDGE), legs="one")
    for scores, leg in (
        ({Leg.LEFT: 2, Leg.RIGHT: 3}, Leg.RIGHT),
        ({Leg.RIGHT: 2, Leg.LEFT: 3}, Leg.LEFT),
        ({Leg.RIGHT: 2, Leg.LEFT: 2}, Leg.RIGHT),
        ({Leg.LEFT: 0}, Leg.LEFT),
    ):
        assert make_plan(routine, CheckIn(scores), anatomy).legs == (leg,)


@given(data=st.data())
def test_the_shares_of_a_stroke_are_the_lengths_of_its_zones(
    data: st.DataObject, made: Made, anatomy: Anatomy
) -> None:
    _, _, plan = data.draw(made)
    for leg in plan.legs:
        for _, work in works(plan, leg):
            assert len(work.shares) == len(work.zones)
            assert sum(work.shares) == pytest.approx(1)
            lengths = [anatomy.strokes[zone].length for zone in work.zones]
            assert [share * sum(lengths) for share in work.shares] == pytest.approx(lengths)
