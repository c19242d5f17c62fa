"""The drawn hands as geometry: the parts of the leg that a hand covers at each turn."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from math import atan2, ceil, cos, degrees, dist, floor, hypot, radians, sin
from pathlib import Path as FilePath
from xml.etree import ElementTree as ET  # the file is our own asset, never the user's

import msgspec
from svg.path import parse_path

from itband_gui.leg.geometry import Point, Polygon
from itband_gui.machine.assets import assets_dir

TURN_STEP = 3  # degrees between the turns tried
TURNS = 360 // TURN_STEP
LIFTED_SCALE = 1.07  # scale of a hand while it is lifted for the return
MARGIN_CM = 0.25  # margin between a hand and a keep-off area
ARM_MARGIN_CM = 0.9  # the same for the arm, which swings further when the hand turns
_CELL_CM, _RING_CM = 0.3, 0.25
_SPAN_CM = 0.5
_HREF = "{http://www.w3.org/1999/xlink}href"
_NO_SPAN = (1.0, -1.0)  # an empty span


class HandShape(msgspec.Struct, frozen=True):
    """One drawn hand around its contact point, with margins and the size of a lifted hand.

    Attributes:
        outline: the corners of the hand and its arm.
        wrist: the point where the hand ends and the arm begins.
        arm: the direction of the arm, as a unit vector.
        rings: for each distance from the contact, the directions that the hand covers, in units
            of `TURN_STEP` degrees.
        spans: for each distance along the arm, its extent to both sides of its line.

    """

    outline: tuple[Point, ...]
    wrist: Point
    arm: Point
    rings: tuple[tuple[int, ...], ...]
    spans: tuple[tuple[float, float], ...]

    @property
    def fingers(self) -> float:
        """The direction of the fingers as drawn, in degrees clockwise from the front."""
        return degrees(atan2(-self.arm.y, -self.arm.x)) % 360

    def ring(self, distance: float) -> tuple[int, ...]:
        """Return the directions that the hand covers at a distance from its contact."""
        index = int(distance / _RING_CM)
        return self.rings[index] if index < len(self.rings) else ()

    def along_arm(self, point: Point) -> float:
        """Return a point's distance from the contact in the direction of the arm."""
        return point.x * self.arm.x + point.y * self.arm.y

    def has_on_arm(self, point: Point) -> bool:
        """Whether the arm, as drawn, covers a point, with its margin."""
        beyond, aside = _from_wrist(point, self.wrist, self.arm)
        index = floor(beyond / _SPAN_CM)
        low, high = self.spans[index] if 0 <= index < len(self.spans) else _NO_SPAN
        return low <= aside <= high


@cache
def load_hand(name: str) -> HandShape:
    """Return the hand `name` (flat, heel, palm, knuckles) from the drawing, read once."""
    return read_hand(assets_dir() / "leg" / "hands.svg", name)


def read_hand(file: FilePath, name: str) -> HandShape:
    """Read a hand from a drawing.

    Raises:
        ValueError: the drawing lacks the hand.

    """
    root = ET.parse(file).getroot()  # noqa: S314 - our own asset, not user input
    groups = {e.get("id", ""): e for e in root.iter() if e.get("id")}
    if f"hand-{name}" not in groups or f"arm-{name}" not in groups:
        raise ValueError(name)
    wrist, end = _points(groups[f"arm-{name}"])
    length = dist(wrist, end)
    arm = Point((end.x - wrist.x) / length, (end.y - wrist.y) / length)
    outlines = list(_outlines(groups[f"hand-{name}"], groups))
    cells = list(_cells(outlines))
    hand = [cell for cell in cells if _from_wrist(cell, wrist, arm)[0] <= 0]
    corners = tuple(corner for outline in outlines for corner in outline.corners)
    return HandShape(corners, wrist, arm, _rings(hand), _spans(cells, wrist, arm))


def _points(path: ET.Element) -> list[Point]:
    ends = [segment.end for segment in parse_path(path.get("d", ""))]
    return [Point(end.real, end.imag) for end in ends]


def _outlines(part: ET.Element, groups: dict[str, ET.Element]) -> Iterator[Polygon]:
    """Yield the transformed outlines of every hand and arm in a part of the drawing."""
    if part.get("id", "").endswith(("-hand", "-top")):
        inner = (Polygon(tuple(_points(path))) for path in list(part)[:2])
    else:
        used = groups.get(part.get(_HREF, "").removeprefix("#"))
        children = list(part) if used is None else [used]
        inner = (outline for child in children for outline in _outlines(child, groups))
    for outline in inner:
        yield Polygon(tuple(_moved(part, point) for point in outline.corners))


def _moved(part: ET.Element, point: Point) -> Point:
    """Return a point transformed by its group's matrix."""
    matrix = part.get("transform", "matrix(1 0 0 1 0 0)")
    a, b, c, d, e, f = (float(v) for v in matrix.removeprefix("matrix(").rstrip(")").split())
    return Point(a * point.x + c * point.y + e, b * point.x + d * point.y + f)


def _cells(outlines: Iterable[Polygon]) -> Iterator[Point]:
    """Yield the centres of the cells of a fine grid that the outlines cover, row by row."""
    for outline in outlines:
        _, top, _, bottom = outline.bounds
        edges = list(pairwise((*outline.corners, outline.corners[0])))
        for row in range(floor(top / _CELL_CM), ceil(bottom / _CELL_CM) + 1):
            y = row * _CELL_CM
            crossings = sorted(
                a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)
                for a, b in edges
                if (a.y > y) != (b.y > y)
            )
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                columns = range(floor(left / _CELL_CM), ceil(right / _CELL_CM) + 1)
                yield from (Point(column * _CELL_CM, y) for column in columns)


def _from_wrist(point: Point, wrist: Point, arm: Point) -> tuple[float, float]:
    """Return a point's distance beyond the wrist along the arm, and to the side of its line."""
    dx, dy = point.x - wrist.x, point.y - wrist.y
    return dx * arm.x + dy * arm.y, dy * arm.x - dx * arm.y


def _rings(cells: Iterable[Point]) -> tuple[tuple[int, ...], ...]:
    """Return the directions of cells by distance, widened by the margin."""
    rings: dict[int, set[int]] = {}
    for x, y in cells:
        direction, near = degrees(atan2(y, x)), hypot(x, y)
        wide = degrees(MARGIN_CM / max(near, MARGIN_CM))
        first, last = floor((direction - wide) / TURN_STEP), ceil((direction + wide) / TURN_STEP)
        inner = max(0, floor((near - MARGIN_CM) / _RING_CM))
        for ring in range(inner, floor((near * LIFTED_SCALE + MARGIN_CM) / _RING_CM) + 1):
            rings.setdefault(ring, set()).update(i % TURNS for i in range(first, last + 1))
    return tuple(tuple(sorted(rings.get(i, ()))) for i in range(max(rings) + 1))


def _spans(cells: Iterable[Point], wrist: Point, arm: Point) -> tuple[tuple[float, float], ...]:
    """Return the arm's extent by distance from the wrist, widened by its margin."""
    spans: dict[int, tuple[float, float]] = {}
    for cell in cells:
        beyond, aside = _from_wrist(cell, wrist, arm)
        low, high = spans.get(floor(beyond / _SPAN_CM), (aside, aside))
        spans[floor(beyond / _SPAN_CM)] = (min(low, aside), max(high, aside))
    return tuple(
        (spans[i][0] - ARM_MARGIN_CM, spans[i][1] + ARM_MARGIN_CM) if i in spans else _NO_SPAN
        for i in range(max(spans) + 1)
    )


def turned_back(point: Point, turn: float) -> Point:
    """Return a point relative to a hand that is turned clockwise by `turn` degrees."""
    c, s = cos(radians(turn)), sin(radians(turn))
    return Point(point.x * c + point.y * s, point.y * c - point.x * s)
