"""Measures of the drawing that only tests need."""

from math import ceil

from itband_gui.leg.geometry import Path, Point, Polygon


def mirrored(point: Point) -> Point:
    """Return the same point on the other leg."""
    return Point(-point.x, point.y)


def clearance(path: Path, area: Polygon, step_cm: float = 0.1) -> float:
    """Return the smallest distance in centimetres between a path and an area.

    The path is sampled every `step_cm`; 0 if it enters the area.
    """
    samples = max(1, ceil(path.length / step_cm))
    return min(area.distance(path.at(i / samples)) for i in range(samples + 1))
