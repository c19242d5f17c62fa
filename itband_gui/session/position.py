"""Where a session stands at an instant: what a picture of it needs."""

from dataclasses import dataclass
from math import cos, pi

from itband_gui.leg.geometry import Point
from itband_gui.routine.plan import Phase, Plan, Stroke


@dataclass(frozen=True)
class Position:
    """A place on a plan's timeline.

    Attributes:
        offset_ms: time into the phase.
        stroke_number: the stroke under way, from 1; 0 outside settle and set.
        along: how far along the stroke's path the hand is, 0 at the hip end to 1.
        returning: whether the hand is on its light way back.
        progress: how much of the whole timeline lies behind, 0 to 1.

    """

    index: int
    phase: Phase
    offset_ms: int
    stroke_number: int
    along: float
    returning: bool
    progress: float

    @property
    def remaining_ms(self) -> int:
        """Time left in the phase."""
        return self.phase.length_ms - self.offset_ms

    @property
    def point(self) -> Point | None:
        """Where the hand is on a right leg; None outside settle and set."""
        work = self.phase.work
        return work.path.at(self.along) if work else None


def locate(plan: Plan, index: int, phase: Phase, offset_ms: int) -> Position:
    """Return the position `offset_ms` (clamped to the phase) into a phase of a plan."""
    offset_ms = min(max(offset_ms, 0), phase.length_ms)
    number = sum(1 for stroke in phase.strokes if stroke.start_ms <= offset_ms)
    along, returning = _along(phase.strokes[number - 1], offset_ms) if number else (0.0, False)
    progress = (phase.start_ms + offset_ms) / plan.total_ms if plan.total_ms else 1.0
    return Position(index, phase, offset_ms, number, along, returning, progress)


def _along(stroke: Stroke, offset_ms: int) -> tuple[float, bool]:
    """Return how far the hand is, and whether it is on its way back.

    The pass keeps the step's speed from end to end; the light return starts and ends softly.
    """
    if offset_ms < stroke.turn_ms:
        return (offset_ms - stroke.start_ms) / (stroke.turn_ms - stroke.start_ms), False
    way = (offset_ms - stroke.turn_ms) / max(1, stroke.end_ms - stroke.turn_ms)
    return (1 + cos(pi * min(way, 1.0))) / 2, True
