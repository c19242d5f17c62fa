"""Fits a routine to a check-in as a flat timeline for both legs."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Leg, Place, Technique, Zone
from itband_gui.routine.check_in import VERY_SORE, CheckIn
from itband_gui.routine.model import FIRM_LIMIT_S, Routine, RoutineFile, Settle, Step
from itband_gui.routine.validation import firm_seconds


class PhaseKind(StrEnum):
    """The purpose of a phase of the timeline."""

    GET_READY = "get-ready"
    SETTLE = "settle"
    SET = "set"
    REST = "rest"
    SWITCH = "switch"
    FINISH = "finish"


class NothingLeftError(ValueError):
    """A check-in rules out every step of a routine, as a sore outer knee can."""

    def __init__(self, routine_id: str) -> None:
        super().__init__(f"no steps left in {routine_id}")
        self.routine_id = routine_id


@dataclass(frozen=True)
class HandWork:
    """The hand's work in a settle or a set.

    Attributes:
        zones: the zones that one stroke covers, hip to knee.
        shares: each zone's share of the stroke's length; they sum to 1.
        pressure: lowest and highest discomfort to stay within, out of 10; None for light strokes.

    """

    technique: Technique
    zones: tuple[Zone, ...]
    shares: tuple[float, ...]
    pressure: tuple[int, int] | None
    path: Path

    @property
    def lighter(self) -> "HandWork":
        """The same strokes with a flat hand and no pressure."""
        return replace(self, technique=Technique.LIGHT, pressure=None)


@dataclass(frozen=True)
class Stroke:
    """One firm pass and its light return, as offsets from the phase's start in milliseconds."""

    start_ms: int
    turn_ms: int
    end_ms: int


@dataclass(frozen=True)
class Phase:
    """A phase of the timeline; only `settle` and `set` have `work` and `strokes`."""

    kind: PhaseKind
    leg: Leg
    start_ms: int
    length_ms: int
    work: HandWork | None = None
    strokes: tuple[Stroke, ...] = ()
    set_number: int = 0
    set_count: int = 0

    @property
    def end_ms(self) -> int:
        """The start of the next phase on the timeline."""
        return self.start_ms + self.length_ms

    def fitted(self, eased: Container[tuple[Leg, tuple[Zone, ...]]]) -> "Phase":
        """Return the phase as it will be done: lighter where its zones were eased."""
        if self.work and (self.leg, self.work.zones) in eased:
            return replace(self, work=self.work.lighter)
        return self


@dataclass(frozen=True)
class Plan:
    """A routine fitted to a check-in."""

    routine_id: str
    legs: tuple[Leg, ...]
    phases: tuple[Phase, ...]

    @cached_property
    def total_ms(self) -> int:
        """Length of the whole session in milliseconds."""
        return self.phases[-1].end_ms

    def next_work(self, index: int) -> Phase | None:
        """Return the first phase after `index` in which the hand works, or None."""
        return next((phase for phase in self.phases[index + 1 :] if phase.work), None)


def make_plan(routine: Routine, check_in: CheckIn, anatomy: Anatomy) -> Plan:
    """Return the plan for a routine and a check-in.

    Both legs get the same time, unless the check-in sets another dose for the sorer one. With a
    score of 6 or more, marked zones get light strokes only, or the whole leg if no zone is marked.
    A sore outer knee rules out `band-lower`; a step left without zones by this, or with a custom
    path and that zone, is dropped on both legs.

    Raises:
        ValueError: the check-in names no leg.
        NothingLeftError: every step is dropped.

    """
    content = routine.content
    legs = check_in.legs
    if routine.one_leg and len(legs) > 1:
        legs = (check_in.sorer or legs[0],)
        check_in = replace(check_in, scores={leg: check_in.scores[leg] for leg in legs})
    if not legs:
        raise ValueError("a plan needs a leg")
    steps = [step for step in content.steps if all(_kept(step, check_in, leg) for leg in legs)]
    if not steps:
        raise NothingLeftError(routine.id)
    settled = all(_zones(content.settle.zones, check_in, leg) for leg in legs)
    drafts = list(_timeline(content, steps, legs, settled, _Fitting(check_in, anatomy)))
    phases, start_ms = [], 0
    for draft in drafts:
        phases.append(replace(draft, start_ms=start_ms))
        start_ms += draft.length_ms
    return Plan(routine.id, legs, tuple(phases))


def _zones(zones: tuple[Zone, ...], check_in: CheckIn, leg: Leg) -> tuple[Zone, ...]:
    """Return the zones that may be massaged on this leg."""
    if Place.OUTER_KNEE in check_in.sore_places(leg):
        return tuple(zone for zone in zones if zone is not Zone.BAND_LOWER)
    return zones


def _kept(step: Step, check_in: CheckIn, leg: Leg) -> bool:
    """Whether a leg keeps a step; a custom path cannot be shortened by a zone."""
    zones = _zones(step.zones, check_in, leg)
    return bool(zones) and (step.path is None or zones == step.zones)


@dataclass(frozen=True)
class _Fitting:
    """Turn steps into phases for the legs of one check-in."""

    check_in: CheckIn
    anatomy: Anatomy

    def work(self, step: Step | Settle, leg: Leg) -> HandWork:
        zones = _zones(step.zones, self.check_in, leg)
        lengths = [self.anatomy.strokes[zone].length for zone in zones]
        shares = tuple(length / sum(lengths) for length in lengths)
        path = self.anatomy.stroke_through(zones)
        if isinstance(step, Settle):
            return HandWork(Technique.LIGHT, zones, shares, None, path)
        if step.path is not None:
            path = Path(tuple(Point(x, y) for x, y in step.path))
        work = HandWork(step.technique, zones, shares, step.pressure, path)
        return work.lighter if self._very_sore(zones, leg) else work

    def _very_sore(self, zones: tuple[Zone, ...], leg: Leg) -> bool:
        if self.check_in.scores[leg] < VERY_SORE:
            return False
        marked = {zone for zone in Zone if Place(zone.value) in self.check_in.sore_places(leg)}
        return not marked or not marked.isdisjoint(zones)

    def seconds(self, step: Step, steps: list[Step], leg: Leg) -> float:
        """Return the seconds of one set: at least one stroke, with no zone above its limit."""
        if leg is not self.check_in.sorer:
            return step.seconds
        firm = firm_seconds(steps)
        room = min((FIRM_LIMIT_S / firm[zone] for zone in step.zones if firm[zone]), default=2.0)
        stroke_s = self.work(step, leg).path.length / step.speed_cm_s + step.return_s
        return max(step.seconds * min(self.check_in.dose.factor, room), min(step.seconds, stroke_s))

    def working(self, kind: PhaseKind, step: Step | Settle, leg: Leg, seconds: float) -> Phase:
        work = self.work(step, leg)
        # Never rounded up, so that many sets cannot exceed a limit.
        length_ms = int(seconds * 1000 + 1e-6)
        strokes = _strokes(length_ms, work.path.length / step.speed_cm_s, step.return_s)
        return Phase(kind, leg, 0, length_ms, work, strokes)


def _timeline(
    content: RoutineFile,
    steps: list[Step],
    legs: tuple[Leg, ...],
    settled: bool,
    fitting: _Fitting,
) -> Iterator[Phase]:
    """Yield the phases in order, without their starts."""
    yield Phase(PhaseKind.GET_READY, legs[0], 0, content.get_ready_s * 1000)
    for leg in legs:
        if leg is not legs[0]:
            yield Phase(PhaseKind.SWITCH, leg, 0, content.switch_s * 1000)
        if settled:
            seconds = content.settle.seconds
            yield fitting.working(PhaseKind.SETTLE, content.settle, leg, seconds)
        for step in steps:
            seconds_each = fitting.seconds(step, steps, leg)
            for number in range(1, step.sets + 1):
                phase = fitting.working(PhaseKind.SET, step, leg, seconds_each)
                yield replace(phase, set_number=number, set_count=step.sets)
                if step.rest_s and not (step is steps[-1] and number == step.sets):
                    yield Phase(PhaseKind.REST, leg, 0, step.rest_s * 1000)
    yield Phase(PhaseKind.FINISH, legs[-1], 0, 0)


def _strokes(length_ms: int, pass_s: float, return_s: float) -> tuple[Stroke, ...]:
    """Fill a set with whole strokes; passes keep their speed, and returns take the rest."""
    count = max(1, int(length_ms // round((pass_s + return_s) * 1000)))
    pass_ms = min(round(pass_s * 1000), length_ms // count)
    starts = [round(length_ms * i / count) for i in range(count + 1)]
    return tuple(Stroke(start, start + pass_ms, end) for start, end in pairwise(starts))
