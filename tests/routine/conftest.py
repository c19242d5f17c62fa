"""Random routines and check-ins, for tests of general laws."""

from collections import Counter
from itertools import chain, combinations
from typing import Literal

import pytest
from hypothesis import strategies as st

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import MUSCLE_ZONES, Leg, Place, Technique, Zone
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.model import Routine, RoutineFile, Settle, Step
from itband_gui.routine.plan import NothingLeftError, Plan, make_plan

_STROKES = load_anatomy().strokes
_BAND = (Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER)
_ZONES = [*((zone,) for zone in Zone), _BAND[:2], _BAND[1:], _BAND]
# Custom paths, each inside the zones given with it.
_OWN_PATHS = {
    (Zone.FRONT_EDGE,): ((5.0, 12.0), (5.0, 20.0)),
    _BAND[1:]: ((0.2, 18.0), (0.3, 25.0), (0.2, 31.0)),
    _BAND: ((0.3, 9.0), (0.2, 31.0)),
}
_LEGS = [(Leg.LEFT,), (Leg.RIGHT,), (Leg.LEFT, Leg.RIGHT), (Leg.RIGHT, Leg.LEFT)]
_PLACES = list(chain.from_iterable(combinations(Place, n) for n in range(3)))


def _speeds(zones: tuple[Zone, ...], seconds: int, return_s: float) -> st.SearchStrategy[float]:
    """Return speeds at which a stroke fits into a set."""
    slowest = sum(_STROKES[zone].length for zone in zones) / (seconds - return_s) + 0.01
    return st.floats(max(1, slowest), 10)


@st.composite
def _steps(draw: st.DrawFn) -> Step:
    zones = draw(st.sampled_from(_ZONES))
    muscle = MUSCLE_ZONES.issuperset(zones)
    allowed = [t for t in Technique if muscle or t is not Technique.KNUCKLES]
    technique, return_s = draw(st.sampled_from(allowed)), draw(st.sampled_from([1.0, 2.0, 3.3]))
    seconds = draw(st.integers(10, 70))
    pressures = st.tuples(st.integers(1, 3), st.integers(3, 5)) if technique.firm else st.none()
    return Step(
        technique,
        zones,
        seconds,
        draw(_speeds(zones, seconds, return_s)),
        draw(st.integers(1, 4)),
        draw(st.sampled_from([0, 15, 30])),
        return_s,
        draw(pressures),
        _OWN_PATHS.get(zones) if draw(st.booleans()) else None,
    )


def _within_limit(steps: list[Step]) -> tuple[Step, ...]:
    """Leave out steps that would exceed 120 s of firm work on a zone, which files must not."""
    kept, firm = [], Counter[Zone]()
    for step in steps:
        more = step.sets * step.seconds if step.technique.firm else 0
        if all(firm[zone] + more <= 120 for zone in step.zones):
            firm.update(dict.fromkeys(step.zones, more))
            kept.append(step)
    return tuple(kept)


@st.composite
def _routines(draw: st.DrawFn) -> Routine:
    drawn = st.lists(_steps(), min_size=1, max_size=6).map(_within_limit).filter(bool)
    zones, seconds = draw(st.sampled_from(_ZONES)), draw(st.integers(10, 60))
    settle = Settle(zones, seconds, draw(_speeds(zones, seconds, 2.0)))
    legs: Literal["one", "both"] = "one" if draw(st.integers(0, 3)) == 3 else "both"
    waits = draw(st.integers(5, 60)), draw(st.integers(5, 60))
    return Routine("own/x", RoutineFile("X", settle, draw(drawn), legs, "", *waits))


@st.composite
def _check_ins(draw: st.DrawFn) -> CheckIn:
    legs = draw(st.sampled_from(_LEGS))
    scores = {leg: draw(st.integers(0, 10)) for leg in legs}
    places = {leg: frozenset(draw(st.sampled_from(_PLACES))) for leg in legs}
    return CheckIn(scores, places, draw(st.sampled_from(Dose)))


@pytest.fixture(scope="session")
def routines() -> st.SearchStrategy[Routine]:
    """Return valid routines of one to six steps."""
    return _routines()


@st.composite
def _made(draw: st.DrawFn) -> tuple[Routine, CheckIn, Plan]:
    routine, check_in = draw(_routines()), draw(_check_ins())
    try:
        return routine, check_in, make_plan(routine, check_in, load_anatomy())
    except NothingLeftError:
        return draw(st.nothing())  # not an example


@pytest.fixture(scope="session")
def made() -> st.SearchStrategy[tuple[Routine, CheckIn, Plan]]:
    """Return a routine, a check-in with up to two sore places per leg, and their plan."""
    return _made()
