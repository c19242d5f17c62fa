"""A running session as data: enough to go on after a crash, or to keep what was done.

    {"format":"itband-checkpoint","schema":1,"sha256":"…","body":{"head":…,"written":…,"snapshot":…}}

`sha256` is taken over the bytes of `body`. `head` does not change while a session runs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Raw, Struct

from itband_gui.journal.entries import YEARS, At, Name, Places, Score
from itband_gui.leg.names import Leg, Zone
from itband_gui.routine.checkin import CheckIn, Dose
from itband_gui.routine.names import Technique
from itband_gui.routine.plan import Phase, PhaseKind, Plan
from itband_gui.session.checkpoint_plan import PlanData, PlanInvalidError, plan_data, plan_of
from itband_gui.session.engine import Engine
from itband_gui.session.events import EndReason
from itband_gui.session.snapshot import HALF_A_DAY_MS, Snapshot

FORMAT: Final = "itband-checkpoint"
SCHEMA: Final = 1
SIZE_LIMIT = 16 * 1024 * 1024  # bytes; the built-in routines need 10 to 30 KB
STALE = timedelta(hours=12)  # our choice: after a night a leg is another leg
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class CheckpointInvalidError(ValueError):
    """The bytes are no checkpoint of this version; `args[0]` says why, for the log."""


class SoreLeg(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the check-in says of one leg."""

    leg: Leg
    score: Score
    places: Places = ()


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stays the same in all checkpoints of a session.

    Attributes:
        session: the id under which ratings and the journal name it.
        started: the time of day at its start, aware.
        check_in: the chosen legs, in the order in which they are worked.

    """

    session: Name
    started: At
    check_in: Annotated[tuple[SoreLeg, ...], Meta(min_length=1, max_length=len(Leg))]
    dose: Dose
    plan: PlanData


class Checkpoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A session as it was at one instant; `written` is that instant's time of day."""

    head: Head
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
        """Return an engine that goes on from here: paused, or over where the session was."""
        return Engine.restored(self.plan, self.snapshot, now_ms)

    def is_stale(self, now: datetime) -> bool:
        """Whether it is too old to go on from, so that only saving makes sense.

        A clock that was set back by as much makes it stale as well: its age is not known then.
        """
        return abs(now - self.written) > STALE


@dataclass(frozen=True)
class Standing:
    """Where a session stands, for a sentence about it.

    Attributes:
        zones: of the set that is under way or comes next; empty where no work is left.
        set_number: from 1; 0 while settling, and where no work is left.
        left_ms: what is left of the whole plan.

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


def make_head(session: str, started: datetime, check_in: CheckIn, plan: Plan) -> Head:
    """Return what stays the same in all checkpoints of a session."""
    return Head(
        session=session,
        started=started,
        check_in=tuple(
            SoreLeg(leg=leg, score=score, places=tuple(sorted(check_in.sore_places(leg))))
            for leg, score in check_in.scores.items()
        ),
        dose=check_in.dose,
        plan=plan_data(plan),
    )


class Encoder:
    """Encodes the checkpoints of one session; the part that never changes only once."""

    def __init__(self, head: Head) -> None:
        self._head = Raw(msgspec.json.encode(head))

    def encode(self, snapshot: Snapshot, written: datetime) -> bytes:
        """Return the bytes of a checkpoint."""
        body = msgspec.json.encode(_Body(self._head, written, snapshot))
        digest = sha256(body).hexdigest()
        return msgspec.json.encode(_Envelope(FORMAT, SCHEMA, digest, Raw(body)))


def decode(data: bytes) -> Checkpoint:
    """Read a checkpoint.

    Raises:
        CheckpointInvalidError: damaged, foreign, of another version, or impossible.

    """
    try:
        envelope = _envelopes.decode(data)
        if sha256(envelope.body).hexdigest() != envelope.sha256:
            raise CheckpointInvalidError("damaged")
        checkpoint = _checkpoints.decode(envelope.body)
        _check(checkpoint)
    except (*_UNREADABLE, PlanInvalidError) as error:
        raise CheckpointInvalidError(str(error)) from error
    return checkpoint


def standing(engine: Engine) -> Standing:
    """Return where an engine stands."""
    phase: Phase = engine.phase
    working = phase if phase.work else engine.upcoming
    left_ms = engine.plan.total_ms - phase.start_ms - engine.snapshot().offset_ms
    if working is None or working.work is None:
        return Standing(phase.kind, phase.leg, (), None, 0, 0, left_ms)
    work, numbers = working.work, (working.set_number, working.set_count)
    return Standing(phase.kind, working.leg, work.zones, work.technique, *numbers, left_ms)


def _check(checkpoint: Checkpoint) -> None:
    """Refuse what an engine cannot go on from or the journal would not take."""
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
