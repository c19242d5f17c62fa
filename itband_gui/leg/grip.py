"""Finds how to turn a hand along a stroke so that it covers no keep-off area.

The hand turns about its contact, which stays on the path. Of all ways to turn during a pass, the
steadiest that keeps the hand clear everywhere is taken or, if there is none, the one that covers
least. The arm, which is in the air, is cut off before the first area that it would cover.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import atan2, ceil, degrees, dist, hypot

import msgspec

from itband_gui.leg.geometry import Path, Point, Polygon
from itband_gui.leg.hand import (
    ARM_MARGIN_CM,
    LIFTED_SCALE,
    TURN_STEP,
    TURNS,
    HandShape,
    turned_back,
)

STEP_CM = 0.5  # distance between the points of a path at which the turn is found
FULL_CM = 20.0  # distance from the contact at which every arm ends
# The range in which fingers may point, in degrees clockwise from the front: the arm comes from the
# runner's own trunk, so from behind, above or in front (our choice; tried on a chair).
FINGERS = (35, 212)
EASY_FINGERS = 140  # across and down, as with a bent arm
SWING = 2  # most TURN_STEPs that a hand may turn per STEP_CM
_COVERED, _TURNING, _UNEASY = 1e4, 1.0, 0.002  # cost weights; turning counts squared
_GRID_CM = 1.0  # distance between the sampled points inside an area
_OUTLINE_CM = 0.5  # distance between the sampled points of an outline


class Grip(msgspec.Struct, frozen=True):
    """The position of a hand at one point of a stroke.

    Attributes:
        turn: degrees clockwise from the drawing, on a right leg.
        arm: the length of arm drawn, in centimetres from the contact.
        covered: the number of sampled keep-off points that the hand would cover; 0 if it is clear.

    """

    turn: float
    arm: float = FULL_CM
    covered: int = 0


class Grips(msgspec.Struct, frozen=True):
    """The grips of a hand along a whole stroke, at evenly spaced points."""

    grips: tuple[Grip, ...]

    def at(self, along: float) -> Grip:
        """Return the grip at `along` (0 to 1, clamped) of the path."""
        place = min(max(along, 0.0), 1.0) * (len(self.grips) - 1)
        first = min(int(place), len(self.grips) - 2)
        a, b, rest = self.grips[first], self.grips[first + 1], place - first
        turn = a.turn + (b.turn - a.turn) * rest
        return Grip(turn, min(a.arm, b.arm), max(a.covered, b.covered))

    @property
    def covered(self) -> int:
        """The number of sampled keep-off points covered along the way; 0 if it is clear."""
        return sum(grip.covered for grip in self.grips)


@lru_cache(maxsize=64)
def find_grips(shape: HandShape, path: Path, areas: tuple[Polygon, ...]) -> Grips:
    """Return the grips of a hand along a path that keep it off the areas, as far as possible."""
    count = max(2, ceil(path.length / STEP_CM) + 1)
    outlines = [point for area in areas for point in (*_outline(area), *_inside(area))]
    beside = [
        [Point(q.x - at.x, q.y - at.y) for q in outlines]
        for at in (path.at(i / (count - 1)) for i in range(count))
    ]
    covered = [_covered(shape, points) for points in beside]
    turns = _steadiest(covered, shape)
    worst = [counts[turn % TURNS] for counts, turn in zip(covered, turns, strict=True)]
    arms = _eased([_arm(shape, q, turns[i] * TURN_STEP) for i, q in enumerate(beside)])
    return Grips(tuple(Grip(turns[i] * TURN_STEP, arms[i], worst[i]) for i in range(count)))


def _outline(area: Polygon) -> Iterable[Point]:
    """Yield points of an area's outline, about `_OUTLINE_CM` apart."""
    last = area.corners[-1]
    for a, b in pairwise((area.corners[-1], *area.corners)):
        pieces = ceil(dist(a, b) / _OUTLINE_CM)
        for i in range(1, pieces + 1):
            point = Point(a.x + (b.x - a.x) * i / pieces, a.y + (b.y - a.y) * i / pieces)
            if dist(point, last) >= _OUTLINE_CM / 2:
                last = point
                yield point


def _inside(area: Polygon) -> Iterable[Point]:
    """Yield grid points inside an area, so that covering more of it counts for more."""
    left, top, right, bottom = area.bounds
    for row in range(ceil((bottom - top) / _GRID_CM)):
        for column in range(ceil((right - left) / _GRID_CM)):
            point = Point(left + column * _GRID_CM, top + row * _GRID_CM)
            if area.contains(point):
                yield point


def _covered(shape: HandShape, points: Iterable[Point]) -> list[int]:
    """Return the number of points that the hand would cover at each turn."""
    counts = [0] * TURNS
    for x, y in points:
        ring = shape.ring(hypot(x, y))
        if ring:
            direction = round(degrees(atan2(y, x)) / TURN_STEP)
            for drawn in ring:
                counts[(direction - drawn) % TURNS] += 1
    return counts


def _steadiest(covered: Sequence[Sequence[int]], shape: HandShape) -> list[int]:
    """Return the turns, in TURN_STEPs, that cover least and, among those, are steadiest."""
    drawn = shape.fingers
    low, high = (ceil((limit - drawn) / TURN_STEP) for limit in FINGERS)
    turns = range(low, high + 1)
    easy = [_UNEASY * (turn * TURN_STEP + drawn - EASY_FINGERS) ** 2 for turn in turns]

    def effort(counts: Sequence[int]) -> list[float]:
        return [_COVERED * counts[turn % TURNS] + easy[i] for i, turn in enumerate(turns)]

    total, ways = effort(covered[0]), []
    for counts in covered[1:]:
        way = [_best_before(total, i) for i in range(len(total))]
        total = [
            total[j] + _TURNING * (i - j) ** 2 + own
            for i, (j, own) in enumerate(zip(way, effort(counts), strict=True))
        ]
        ways.append(way)
    last = min(range(len(total)), key=total.__getitem__)
    found = [last]
    for way in reversed(ways):
        found.append(way[found[-1]])
    return [turns[i] for i in reversed(found)]


def _best_before(total: Sequence[float], i: int) -> int:
    """Return the index of the turn from which turn `i` is reached with least effort."""
    near = range(max(0, i - SWING), min(len(total), i + SWING + 1))
    return min(near, key=lambda j: total[j] + _TURNING * (i - j) ** 2)


def _arm(shape: HandShape, points: Iterable[Point], turn: float) -> float:
    """Return the length of arm that can be drawn before it covers a point."""
    drawn = [turned_back(point, turn) for point in points if hypot(*point) < FULL_CM]
    ahead = [shape.along_arm(point) for point in drawn if shape.has_on_arm(point)]
    first = min(ahead, default=FULL_CM) / LIFTED_SCALE - ARM_MARGIN_CM
    return min(max(first, shape.along_arm(shape.wrist)), FULL_CM) if ahead else FULL_CM


def _eased(lengths: list[float]) -> list[float]:
    """Smooth lengths so that they change gradually, never exceeding the given ones."""
    most = 2 * STEP_CM
    for order in (range(1, len(lengths)), range(len(lengths) - 2, -1, -1)):
        step = order.step
        for i in order:
            lengths[i] = min(lengths[i], lengths[i - step] + most)
    return lengths
