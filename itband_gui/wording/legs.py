"""A leg in the middle of a sentence."""

from collections.abc import Collection

from itband_gui.leg.names import Leg
from itband_gui.wording.translation import translate


def your_leg(leg: Leg | None) -> str:
    """Return "your left leg", "your right leg", or "a leg" for any."""
    if leg is None:
        return translate("Legs", "a leg")
    if leg is Leg.LEFT:
        return translate("Legs", "your left leg")
    return translate("Legs", "your right leg")


def your_thigh(legs: Collection[Leg]) -> str:
    """Return "your outer thigh", with its side where only one is meant."""
    if set(legs) == {Leg.LEFT}:
        return translate("Legs", "your left outer thigh")
    if set(legs) == {Leg.RIGHT}:
        return translate("Legs", "your right outer thigh")
    return translate("Legs", "your outer thigh")
