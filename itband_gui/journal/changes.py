"""The changes between the book in memory and the file, and the result of a save."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from itband_gui.journal.acknowledged import Missed
from itband_gui.journal.entries import ConflictingVersion, Entry
from itband_gui.journal.siblings import SiblingJournal
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.versions import Version, descent, mark, next_rev, was, written


class Change(msgspec.Struct, frozen=True):
    """A change of one entry from `before`, as in the file, to `after`; None means no entry."""

    before: Entry | None
    after: Entry | None
    again: tuple[Entry, ...] = ()  # versions that an undo overrules again

    @property
    def entry(self) -> Entry:
        """The entry as it is now, or was before its removal."""
        entry = self.after or self.before
        assert entry is not None  # noqa: S101 - one of them is always set
        return entry


class Saved(msgspec.Struct, frozen=True):
    """The file's contents after reading it or after saving `changes` durably.

    Attributes:
        snapshot: the file's contents.
        changes: the changes that were saved.
        merged_external: whether the file held more than we knew of.
        overruled: versions that lost in this merge, except those brought with the changes.
        needs_write: whether `snapshot` still has to be written.
        backup_error: why the copy that was due could not be made.
        unlocked: the file system has no locks, so another process may have saved meanwhile.
        unremembered: this computer's record of saves could not be written.
        missed: entries that the save put back or found missing.
        beside: what happened to other journals in the folder.
        begun: there was no journal, and no earlier one was known.

    """

    snapshot: FileSnapshot
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
    """Return an entry that is restored after its removal, as the successor of both versions."""
    if mark(removal.data) in was(entry):
        return entry
    rev = max(next_rev(removal.line), next_rev(entry))
    return replace(entry, rev=rev, was=descent(written(entry), removal))


def still_pending(
    saved: Saved, pending: Mapping[str, Change], ours: Mapping[str, Entry]
) -> dict[str, Change]:
    """Return the changes by which our entries now differ from the file.

    `pending` are the changes from before, which `saved` may have written.
    """
    outgoing = {change.entry.id: change.after for change in saved.changes}
    known = {entry_id: change.before for entry_id, change in pending.items()} | outgoing
    left = {}
    for entry_id, before in known.items():
        entry, held = ours.get(entry_id), saved.snapshot.entry(entry_id)
        sent = entry_id in outgoing
        if sent and entry == before:
            continue
        if held != before:  # changed elsewhere: an edit beats a removal, two edits are merged
            entry = held if entry is None or (sent and held) else entry
        elif sent and entry:
            entry = _upon(saved.snapshot, entry)
        if entry != held:
            again = () if sent else pending[entry_id].again
            left[entry_id] = Change(held, entry, again)
    return left


def _upon(held: FileSnapshot, ours: Entry) -> Entry:
    """Return an entry changed during the save of its earlier change, as that one's successor."""
    base = held.version(ours.id)
    if base is None or mark(base.data) in was(ours):
        return ours
    return following(ours, base)
