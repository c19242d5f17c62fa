"""Reads the leg's geometry from its SVG, the only source of its shapes.

The elements are found by id: `outline`, `band`, `zone-…`, `place-…`, `keep-off-…`, `stroke-…` and
`landmark-…` (docs/leg.md). They are paths of lines and cubic curves, or circles, without
transforms.
"""

from collections.abc import Callable
from functools import cache
from math import cos, isfinite, pi, sin
from pathlib import Path as FilePath
from typing import TypeVar
from xml.etree import ElementTree as ET  # the file is our own asset, never the user's

from svg.path import Close, CubicBezier, Line, Move, parse_path

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.geometry import Path, Point, Polygon
from itband_gui.leg.names import Place, Zone
from itband_gui.machine.assets import assets_dir

T = TypeVar("T")

CURVE_STEPS = 16  # chords per cubic curve; the error is under 0.02 cm at this drawing's size
CIRCLE_STEPS = 48
# The weights of a curve's four points at the end of each chord.
_WEIGHTS = [
    ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    for t in (i / CURVE_STEPS for i in range(1, CURVE_STEPS + 1))
]


class DrawingError(ValueError):
    """An element of the leg's drawing is missing or malformed; `args[0]` is its id."""


def leg_svg() -> FilePath:
    """Return the path of the drawing's file."""
    return assets_dir() / "leg" / "leg.svg"


@cache
def load_anatomy() -> Anatomy:
    """Return the leg, parsed once.

    Raises:
        DrawingError: an element that the program needs is missing or malformed.

    """
    return read_anatomy(leg_svg())


def read_anatomy(file: FilePath) -> Anatomy:
    """Read the leg from a drawing.

    Raises:
        DrawingError: an element that the program needs is missing or malformed.

    """
    root = ET.parse(file).getroot()  # noqa: S314 - our own asset, not user input
    elements = {e.get("id", ""): e for e in root.iter() if e.get("id")}

    def polygon(element_id: str) -> Polygon:
        return Polygon(_points(elements, element_id))

    try:
        left, top, width, height = (float(v) for v in root.get("viewBox", "").split())
    except ValueError as error:
        raise DrawingError("viewBox") from error
    return Anatomy(
        view_box=(left, top, width, height),
        outline=polygon("outline"),
        band=polygon("band"),
        zones={zone: polygon(f"zone-{zone}") for zone in Zone},
        places={place: polygon(f"place-{place}") for place in Place if place is not Place.OTHER},
        keep_off=_by_prefix(elements, "keep-off-", polygon),
        strokes={zone: Path(_points(elements, f"stroke-{zone}")) for zone in Zone},
        landmarks=_by_prefix(elements, "landmark-", lambda name: polygon(name).centre),
    )


def _by_prefix(
    elements: dict[str, ET.Element], prefix: str, read: Callable[[str], T]
) -> dict[str, T]:
    return {
        element_id.removeprefix(prefix): read(element_id)
        for element_id in elements
        if element_id.startswith(prefix)
    }


def _points(elements: dict[str, ET.Element], element_id: str) -> tuple[Point, ...]:
    """Flatten an element to points; a closed path does not repeat its first point."""
    element = elements.get(element_id)
    if element is None:
        raise DrawingError(element_id)
    is_circle = element.tag.endswith("}circle")
    try:
        points = _circle(element) if is_circle else _flattened(element.get("d", ""))
    except ValueError as error:
        raise DrawingError(element_id) from error
    if len(points) < 2 or not all(isfinite(x) and isfinite(y) for x, y in points):
        raise DrawingError(element_id)
    return points


def _circle(element: ET.Element) -> tuple[Point, ...]:
    cx, cy, r = (float(element.get(key, "nan")) for key in ("cx", "cy", "r"))
    turns = (2 * pi * i / CIRCLE_STEPS for i in range(CIRCLE_STEPS))
    return tuple(Point(cx + r * cos(turn), cy + r * sin(turn)) for turn in turns)


def _flattened(d: str) -> tuple[Point, ...]:
    """Flatten a path's data.

    Raises:
        ValueError: it cannot be parsed or contains other than lines and cubic curves.

    """
    points: list[Point] = []
    for segment in parse_path(d):
        if isinstance(segment, Close):
            break
        if not isinstance(segment, (Move, Line, CubicBezier)):
            raise ValueError(type(segment).__name__)  # noqa: TRY004 - the file's error, not a wrong argument type
        ends = _chords(segment) if isinstance(segment, CubicBezier) else [segment.end]
        points.extend(Point(end.real, end.imag) for end in ends)
    return tuple(points)


def _chords(curve: CubicBezier) -> list[complex]:
    """Return the ends of a curve's chords."""
    start, first, second, end = curve.start, curve.control1, curve.control2, curve.end
    return [a * start + b * first + c * second + d * end for a, b, c, d in _WEIGHTS]
