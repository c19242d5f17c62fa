"""Whether massage is a good idea now, in plain words."""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec.structs import replace

from itband_gui.insight.massage import OFTEN, Barred, MassageAdvice, WaitReason
from itband_gui.journal.entries import Rating, Session, Sign
from itband_gui.leg.names import BOTH, Leg
from itband_gui.safety.open_signs import clears_at
from itband_gui.safety.signs import Safety
from itband_gui.wording.counts import number
from itband_gui.wording.readiness import pain_text
from itband_gui.wording.signs import sign_text
from itband_gui.wording.translation import translate
from itband_gui.wording.when import begin, day_by_today, on_day, until_text, within


def massage_headline(advice: MassageAdvice) -> str:
    """Return whether to massage now, in a few words."""
    if advice.forbidden(BOTH) and not advice.free_legs:
        return translate("Massage", "No massage for now")
    if advice.barred and all(each.bar is WaitReason.ASK_FIRST for each in advice.barred):
        return translate("Massage", "Ask a clinician before massage")
    if not advice.free_legs:
        return translate("Massage", "Better not to massage now")
    if advice.free_legs == (Leg.LEFT,):
        return translate("Massage", "Only the left leg for now")
    if advice.free_legs == (Leg.RIGHT,):
        return translate("Massage", "Only the right leg for now")
    return translate("Massage", "Massage is fine today")


def barred_text(barred: Barred, now: datetime, safety: Safety) -> str:
    """Return one reason against massage, as a sentence or two."""
    return begin(_SENTENCES[barred.bar](barred, now, safety))


def _sign_open(barred: Barred, now: datetime, safety: Safety) -> str:
    entry = barred.entries[0]
    if isinstance(entry, Sign) and entry.resolved is not None and entry.resolved <= now:
        return _not_long_gone(barred, entry, now, safety)
    text = {
        BOTH: translate("Massage", "No massage: a warning sign is open ({sign})."),
        (Leg.LEFT,): translate(
            "Massage", "No massage on your left leg: a warning sign is open ({sign})."
        ),
        (Leg.RIGHT,): translate(
            "Massage", "No massage on your right leg: a warning sign is open ({sign})."
        ),
    }[barred.legs]
    return text.format(sign=_sign(barred))


def _not_long_gone(barred: Barred, entry: Sign, now: datetime, safety: Safety) -> str:
    gone = translate("Massage", "Gone only recently: {sign}.").format(sign=_sign(barred))
    rule = safety.sign(entry.sign)
    until = barred.until or (clears_at(entry, rule)[1] if rule else now)
    return f"{gone} {_wait(replace(barred, until=until), now)}"


def _sign_unseen(barred: Barred, _now: datetime, _safety: Safety) -> str:
    text = translate("Massage", "No massage until a clinician has checked this: {sign}.")
    return text.format(sign=_sign(barred))


def _ask_first(barred: Barred, _now: datetime, _safety: Safety) -> str:
    entry = barred.entries[0]
    if isinstance(entry, Sign) and entry.resolved is not None:
        text = translate("Massage", "Does your clinician still agree to massage? ({sign})")
    else:
        text = translate("Massage", "Ask a clinician before you massage ({sign}).")
    return text.format(sign=_sign(barred))


def _very_sore(barred: Barred, _now: datetime, _safety: Safety) -> str:
    score = max(entry.score for entry in barred.entries if isinstance(entry, Rating))
    text = _by_leg(
        barred,
        left=translate("Massage", "Your left leg is at {score} out of 10. {what}"),
        right=translate("Massage", "Your right leg is at {score} out of 10. {what}"),
    )
    return text.format(score=number(score), what=pain_text(score))


def _stopped(barred: Barred, now: datetime, safety: Safety) -> str:
    session = barred.entries[0]
    reason = None
    if isinstance(session, Session):
        reason = safety.stop.reason(session.stopped_for or None)
    day = on_day(day_by_today(session, now.date()), now.date())
    if reason is None:
        why = translate("Massage", "You stopped a session {day}.").format(day=day)
    else:
        why = translate("Massage", "You stopped a session {day}: {reason}.").format(
            day=day, reason=within(reason.text)
        )
    return f"{why} {_wait(barred, now)}"


def _worse_after(barred: Barred, now: datetime, _safety: Safety) -> str:
    before, after = (entry.score for entry in barred.entries if isinstance(entry, Rating))
    text = _by_leg(
        barred,
        left=translate(
            "Massage", "Your left leg was at {before} before the last massage and {after} after it."
        ),
        right=translate(
            "Massage",
            "Your right leg was at {before} before the last massage and {after} after it.",
        ),
    )
    return f"{text.format(before=before, after=after)} {_wait(barred, now)}"


def _wait(barred: Barred, now: datetime) -> str:
    text = {
        BOTH: translate("Massage", "Skip massage until {when}."),
        (Leg.LEFT,): translate("Massage", "Skip massage on your left leg until {when}."),
        (Leg.RIGHT,): translate("Massage", "Skip massage on your right leg until {when}."),
    }[tuple(leg for leg in Leg if leg in barred.legs)]
    return text.format(when=until_text(barred.until or now, now))


def _done_today(barred: Barred, _now: datetime, _safety: Safety) -> str:
    return _by_leg(
        barred,
        left=translate("Massage", "Your left leg has had its massage today; once a day is enough."),
        right=translate(
            "Massage", "Your right leg has had its massage today; once a day is enough."
        ),
    )


def _often(barred: Barred, now: datetime, _safety: Safety) -> str:
    text = translate("Massage", "That makes {count} sessions in seven days; {most} is plenty.")
    return f"{text.format(count=len(barred.entries), most=OFTEN)} {_wait(barred, now)}"


def _by_leg(barred: Barred, *, left: str, right: str) -> str:
    return left if barred.legs == (Leg.LEFT,) else right


def _sign(barred: Barred) -> str:
    return ", ".join(sign_text(entry.sign) for entry in barred.entries if isinstance(entry, Sign))


_SENTENCES: Mapping[WaitReason, Callable[[Barred, datetime, Safety], str]] = {
    WaitReason.SIGN_OPEN: _sign_open,
    WaitReason.SIGN_UNSEEN: _sign_unseen,
    WaitReason.ASK_FIRST: _ask_first,
    WaitReason.VERY_SORE: _very_sore,
    WaitReason.STOPPED: _stopped,
    WaitReason.WORSE_AFTER: _worse_after,
    WaitReason.DONE_TODAY: _done_today,
    WaitReason.OFTEN: _often,
}
