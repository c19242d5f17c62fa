"""What the tests of a store share: a journal that was saved, and one that is read."""

from pathlib import Path

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Rating
from itband_gui.journal.store import Store


def loaded(path: Path) -> Book:
    return Store(path).load().book


def filled(path: Path, *entries: Rating) -> Book:
    """Save the entries in a file of their own, and return the book."""
    book = Book()
    for entry in entries:
        book.add(entry)
    Store(path).save(book)
    return book
