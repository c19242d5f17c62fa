"""Plane geometry for the leg: polygons, lines and distances, all in centimetres."""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from math import ceil, dist, hypot
from typing import NamedTuple

import msgspec


class Point(NamedTuple):
    """A point on the drawing: x to the front of a right leg, y downwards, in centimetres."""

    x: float
    y: float


class Polygon(msgspec.Struct, frozen=True, dict=True):
    """A closed area; the last corner joins the first."""

    corners: tuple[Point, ...]

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        xs = [corner.x for corner in self.corners]
        ys = [corner.y for corner in self.corners]
        return min(xs), min(ys), max(xs), max(ys)

    @cached_property
    def centre(self) -> Point:
        """The centre of the bounds, good enough to anchor a label or a mark."""
        left, top, right, bottom = self.bounds
        return Point((left + right) / 2, (top + bottom) / 2)

    def contains(self, point: Point) -> bool:
        """Whether the point is inside (even-odd rule; the edge belongs to one side only)."""
        left, top, right, bottom = self.bounds
        if not (left <= point.x <= right and top <= point.y <= bottom):
            return False
        inside = False
        for a, b in self._edges():
            if (a.y > point.y) != (b.y > point.y):
                crossing = a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
                inside ^= point.x < crossing
        return inside

    def distance(self, point: Point) -> float:
        """Return the distance from the point to the area in centimetres; 0 inside it."""
        if self.contains(point):
            return 0.0
        return min(_distance_to_segment(point, a, b) for a, b in self._edges())

    def _edges(self) -> "pairwise[tuple[Point, Point]]":
        return pairwise((*self.corners, self.corners[0]))


class Path(msgspec.Struct, frozen=True, dict=True):
    """A line with a direction: from its first point, nearest the hip, to its last."""

    points: tuple[Point, ...]

    @cached_property
    def _lengths(self) -> list[float]:
        return [0.0, *accumulate(dist(a, b) for a, b in pairwise(self.points))]

    @property
    def length(self) -> float:
        """Length in centimetres."""
        return self._lengths[-1]

    def at(self, fraction: float) -> Point:
        """Return the point at `fraction` (0 to 1, clamped) of the length."""
        a, b, rest = self._segment(fraction)
        return Point(a.x + (b.x - a.x) * rest, a.y + (b.y - a.y) * rest)

    def direction(self, fraction: float) -> Point:
        """Return the direction as a unit vector at `fraction` (0 to 1, clamped) of the length."""
        a, b, _ = self._segment(fraction)
        norm = hypot(b.x - a.x, b.y - a.y)
        return Point((b.x - a.x) / norm, (b.y - a.y) / norm)

    def _segment(self, fraction: float) -> tuple[Point, Point, float]:
        lengths = self._lengths
        along = min(max(fraction, 0.0), 1.0) * lengths[-1]
        i = min(bisect_right(lengths, along), len(lengths) - 1)
        while i > 1 and lengths[i] == lengths[i - 1]:  # skip repeated points
            i -= 1
        span = lengths[i] - lengths[i - 1]
        return self.points[i - 1], self.points[i], (along - lengths[i - 1]) / span if span else 0.0

    def joined(self, following: "Path") -> "Path":
        """Return this path followed by another; a shared end point is kept once."""
        rest = following.points
        start = 1 if dist(self.points[-1], rest[0]) < 0.01 else 0
        return Path(self.points + rest[start:])

    def enters(self, area: Polygon, step_cm: float = 0.1) -> bool:
        """Whether the path, sampled every `step_cm`, enters an area."""
        samples = max(1, ceil(self.length / step_cm))
        return any(area.contains(self.at(i / samples)) for i in range(samples + 1))


def _distance_to_segment(point: Point, a: Point, b: Point) -> float:
    along = hypot(b.x - a.x, b.y - a.y)
    if along == 0:
        return dist(point, a)
    t = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / along**2
    t = min(max(t, 0.0), 1.0)
    return dist(point, (a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t))
