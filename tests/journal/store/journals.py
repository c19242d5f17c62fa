"""Helpers of the tests of a store: saves and reads journals."""

from pathlib import Path

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Rating
from itband_gui.journal.store import Store


def loaded(path: Path) -> Book:
    return Store(path).load().book


def filled(path: Path, *entries: Rating) -> Book:
    """Save entries to a new file and return the book."""
    book = Book()
    for entry in entries:
        book.add(entry)
    Store(path).save(book)
    return book
