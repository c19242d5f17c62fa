"""What an engine knows at an instant, as data: enough to go on from, in a file too."""

from typing import Annotated

from msgspec import Meta, Struct

from itband_gui.leg.names import Leg, Zone
from itband_gui.routine.names import Technique
from itband_gui.session.events import EndReason

# Our choice: no real session comes near, and a session that goes on from there stays within what
# the journal takes.
HALF_A_DAY_MS = 12 * 60 * 60 * 1000
ZONES, COUNTS, PHASES = 7, 50_000, 2_000
YEAR_MS = 366 * 24 * 60 * 60 * 1000  # a session may stand paused for long

Millis = Annotated[int, Meta(ge=0, le=HALF_A_DAY_MS)]
Count = Annotated[int, Meta(ge=0, le=COUNTS)]
Zones = Annotated[tuple[Zone, ...], Meta(min_length=1, max_length=ZONES)]
_ROWS = len(Leg) * len(Zone) * len(Technique)


class WorkCount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Strokes and milliseconds of one technique on one zone of one leg."""

    leg: Leg
    zone: Zone
    technique: Technique
    strokes: Count
    ms: Annotated[float, Meta(ge=0, le=HALF_A_DAY_MS)]


class FirmTime(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Milliseconds of firm work that a zone has had, every set through it counted whole."""

    leg: Leg
    zone: Zone
    ms: Millis


class TallySnapshot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The counts; `work` in the order in which it was begun."""

    work: Annotated[tuple[WorkCount, ...], Meta(max_length=_ROWS)] = ()
    firm: Annotated[tuple[FirmTime, ...], Meta(max_length=_ROWS)] = ()


class EasedZones(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Zones of a leg that are done with a flat hand from now on."""

    leg: Leg
    zones: Zones


class Snapshot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a session stands and what was done.

    Attributes:
        index: of the phase in the plan.
        offset_ms: time into the phase.
        entered: the phase was only just entered, so what is due at its very start is to come.
        elapsed_ms: time from the start up to here, pauses included.
        ended: why it is over; None while it goes on.

    """

    index: Annotated[int, Meta(ge=0, lt=PHASES)]
    offset_ms: Millis
    entered: bool
    elapsed_ms: Annotated[int, Meta(ge=0, le=YEAR_MS)]
    skips: Count
    repeats: Count
    eases: Count
    eased: Annotated[tuple[EasedZones, ...], Meta(max_length=PHASES)]
    tally: TallySnapshot
    ended: EndReason | None
