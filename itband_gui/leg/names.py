"""The names of legs, zones, places and techniques; their values are stored in files."""

from enum import StrEnum


class Leg(StrEnum):
    """One of the two legs."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Leg":
        """The other leg."""
        return Leg.RIGHT if self is Leg.LEFT else Leg.LEFT


BOTH = tuple(Leg)


class Zone(StrEnum):
    """An area that a routine works on, from hip to knee."""

    GLUTEAL = "gluteal"
    HIP_POCKET = "hip-pocket"
    FRONT_EDGE = "front-edge"
    BAND_UPPER = "band-upper"
    BAND_MIDDLE = "band-middle"
    BAND_LOWER = "band-lower"
    BACK_EDGE = "back-edge"


BAND_ZONES = frozenset({Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER})
MUSCLE_ZONES = frozenset(Zone) - BAND_ZONES


class Place(StrEnum):
    """An area that can be sore: every zone and four more; `OTHER` has no shape on the leg."""

    GLUTEAL = "gluteal"
    OUTER_HIP = "outer-hip"
    HIP_POCKET = "hip-pocket"
    FRONT_EDGE = "front-edge"
    BAND_UPPER = "band-upper"
    BAND_MIDDLE = "band-middle"
    BAND_LOWER = "band-lower"
    BACK_EDGE = "back-edge"
    OUTER_KNEE = "outer-knee"
    KNEE_FRONT = "knee-front"
    OTHER = "other"


class Technique(StrEnum):
    """How the hand works; `LIGHT` is a flat hand without pressure."""

    HEEL_OF_HAND = "heel-of-hand"
    KNUCKLES = "knuckles"
    LIGHT = "light"

    @property
    def firm(self) -> bool:
        """Whether it presses, so that the limits on firm work apply."""
        return self is not Technique.LIGHT
