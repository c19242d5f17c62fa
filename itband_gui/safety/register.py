"""What a check-in's answers change in the journal's warning signs."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from itband_gui.journal.entries import Entry, Resolution, Sign, new_id
from itband_gui.leg.names import Leg
from itband_gui.safety.screening import Present
from itband_gui.safety.signs import MassageRule, Safety
from itband_gui.safety.standing import Standing, StandingSign, standing_signs

SignKey = tuple[str, Leg | None]


def known_signs(entries: Iterable[Entry], safety: Safety, now: datetime) -> list[StandingSign]:
    """Return the signs that a check-in knows of: open, gone but unseen, or agreed to."""
    return [
        sign
        for sign in standing_signs(entries, safety, now)
        if sign.standing not in {Standing.CLEARING, Standing.SEEN}
    ]


def unseen(known: Iterable[StandingSign], present: Iterable[Present] = ()) -> list[Present]:
    """Return the known signs that are not present any more and that nobody has looked at."""
    there = {each.sign.id for each in present}
    return [
        Present(sign.rule, (sign.entry.leg,) if sign.entry.leg else ())
        for sign in known
        if sign.is_open and not sign.can_be_gone and sign.rule and sign.rule.id not in there
    ]


def agreed(present: Present, known: Iterable[StandingSign]) -> bool:
    """Whether a clinician's agreement on all of a sign that is present still counts."""
    holding = {
        (sign.entry.sign, sign.entry.leg) for sign in known if sign.standing is Standing.AGREED
    }
    return (present.sign.id, None) in holding or (
        bool(present.legs) and all((present.sign.id, leg) in holding for leg in present.legs)
    )


def register(
    present: Iterable[Present], known: Sequence[StandingSign], now: datetime, *, passed: bool
) -> tuple[list[Sign], list[Sign]]:
    """Return the entries to add and those to amend.

    A known sign that is no longer present is gone. A present one that was not known is opened, for
    each of its legs; one that asks for a clinician counts as agreed to when the check-in was passed
    with it.
    """
    wanted: dict[SignKey, Present] = {
        (each.sign.id, leg): each for each in present for leg in each.legs or (None,)
    }
    amended = []
    for sign in known:
        entry, keys = sign.entry, _matching(sign.entry, wanted)
        kept = [wanted.pop(key) for key in keys]
        after = _after(sign, kept, now, passed=passed)
        if len(keys) == 1 and entry.leg is None:
            after = replace(after, leg=keys[0][1])
        if after != entry:
            amended.append(after)
    added = [
        _opened(sign_id, leg, each, now, passed=passed) for (sign_id, leg), each in wanted.items()
    ]
    return added, amended


def _matching(entry: Sign, wanted: dict[SignKey, Present]) -> list[SignKey]:
    """Return what is present of an entry's sign; an entry without a leg is of any."""
    return [
        (sign_id, leg)
        for sign_id, leg in wanted
        if sign_id == entry.sign and (entry.leg is None or leg == entry.leg)
    ]


def _after(sign: StandingSign, kept: Sequence[Present], now: datetime, *, passed: bool) -> Sign:
    """Return a known sign's entry as the answers leave it."""
    entry = sign.entry
    if not kept:
        if sign.standing is Standing.UNSEEN:
            return entry
        return replace(entry, resolved=max(now, entry.at), resolution=Resolution.GONE)
    if passed and kept[0].sign.massage is MassageRule.ASK:
        if sign.standing is Standing.AGREED:
            return entry
        return replace(entry, resolved=max(now, entry.at), resolution=Resolution.CLINICIAN_AGREED)
    if sign.standing is Standing.UNSEEN:  # it is back
        return replace(entry, resolved=None, resolution=None)
    return entry


def _opened(
    sign_id: str, leg: Leg | None, present: Present, now: datetime, *, passed: bool
) -> Sign:
    opened = Sign(id=new_id(), at=now, sign=sign_id, leg=leg)
    if passed and present.sign.massage is MassageRule.ASK:
        return replace(opened, resolved=now, resolution=Resolution.CLINICIAN_AGREED)
    return opened
