"""Follows a plan: given the time, returns the events since the last call."""

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from itband_gui.leg.names import Leg, Zone
from itband_gui.routine.model import FIRM_LIMIT_S
from itband_gui.routine.plan import Phase, PhaseKind, Plan
from itband_gui.session.events import (
    Eased,
    EndReason,
    Event,
    HalfWay,
    Paused,
    PauseReason,
    PhaseStarted,
    RefusalReason,
    Repeated,
    RequestRefused,
    Resumed,
    SessionEnded,
    Skipped,
    StrokeStarted,
    StrokeTurned,
    TimeLeft,
    ZoneLeft,
)
from itband_gui.session.position import Position, locate
from itband_gui.session.tally import EasedZones, Snapshot, Tally

LEFT_S = (10, 3)  # before the end: time to hear what comes next; time to place the hand


class Milestone(NamedTuple):
    """An event at `offset_ms` from its phase's start; `number` is the stroke or the seconds."""

    offset_ms: int
    kind: type[Event]
    number: int = 0


def marks_of(phase: Phase) -> tuple[Milestone, ...]:
    """Return the marks of a phase in order; at the same instant strokes come first."""
    marks = []
    for number, stroke in enumerate(phase.strokes, 1):
        marks.append(Milestone(stroke.start_ms, StrokeStarted, number))
        marks.append(Milestone(stroke.turn_ms, StrokeTurned, number))
    if phase.work is not None:
        marks.append(Milestone(phase.length_ms // 2, HalfWay))
    marks += (
        Milestone(phase.length_ms - seconds * 1000, TimeLeft, seconds)
        for seconds in LEFT_S
        if phase.length_ms >= 2 * seconds * 1000
    )
    return tuple(sorted(marks, key=lambda mark: mark.offset_ms))


def event_at(mark: Milestone, at_ms: int, strokes: int) -> Event:
    """Return a mark as the event at `at_ms` in a phase with this many strokes."""
    if mark.kind is StrokeStarted:
        return StrokeStarted(at_ms, mark.number, strokes)
    if mark.kind is StrokeTurned:
        return StrokeTurned(at_ms, mark.number, strokes)
    if mark.kind is TimeLeft:
        return TimeLeft(at_ms, mark.number)
    return HalfWay(at_ms)


GAP_MS = (
    2_000  # our choice: longer than any stall of a busy desktop, shorter than half a set of strokes
)


def is_gap(last_ms: int, now_ms: int) -> bool:
    """Return whether so much time passed between two ticks that nobody can have followed."""
    return now_ms - last_ms > GAP_MS


class Engine:
    """One run through a plan.

    Methods take `now_ms`, the session clock in milliseconds, which never runs backwards. Each first
    crosses all boundaries that are due, in order and at their own instants however late the call,
    and returns everything that happened as events.
    """

    def __init__(self, plan: Plan, now_ms: int) -> None:
        self.plan = plan
        self.tally = Tally()
        self.skips = 0
        self.repeats = 0
        self.eases = 0
        self.paused: PauseReason | None = None
        self.ended: EndReason | None = None
        self.started_ms = now_ms
        self._index = 0
        self._begin_ms = now_ms  # when the phase would have begun without pauses
        self._halt_ms = now_ms  # when the session was paused or ended
        self._counted_ms = now_ms  # time is counted up to here
        self._marks = marks_of(plan.phases[0])
        self._crossed = 0  # number of the phase's marks crossed
        self._eased: set[tuple[Leg, tuple[Zone, ...]]] = set()

    @classmethod
    def restored(cls, plan: Plan, snapshot: Snapshot, now_ms: int) -> "Engine":
        """Return an engine that continues from a snapshot of a session with the same plan.

        It is paused, with no time passed since the snapshot, or ended if the session was.
        """
        engine = cls(plan, now_ms)
        engine.tally = Tally.restored(snapshot.tally)
        engine.skips, engine.repeats = snapshot.skips, snapshot.repeats
        engine.eases, engine.ended = snapshot.eases, snapshot.ended
        engine.paused = None if engine.ended else PauseReason.USER
        engine.started_ms = now_ms - snapshot.elapsed_ms
        engine._index = snapshot.index
        engine._begin_ms = now_ms - snapshot.offset_ms
        engine._eased = {(eased.leg, eased.zones) for eased in snapshot.eased}
        engine._marks = marks_of(engine.phase)
        if not snapshot.entered:
            engine._crossed = sum(m.offset_ms <= snapshot.offset_ms for m in engine._marks)
        return engine

    def snapshot(self) -> Snapshot:
        """Return the state of the session at the last call.

        The time of a pause is only included once the session continues.
        """
        at_ms = self._counted_ms if self.running else self._halt_ms
        offset_ms = at_ms - self._begin_ms
        return Snapshot(
            index=self._index,
            offset_ms=offset_ms,
            entered=offset_ms == self._crossed == 0,
            elapsed_ms=self.elapsed_ms,
            skips=self.skips,
            repeats=self.repeats,
            eases=self.eases,
            eased=tuple(EasedZones(leg=leg, zones=zones) for leg, zones in sorted(self._eased)),
            tally=self.tally.snapshot(),
            ended=self.ended,
        )

    @property
    def phase(self) -> Phase:
        """The current phase, lighter than planned if the user eased it."""
        return self._phase_at(self._index)

    @property
    def upcoming(self) -> Phase | None:
        """The next phase in which the hand works, or None."""
        phase = self.plan.next_work(self._index)
        return phase.fitted(self._eased) if phase else None

    @property
    def running(self) -> bool:
        """Whether the session is neither paused nor ended."""
        return self.paused is None and self.ended is None

    def begin(self) -> tuple[Event, ...]:
        """Return the first phase's start; call this once, before anything else.

        A restored engine returns the start of its current phase and that it is paused.
        """
        started = PhaseStarted(self._begin_ms, self._index, self.phase)
        return (started, Paused(self._halt_ms, self.paused)) if self.paused else (started,)

    def advance_to(self, now_ms: int) -> tuple[Event, ...]:
        """Cross every boundary up to and including `now_ms`."""
        return tuple(self._cross(now_ms))

    def pause(self, now_ms: int, reason: PauseReason = PauseReason.USER) -> tuple[Event, ...]:
        """Pause at `now_ms`."""
        events = self.advance_to(now_ms)
        if not self.running:
            return events
        self.paused, self._halt_ms = reason, now_ms
        return (*events, Paused(now_ms, reason))

    def go_on(self, now_ms: int) -> tuple[Event, ...]:
        """Continue where the session was paused."""
        if self.paused is None or self.ended is not None:
            return ()
        self._begin_ms += now_ms - self._halt_ms
        self._counted_ms = now_ms
        self.paused = None
        return (Resumed(now_ms),)

    def skip(self, now_ms: int) -> tuple[Event, ...]:
        """Skip this phase, and after a set its rest."""
        events = self.advance_to(now_ms)
        if self.ended is not None:
            return events
        self.skips += 1
        target = self._index + 1
        if self.phase.kind is PhaseKind.SET and self.plan.phases[target].kind is PhaseKind.REST:
            target += 1
        return (*events, Skipped(now_ms, self._index), *self._enter(target, now_ms))

    def again(self, now_ms: int) -> tuple[Event, ...]:
        """Repeat this phase from its start or, during a rest, the set before it."""
        events = self.advance_to(now_ms)
        if self.ended is not None:
            return events
        in_rest = self.phase.kind is PhaseKind.REST
        target = self._index - 1 if in_rest else self._index
        if self._over_limit(target):
            return (*events, RequestRefused(now_ms, RefusalReason.ZONE_LIMIT))
        self.repeats += 1
        return (*events, Repeated(now_ms, target), *self._enter(target, now_ms))

    def easier(self, now_ms: int) -> tuple[Event, ...]:
        """Make the work on this zone light at once, or leave the zone if it is light already."""
        events = self.advance_to(now_ms)
        if self.ended is not None:
            return events
        resting = self.phase.kind is PhaseKind.REST
        phase = self.upcoming if resting else self.phase
        if phase is None or phase.work is None:
            return events
        self.eases += 1
        if phase.work.technique.firm:
            self._eased.add((phase.leg, phase.work.zones))
            return (*events, Eased(now_ms))
        settling = phase.kind is PhaseKind.SETTLE  # not a set: first ease those that follow
        target = self._index + 1 if settling else self._after_zone(phase)
        return (*events, ZoneLeft(now_ms), *self._enter(target, now_ms))

    def end(self, now_ms: int, reason: EndReason) -> tuple[Event, ...]:
        """End the session at `now_ms`."""
        events = self.advance_to(now_ms)
        if self.ended is not None:
            return events
        return (*events, self._finish(now_ms, reason))

    def position(self, now_ms: int) -> Position:
        """Return the session's position at `now_ms`, which must not be before the last call."""
        at_ms = now_ms if self.running else self._halt_ms
        return locate(self.plan, self._index, self.phase, at_ms - self._begin_ms)

    @property
    def next_due_ms(self) -> int | None:
        """When the next boundary is due; None while paused or ended."""
        if not self.running:
            return None
        marks = self._marks[self._crossed :]
        offset_ms = marks[0].offset_ms if marks else self.phase.length_ms
        return self._begin_ms + offset_ms

    @property
    def elapsed_ms(self) -> int:
        """The time from the start to the last call, including pauses."""
        return self._counted_ms - self.started_ms

    def _phase_at(self, index: int) -> Phase:
        return self.plan.phases[index].fitted(self._eased)

    def _cross(self, now_ms: int) -> Iterator[Event]:
        """Yield the events due up to `now_ms`, boundary by boundary."""
        while self.running:
            phase = self.phase
            yield from self._cross_marks(phase, now_ms)
            end_ms = self._begin_ms + phase.length_ms
            if now_ms < end_ms:
                self._count_to(now_ms)
                return
            yield from self._enter(self._index + 1, end_ms)

    def _cross_marks(self, phase: Phase, now_ms: int) -> Iterator[Event]:
        """Yield the events due within the phase."""
        for mark in self._marks[self._crossed :]:
            at_ms = self._begin_ms + mark.offset_ms
            if at_ms > now_ms:
                return
            self._crossed += 1
            if mark.kind is StrokeTurned:
                self.tally.add_stroke(phase)
            yield event_at(mark, at_ms, len(phase.strokes))

    def _enter(self, index: int, at_ms: int) -> Iterator[Event]:
        """Go from the current phase to another at `at_ms`."""
        self._count_to(at_ms)
        self._index, self._begin_ms, self._halt_ms = index, at_ms, at_ms
        phase = self.phase
        self._marks, self._crossed = marks_of(phase), 0
        yield PhaseStarted(at_ms, index, phase)
        if phase.kind is PhaseKind.FINISH:
            worked = self.tally.hands_on_ms > 0  # skipping everything is not finishing
            yield self._finish(at_ms, EndReason.FINISHED if worked else EndReason.ENDED_EARLY)

    def _finish(self, at_ms: int, reason: EndReason) -> SessionEnded:
        if self.running:  # a paused session ends where it was paused
            self._halt_ms = at_ms
        self.ended, self.paused = reason, None
        return SessionEnded(at_ms, reason)

    def _count_to(self, at_ms: int) -> None:
        if self.running:
            self.tally.add_time(self.phase, at_ms - self._counted_ms)
            self._counted_ms = at_ms

    def _after_zone(self, worked: Phase) -> int:
        """Return the index of the first phase after this zone's sets and their rests."""
        for index in count(self._index + 1):
            phase = self.plan.phases[index]
            same = phase.work and worked.work and phase.work.zones == worked.work.zones
            if phase.kind is not PhaseKind.REST and not (
                same and phase.kind is PhaseKind.SET and phase.leg is worked.leg
            ):
                return index
        raise AssertionError("every plan ends with finish")  # pragma: no cover

    def _over_limit(self, index: int) -> bool:
        """Return whether repeating a phase would take a zone over its limit of firm work."""
        again = self._phase_at(index)
        if again.work is None or not again.work.technique.firm:
            return False
        still = [again, *(p.fitted(self._eased) for p in self.plan.phases[index + 1 :])]
        return any(
            self.tally.firm_ms(again.leg, zone)
            + sum(p.length_ms for p in still if _presses(p, again.leg, zone))
            > FIRM_LIMIT_S * 1000
            for zone in again.work.zones
        )


def _presses(phase: Phase, leg: Leg, zone: Zone) -> bool:
    work = phase.work
    return bool(work and phase.leg is leg and work.technique.firm and zone in work.zones)
