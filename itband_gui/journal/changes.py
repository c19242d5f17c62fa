"""What goes between the book in memory and the journal's file: changes, and how a save ended."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from itband_gui.journal.acknowledged import Missed
from itband_gui.journal.entries import ConflictingVersion, Entry
from itband_gui.journal.siblings import SiblingJournal
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.versions import Version, descent, mark, next_rev, was, written


class Change(msgspec.Struct, frozen=True):
    """One entry's way from `before`, which the file holds, to `after`; None: not in the book."""

    before: Entry | None
    after: Entry | None
    again: tuple[Entry, ...] = ()  # versions that are overruled once more, by an undo

    @property
    def entry(self) -> Entry:
        """The entry as it is now, or as it was before it was removed."""
        entry = self.after or self.before
        assert entry is not None  # noqa: S101 - a change of nothing is never made
        return entry


class Saved(msgspec.Struct, frozen=True):
    """A look at the file, or a durable save of `changes`: what the file holds now.

    `merged_external`: it holds more than before and the changes; `overruled`: versions that lost by
    it, but for those that were brought in beside the changes; `needs_write`: what is held still has
    to be written; `backup_error`: the copy that was due failed; `missed`: what a save has put back,
    or found gone; `unremembered`: this machine could not remember it beside the journal;
    `unlocked`: the file system has no locks, so that another process may have saved meanwhile;
    `beside`: what became of journals beside it; `begun`: there was none, and nothing was known of
    one.
    """

    holding: FileSnapshot
    changes: tuple[Change, ...] = ()
    merged_external: bool = False
    overruled: tuple[ConflictingVersion, ...] = ()
    needs_write: bool = False
    backup_error: Exception | None = None
    unlocked: bool = False
    unremembered: bool = False
    missed: Missed = Missed()
    beside: tuple[SiblingJournal, ...] = ()
    begun: bool = False


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


def _upon(held: FileSnapshot, ours: Entry) -> Entry:
    """Return a change that was made while another one of the same entry was written."""
    base = held.version(ours.id)
    if base is None or mark(base.data) in was(ours):
        return ours
    return following(ours, base)
