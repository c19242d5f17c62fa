"""The displayed names of legs, zones, places, techniques, moments and sports."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from itband_gui.journal.entries import Moment, Sport
from itband_gui.leg.names import Leg, Place, Technique, Zone

if TYPE_CHECKING:
    from itband_gui.routine.plan import HandWork


def leg_name(leg: Leg) -> str:
    """Return "Left leg" or "Right leg"."""
    if leg is Leg.LEFT:
        return QCoreApplication.translate("Words", "Left leg")
    return QCoreApplication.translate("Words", "Right leg")


def side_name(leg: Leg) -> str:
    """Return "Left" or "Right"."""
    if leg is Leg.LEFT:
        return QCoreApplication.translate("Words", "Left")
    return QCoreApplication.translate("Words", "Right")


def zone_name(zone: Zone) -> str:
    """Return a zone's everyday name."""
    return place_name(Place(zone.value))


def place_name(place: Place) -> str:
    """Return a place's everyday name."""
    return {
        Place.GLUTEAL: QCoreApplication.translate("Words", "Buttock"),
        Place.OUTER_HIP: QCoreApplication.translate("Words", "Outer hip bone"),
        Place.HIP_POCKET: QCoreApplication.translate("Words", "Hip pocket"),
        Place.FRONT_EDGE: QCoreApplication.translate("Words", "Front of the outer thigh"),
        Place.BAND_UPPER: QCoreApplication.translate("Words", "Upper band"),
        Place.BAND_MIDDLE: QCoreApplication.translate("Words", "Middle of the band"),
        Place.BAND_LOWER: QCoreApplication.translate("Words", "Lower band"),
        Place.BACK_EDGE: QCoreApplication.translate("Words", "Back of the outer thigh"),
        Place.OUTER_KNEE: QCoreApplication.translate("Words", "Outer knee"),
        Place.KNEE_FRONT: QCoreApplication.translate("Words", "Front of the knee"),
        Place.OTHER: QCoreApplication.translate("Words", "Somewhere else"),
    }[place]


def zones_name(zones: tuple[Zone, ...]) -> str:
    """Return one name for the zones that a stroke covers."""
    if len(zones) == 1:
        return zone_name(zones[0])
    if set(zones) == {Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER}:
        return QCoreApplication.translate("Words", "Along the band")
    if set(zones) == {Zone.BAND_UPPER, Zone.BAND_MIDDLE}:
        return QCoreApplication.translate("Words", "Along the upper band")
    return QCoreApplication.translate("Words", ", ").join(map(zone_name, zones))


def technique_name(technique: Technique) -> str:
    """Return a technique's name."""
    return {
        Technique.HEEL_OF_HAND: QCoreApplication.translate("Words", "Heel of the hand"),
        Technique.KNUCKLES: QCoreApplication.translate("Words", "Knuckles"),
        Technique.LIGHT: QCoreApplication.translate("Words", "Flat hand"),
    }[technique]


def technique_hint(technique: Technique) -> str:
    """Return one short sentence on how the hand is held."""
    return {
        Technique.HEEL_OF_HAND: QCoreApplication.translate(
            "Words", "Fingers lifted, wrist nearly straight, the other hand on top."
        ),
        Technique.KNUCKLES: QCoreApplication.translate(
            "Words", "A flat, loose fist; wrist straight; lean, do not push."
        ),
        Technique.LIGHT: QCoreApplication.translate(
            "Words", "The whole hand rests and glides; no pressure."
        ),
    }[technique]


def pressure_text(work: "HandWork") -> str:
    """Return "Light" or "Press 3–4 out of 10"."""
    if work.pressure is None:
        return QCoreApplication.translate("Words", "Light")
    low, high = work.pressure
    if low == high:
        text = QCoreApplication.translate("Words", "Press {high} out\u00a0of\u00a010")
        return text.format(high=high)
    return QCoreApplication.translate("Words", "Press {low}–{high} out\u00a0of\u00a010").format(
        low=low, high=high
    )


def moment_name(moment: Moment) -> str:
    """Return the name of the moment of a rating."""
    return {
        Moment.BEFORE: QCoreApplication.translate("Words", "Before massage"),
        Moment.AFTER: QCoreApplication.translate("Words", "After massage"),
        Moment.MORNING: QCoreApplication.translate("Words", "Morning, first steps"),
        Moment.LAST_RUN: QCoreApplication.translate("Words", "Worst on the last run"),
        Moment.OTHER: QCoreApplication.translate("Words", "Another time"),
    }[moment]


def sport_name(sport: Sport) -> str:
    """Return an activity's name."""
    return {
        Sport.STRENGTH: QCoreApplication.translate("Words", "Strength training"),
        Sport.CYCLING: QCoreApplication.translate("Words", "Cycling"),
        Sport.HIKING: QCoreApplication.translate("Words", "Hiking"),
        Sport.SWIMMING: QCoreApplication.translate("Words", "Swimming"),
        Sport.TENNIS: QCoreApplication.translate("Words", "Tennis"),
        Sport.TEAM_SPORT: QCoreApplication.translate("Words", "Team sport"),
        Sport.WALKING: QCoreApplication.translate("Words", "Walking"),
        Sport.YOGA: QCoreApplication.translate("Words", "Yoga"),
        Sport.OTHER: QCoreApplication.translate("Words", "Another sport"),
    }[sport]


def clock_text(ms: int) -> str:
    """Return a duration as minutes and seconds, such as `7:05`, rounded up."""
    seconds = -(-ms // 1000)
    return f"{seconds // 60}:{seconds % 60:02}"
