"""Works out the state of each warning sign in the journal at a moment, by its own rules."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from itband_gui.journal.entries import Resolution, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import ClosedBy, MassageRule, RunningRule, Safety, Urgency, WarningSign

GENTLE_START = timedelta(days=7)  # after a clinician has seen it: our choice
CONSENT_LASTS = timedelta(days=28)  # then a clinician must agree again: our choice


class SignState(StrEnum):
    """How far a sign is from being over."""

    OPEN = "open"
    UNSEEN = "unseen"  # gone, but a clinician must still see it
    AGREED = "agreed"  # a clinician agreed to massage
    LAPSED = "lapsed"  # agreed longer ago than `CONSENT_LASTS`
    CLEARING = "clearing"  # gone, but not yet for long enough
    SEEN = "seen"  # a clinician has seen it recently: start gently
    OVER = "over"


class StandingSign(msgspec.Struct, frozen=True):
    """A journal entry with its state; `rule` is None for a sign that this version does not know."""

    entry: Sign
    rule: WarningSign | None
    standing: SignState

    @property
    def is_open(self) -> bool:
        """Whether its rules for massage and running still apply."""
        return self.standing in {SignState.OPEN, SignState.UNSEEN}

    @property
    def bars_massage(self) -> bool:
        """Whether its rule for massage still applies."""
        rule = self.rule
        counts = rule is not None and rule.least_hours > 0 and self.standing is SignState.CLEARING
        return self.is_open or counts

    @property
    def massage(self) -> MassageRule:
        """Its rule for massage; an unknown sign blocks."""
        return self.rule.massage if self.rule else MassageRule.BLOCK

    @property
    def running(self) -> RunningRule:
        """Its rule for running; an unknown sign asks for rest."""
        return self.rule.running if self.rule else RunningRule.REST

    @property
    def can_be_gone(self) -> bool:
        """Whether the runner may close it by reporting it gone."""
        return self.rule is None or self.rule.closes is ClosedBy.GONE

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The legs that its rule for massage covers; both, unless one is free."""
        if self.rule is not None and self.rule.frees_other_leg and self.entry.leg is not None:
            return (self.entry.leg,)
        return tuple(Leg)


def standing_signs(entries: Iterable[object], safety: Safety, now: datetime) -> list[StandingSign]:
    """Return the journal's signs that are not over at `now`, in journal order.

    A clinician's word on a sign also closes earlier entries of that sign on that leg.
    """
    signs = [each for each in entries if isinstance(each, Sign) and each.at <= now]
    words: dict[tuple[str, Leg | None], Sign] = {}
    for entry in signs:
        if _agreed_at(entry, now) is not None:
            key = (entry.sign, entry.leg)
            words[key] = max(words.get(key, entry), entry, key=lambda each: each.resolved or now)
    found = []
    for entry in signs:
        word = words.get((entry.sign, entry.leg), entry)
        if word is entry or (word.resolved or now) < entry.at:
            found.append(
                StandingSign(entry, safety.sign(entry.sign), _standing(entry, safety, now))
            )
    return [each for each in found if each.standing is not SignState.OVER]


def standing_with_ahead(
    entries: Iterable[object], safety: Safety, now: datetime
) -> list[StandingSign]:
    """Return the signs that are not over at `now`, then those dated in the future.

    The clock may be wrong, so future signs are included in their state at their own date.
    """
    signs = [each for each in entries if isinstance(each, Sign)]
    latest = max([now, *(each.at for each in signs)])
    later = [each for each in standing_signs(signs, safety, latest) if each.entry.at > now]
    return [*standing_signs(signs, safety, now), *later]


def by_urgency(signs: Iterable[StandingSign]) -> list[StandingSign]:
    """Return the signs, unknown ones first, then the most urgent."""
    urgencies, rules = list(Urgency), list(MassageRule)

    def rank(sign: StandingSign) -> tuple[int, int]:
        urgency = urgencies.index(sign.rule.urgency) if sign.rule else -1
        return urgency, rules.index(sign.massage)

    return sorted(signs, key=rank)


def _agreed_at(entry: Sign, now: datetime) -> datetime | None:
    """Return when a clinician saw it, or None if none has by `now`."""
    if entry.resolution is not Resolution.CLINICIAN_AGREED or entry.resolved is None:
        return None
    return entry.resolved if entry.resolved <= now else None


def _standing(entry: Sign, safety: Safety, now: datetime) -> SignState:
    rule = safety.sign(entry.sign)
    if entry.resolved is None or entry.resolved > now:
        return SignState.OPEN
    if rule is None:
        return SignState.OVER
    if entry.resolution is not Resolution.CLINICIAN_AGREED:
        if rule.closes is ClosedBy.SEEN:
            return SignState.UNSEEN
    elif rule.massage is MassageRule.ASK:
        return SignState.AGREED if now - entry.resolved < CONSENT_LASTS else SignState.LAPSED
    return _closed(entry, rule, now)


def _closed(entry: Sign, rule: WarningSign, now: datetime) -> SignState:
    """Return the state of a sign that has been closed by someone who may."""
    if now < clears_at(entry, rule)[1]:
        return SignState.CLEARING
    gently = rule.closes is ClosedBy.SEEN and now - (entry.resolved or now) < GENTLE_START
    return SignState.SEEN if gently else SignState.OVER


def clears_at(entry: Sign, rule: WarningSign) -> tuple[datetime, datetime]:
    """Return until when a sign that is gone asks for rest, and until when for easy runs.

    Rest lasts `clear_hours`, easy runs as long again, and both at least until `least_hours`.
    """
    gone, clear = entry.resolved or entry.at, timedelta(hours=rule.clear_hours)
    least = entry.at + timedelta(hours=rule.least_hours)
    return max(gone + clear, least), max(gone + 2 * clear, least)
