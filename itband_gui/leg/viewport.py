"""Fits a part of the leg into a rectangle of pixels, mirrored for a left leg."""

from functools import cached_property

import msgspec

from itband_gui.leg.geometry import Point
from itband_gui.leg.names import Leg


class Frame(msgspec.Struct, frozen=True):
    """A part of the drawing of a right leg, in centimetres."""

    left: float
    top: float
    width: float
    height: float


WHOLE = Frame(-16, -25, 37, 113.5)
THIGH = Frame(-16, -24, 30, 74)  # the hip to a hand's width below the knee
SORE = Frame(-15, -12.5, 25.5, 59.5)  # all places that can be marked, as large as possible


class Viewport(msgspec.Struct, frozen=True, dict=True):
    """Map centimetres on a leg to pixels and back, with the frame centred and as large as fits.

    Attributes:
        leg: a left leg is shown as the mirror of the right.
        margin_x: pixels kept free on both sides, for labels.

    """

    frame: Frame
    leg: Leg
    width: float
    height: float
    margin_x: float = 0.0

    @cached_property
    def scale(self) -> float:
        """Pixels per centimetre."""
        room = max(self.width - 2 * self.margin_x, 1.0)
        return max(min(room / self.frame.width, self.height / self.frame.height), 0.01)

    @property
    def flip(self) -> int:
        """-1 for a left leg, which is mirrored, otherwise 1."""
        return -1 if self.leg is Leg.LEFT else 1

    @cached_property
    def origin(self) -> tuple[float, float]:
        """The position of the leg's origin, the trochanter, in pixels."""
        middle_x = self.frame.left + self.frame.width / 2
        middle_y = self.frame.top + self.frame.height / 2
        return (
            self.width / 2 - self.flip * middle_x * self.scale,
            self.height / 2 - middle_y * self.scale,
        )

    def to_pixels(self, point: Point) -> tuple[float, float]:
        """Return the pixel position of a point of a right leg."""
        x, y = self.origin
        return x + self.flip * point.x * self.scale, y + point.y * self.scale

    def to_leg(self, x: float, y: float) -> Point:
        """Return the point of a right leg at a pixel."""
        origin_x, origin_y = self.origin
        return Point(self.flip * (x - origin_x) / self.scale, (y - origin_y) / self.scale)
