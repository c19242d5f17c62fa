"""Sentences on how a reason of the light for running can change."""

from collections.abc import Callable, Mapping
from datetime import date

from itband_gui.insight.leg_findings import (
    ABOVE_USUAL,
    CALM,
    SORE_DAY,
    SORE_WALKING,
    WELL_ABOVE_USUAL,
)
from itband_gui.insight.reasons import Cause, Readiness, Reason, Remedy
from itband_gui.wording.counts import number, of_ten, points
from itband_gui.wording.translation import translate
from itband_gui.wording.when import day_name

WALK_MINUTES = 30  # our choice; no hopping at home, which is unsafe where it is the bone


def change_text(reason: Reason, today: date) -> str:
    """Return what would change one reason: for the freer, or, of a go, for the more careful."""
    text = _TEXTS[reason.remedy](reason)
    return text.format(
        calm=of_ten(CALM),
        walking=number(SORE_WALKING),
        sore=number(SORE_DAY),
        rise=points(ABOVE_USUAL),
        high_rise=points(WELL_ABOVE_USUAL),
        walk=WALK_MINUTES,
        until=day_name(reason.until, today) if reason.until is not None else "",
    )


def _sign_gone(_reason: Reason) -> str:
    return translate("Remedy", "It clears when the sign is gone and you say so.")


def _sign_seen(_reason: Reason) -> str:
    return translate("Remedy", "It clears when a clinician has seen it and you say so.")


def _settled_rating(_reason: Reason) -> str:
    return translate(
        "Remedy",
        "It clears on a later day with a rating of {calm} or less before any massage, or else "
        "after {until}.",
    )


def _day_off(_reason: Reason) -> str:
    return translate("Remedy", "It clears after {until} if you don’t run.")


def _time(_reason: Reason) -> str:
    return translate("Remedy", "It clears after {until}.")


def _calm_run(reason: Reason) -> str:
    if reason.light is Readiness.GO:
        return translate(
            "Remedy", "A run above {calm}, or one with a changed stride, would change it."
        )
    return translate(
        "Remedy", "It clears with an easy run at {calm} or less and your usual stride."
    )


def _walk_first(_reason: Reason) -> str:
    return translate(
        "Remedy",
        "Before you run again, walk briskly for {walk} minutes without a limp. It clears with an "
        "easy run at {calm} or less.",
    )


def _calmer_day(reason: Reason) -> str:
    if reason.light is Readiness.GO:
        return translate(
            "Remedy", "A {sore} or more, or a score above your usual, would change it."
        )
    if reason.light is Readiness.REST:
        return translate(
            "Remedy", "It clears on a later day with a rating below {walking} before any massage."
        )
    return translate(
        "Remedy", "It clears on a later day with a rating of {calm} or less before any massage."
    )


def _calmer_morning(reason: Reason) -> str:
    if reason.cause is Cause.CREPT_UP:
        return translate(
            "Remedy", "It clears on a morning less than {high_rise} above what was usual then."
        )
    if reason.light is Readiness.REST:
        return translate("Remedy", "It clears on a morning less than {high_rise} above your usual.")
    return translate(
        "Remedy",
        "A point or two can be chance; an easy day costs little. It clears on a morning less than "
        "{rise} above your usual.",
    )


def _easy_run(_reason: Reason) -> str:
    return translate("Remedy", "It clears with an easy run, logged with how sore it was.")


_TEXTS: Mapping[Remedy, Callable[[Reason], str]] = {
    Remedy.SIGN_GONE: _sign_gone,
    Remedy.SIGN_SEEN: _sign_seen,
    Remedy.SETTLED_RATING: _settled_rating,
    Remedy.DAY_OFF: _day_off,
    Remedy.TIME: _time,
    Remedy.CALM_RUN: _calm_run,
    Remedy.WALK_FIRST: _walk_first,
    Remedy.CALMER_DAY: _calmer_day,
    Remedy.CALMER_MORNING: _calmer_morning,
    Remedy.EASY_RUN: _easy_run,
}
