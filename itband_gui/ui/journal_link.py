"""The journal as the pages see it: every change is saved at once, and the outcome is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from itband_gui.journal.book import Book, Change
from itband_gui.journal.check import check
from itband_gui.journal.durable import NotSavedError
from itband_gui.journal.entries import Entry
from itband_gui.journal.store import Store

RETRY_MS = 10_000  # how long to wait before a failed save is tried again; our choice


@dataclass(frozen=True)
class SaveState:
    """Whether everything is on the disk; `error` says why not."""

    error: NotSavedError | None = None

    @property
    def saved(self) -> bool:
        """Whether nothing is left unsaved."""
        return self.error is None


class JournalLink(QObject):
    """Joins the book in memory with its file.

    Every change is made in the book first and saved before the call returns; where that fails,
    the change stays in memory and is tried again, and `save_state_changed` says so.
    """

    changed = Signal()
    save_state_changed = Signal(SaveState)

    def __init__(self, book: Book, store: Store, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.book = book
        self.now = now
        self.save_state = SaveState()
        self._store = store
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.save)

    def add(self, entry: Entry) -> Entry:
        """Take a new entry in.

        Raises:
            EntryInvalidError: a field is not allowed, or it lies in the future.

        """
        check(entry, self.now())
        kept = self.book.add(entry)
        self._changed()
        return kept

    def amend(self, entry: Entry) -> Entry:
        """Replace the entry of the same id.

        Raises:
            EntryInvalidError: a field is not allowed, or it lies in the future.
            EntryMissingError: no such entry.

        """
        known = self.book.get(entry.id)  # what came in before the clock was set back stays in
        check(entry, max(self.now(), known.at) if known else self.now())
        kept = self.book.amend(entry)
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

    def undo(self) -> Change | None:
        """Take the last change back; None where there is none."""
        change = self.book.undo()
        if change is not None:
            self._changed()
        return change

    @Slot()
    def save(self) -> None:
        """Save what is not yet saved, and tell how it went."""
        self._retry.stop()
        if not self.book.dirty:
            self._tell(SaveState())
            return
        try:
            took_in = self._store.save(self.book).took_in
        except NotSavedError as error:
            self._retry.start()
            self._tell(SaveState(error))
            return
        self._tell(SaveState())
        if took_in:
            self.changed.emit()

    def take_in(self) -> None:
        """Take in what another program saved meanwhile; a file that is not fit stays out."""
        try:
            took_in = self._store.refresh(self.book).took_in
        except NotSavedError as error:
            self._tell(SaveState(error))
            return
        if took_in or not self.save_state.saved:  # what was wrong may have been mended
            self.save()
        if took_in:
            self.changed.emit()

    def _changed(self) -> None:
        self.save()
        self.changed.emit()

    def _tell(self, state: SaveState) -> None:
        self.save_state = state
        self.save_state_changed.emit(state)
