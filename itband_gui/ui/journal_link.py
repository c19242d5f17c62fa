"""The journal as the pages see it: every change is saved soon, and the outcome is told."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.check import check
from itband_gui.journal.entries import Entry
from itband_gui.journal.holding import Holding
from itband_gui.journal.missed import Missed
from itband_gui.journal.store import Store
from itband_gui.ui.news import News, news_between
from itband_gui.ui.saving import SaveState, Saving

__all__ = ["JournalLink", "News", "SaveState"]


class JournalLink(QObject):
    """Joins the book in memory with its file.

    A change is in the book when the call returns. It is saved from there in another thread: when
    this turn of the window is over, or a moment after the save before. Where that fails it stays in
    memory and is tried again. `save_state_changed` tells all that, `taken_in` what others changed,
    `put_back` what the file had lacked of what was saved on this computer, `backup_failed` that the
    copy that was due could not be kept, `unlocked` that the disk cannot keep two programs from
    saving at the same time, `unremembered` that what is saved is noted nowhere else, `locked` which
    folder refuses to take the journal before anything was to be saved.
    """

    changed = Signal()
    save_state_changed = Signal(SaveState)
    taken_in = Signal(News)
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
        self._saving = Saving(book, store)
        self._saving.found.connect(self._take)
        self._saving.state_changed.connect(self.save_state_changed)

    @property
    def today(self) -> date:
        """Which day it is now: as of every entry, by the clock that tells it."""
        return self.now().date()

    # Changing

    def add(self, entry: Entry) -> Entry:
        """Take a new entry in.

        Raises:
            EntryInvalidError: a field is not allowed, or it lies in the future.

        """
        return self.take([entry])[0]

    def amend(self, entry: Entry, made_from: Entry | None = None) -> Entry:
        """Replace the entry of the same id.

        `made_from`: what it was made from, where others may have changed that since; see `Book`.

        Raises:
            EntryInvalidError: a field is not allowed, or it lies in the future.
            EntryMissingError: no such entry, and no `made_from`.

        """
        self._check(entry)
        kept = self.book.amend(entry, made_from)
        self._changed()
        return kept

    def take(
        self, new: Iterable[Entry], amended: Iterable[Entry] = (), gone: Iterable[str] = ()
    ) -> list[Entry]:
        """Add, amend and remove, all or nothing, as one step to undo; return the entries as kept.

        Raises:
            EntryInvalidError: a field is not allowed, or one lies in the future.
            EntryExistsError: the id of a new one is taken.
            EntryMissingError: one to amend or to remove is not there.

        """
        new, amended = list(new), list(amended)
        for entry in (*new, *amended):
            self._check(entry)
        kept = self.book.add_all(new, amended, gone)
        self._changed()
        return kept

    def remove(self, entry_id: str) -> Entry:
        """Take an entry out; `undo` brings it back.

        Raises:
            EntryMissingError: no such entry.

        """
        gone = self.book.remove(entry_id)
        self._changed()
        return gone

    def restore(self, entries: Iterable[Entry]) -> None:
        """Make these the whole journal, as one step to undo.

        Raises:
            EntryInvalidError: a field is not allowed.

        """
        self.book.replace_all(entries)
        self._changed()

    def take_over(self, change: Callable[[Book], object], brought: Holding) -> None:
        """Have the book changed as an import does; `brought` is kept beside what it holds then.

        Whatever `change` raises leaves everything as it was.
        """
        change(self.book)
        self._saving.bring(brought)
        self._changed()

    def bring_back(self, entries: Iterable[Entry]) -> None:
        """Add those of once known entries that are not there, as one step to undo."""
        self.book.add_all([entry for entry in entries if entry.id not in self.book])
        self._changed()

    def use(self, overruled_id: str) -> Entry:
        """Put a version that lost a merge in the place of the one that stands.

        Raises:
            EntryMissingError: no such version.

        """
        kept = self.book.use(overruled_id)
        self._changed()
        return kept

    def dismiss(self, overruled_id: str) -> Entry:
        """Let go of a version that lost a merge, and return the one that stands.

        Raises:
            EntryMissingError: no such version.

        """
        kept = self.book.dismiss(overruled_id)
        self._changed()
        return kept

    def undo(self) -> tuple[Change, ...]:
        """Take the last step back and return what it had changed; empty where there is none."""
        changes = self.book.undo()
        if changes:
            self._changed()
        return changes

    def _check(self, entry: Entry) -> None:
        known = self.book.get(entry.id)  # what came in before the clock was set back stays in
        check(entry, max(self.now(), known.at) if known else self.now())

    def _changed(self) -> None:
        self._saving.soon()
        self.changed.emit()

    # Saving

    @property
    def save_state(self) -> SaveState:
        """Whether everything is on the disk."""
        return self._saving.state

    @Slot()
    def save(self) -> None:
        """Have what is not yet saved written now; after a failed look, look again."""
        self._saving.save()

    def save_then(self, told: Callable[[bool], object]) -> None:
        """Save now and, when that has come to an end, call `told` with whether all is saved."""
        self._saving.save_then(told)

    def save_without_them(self, *, bring_back: bool) -> None:
        """Save though something else took many entries out of the file; bring them back, or not."""
        self._saving.answer(bring_back=bring_back)

    @Slot()
    def flush(self) -> bool:
        """Wait until all is on the disk, for seconds at most, and return whether it is.

        The window stands still meanwhile: for the moments after which it may be gone.
        """
        return self._saving.flush()

    def remember(self) -> None:
        """Remember outside the journal's folder what could not be saved, for the next start."""
        self._saving.remember()

    def settle(self) -> None:
        """Wait until nothing is under way; what failed is not tried again."""
        self._saving.settle()

    @Slot()
    def take_in(self) -> None:
        """Have what others saved meanwhile taken in; what is not fit stays out."""
        self._saving.look()

    @Slot(Saved, frozenset)
    def _take(self, saved: Saved, bring_back: frozenset[str]) -> None:
        """Take over what the file holds now; of what is gone from it some is to come back."""
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
        if not saved.took_in:
            self.book.accept(saved)
            return
        before = self._entries()
        self.book.accept(saved)
        gone = [entry for entry in before.values() if entry.id not in self.book]
        self.book.add_all(entry for entry in gone if entry.id in bring_back)
        news = news_between(before, self._entries(), len(saved.overruled))
        self.changed.emit()
        self.taken_in.emit(news)

    def _entries(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.book}
