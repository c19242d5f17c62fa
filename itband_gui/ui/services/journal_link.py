"""The journal as the pages see it: changes are saved soon, and outcomes are reported."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from itband_gui.journal.acknowledged import Missed
from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.entries import Entry
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.store import Store
from itband_gui.journal.validation import check
from itband_gui.ui.services.autosave import Autosave, SaveState


class ExternalChanges(msgspec.Struct, frozen=True):
    """Numbers of entries that others changed; `overruled` counts versions that lost a merge."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    overruled: int = 0

    def __add__(self, other: "ExternalChanges") -> "ExternalChanges":
        return ExternalChanges(
            self.added + other.added,
            self.changed + other.changed,
            self.removed + other.removed,
            self.overruled + other.overruled,
        )


def changes_between(
    before: Mapping[str, Entry], now: Mapping[str, Entry], overruled: int
) -> ExternalChanges:
    """Return how many entries, by id, were added, changed or removed."""
    staying = before.keys() & now.keys()
    return ExternalChanges(
        added=len(now.keys() - before.keys()),
        changed=sum(1 for key in staying if before[key] != now[key]),
        removed=len(before.keys() - now.keys()),
        overruled=overruled,
    )


class JournalLink(QObject):
    """Connects the book in memory with its file.

    A change is in the book when the call returns. It is then saved in another thread, in the next
    turn of the event loop or a moment after the previous save. If that fails it stays in memory
    and is tried again.

    The signals:
    `save_state_changed`: whether everything is on the disk.
    `changed_elsewhere`: what others changed.
    `put_back`: entries saved on this computer that the file had lost.
    `beside`: other journals found in the folder.
    `backup_failed`: a copy was due but could not be made.
    `unlocked`: the disk cannot stop two programs from saving at once.
    `unremembered`: there is no record of the saved state outside the journal's folder.
    `locked`: a folder that cannot be written to, found before anything had to be saved.
    """

    changed = Signal()
    save_state_changed = Signal(SaveState)
    changed_elsewhere = Signal(ExternalChanges)
    put_back = Signal(Missed)
    beside = Signal(tuple)
    backup_failed = Signal()
    unlocked = Signal()
    unremembered = Signal()
    locked = Signal(Path)

    def __init__(self, book: Book, store: Store, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.book = book
        self.now = now
        self.autosave = Autosave(book, store, self)
        self.autosave.found.connect(self._take)
        self.autosave.state_changed.connect(self.save_state_changed)

    @property
    def today(self) -> date:
        """Today's date by the local clock."""
        return self.now().date()

    # Changing

    def add(self, entry: Entry) -> Entry:
        """Add a new entry.

        Raises:
            EntryInvalidError: a field is not allowed, or it is in the future.

        """
        return self.take([entry])[0]

    def amend(self, entry: Entry, made_from: Entry | None = None) -> Entry:
        """Replace the entry with the same id.

        `made_from` is the version it was edited from, which others may have changed since.

        Raises:
            EntryInvalidError: a field is not allowed, or it is in the future.
            EntryMissingError: there is no such entry, and no `made_from`.

        """
        self._check(entry)
        kept = self.book.amend(entry, made_from)
        self._changed()
        return kept

    def take(
        self, new: Iterable[Entry], amended: Iterable[Entry] = (), gone: Iterable[str] = ()
    ) -> list[Entry]:
        """Add, amend and remove all or nothing, as one step to undo; return the entries as stored.

        Raises:
            EntryInvalidError: a field is not allowed, or an entry is in the future.
            EntryExistsError: the id of a new entry is taken.
            EntryMissingError: an entry to amend or remove does not exist.

        """
        new, amended = list(new), list(amended)
        for entry in (*new, *amended):
            self._check(entry)
        kept = self.book.add_all(new, amended, gone)
        self._changed()
        return kept

    def remove(self, entry_id: str) -> Entry:
        """Remove an entry; `undo` brings it back.

        Raises:
            EntryMissingError: there is no such entry.

        """
        gone = self.book.remove(entry_id)
        self._changed()
        return gone

    def restore(self, entries: Iterable[Entry]) -> None:
        """Replace the whole journal with these entries, as one step to undo.

        Raises:
            EntryInvalidError: a field is not allowed.

        """
        self.book.replace_all(entries)
        self._changed()

    def take_over(self, change: Callable[[Book], object], extra_lines: FileSnapshot) -> None:
        """Apply an import's change to the book; `extra_lines` is saved together with the result.

        If `change` raises, everything stays as it was.
        """
        change(self.book)
        self.autosave.add_lines(extra_lines)
        self._changed()

    def bring_back(self, entries: Iterable[Entry]) -> None:
        """Add the entries that are missing from the book, as one step to undo."""
        self.book.add_all([entry for entry in entries if entry.id not in self.book])
        self._changed()

    def use(self, overruled_id: str) -> Entry:
        """Use a version that lost a merge instead of the current one.

        Raises:
            EntryMissingError: no such version.

        """
        kept = self.book.use(overruled_id)
        self._changed()
        return kept

    def dismiss(self, overruled_id: str) -> Entry:
        """Discard a version that lost a merge, and return the current one.

        Raises:
            EntryMissingError: there is no such version.

        """
        kept = self.book.dismiss(overruled_id)
        self._changed()
        return kept

    def undo(self) -> tuple[Change, ...]:
        """Undo the last step and return its changes; empty if there is none."""
        changes = self.book.undo()
        if changes:
            self._changed()
        return changes

    def _check(self, entry: Entry) -> None:
        known = self.book.get(entry.id)  # after the clock was set back, older entries stay valid
        check(entry, max(self.now(), known.at) if known else self.now())

    def _changed(self) -> None:
        self.autosave.soon()
        self.changed.emit()

    # Saving

    @property
    def save_state(self) -> SaveState:
        """Whether everything is on the disk."""
        return self.autosave.state

    @Slot()
    def save(self) -> None:
        """Write unsaved changes now; after a failed look, look again."""
        self.autosave.save()

    def save_then(self, told: Callable[[bool], object]) -> None:
        """Save now, then call `told` with whether everything is saved."""
        self.autosave.save_then(told)

    def answer_shrink(self, *, bring_back: bool) -> None:
        """Save although many entries vanished from the file; bring them back, or not."""
        self.autosave.answer(bring_back=bring_back)

    @Slot()
    def flush(self) -> bool:
        """Wait until everything is on the disk, for seconds at most; return whether it is.

        This blocks the window, so call it only when the window may be about to close.
        """
        return self.autosave.flush()

    def remember(self) -> None:
        """Store unsaved changes outside the journal's folder, for the next start."""
        self.autosave.remember()

    def settle(self) -> bool:
        """Wait until no work is in progress; return whether that is so. Nothing is retried."""
        return self.autosave.settle()

    @Slot()
    def take_in(self) -> None:
        """Merge what others have saved meanwhile; unreadable data is left out."""
        self.autosave.look()

    @Slot(Saved, frozenset)
    def _take(self, saved: Saved, bring_back: frozenset[str]) -> None:
        """Update the book from the file; add back the entries in `bring_back` if they are gone."""
        if saved.backup_error is not None:
            self.backup_failed.emit()
        if saved.unlocked:
            self.unlocked.emit()
        if saved.unremembered:
            self.unremembered.emit()
        if saved.missed:
            self.put_back.emit(saved.missed)
        if saved.beside:
            self.beside.emit(saved.beside)
        if not saved.merged_external:
            self.book.accept(saved)
            return
        before = self._entries()
        self.book.accept(saved)
        gone = [entry for entry in before.values() if entry.id not in self.book]
        self.book.add_all(entry for entry in gone if entry.id in bring_back)
        news = changes_between(before, self._entries(), len(saved.overruled))
        self.changed.emit()
        self.changed_elsewhere.emit(news)

    def _entries(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.book}
