"""A running session as data: enough to continue after a crash, or to keep what was done.

    {"format":"itband-checkpoint","schema":1,"sha256":"…","body":{"head":…,"written":…,"snapshot":…}}

`sha256` covers the bytes of `body`. `head` does not change while a session runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Raw, Struct

from itband_gui.journal.entries import LEGS, UNREADABLE, YEARS, At, Name, Places, Score
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.model import RANGES
from itband_gui.routine.plan import HandWork, Phase, PhaseKind, Plan, Stroke
from itband_gui.session.engine import Engine
from itband_gui.session.events import EndReason
from itband_gui.session.tally import COUNTS, HALF_A_DAY_MS, PHASES, Millis, Snapshot, Zones

FORMAT: Final = "itband-checkpoint"
SCHEMA: Final = 1
CHECKPOINT_LIMIT = 16 * 1024 * 1024  # bytes; the built-in routines need 10 to 30 KB
STALE = timedelta(hours=12)  # our choice: a leg changes overnight
# Our choice: more than the largest permitted routine needs.
_STROKES, _POINTS, _REACH_CM = 500, 1_000, 1_000
_DAY_MS = 2 * HALF_A_DAY_MS
_SHARE_SLACK = 1e-6
_WORKING = (PhaseKind.SETTLE, PhaseKind.SET)
_LOWEST, _HIGHEST = (int(number) for number in RANGES["pressure"])

_Share = Annotated[float, Meta(gt=0, le=1)]
_Discomfort = Annotated[int, Meta(ge=_LOWEST, le=_HIGHEST)]
_Centimetres = Annotated[float, Meta(ge=-_REACH_CM, le=_REACH_CM)]
_Index = Annotated[int, Meta(ge=0, lt=PHASES)]


class PlanInvalidError(ValueError):
    """The data is not a valid plan; `args[0]` says why, for the log."""


class WorkData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The data of a `HandWork`."""

    technique: Technique
    zones: Zones
    shares: tuple[_Share, ...]
    pressure: tuple[_Discomfort, _Discomfort] | None
    path: Annotated[tuple[tuple[_Centimetres, _Centimetres], ...], Meta(max_length=_POINTS)]


class PhaseData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The data of a phase; `work` is an index, and a stroke is its start, turn and end."""

    kind: PhaseKind
    leg: Leg
    length_ms: Millis
    work: _Index | None = None
    strokes: Annotated[tuple[tuple[Millis, Millis, Millis], ...], Meta(max_length=_STROKES)] = ()
    set_number: _Index = 0
    set_count: _Index = 0


class PlanData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The data of a plan; each phase begins where the one before it ends."""

    routine: Name
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
    """Return the plan in the data, checked so that an engine can follow it to its end.

    Raises:
        PlanInvalidError: the data is not a valid plan.

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


def _work(data: WorkData) -> HandWork:
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
    return HandWork(data.technique, zones, shares, pressure, path)


def _phases(rows: tuple[PhaseData, ...], works: list[HandWork]) -> Iterator[Phase]:
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


class CheckpointInvalidError(ValueError):
    """The bytes are not a checkpoint of this version; `args[0]` says why, for the log."""


class LegAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The check-in's answers about one leg."""

    leg: Leg
    score: Score
    places: Places = ()


class SessionHead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part that all checkpoints of a session share.

    Attributes:
        session: the session's id in the journal and in ratings.
        started: the time at its start, aware.
        check_in: the chosen legs, in the order of work.

    """

    session: Name
    started: At
    check_in: Annotated[tuple[LegAnswer, ...], Meta(min_length=1, max_length=len(Leg))]
    dose: Dose
    plan: PlanData


class Checkpoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state of a session at the time `written`."""

    head: SessionHead
    written: At
    snapshot: Snapshot

    @property
    def plan(self) -> Plan:
        """The plan that the session follows."""
        return plan_of(self.head.plan)

    @property
    def check_in(self) -> CheckIn:
        """The answers before the session."""
        rows = self.head.check_in
        places = {row.leg: frozenset(row.places) for row in rows if row.places}
        return CheckIn({row.leg: row.score for row in rows}, places, self.head.dose)

    def engine(self, now_ms: int) -> Engine:
        """Return an engine that continues from here: paused, or ended if the session was."""
        return Engine.restored(self.plan, self.snapshot, now_ms)

    def is_stale(self, now: datetime) -> bool:
        """Return whether the session is too old to continue, so that it can only be saved.

        If the clock was set back by as much, it is stale, too, because its age is unknown.
        """
        return abs(now - self.written) > STALE


@dataclass(frozen=True)
class Progress:
    """The progress of a session, for a sentence about it.

    Attributes:
        zones: of the current or next set; empty if no work is left.
        set_number: from 1; 0 while settling and if no work is left.
        left_ms: the time left in the whole plan.

    """

    kind: PhaseKind
    leg: Leg
    zones: tuple[Zone, ...]
    technique: Technique | None
    set_number: int
    set_count: int
    left_ms: int


class _Body(Struct):
    head: Raw
    written: datetime
    snapshot: Snapshot


class _Envelope(Struct, forbid_unknown_fields=True):
    format: Literal["itband-checkpoint"]
    schema: Literal[1]
    sha256: str
    body: Raw


_envelopes = msgspec.json.Decoder(_Envelope)
_checkpoints = msgspec.json.Decoder(Checkpoint)


def make_head(session: str, started: datetime, check_in: CheckIn, plan: Plan) -> SessionHead:
    """Return the part that all checkpoints of a session share."""
    return SessionHead(
        session=session,
        started=started,
        check_in=tuple(
            LegAnswer(leg=leg, score=score, places=tuple(sorted(check_in.sore_places(leg))))
            for leg, score in check_in.scores.items()
        ),
        dose=check_in.dose,
        plan=plan_data(plan),
    )


class Encoder:
    """Encodes the checkpoints of one session; the head is encoded only once."""

    def __init__(self, head: SessionHead) -> None:
        self._head = Raw(msgspec.json.encode(head))

    def encode(self, snapshot: Snapshot, written: datetime) -> bytes:
        """Return the bytes of a checkpoint."""
        body = msgspec.json.encode(_Body(self._head, written, snapshot))
        digest = sha256(body).hexdigest()
        return msgspec.json.encode(_Envelope(FORMAT, SCHEMA, digest, Raw(body)))


def decode(data: bytes) -> Checkpoint:
    """Return the checkpoint in these bytes.

    Raises:
        CheckpointInvalidError: it is damaged, foreign, of another version, or impossible.

    """
    try:
        envelope = _envelopes.decode(data)
        if sha256(envelope.body).hexdigest() != envelope.sha256:
            raise CheckpointInvalidError("damaged")
        checkpoint = _checkpoints.decode(envelope.body)
        _check(checkpoint)
    except (*UNREADABLE, PlanInvalidError) as error:
        raise CheckpointInvalidError(str(error)) from error
    return checkpoint


def standing(engine: Engine) -> Progress:
    """Return the progress of an engine."""
    phase: Phase = engine.phase
    working = phase if phase.work else engine.upcoming
    left_ms = engine.plan.total_ms - phase.start_ms - engine.snapshot().offset_ms
    if working is None or working.work is None:
        return Progress(phase.kind, phase.leg, (), None, 0, 0, left_ms)
    work, numbers = working.work, (working.set_number, working.set_count)
    return Progress(phase.kind, working.leg, work.zones, work.technique, *numbers, left_ms)


def _check(checkpoint: Checkpoint) -> None:
    """Check that an engine can continue from a checkpoint and the journal can store it."""
    head, snapshot, plan = checkpoint.head, checkpoint.snapshot, checkpoint.plan
    for moment in (head.started, checkpoint.written):
        if not YEARS.low <= moment.year <= YEARS.high:
            raise CheckpointInvalidError("an absurd date")
    legs = checkpoint.check_in.legs
    if len(legs) < len(head.check_in) or not set(plan.legs) <= set(legs):
        raise CheckpointInvalidError("the check-in names other legs")
    last = len(plan.phases) - 1
    if snapshot.index > last:
        raise CheckpointInvalidError("no such phase")
    if snapshot.offset_ms > plan.phases[snapshot.index].length_ms:
        raise CheckpointInvalidError("beyond the phase's end")
    if snapshot.entered and snapshot.offset_ms:
        raise CheckpointInvalidError("just entered, and yet inside")
    if (snapshot.ended is EndReason.FINISHED) != (snapshot.index == last):
        raise CheckpointInvalidError("finished or not")
    if sum(row.ms for row in snapshot.tally.work) > HALF_A_DAY_MS:
        raise CheckpointInvalidError("more work than half a day")
