"""The anatomy used by routines and the body map: named areas, places and stroke paths."""

from collections.abc import Iterable, Mapping
from functools import reduce
from math import inf

import msgspec

from itband_gui.leg.geometry import Path, Point, Polygon
from itband_gui.leg.names import Place, Zone

OVERLAP_CM = 1.0  # how far neighbours' bounds may overlap


class Anatomy(msgspec.Struct, frozen=True):
    """A right leg seen from its outer side; mirror x for a left leg.

    The unit is the centimetre, the origin the tip of the greater trochanter; y grows downwards.
    Every `Zone` has a shape and a stroke path; every `Place` but `OTHER` has a shape.
    """

    view_box: tuple[float, float, float, float]  # left, top, width, height
    outline: Polygon
    band: Polygon
    zones: Mapping[Zone, Polygon]
    places: Mapping[Place, Polygon]
    keep_off: Mapping[str, Polygon]
    strokes: Mapping[Zone, Path]
    landmarks: Mapping[str, Point]

    def place_at(self, point: Point) -> Place | None:
        """Return the place at a point of a right leg, or None if there is none."""
        return next((p for p, shape in self.places.items() if shape.contains(point)), None)

    def place_beside(self, place: Place, dx: int, dy: int) -> Place | None:
        """Return the next place in a direction, as the eye would see it.

        Args:
            place: where to start; it must have a shape.
            dx: -1 towards the back, 1 towards the front, 0 for up or down.
            dy: -1 towards the hip, 1 towards the foot, 0 for sideways.

        """
        start = self.places[place]

        def effort(other: Place) -> float:
            return _effort(start, self.places[other], dx, dy)

        nearest = min(self.places, key=effort)
        return nearest if effort(nearest) < inf else None

    def stroke_through(self, zones: Iterable[Zone]) -> Path:
        """Return one path through the zones in their given order, hip to knee.

        Raises:
            ValueError: no zone is given.

        """
        paths = [self.strokes[zone] for zone in zones]
        if not paths:
            raise ValueError("a stroke needs a zone")
        return reduce(Path.joined, paths)

    def keep_off_entered(self, path: Path) -> str | None:
        """Return the name of the first keep-off area that a path enters, or None."""
        return next((n for n, area in self.keep_off.items() if path.enters(area)), None)


def _effort(start: Polygon, other: Polygon, dx: int, dy: int) -> float:
    """Return the eye's effort to get from one shape to another; inf if it is not ahead."""
    along, across = (0, 1) if dx else (1, 0)
    a, b = start.bounds, other.bounds
    ahead = b[along] - a[along + 2] if dx + dy > 0 else a[along] - b[along + 2]
    if ahead < -OVERLAP_CM:
        return inf
    aside = max(0.0, b[across] - a[across + 2], a[across] - b[across + 2])
    off_centre = abs(start.centre[across] - other.centre[across])
    return max(ahead, 0.0) + 2 * aside + off_centre / 2
