"""Journals for tests, made as the program makes them."""

from collections.abc import Iterable
from pathlib import Path

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Entry
from itband_gui.journal.store import Store


def save_entries(file: Path, entries: Iterable[Entry]) -> None:
    """Save entries into a journal that does not exist yet."""
    book = Book()
    book.add_all(list(entries))
    Store(file).save(book)
