"""What would change a reason of the light for running."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.findings import (
    ABOVE_USUAL,
    CALM,
    SORE_DAY,
    SORE_WALKING,
    WELL_ABOVE_USUAL,
)
from itband_gui.insight.reasons import Readiness, Reason, Remedy
from itband_gui.ui.insight_text.counts import of_ten, points
from itband_gui.ui.insight_text.when import day_name


def change_text(reason: Reason, today: date) -> str:
    """Return what would change one reason: for the freer, or, of a go, for the more careful."""
    text = _TEXTS[reason.remedy](reason)
    return text.format(
        calm=of_ten(CALM),
        walking=of_ten(SORE_WALKING),
        sore=of_ten(SORE_DAY),
        rise=points(ABOVE_USUAL),
        high_rise=points(WELL_ABOVE_USUAL),
        until=day_name(reason.until, today) if reason.until is not None else "",
    )


def _sign_resolved(_reason: Reason) -> str:
    return QCoreApplication.translate(
        "Remedy", "It changes when the sign is gone, or a clinician has agreed, and you say so."
    )


def _settled_rating(_reason: Reason) -> str:
    return QCoreApplication.translate(
        "Remedy",
        "A rating of {calm} or less on a later day, before any massage, changes it. Without one it "
        "holds until the end of {until}.",
    )


def _day_off(_reason: Reason) -> str:
    return QCoreApplication.translate(
        "Remedy", "Time off changes it: it holds until the end of {until}."
    )


def _calm_run(reason: Reason) -> str:
    if reason.light is Readiness.GO:
        return QCoreApplication.translate(
            "Remedy", "A run above {calm}, or one with a changed stride, would change it."
        )
    return QCoreApplication.translate(
        "Remedy", "An easy run at {calm} or less, with your usual stride, changes it."
    )


def _calmer_day(reason: Reason) -> str:
    if reason.light is Readiness.GO:
        return QCoreApplication.translate(
            "Remedy", "A rating of {sore} or more, or one above your usual, would change it."
        )
    if reason.light is Readiness.REST:
        return QCoreApplication.translate(
            "Remedy", "A rating below {walking} on a later day, before any massage, changes it."
        )
    return QCoreApplication.translate(
        "Remedy", "A rating of {calm} or less on a later day, before any massage, changes it."
    )


def _calmer_morning(reason: Reason) -> str:
    if reason.light is Readiness.REST:
        return QCoreApplication.translate(
            "Remedy",
            "It changes on a later morning that is less than {high_rise} above your usual.",
        )
    return QCoreApplication.translate(
        "Remedy", "It changes on a later morning that is less than {rise} above your usual."
    )


def _easy_run(_reason: Reason) -> str:
    return QCoreApplication.translate(
        "Remedy", "An easy run, logged with how sore it was, changes it."
    )


_TEXTS: Mapping[Remedy, Callable[[Reason], str]] = {
    Remedy.SIGN_RESOLVED: _sign_resolved,
    Remedy.SETTLED_RATING: _settled_rating,
    Remedy.DAY_OFF: _day_off,
    Remedy.CALM_RUN: _calm_run,
    Remedy.CALMER_DAY: _calmer_day,
    Remedy.CALMER_MORNING: _calmer_morning,
    Remedy.EASY_RUN: _easy_run,
}
