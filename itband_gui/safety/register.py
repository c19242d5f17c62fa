"""Turns a check-in's answers into changes to the journal's warning signs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from itband_gui.journal.entries import Entry, Resolution, Sign, new_id
from itband_gui.leg.names import Leg
from itband_gui.safety.open_signs import SignState, StandingSign, standing_signs
from itband_gui.safety.signs import MassageRule, PresentSign, Safety, WarningSign

SignKey = tuple[str, Leg | None]


def known_signs(entries: Iterable[Entry], safety: Safety, now: datetime) -> list[StandingSign]:
    """Return the signs that a check-in starts from: open, agreed to, or gone but still counting."""
    return [
        sign
        for sign in standing_signs(entries, safety, now)
        if sign.bars_massage or sign.standing in {SignState.AGREED, SignState.LAPSED}
    ]


def still_counting(
    known: Iterable[StandingSign], present: Iterable[PresentSign], now: datetime
) -> list[PresentSign]:
    """Return the known signs that are no longer present but still count, one per sign.

    They still count because a clinician has yet to see them, or because it is too soon.
    """
    there = {each.sign.id: each.legs for each in present}
    found: dict[str, PresentSign] = {}
    for sign in known:
        if sign.rule is None or not _counts_when_gone(sign, sign.rule, now):
            continue
        name, leg = sign.rule.id, sign.entry.leg
        if name in there and (leg is None or not there[name] or leg in there[name]):
            continue
        legs = {*found[name].legs, leg} if name in found else {leg}
        found[name] = PresentSign(sign.rule, tuple(each for each in Leg if each in legs), gone=True)
    return list(found.values())


def _counts_when_gone(sign: StandingSign, rule: WarningSign, now: datetime) -> bool:
    too_soon = now < sign.entry.at + timedelta(hours=rule.least_hours)
    return too_soon or (sign.is_open and not sign.can_be_gone)


def was_known(present: PresentSign, known: Iterable[StandingSign]) -> bool:
    """Whether a sign was already known on each of its legs."""
    legs = {sign.entry.leg for sign in known if sign.entry.sign == present.sign.id}
    return bool(legs) and (None in legs or set(present.legs) <= legs)


def is_about(sign: StandingSign, present: PresentSign) -> bool:
    """Whether a known sign matches a present one on at least one leg."""
    if sign.entry.sign != present.sign.id:
        return False
    return sign.entry.leg is None or not present.legs or sign.entry.leg in present.legs


def agreed(present: PresentSign, known: Sequence[StandingSign]) -> bool:
    """Whether a clinician's agreement still covers a present sign on all its legs.

    The newest entry per leg decides; an entry without a leg counts for both.
    """
    newest: dict[Leg | None, StandingSign] = {}
    for each in sorted(known, key=lambda each: each.entry.at):
        if each.entry.sign == present.sign.id:
            newest[each.entry.leg] = each
    told = [newest.get(leg, newest.get(None)) for leg in present.legs or (None,)]
    return all(each is not None and each.standing is SignState.AGREED for each in told)


def register(
    present: Iterable[PresentSign],
    known: Sequence[StandingSign],
    now: datetime,
    *,
    legs: Collection[Leg] = (),
) -> tuple[list[Sign], list[Sign]]:
    """Return the entries to add and those to amend.

    A known sign that is no longer present is gone. A new one is opened for each of its legs. One
    that needs a clinician's agreement counts as agreed to if its legs are then massaged.

    Args:
        present: the signs that are there now.
        known: the journal's signs that are not over.
        now: aware.
        legs: those massaged next; empty if there is no massage.

    """
    wanted: dict[SignKey, PresentSign] = {
        (each.sign.id, leg): each for each in present for leg in each.legs or (None,)
    }
    amended, met = [], set[SignKey]()
    for sign in sorted(known, key=_is_gone):
        entry, keys = sign.entry, _matching(sign.entry, wanted)
        if _is_gone(sign):  # another entry already covers these keys
            keys = [key for key in keys if key not in met]
        met.update(keys)
        after = _after(sign, [wanted[key] for key in keys], now, legs)
        if len(keys) == 1 and entry.leg is None:
            after = replace(after, leg=keys[0][1])
        if after != entry:
            amended.append(after)
    added = [_opened(key, each, now, legs) for key, each in wanted.items() if key not in met]
    return added, amended


def _matching(entry: Sign, wanted: Mapping[SignKey, PresentSign]) -> list[SignKey]:
    """Return the present signs that an entry matches; a missing leg on either side matches any."""
    return [
        (sign_id, leg)
        for sign_id, leg in wanted
        if sign_id == entry.sign and (entry.leg is None or leg is None or leg == entry.leg)
    ]


def _is_gone(sign: StandingSign) -> bool:
    """Whether it is gone but still counts."""
    return sign.standing in {SignState.UNSEEN, SignState.CLEARING}


def _agrees(present: PresentSign, leg: Leg | None, legs: Collection[Leg]) -> bool:
    """Whether massaging these legs implies that a clinician has agreed."""
    if present.sign.massage is not MassageRule.ASK or not legs:
        return False
    return leg is None or leg in legs or not present.sign.frees_other_leg


def _after(
    sign: StandingSign, kept: Sequence[PresentSign], now: datetime, legs: Collection[Leg]
) -> Sign:
    """Return a known sign's entry, updated by the answers."""
    entry = sign.entry
    if not kept:
        if _is_gone(sign):
            return entry
        return replace(entry, resolved=max(now, entry.at), resolution=Resolution.GONE)
    if sign.standing is SignState.AGREED:
        return entry
    if _agrees(kept[0], entry.leg, legs):
        return replace(entry, resolved=max(now, entry.at), resolution=Resolution.CLINICIAN_AGREED)
    if _is_gone(sign):  # it is back
        return replace(entry, resolved=None, resolution=None)
    return entry


def _opened(key: SignKey, present: PresentSign, now: datetime, legs: Collection[Leg]) -> Sign:
    sign_id, leg = key
    opened = Sign(id=new_id(), at=now, sign=sign_id, leg=leg)
    if _agrees(present, leg, legs):
        return replace(opened, resolved=now, resolution=Resolution.CLINICIAN_AGREED)
    return opened
