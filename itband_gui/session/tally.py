"""Counts what was really done: strokes and time for each leg, zone and technique."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from itband_gui.leg.names import Leg, Zone
from itband_gui.routine.names import Technique
from itband_gui.routine.plan import Phase
from itband_gui.session.snapshot import FirmTime, TallySnapshot, WorkCount


class WorkKey(NamedTuple):
    """What a count is kept for."""

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

    A stroke through several zones counts as one in each; its time is shared by their lengths.
    """

    def __init__(self) -> None:
        self._strokes: Counter[WorkKey] = Counter()
        self._ms: dict[WorkKey, float] = {}
        self._firm_ms: Counter[tuple[Leg, Zone]] = Counter()

    @classmethod
    def restored(cls, snapshot: TallySnapshot) -> "Tally":
        """Return the tally that gave a snapshot."""
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
        """Count time spent in a phase; phases without work count for nothing."""
        work = phase.work
        if work is None or elapsed_ms == 0:
            return
        for zone, share in zip(work.zones, work.shares, strict=True):
            key = WorkKey(phase.leg, zone, work.technique)
            self._ms[key] = self._ms.get(key, 0.0) + elapsed_ms * share
            if work.technique.firm:
                self._firm_ms[phase.leg, zone] += elapsed_ms

    def add_stroke(self, phase: Phase) -> None:
        """Count one firm pass that reached its end."""
        if phase.work is not None:
            self._strokes.update(
                WorkKey(phase.leg, zone, phase.work.technique) for zone in phase.work.zones
            )

    def firm_ms(self, leg: Leg, zone: Zone) -> int:
        """Return the firm work a zone has had, every set that ran through it counted whole."""
        return self._firm_ms[leg, zone]

    @property
    def work(self) -> tuple[WorkDone, ...]:
        """What was done, in the order in which it was begun; seconds are rounded."""
        return tuple(
            WorkDone(key, self._strokes[key], round(ms / 1000)) for key, ms in self._ms.items()
        )

    @property
    def hands_on_ms(self) -> int:
        """Milliseconds of work altogether."""
        return round(sum(self._ms.values()))
