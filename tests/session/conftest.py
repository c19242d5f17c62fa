"""Made-up plans: short ones to tick every millisecond, long ones to reach the firm limit."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import strategies as st

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Leg, Place, Technique, Zone
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import HandWork, Phase, PhaseKind, Plan, Stroke, make_plan

_ZONES = [(Zone.GLUTEAL,), (Zone.FRONT_EDGE,), (Zone.BAND_UPPER, Zone.BAND_MIDDLE)]
_LEGS = [(Leg.LEFT,), (Leg.LEFT, Leg.RIGHT), (Leg.RIGHT, Leg.LEFT)]
_PATH = Path((Point(0, 8), Point(1, 16), Point(0, 24)))


def _strokes(length_ms: int, count: int, turn: float) -> tuple[Stroke, ...]:
    ends = [length_ms * i // count for i in range(count + 1)]
    return tuple(
        Stroke(a, a + min(max(1, int((b - a) * turn)), b - a - 1), b) for a, b in pairwise(ends)
    )


@st.composite
def _works(draw: st.DrawFn) -> HandWork:
    zones = draw(st.sampled_from(_ZONES))
    technique = draw(st.sampled_from([Technique.LIGHT, Technique.HEEL_OF_HAND]))
    shares = (1.0,) if len(zones) == 1 else (0.25, 0.75)
    return HandWork(technique, zones, shares, (3, 4) if technique.firm else None, _PATH)


@st.composite
def _leg_phases(draw: st.DrawFn, leg: Leg, unit_ms: int) -> list[Phase]:
    """Settle, sets and rests of one leg, at most 120 s firm on each zone."""
    phases, firm = [], Counter[Zone]()

    def working(kind: PhaseKind, work: HandWork, number: int, count: int) -> Phase:
        length_ms = draw(st.integers(8, 40)) * unit_ms
        strokes = _strokes(length_ms, draw(st.integers(1, 3)), draw(st.floats(0.2, 0.9)))
        return Phase(kind, leg, 0, length_ms, work, strokes, number, count)

    if draw(st.booleans()):
        phases.append(working(PhaseKind.SETTLE, draw(_works()).lighter, 0, 0))
    for work in draw(st.lists(_works(), min_size=1, max_size=3)):
        count = draw(st.integers(1, 3))
        for number in range(1, count + 1):
            phase = working(PhaseKind.SET, work, number, count)
            if work.technique.firm:
                firm.update(dict.fromkeys(work.zones, phase.length_ms))
                if max(firm[zone] for zone in work.zones) > 120_000:
                    phase = replace(phase, work=work.lighter)
                    firm.subtract(dict.fromkeys(work.zones, phase.length_ms))
            phases.append(phase)
            if draw(st.booleans()):
                phases.append(Phase(PhaseKind.REST, leg, 0, draw(st.integers(1, 9)) * unit_ms))
    return phases[:-1] if phases[-1].kind is PhaseKind.REST else phases


def _timed(phases: list[Phase]) -> Iterator[Phase]:
    start_ms = 0
    for phase in phases:
        yield replace(phase, start_ms=start_ms)
        start_ms += phase.length_ms


@st.composite
def _plans(draw: st.DrawFn, unit_ms: int) -> Plan:
    legs = draw(st.sampled_from(_LEGS))
    phases = [Phase(PhaseKind.GET_READY, legs[0], 0, draw(st.integers(1, 9)) * unit_ms)]
    for leg in legs:
        if leg is not legs[0]:
            phases.append(Phase(PhaseKind.SWITCH, leg, 0, draw(st.integers(1, 9)) * unit_ms))
        phases += draw(_leg_phases(leg, unit_ms))
    phases.append(Phase(PhaseKind.FINISH, legs[-1], 0, 0))
    return Plan("made-up", legs, tuple(_timed(phases)))


@pytest.fixture(scope="session")
def short_plans() -> st.SearchStrategy[Plan]:
    """Return plans of a few dozen milliseconds."""
    return _plans(1)


@pytest.fixture(scope="session")
def long_plans() -> st.SearchStrategy[Plan]:
    """Return plans of minutes, some of them at the limit of firm work."""
    return _plans(1000)


@pytest.fixture(scope="module")
def answers() -> CheckIn:
    """Return a check-in with both legs sore, two places marked and a reduced dose."""
    places = {Leg.LEFT: frozenset({Place.BAND_MIDDLE, Place.OTHER})}
    return CheckIn({Leg.RIGHT: 4, Leg.LEFT: 2}, places, Dose.LESS)


@pytest.fixture(scope="module")
def plan(anatomy: Anatomy, answers: CheckIn) -> Plan:
    """Return the plan of the full routine for these answers."""
    full = load_library(anatomy, None).get("full")
    assert full is not None
    return make_plan(full, answers, anatomy)
