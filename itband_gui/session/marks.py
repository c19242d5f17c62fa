"""The instants within a phase at which something happens: strokes, half-way, seconds left."""

from typing import NamedTuple

from itband_gui.routine.plan import Phase
from itband_gui.session.events import Event, HalfWay, StrokeStarted, StrokeTurned, TimeLeft

LEFT_S = (10, 3)  # told before the end: time to hear what comes next; time to lay the hand on


class Mark(NamedTuple):
    """Something at `offset_ms` from its phase's start; `number` is the stroke or the seconds."""

    offset_ms: int
    kind: type[Event]
    number: int = 0


def marks_of(phase: Phase) -> tuple[Mark, ...]:
    """Return what happens within a phase, in order; at one instant strokes come first."""
    marks = []
    for number, stroke in enumerate(phase.strokes, 1):
        marks.append(Mark(stroke.start_ms, StrokeStarted, number))
        marks.append(Mark(stroke.turn_ms, StrokeTurned, number))
    if phase.work is not None:
        marks.append(Mark(phase.length_ms // 2, HalfWay))
    marks += (
        Mark(phase.length_ms - seconds * 1000, TimeLeft, seconds)
        for seconds in LEFT_S
        if phase.length_ms >= 2 * seconds * 1000
    )
    return tuple(sorted(marks, key=lambda mark: mark.offset_ms))


def event_at(mark: Mark, at_ms: int, strokes: int) -> Event:
    """Return a mark as the event that happened at `at_ms` in a phase of so many strokes."""
    if mark.kind is StrokeStarted:
        return StrokeStarted(at_ms, mark.number, strokes)
    if mark.kind is StrokeTurned:
        return StrokeTurned(at_ms, mark.number, strokes)
    if mark.kind is TimeLeft:
        return TimeLeft(at_ms, mark.number)
    return HalfWay(at_ms)
