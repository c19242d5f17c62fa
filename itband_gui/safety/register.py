"""What a check-in's answers change in the journal's warning signs."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from msgspec.structs import replace

from itband_gui.journal.entries import Entry, Resolution, Sign, new_id
from itband_gui.safety.signs import Group, WarningSign


def known_signs(entries: Iterable[Entry]) -> dict[str, Sign]:
    """Return, by sign id, the latest entry that still counts: open, or agreed by a clinician.

    Args:
        entries: of the journal, oldest first.

    """
    latest = {entry.sign: entry for entry in entries if isinstance(entry, Sign)}
    return {
        sign_id: entry
        for sign_id, entry in latest.items()
        if entry.resolved is None or entry.resolution is Resolution.CLINICIAN_AGREED
    }


def register(
    present: Collection[WarningSign], known: Mapping[str, Sign], now: datetime, *, passed: bool
) -> tuple[list[Sign], list[Sign]]:
    """Return the entries to add and those to amend.

    A known sign that is no longer present is over. A present one that was not known is opened; one
    that asks for a clinician counts as agreed on when the check-in was passed with it.
    """
    present_ids = {sign.id for sign in present}
    amended = [
        replace(entry, resolved=now, resolution=Resolution.GONE)
        for sign_id, entry in known.items()
        if sign_id not in present_ids
    ]
    added = []
    for sign in present:
        agreed = passed and sign.group is Group.ASK
        resolution = Resolution.CLINICIAN_AGREED if agreed else None
        resolved = now if agreed else None
        entry = known.get(sign.id)
        if entry is None:
            added.append(
                Sign(id=new_id(), at=now, sign=sign.id, resolved=resolved, resolution=resolution)
            )
        elif agreed and entry.resolved is None:
            amended.append(replace(entry, resolved=resolved, resolution=resolution))
    return added, amended
