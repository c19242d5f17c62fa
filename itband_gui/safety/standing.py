"""Where each warning sign of the journal stands at a moment, by its own rules."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from itband_gui.journal.entries import Resolution, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import Closing, MassageRule, RunningRule, Safety, WarningSign

CONSENT_LASTS = timedelta(days=28)  # then a clinician's word is asked for again: our choice


class Standing(StrEnum):
    """How far a sign is from being over."""

    OPEN = "open"
    UNSEEN = "unseen"  # gone, and still to be looked at by a clinician
    AGREED = "agreed"  # a clinician agreed to massage; it is asked again after `CONSENT_LASTS`
    CLEARING = "clearing"  # gone, but not for long enough for a run
    OVER = "over"


class StandingSign(msgspec.Struct, frozen=True):
    """An entry of the journal with where it stands; `rule` is None for a sign unknown here."""

    entry: Sign
    rule: WarningSign | None
    standing: Standing

    @property
    def is_open(self) -> bool:
        """Whether it still counts against massage or running by its rules."""
        return self.standing in {Standing.OPEN, Standing.UNSEEN}

    @property
    def massage(self) -> MassageRule:
        """What it says about massage; an unknown sign blocks."""
        return self.rule.massage if self.rule else MassageRule.BLOCK

    @property
    def running(self) -> RunningRule:
        """What it says about a run; an unknown sign asks for rest."""
        return self.rule.running if self.rule else RunningRule.REST

    @property
    def can_be_gone(self) -> bool:
        """Whether the runner's own word that it is gone closes it."""
        return self.rule is None or self.rule.closes is Closing.GONE

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The legs that must not be massaged while it is open; both, unless one is free."""
        if self.rule is not None and self.rule.frees_other_leg and self.entry.leg is not None:
            return (self.entry.leg,)
        return tuple(Leg)


def standing_signs(entries: Iterable[object], safety: Safety, now: datetime) -> list[StandingSign]:
    """Return the signs of the journal that are not over at `now`, in their order.

    A clinician's word on a sign of a leg closes what was entered of it before.
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
    return [each for each in found if each.standing is not Standing.OVER]


def _agreed_at(entry: Sign, now: datetime) -> datetime | None:
    """Return when a clinician had seen it, if that is so by now."""
    if entry.resolution is not Resolution.CLINICIAN_AGREED or entry.resolved is None:
        return None
    return entry.resolved if entry.resolved <= now else None


def _standing(entry: Sign, safety: Safety, now: datetime) -> Standing:
    rule = safety.sign(entry.sign)
    if entry.resolved is None or entry.resolved > now:
        return Standing.OPEN
    if entry.resolution is Resolution.CLINICIAN_AGREED:
        asks = rule is not None and rule.massage is MassageRule.ASK
        return Standing.AGREED if asks else Standing.OVER
    if rule is not None and rule.closes is Closing.SEEN:
        return Standing.UNSEEN
    # The day after is still an easy one: `clear_hours` are followed by as many again.
    if rule is not None and now - entry.resolved < 2 * timedelta(hours=rule.clear_hours):
        return Standing.CLEARING
    return Standing.OVER


def consent_holds(sign: StandingSign, now: datetime) -> bool:
    """Whether a clinician's agreement to massage still counts."""
    agreed = _agreed_at(sign.entry, now)
    return sign.standing is Standing.AGREED and agreed is not None and now - agreed < CONSENT_LASTS
