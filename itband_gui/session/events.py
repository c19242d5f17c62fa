"""Defines the events of a session, each with the instant at which it happened."""

from dataclasses import dataclass
from enum import StrEnum

from itband_gui.routine.plan import Phase


class PauseReason(StrEnum):
    """The reasons for a pause."""

    USER = "user"
    GAP = "gap"  # no tick for more than two seconds: the computer slept or stalled


class EndReason(StrEnum):
    """The reasons for the end of a session."""

    FINISHED = "finished"
    STOPPED = "stopped"  # the stop key: sharp, numb, knee
    ENDED_EARLY = "ended-early"


class RefusalReason(StrEnum):
    """The reasons to refuse a request."""

    ZONE_LIMIT = "zone-limit"  # repeating the set would exceed 120 s of firm work on its zone


@dataclass(frozen=True)
class Event:
    """An event at `at_ms` on the session's clock."""

    at_ms: int


@dataclass(frozen=True)
class PhaseStarted(Event):
    """A phase of the plan started; `phase` is lighter than planned if it was eased."""

    index: int
    phase: Phase


@dataclass(frozen=True)
class StrokeStarted(Event):
    """The hand leaves the hip end; strokes count from 1."""

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
    """A number of seconds is left of a phase that is at least twice as long."""

    seconds: int


@dataclass(frozen=True)
class Paused(Event):
    """The session was paused."""

    reason: PauseReason


@dataclass(frozen=True)
class Resumed(Event):
    """The session continues where it was paused."""


@dataclass(frozen=True)
class Skipped(Event):
    """The user skipped the rest of a phase."""

    index: int


@dataclass(frozen=True)
class Repeated(Event):
    """The user repeats a phase from its start."""

    index: int


@dataclass(frozen=True)
class Eased(Event):
    """The zone is massaged with a flat hand from now on."""


@dataclass(frozen=True)
class ZoneLeft(Event):
    """The user left the zone, including its remaining sets."""


@dataclass(frozen=True)
class RequestRefused(Event):
    """A request was refused."""

    reason: RefusalReason


@dataclass(frozen=True)
class SessionEnded(Event):
    """The session ended."""

    reason: EndReason
