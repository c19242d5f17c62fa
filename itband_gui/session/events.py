"""What happens in a session; each event carries the instant at which it happened."""

from dataclasses import dataclass
from enum import StrEnum

from itband_gui.routine.plan import Phase


class PauseReason(StrEnum):
    """Why a session stands still."""

    USER = "user"
    GAP = "gap"  # no tick for more than two seconds: the machine slept or stalled


class EndReason(StrEnum):
    """Why a session is over."""

    FINISHED = "finished"
    STOPPED = "stopped"  # sharp, numb, knee: the stop key
    ENDED_EARLY = "ended-early"


class RefusalReason(StrEnum):
    """Why a wish was not granted."""

    ZONE_LIMIT = "zone-limit"  # the set again would be over 120 s of firm work on its zone


@dataclass(frozen=True)
class Event:
    """Something that happened at `at_ms` on the session's clock."""

    at_ms: int


@dataclass(frozen=True)
class PhaseStarted(Event):
    """A phase of the plan began; `phase` is lighter than planned where it was eased."""

    index: int
    phase: Phase


@dataclass(frozen=True)
class StrokeStarted(Event):
    """The hand sets out from the hip end; strokes count from 1."""

    number: int
    count: int


@dataclass(frozen=True)
class StrokeTurned(Event):
    """The hand is at the knee end and lifts for the light return."""

    number: int
    count: int


@dataclass(frozen=True)
class HalfWay(Event):
    """Half of a settle or a set is over."""


@dataclass(frozen=True)
class TimeLeft(Event):
    """So many seconds are left of a phase that is at least twice as long."""

    seconds: int


@dataclass(frozen=True)
class Paused(Event):
    """The session stands still."""

    reason: PauseReason


@dataclass(frozen=True)
class Resumed(Event):
    """The session goes on where it stood."""


@dataclass(frozen=True)
class Skipped(Event):
    """The user left a phase before its end."""

    index: int


@dataclass(frozen=True)
class Repeated(Event):
    """The user asked for a phase again, from its start."""

    index: int


@dataclass(frozen=True)
class Eased(Event):
    """The zone is done with a flat hand from now on."""


@dataclass(frozen=True)
class ZoneLeft(Event):
    """The user left the zone, its further sets included."""


@dataclass(frozen=True)
class RequestRefused(Event):
    """A wish was not granted."""

    reason: RefusalReason


@dataclass(frozen=True)
class SessionEnded(Event):
    """The session is over."""

    reason: EndReason
