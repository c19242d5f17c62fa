"""Sentences for the readiness light: its name, its advice, and when it will change."""

from collections.abc import Callable, Mapping
from datetime import date

from itband_gui.insight import strain
from itband_gui.insight.readiness import Verdict
from itband_gui.insight.readiness_rules import (
    ABOVE_USUAL,
    CALM,
    SORE_DAY,
    SORE_WALKING,
    VERY_SORE,
    WELL_ABOVE_USUAL,
)
from itband_gui.insight.reasons import Cause, Readiness, Reason, Referral, Remedy
from itband_gui.insight.strain import LongestRun
from itband_gui.journal.entries import Rating
from itband_gui.wording.counts import number, of_ten, points
from itband_gui.wording.signs import open_signs_text
from itband_gui.wording.translation import translate
from itband_gui.wording.when import day_name

WALK_MINUTES = 30  # our choice; not a hop test, which is unsafe at home if a bone is hurt
STOP_ABOVE = 5  # out of 10 while running: the limit of the pain-monitoring model
EASY_MINUTES = (20, 30)  # our choice
WORST_PAIN = 9  # out of 10, and above: call a doctor today; our choice


def headline(light: Readiness) -> str:
    """Return the light in a word or two."""
    return {
        Readiness.GO: translate("Readiness", "Go"),
        Readiness.UNKNOWN: translate("Readiness", "Not enough to tell"),
        Readiness.EASY: translate("Readiness", "Easy today"),
        Readiness.REST: translate("Readiness", "Rest today"),
    }[light]


def meaning(verdict: Verdict) -> str:
    """Return what the light means for a run today."""
    if verdict.light is Readiness.REST:
        return _rest(verdict)
    if verdict.light is Readiness.EASY:
        return translate(
            "Readiness",
            "If you run, keep it easy: {least} to {most} minutes, flat, with walk breaks. "
            "Stop if the soreness goes above {stop} out of 10 or your stride changes.",
        ).format(least=EASY_MINUTES[0], most=EASY_MINUTES[1], stop=STOP_ABOVE)
    if verdict.light is Readiness.UNKNOWN:
        if verdict.sign_open:
            return translate("Readiness", "A warning sign is open, and this is missing:")
        return translate(
            "Readiness", "Nothing you’ve logged argues against a run, but this is missing:"
        )
    if verdict.sign_open:
        return translate(
            "Readiness",
            "Your own ratings are fine for a run, but a warning sign is open. Follow its advice.",
        )
    return translate("Readiness", "Nothing you’ve logged argues against a run.")


def advice(verdict: Verdict) -> tuple[str, ...]:
    """Return advice beyond the light: pain, seeing someone, signs, how long a run may be."""
    said = [
        *_pain(verdict),
        *([referral_text(verdict.referral)] if verdict.referral else []),
        *([_longest_text(verdict.longest)] if verdict.longest else []),
    ]
    if verdict.light in {Readiness.GO, Readiness.UNKNOWN}:
        said.append(open_signs_text(verdict.signs))
    return tuple(text for text in said if text)


def referral_text(referral: Referral) -> str:
    """Return why it is time to see someone."""
    return {
        Referral.RED_WEEKS: translate(
            "Readiness",
            "The light said rest on two or more days in each of the last two weeks: let a "
            "physiotherapist or doctor "
            "have a look.",
        ),
        Referral.SORE_WEEKS: translate(
            "Readiness",
            "For three weeks the light has been easy or rest on most of the days you rated: let a "
            "physiotherapist or doctor have a look.",
        ),
        Referral.STOPS_AGAIN: translate(
            "Readiness",
            "You have stopped twice in two weeks for the same kind of trouble: let a "
            "physiotherapist or doctor have a look.",
        ),
        Referral.LONG_SIGN: translate(
            "Readiness",
            "A warning sign has been open for two weeks. If nobody has looked at it yet, "
            "have it looked at.",
        ),
    }[referral]


def massage_text() -> str:
    """Say that massage does not change the light."""
    return translate("Readiness", "Massage doesn’t change the light. Rate before you massage.")


def _rest(verdict: Verdict) -> str:
    causes = {reason.cause for reason in verdict.deciding}
    if Cause.OPEN_SIGN in causes:
        return translate("Readiness", "No run today: a warning sign is open.")
    if Cause.UNSEEN_SIGN in causes:
        return translate("Readiness", "No run yet: it’s gone, but please have it checked first.")
    if Cause.VERY_SORE in causes:
        return translate("Readiness", "No run today: your leg is very sore even at rest.")
    if Cause.CLEARING_SIGN in causes:
        return translate("Readiness", "No run yet: give it the time it needs.")
    if Cause.SESSION_STOPPED in causes:
        return translate("Readiness", "No run today: let it settle first.")
    return translate(
        "Readiness",
        "Your own ratings say no run today. A walk, a swim or easy cycling is fine if it doesn’t "
        "make it worse.",
    )


def _pain(verdict: Verdict) -> list[str]:
    """Return what to do about severe soreness at rest."""
    said = []
    for reason in verdict.reasons:
        scores = [entry.score for entry in reason.entries if isinstance(entry, Rating)]
        if reason.cause is Cause.VERY_SORE:
            said.append(pain_text(max(scores, default=VERY_SORE)))
    return said[:1]


def pain_text(score: int) -> str:
    """Return what to do about a leg that is that sore at rest (7 to 10)."""
    if score >= WORST_PAIN:
        return translate(
            "Readiness", "Pain this bad at rest: call your doctor today. No massage on that leg."
        )
    return translate("Readiness", "If it stays this bad, call your doctor. No massage on that leg.")


def _longest_text(run: LongestRun) -> str:
    if run.limit_km is None:
        text = translate(
            "Readiness",
            "No longer than {minutes} min: {percent}% of your longest run in the last {days} days.",
        )
        km = ""
    else:
        text = translate(
            "Readiness",
            "No longer than {minutes} min or {km} km: {percent}% of your longest runs in the "
            "last {days} days.",
        )
        km = number(run.limit_km)
    return text.format(minutes=run.limit_minutes, km=km, percent=strain.PERCENT, days=strain.DAYS)


def change_text(reason: Reason, today: date) -> str:
    """Return what would clear one reason, or, for a go, what would end it."""
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
        "It clears on a later day with a rating of {calm} or less before any massage, or "
        "after {until} at the latest.",
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
            "Remedy",
            "It clears on a morning less than {high_rise} above your usual of a few weeks ago.",
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
