"""A leg in the middle of a sentence."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from itband_gui.leg.names import Leg


def your_leg(leg: Leg | None) -> str:
    """Return "your left leg", "your right leg", or "a leg" for any."""
    if leg is None:
        return QCoreApplication.translate("Legs", "a leg")
    if leg is Leg.LEFT:
        return QCoreApplication.translate("Legs", "your left leg")
    return QCoreApplication.translate("Legs", "your right leg")


def your_thigh(legs: Collection[Leg]) -> str:
    """Return "your outer thigh", with its side where only one is meant."""
    if set(legs) == {Leg.LEFT}:
        return QCoreApplication.translate("Legs", "your left outer thigh")
    if set(legs) == {Leg.RIGHT}:
        return QCoreApplication.translate("Legs", "your right outer thigh")
    return QCoreApplication.translate("Legs", "your outer thigh")
