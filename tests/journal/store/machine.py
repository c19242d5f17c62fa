"""A machine with a journal and a record of its saves."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from itband_gui.journal.acknowledged import Acknowledged, Missed
from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Rating
from itband_gui.journal.fast_append import append
from itband_gui.journal.store import LoadCode, Loaded, Store

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Machine:
    """One machine with a journal and its own record of saves."""

    def __init__(self, path: Path, state: Path) -> None:
        self.path = path
        self.log = Acknowledged(state / "journal.log")
        self.backups = Backups(state / "backups")

    def store(self) -> Store:
        return Store(self.path, self.backups, lambda: NOON, self.log)

    def load(self) -> Loaded:
        return self.store().load()

    def add(self, *entries: Rating) -> Missed:
        """Add entries one by one as `journal add` does; return what the saves put back."""
        missed = Missed()
        for entry in entries:
            if append(self.path, entry, self.backups, NOON, self.log) is None:
                book = Book()
                book.add(entry)
                missed |= self.store().save(book).missed
        return missed

    def change(self, change: Callable[[Book], object]) -> Missed:
        store = self.store()
        book = store.load().book
        change(book)
        return store.save(book).missed

    def put_back(self) -> Missed:
        """Open and save as a reading command does; return what that put back."""
        return self.change(lambda _: None)

    def kept(self, why: Why) -> list[set[str]]:
        """Return the ids of the entries in each copy made for a reason."""
        copies = [copy for copy in self.backups.copies() if copy.why is why]
        return [{e.id for e in decode(self.backups.read(copy)).entries} for copy in copies]

    def ids(self) -> set[str]:
        loaded = Store(self.path).load()
        assert loaded.code is LoadCode.SOUND
        return {entry.id for entry in loaded.book}


def ids(entries: list[Rating]) -> set[str]:
    return {entry.id for entry in entries}


def rolled_back(machine: Machine, ten: list[Rating]) -> None:
    """Add ten entries, and put the file of the first six back."""
    machine.add(*ten[:6])
    older = machine.path.read_bytes()
    machine.add(*ten[6:])
    machine.path.write_bytes(older)
