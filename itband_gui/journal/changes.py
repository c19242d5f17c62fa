"""What goes between the book in memory and the journal's file: changes, and how a save ended."""

import msgspec

from itband_gui.journal.entries import Entry, Overruled
from itband_gui.journal.fates import Beside
from itband_gui.journal.holding import Holding
from itband_gui.journal.missed import Missed


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

    `took_in`: it holds more than before and the changes; `overruled`: versions that lost by it, but
    for those that were brought in beside the changes; `owed`: what is held still has to be written;
    `backup_error`: the copy that was due failed; `missed`: what a save has put back, or found gone;
    `unremembered`: this machine could not remember it beside the journal; `unlocked`: the file
    system has no locks, so that another process may have saved meanwhile;
    `beside`: what became of journals beside it; `begun`: there was none, and nothing was known of
    one.
    """

    holding: Holding
    changes: tuple[Change, ...] = ()
    took_in: bool = False
    overruled: tuple[Overruled, ...] = ()
    owed: bool = False
    backup_error: Exception | None = None
    unlocked: bool = False
    unremembered: bool = False
    missed: Missed = Missed()
    beside: tuple[Beside, ...] = ()
    begun: bool = False
