"""The journal as the pages see it: every change is saved soon, and the outcome is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.check import check
from itband_gui.journal.durable import NotSavedError
from itband_gui.journal.entries import Entry
from itband_gui.journal.holding import Holding
from itband_gui.journal.merge import merge
from itband_gui.journal.store import Store
from itband_gui.ui.saver import Outcome, Saver

PAUSE_MS = 250  # from one save to the next, while changes keep coming; our choice
RETRY_MS = 10_000  # how long to wait before a failed save is tried again; our choice
FLUSH_S = 5.0  # the longest wait for the disk; our choice: a healthy one takes milliseconds


@dataclass(frozen=True)
class SaveState:
    """Whether everything is on the disk; `error` says why the last try failed."""

    saved: bool = True
    error: NotSavedError | None = None


@dataclass(frozen=True)
class News:
    """What others did to the journal: numbers of entries; `overruled`: versions that lost."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    overruled: int = 0

    def __add__(self, other: "News") -> "News":
        return News(
            self.added + other.added,
            self.changed + other.changed,
            self.removed + other.removed,
            self.overruled + other.overruled,
        )


class JournalLink(QObject):
    """Joins the book in memory with its file.

    A change is in the book when the call returns. It is saved from there in another thread: when
    this turn of the window is over, or a moment after the save before. Where that fails it stays in
    memory and is tried again. `save_state_changed` tells all that, `taken_in` what others changed,
    `backup_failed` that the copy that was due could not be kept.
    """

    changed = Signal()
    save_state_changed = Signal(SaveState)
    taken_in = Signal(News)
    backup_failed = Signal()

    def __init__(self, book: Book, store: Store, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.book = book
        self.now = now
        self.save_state = SaveState()
        self._saver = Saver(store)
        self._saver.done.connect(self._take_outcome)
        self._is_writing = self._is_looking = self._looks_again = self._brings_back = False
        self._brought: Holding | None = None  # by imports, beside the book; not yet saved
        self._sent: Holding | None = None  # of that, what is being saved
        self._waiting: list[Callable[[bool], object]] = []
        self._pause = self._timer(self._save_rest)
        self._retry = self._timer(self.save)

    # Changing

    def add(self, entry: Entry) -> Entry:
        """Take a new entry in.

        Raises:
            EntryInvalidError: a field is not allowed, or it lies in the future.

        """
        return self.take([entry])[0]

    def amend(self, entry: Entry) -> Entry:
        """Replace the entry of the same id.

        Raises:
            EntryInvalidError: a field is not allowed, or it lies in the future.
            EntryMissingError: no such entry.

        """
        return self.take((), [entry])[0]

    def take(self, new: Iterable[Entry], amended: Iterable[Entry] = ()) -> list[Entry]:
        """Add and amend, all or nothing and as one step to undo; return the entries as kept.

        Raises:
            EntryInvalidError: a field is not allowed, or one lies in the future.
            EntryExistsError: the id of a new one is taken.
            EntryMissingError: one to amend is not there.

        """
        new, amended = list(new), list(amended)
        for entry in (*new, *amended):
            known = self.book.get(entry.id)  # what came in before the clock was set back stays in
            check(entry, max(self.now(), known.at) if known else self.now())
        kept = self.book.add_all(new, amended)
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
        self._bring(brought)
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

    # Saving

    @Slot()
    def save(self) -> None:
        """Have what is not yet saved written now; after a failed look, look again."""
        if self._is_writing:
            return  # what it leaves is written after it
        if self._dirty:
            self._write()
        elif self.save_state.error is not None:
            self.take_in()
        else:
            self._end(SaveState())

    def save_then(self, told: Callable[[bool], object]) -> None:
        """Save now and, when that has come to an end, call `told` with whether all is saved."""
        self._waiting.append(told)
        self.save()

    def save_without_them(self, *, bring_back: bool) -> None:
        """Save though something else took many entries out of the file; bring them back, or not."""
        if not self._is_writing:
            self._brings_back = bring_back
            self._write(consent=True)

    @Slot()
    def flush(self) -> bool:
        """Wait until all is on the disk, for seconds at most, and return whether it is.

        The window stands still meanwhile: for the moments after which it may be gone.
        """
        if self._saver.settle(FLUSH_S):
            if not self._dirty:  # the file may have been deleted since the last look
                self.take_in()
                self._saver.settle(FLUSH_S)
            self.save()
            self._saver.settle(FLUSH_S)
        return self.save_state.saved

    def settle(self) -> None:
        """Wait until nothing is under way; what failed is not tried again."""
        while self._saver.settle(FLUSH_S) and self._pause.isActive() and self._dirty:
            self.save()

    @Slot()
    def take_in(self) -> None:
        """Have what others saved meanwhile taken in; what is not fit stays out."""
        if self._is_looking:
            self._looks_again = True  # this look may have read what was there before
        else:
            self._is_looking = True
            self._saver.look()

    @property
    def _dirty(self) -> bool:
        return self.book.dirty or self._brought is not None

    def _bring(self, brought: Holding | None) -> None:
        """Have what comes in beside the book saved with its next changes."""
        if brought:
            self._brought = merge(self._brought, brought) if self._brought else brought

    def _changed(self) -> None:
        self._tell(SaveState(saved=False, error=self.save_state.error))
        if not self._pause.isActive():
            self._pause.start(0)
        self.changed.emit()

    @Slot()
    def _save_rest(self) -> None:
        if self._dirty:
            self.save()

    def _write(self, *, consent: bool = False) -> None:
        self._is_writing = True
        self._tell(SaveState(saved=False, error=self.save_state.error))
        self._sent, self._brought = self._brought, None
        self._saver.write(self.book.pending, self._sent, consent=consent)
        self._retry.stop()
        self._pause.start(PAUSE_MS)

    @Slot(Outcome)
    def _take_outcome(self, outcome: Outcome) -> None:
        if outcome.wrote:
            self._is_writing = False
            if outcome.error is not None:
                self._bring(self._sent)
            self._sent = None
        else:
            self._is_looking = False
            if self._looks_again:
                self._looks_again = False
                self.take_in()
        if outcome.saved is not None:
            self._accept(outcome.saved)
        if outcome.error is not None:
            self._brings_back = False
            self._pause.stop()
            self._retry.start(RETRY_MS)
            self._end(SaveState(saved=False, error=outcome.error))
        elif not self._dirty:
            self._end(SaveState())
        elif not self._pause.isActive():
            self.save()
        if outcome.bug is not None:
            raise outcome.bug

    def _accept(self, saved: Saved) -> None:
        """Take over what the file holds now."""
        if saved.backup_error is not None:
            self.backup_failed.emit()
        if not saved.took_in:
            self.book.accept(saved)
            return
        before = {entry.id: entry for entry in self.book}
        self.book.accept(saved)
        now = {entry.id: entry for entry in self.book}
        gone = [entry for entry_id, entry in before.items() if entry_id not in now]
        if self._brings_back:
            self._brings_back = False
            self.book.add_all(gone)
            gone = []
        news = News(
            added=len(now.keys() - before.keys()),
            changed=sum(1 for key in before.keys() & now.keys() if before[key] != now[key]),
            removed=len(gone),
            overruled=len(saved.overruled),
        )
        self.changed.emit()
        self.taken_in.emit(news)

    def _end(self, state: SaveState) -> None:
        """Tell how a try ended, also to those who wait for it."""
        self._tell(state)
        waiting, self._waiting = self._waiting, []
        for told in waiting:
            told(state.saved)

    def _tell(self, state: SaveState) -> None:
        self.save_state = state
        self.save_state_changed.emit(state)

    def _timer(self, due: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(due)
        return timer
