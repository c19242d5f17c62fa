"""Which changes still have to be saved once the file holds something else than before."""

from collections.abc import Mapping

from msgspec.structs import replace

from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.entries import Entry
from itband_gui.journal.holding import Holding
from itband_gui.journal.versions import Version, descent, mark, next_rev, was, written


def following(entry: Entry, base: Version) -> Entry:
    """Return an entry as the next revision of another version."""
    return replace(entry, rev=next_rev(base.line), was=descent(base))


def back_again(entry: Entry, removal: Version) -> Entry:
    """Return an entry that was removed, and is here again, as what comes after both."""
    if mark(removal.data) in was(entry):
        return entry
    rev = max(next_rev(removal.line), next_rev(entry))
    return replace(entry, rev=rev, was=descent(written(entry), removal))


def still_pending(
    saved: Saved, pending: Mapping[str, Change], ours: Mapping[str, Entry]
) -> dict[str, Change]:
    """Return the changes by which what is ours now differs from what the file holds.

    `pending` are those from before, which `saved` may have written.
    """
    outgoing = {change.entry.id: change.after for change in saved.changes}
    known = {entry_id: change.before for entry_id, change in pending.items()} | outgoing
    left = {}
    for entry_id, before in known.items():
        entry, held = ours.get(entry_id), saved.holding.entry(entry_id)
        sent = entry_id in outgoing
        if sent and entry == before:
            continue
        if held != before:  # changed outside: an edit beats a removal, two edits are merged
            entry = held if entry is None or (sent and held) else entry
        elif sent and entry:
            entry = _upon(saved.holding, entry)
        if entry != held:
            again = () if sent else pending[entry_id].again
            left[entry_id] = Change(held, entry, again)
    return left


def _upon(held: Holding, ours: Entry) -> Entry:
    """Return a change that was made while another one of the same entry was written."""
    base = held.version(ours.id)
    if base is None or mark(base.data) in was(ours):
        return ours
    return following(ours, base)
