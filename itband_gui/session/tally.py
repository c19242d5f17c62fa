"""Counts the work really done: strokes and time by leg, zone and technique."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.plan import Phase
from itband_gui.session.events import EndReason

# Our choice: far more than any real session, and low enough that a session continued from there
# still fits the journal's limits.
HALF_A_DAY_MS = 12 * 60 * 60 * 1000
ZONES, COUNTS, PHASES = 7, 50_000, 2_000
YEAR_MS = 366 * 24 * 60 * 60 * 1000  # a session may be paused for long

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
    """Milliseconds of firm work on a zone; every set that passes through it counts in full."""

    leg: Leg
    zone: Zone
    ms: Millis


class TallySnapshot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The counts; `work` is in the order in which it was started."""

    work: Annotated[tuple[WorkCount, ...], Meta(max_length=_ROWS)] = ()
    firm: Annotated[tuple[FirmTime, ...], Meta(max_length=_ROWS)] = ()


class EasedZones(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Zones of a leg that are massaged with a flat hand from now on."""

    leg: Leg
    zones: Zones


class Snapshot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The position of a session and the work done.

    Attributes:
        index: of the phase in the plan.
        offset_ms: time since the start of the phase.
        entered: whether the phase was only just entered, with events at its very start still due.
        elapsed_ms: time since the start of the session, including pauses.
        ended: why the session ended; None while it runs.

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


class WorkKey(NamedTuple):
    """The leg, zone and technique that a count belongs to."""

    leg: Leg
    zone: Zone
    technique: Technique


@dataclass(frozen=True)
class WorkDone:
    """Strokes and seconds of one technique on one zone of one leg."""

    key: WorkKey
    strokes: int
    seconds: int


class Tally:
    """The running counts of one session.

    A stroke through several zones counts once in each; its time is split by their lengths.
    """

    def __init__(self) -> None:
        self._strokes: Counter[WorkKey] = Counter()
        self._ms: dict[WorkKey, float] = {}
        self._firm_ms: Counter[tuple[Leg, Zone]] = Counter()

    @classmethod
    def restored(cls, snapshot: TallySnapshot) -> "Tally":
        """Return the tally that a snapshot was made of."""
        tally = cls()
        for row in snapshot.work:
            key = WorkKey(row.leg, row.zone, row.technique)
            tally._strokes[key] = row.strokes
            tally._ms[key] = row.ms
        for firm in snapshot.firm:
            tally._firm_ms[firm.leg, firm.zone] = firm.ms
        return tally

    def snapshot(self) -> TallySnapshot:
        """Return all counts, unrounded."""
        return TallySnapshot(
            work=tuple(
                WorkCount(**key._asdict(), strokes=self._strokes[key], ms=ms)
                for key, ms in self._ms.items()
            ),
            firm=tuple(
                FirmTime(leg=leg, zone=zone, ms=ms) for (leg, zone), ms in self._firm_ms.items()
            ),
        )

    def add_time(self, phase: Phase, elapsed_ms: int) -> None:
        """Count time spent in a phase; phases without work do not count."""
        work = phase.work
        if work is None or elapsed_ms == 0:
            return
        for zone, share in zip(work.zones, work.shares, strict=True):
            key = WorkKey(phase.leg, zone, work.technique)
            self._ms[key] = self._ms.get(key, 0.0) + elapsed_ms * share
            if work.technique.firm:
                self._firm_ms[phase.leg, zone] += elapsed_ms

    def add_stroke(self, phase: Phase) -> None:
        """Count one pass that reached its end."""
        if phase.work is not None:
            self._strokes.update(
                WorkKey(phase.leg, zone, phase.work.technique) for zone in phase.work.zones
            )

    def firm_ms(self, leg: Leg, zone: Zone) -> int:
        """Return the firm work on a zone; every set that passes through it counts in full."""
        return self._firm_ms[leg, zone]

    @property
    def work(self) -> tuple[WorkDone, ...]:
        """The work done, in the order in which it was started; seconds are rounded."""
        return tuple(
            WorkDone(key, self._strokes[key], round(ms / 1000)) for key, ms in self._ms.items()
        )

    @property
    def hands_on_ms(self) -> int:
        """The total milliseconds of work."""
        return round(sum(self._ms.values()))
