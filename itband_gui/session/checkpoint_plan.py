"""A plan as data that a file can hold, and back; what no plan can be is refused.

The plan is kept whole, its paths too, so that neither a changed routine nor a changed drawing
matters to a session that goes on. Work and path stand once for all the sets that share them.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from itband_gui.journal.entries import LEGS, NAME_LENGTH
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Leg
from itband_gui.routine.model import RANGES
from itband_gui.routine.names import Technique
from itband_gui.routine.plan import Phase, PhaseKind, Plan, Stroke, Work
from itband_gui.session.snapshot import COUNTS, HALF_A_DAY_MS, PHASES, Millis, Zones

# Our choice, above what the largest routine that is let in comes to.
_STROKES, _POINTS, _REACH_CM = 500, 1_000, 1_000
_DAY_MS = 2 * HALF_A_DAY_MS
_SHARE_SLACK = 1e-6
_WORKING = (PhaseKind.SETTLE, PhaseKind.SET)
_LOWEST, _HIGHEST = (int(number) for number in RANGES["pressure"])

_Name = Annotated[str, Meta(min_length=NAME_LENGTH.low, max_length=NAME_LENGTH.high)]
_Share = Annotated[float, Meta(gt=0, le=1)]
_Discomfort = Annotated[int, Meta(ge=_LOWEST, le=_HIGHEST)]
_Centimetres = Annotated[float, Meta(ge=-_REACH_CM, le=_REACH_CM)]
_Index = Annotated[int, Meta(ge=0, lt=PHASES)]


class PlanInvalidError(ValueError):
    """The data is no plan; `args[0]` says why, for the log."""


class WorkData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the hand does; see `Work`."""

    technique: Technique
    zones: Zones
    shares: tuple[_Share, ...]
    pressure: tuple[_Discomfort, _Discomfort] | None
    path: Annotated[tuple[tuple[_Centimetres, _Centimetres], ...], Meta(max_length=_POINTS)]


class PhaseData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A phase; `work` is an index, each stroke its start, turn and end."""

    kind: PhaseKind
    leg: Leg
    length_ms: Millis
    work: _Index | None = None
    strokes: Annotated[tuple[tuple[Millis, Millis, Millis], ...], Meta(max_length=_STROKES)] = ()
    set_number: _Index = 0
    set_count: _Index = 0


class PlanData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan; a phase begins where the one before it ends."""

    routine: _Name
    legs: Annotated[tuple[Leg, ...], Meta(min_length=LEGS.low, max_length=LEGS.high)]
    works: Annotated[tuple[WorkData, ...], Meta(max_length=PHASES)]
    phases: Annotated[tuple[PhaseData, ...], Meta(min_length=1, max_length=PHASES)]


def plan_data(plan: Plan) -> PlanData:
    """Return a plan as data."""
    works = list(dict.fromkeys(phase.work for phase in plan.phases if phase.work))
    places = {work: i for i, work in enumerate(works)}
    return PlanData(
        routine=plan.routine_id,
        legs=plan.legs,
        works=tuple(
            WorkData(
                technique=work.technique,
                zones=work.zones,
                shares=work.shares,
                pressure=work.pressure,
                path=tuple((point.x, point.y) for point in work.path.points),
            )
            for work in works
        ),
        phases=tuple(
            PhaseData(
                kind=phase.kind,
                leg=phase.leg,
                length_ms=phase.length_ms,
                work=places[phase.work] if phase.work else None,
                strokes=tuple((s.start_ms, s.turn_ms, s.end_ms) for s in phase.strokes),
                set_number=phase.set_number,
                set_count=phase.set_count,
            )
            for phase in plan.phases
        ),
    )


def plan_of(data: PlanData) -> Plan:
    """Return the plan that data holds; an engine can follow it to its end.

    Raises:
        PlanInvalidError: no plan is like that.

    """
    works = [_work(work) for work in data.works]
    plan = Plan(data.routine, data.legs, tuple(_phases(data.phases, works)))
    _check_order(plan)
    if plan.total_ms > _DAY_MS:
        raise PlanInvalidError("longer than a day")
    if sum(phase.length_ms for phase in plan.phases if phase.work) > HALF_A_DAY_MS:
        raise PlanInvalidError("more work than half a day")
    if sum(len(phase.strokes) for phase in plan.phases) > COUNTS:
        raise PlanInvalidError("too many strokes")
    return plan


def _work(data: WorkData) -> Work:
    zones, shares, pressure = data.zones, data.shares, data.pressure
    path = Path(tuple(Point(x, y) for x, y in data.path))
    if len(set(zones)) < len(zones) or len(shares) != len(zones):
        raise PlanInvalidError("zones and shares do not match")
    if abs(sum(shares) - 1) > _SHARE_SLACK:
        raise PlanInvalidError("shares do not sum to 1")
    if data.technique.firm != (pressure is not None) or (pressure and pressure[0] > pressure[1]):
        raise PlanInvalidError("pressure and technique do not match")
    if len(path.points) < 2 or not path.length:
        raise PlanInvalidError("a path without length")
    return Work(data.technique, zones, shares, pressure, path)


def _phases(rows: tuple[PhaseData, ...], works: list[Work]) -> Iterator[Phase]:
    start_ms = 0
    for row in rows:
        working = row.kind in _WORKING
        if (row.work is not None) != working or bool(row.strokes) != working:
            raise PlanInvalidError("work and strokes belong to settle and set, and only to them")
        if row.work is not None and row.work >= len(works):
            raise PlanInvalidError("no such work")
        instants = [ms for stroke in row.strokes for ms in stroke]
        if instants != sorted(instants) or (instants and instants[-1] > row.length_ms):
            raise PlanInvalidError("strokes are out of order or too long")
        work = None if row.work is None else works[row.work]
        strokes = tuple(Stroke(*stroke) for stroke in row.strokes)
        numbers = (row.set_number, row.set_count)
        yield Phase(row.kind, row.leg, start_ms, row.length_ms, work, strokes, *numbers)
        start_ms += row.length_ms


def _check_order(plan: Plan) -> None:
    kinds = [phase.kind for phase in plan.phases]
    if len(set(plan.legs)) < len(plan.legs) or any(p.leg not in plan.legs for p in plan.phases):
        raise PlanInvalidError("legs do not match")
    if kinds.count(PhaseKind.FINISH) != 1 or kinds[-1] is not PhaseKind.FINISH:
        raise PlanInvalidError("finish is not the end")
    after_set = {b for a, b in pairwise(kinds) if a is not PhaseKind.SET}
    if PhaseKind.REST in {*after_set, kinds[0]}:
        raise PlanInvalidError("a rest after no set")
