"""Finds how a hand lies along a stroke so that it covers no keep-off area.

The hand turns about its contact, which stays on the path. Of all ways to turn during a pass the
steadiest is taken that keeps the hand itself clear everywhere; where none is, the one that covers
least. The arm, which hangs in the air, ends before the first area that it would cover.
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

STEP_CM = 0.5  # between the points of a path for which a hand's turn is found
FULL_CM = 20.0  # from the contact: there every arm ends
# Where fingers may point, in degrees clockwise from the front: the arm comes from the runner's own
# trunk, that is from behind, from above or from the front (our choice; tried on a chair).
FINGERS = (35, 212)
EASY_FINGERS = 140  # across and down, as a bent arm lays them
SWING = 2  # how many TURN_STEPs a hand may turn within STEP_CM
_COVERED, _TURNING, _UNEASY = 1e4, 1.0, 0.002  # what each costs; turning counts squared
_GRID_CM = 1.0  # between the points inside an area that are looked at
_OUTLINE_CM = 0.5  # between the points of an outline that are looked at


class Grip(msgspec.Struct, frozen=True):
    """How a hand lies at one point of a stroke.

    Attributes:
        turn: degrees clockwise from how it is drawn, on a right leg.
        arm: how far towards the arm the hand is drawn, in centimetres from its contact.
        covered: points of keep-off outlines that the hand would cover; 0 where it is clear.

    """

    turn: float
    arm: float = FULL_CM
    covered: int = 0


class Grips(msgspec.Struct, frozen=True):
    """How a hand lies along a whole stroke, at points evenly spaced."""

    grips: tuple[Grip, ...]

    def at(self, along: float) -> Grip:
        """Return how the hand lies at `along` (0 to 1, clamped) of the path."""
        place = min(max(along, 0.0), 1.0) * (len(self.grips) - 1)
        first = min(int(place), len(self.grips) - 2)
        a, b, rest = self.grips[first], self.grips[first + 1], place - first
        turn = a.turn + (b.turn - a.turn) * rest
        return Grip(turn, min(a.arm, b.arm), max(a.covered, b.covered))

    @property
    def covered(self) -> int:
        """Points of keep-off outlines that the hand would cover on its way; 0 if it is clear."""
        return sum(grip.covered for grip in self.grips)


@lru_cache(maxsize=64)
def find_grips(shape: HandShape, path: Path, areas: tuple[Polygon, ...]) -> Grips:
    """Return how a hand lies along a path beside the areas that it must not cover."""
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
    """Yield points of an area's outline, no further apart than `_OUTLINE_CM`."""
    last = area.corners[-1]
    for a, b in pairwise((area.corners[-1], *area.corners)):
        pieces = ceil(dist(a, b) / _OUTLINE_CM)
        for i in range(1, pieces + 1):
            point = Point(a.x + (b.x - a.x) * i / pieces, a.y + (b.y - a.y) * i / pieces)
            if dist(point, last) >= _OUTLINE_CM / 2:
                last = point
                yield point


def _inside(area: Polygon) -> Iterable[Point]:
    """Yield points of a grid inside an area, so that covering more of it counts for more."""
    left, top, right, bottom = area.bounds
    for row in range(ceil((bottom - top) / _GRID_CM)):
        for column in range(ceil((right - left) / _GRID_CM)):
            point = Point(left + column * _GRID_CM, top + row * _GRID_CM)
            if area.contains(point):
                yield point


def _covered(shape: HandShape, points: Iterable[Point]) -> list[int]:
    """Return for each turn how many points the hand would cover."""
    counts = [0] * TURNS
    for x, y in points:
        ring = shape.ring(hypot(x, y))
        if ring:
            direction = round(degrees(atan2(y, x)) / TURN_STEP)
            for drawn in ring:
                counts[(direction - drawn) % TURNS] += 1
    return counts


def _steadiest(covered: Sequence[Sequence[int]], shape: HandShape) -> list[int]:
    """Return the turns, in TURN_STEPs, that cover least and of those the steadiest."""
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
    """Return the turn from which turn `i` is reached with the least effort."""
    near = range(max(0, i - SWING), min(len(total), i + SWING + 1))
    return min(near, key=lambda j: total[j] + _TURNING * (i - j) ** 2)


def _arm(shape: HandShape, points: Iterable[Point], turn: float) -> float:
    """Return how far from the contact the arm can be drawn before it covers a point."""
    drawn = [turned_back(point, turn) for point in points if hypot(*point) < FULL_CM]
    ahead = [shape.along_arm(point) for point in drawn if shape.has_on_arm(point)]
    first = min(ahead, default=FULL_CM) / LIFTED_SCALE - ARM_MARGIN_CM
    return min(max(first, shape.along_arm(shape.wrist)), FULL_CM) if ahead else FULL_CM


def _eased(lengths: list[float]) -> list[float]:
    """Return lengths that shrink and grow gradually, none longer than given."""
    most = 2 * STEP_CM
    for order in (range(1, len(lengths)), range(len(lengths) - 2, -1, -1)):
        step = order.step
        for i in order:
            lengths[i] = min(lengths[i], lengths[i - step] + most)
    return lengths
