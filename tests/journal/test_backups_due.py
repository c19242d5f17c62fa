"""A copy stays due until it is made."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from itband_gui.journal import codec, salvage, snapshot
from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Rating
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.snapshot import SCHEMA
from itband_gui.journal.store import Store

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FSYNC = os.fsync


@pytest.fixture
def path(tmp_path: Path, rating: MakeRating) -> Path:
    """Return a journal of one entry, beside which no copy can be kept for now."""
    path = tmp_path / "data" / "journal.json"
    Store(path).save(added(Book(), rating()))
    (path.parent / "backups").write_text("in the way")
    return path


@pytest.fixture
def window(path: Path) -> Store:
    return Store(path, Backups(path.parent / "backups"), lambda: NOON)


def added(book: Book, entry: Rating) -> Book:
    book.add(entry)
    return book


def fail_unconfirmed(
    window: Store, book: Book, monkeypatch: pytest.MonkeyPatch, meanwhile: bytes = b""
) -> None:
    """Save, but for the sync of the folder; `meanwhile` is what another program then wrote."""

    def fail_for_the_folder(opened: int) -> None:
        if os.path.samestat(os.fstat(opened), window.path.parent.stat()):
            if meanwhile:
                window.path.write_bytes(meanwhile)
            raise OSError(errno.EIO, "broken")
        FSYNC(opened)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_for_the_folder)
        with pytest.raises(NotSavedError) as failed:
            window.save(book)
    assert not failed.value.confirmed


def kept_after(window: Store, book: Book, why: Why) -> list[bytes]:
    """Make room for copies, save, and return those that were kept for that reason."""
    folder = window.path.parent / "backups"
    folder.unlink()
    assert window.save(book).backup_error is None
    backups = Backups(folder)
    return [backups.read(copy) for copy in backups.copies() if copy.why is why]


def edited(path: Path) -> bytes:
    """Return the journal as somebody's editor leaves it."""
    return path.read_bytes().replace(b'"score":4', b'"score": 5')


def test_what_a_hand_wrote_is_kept_though_the_save_after_it_was_not_confirmed(
    path: Path, window: Store, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand = edited(path)
    path.write_bytes(by_hand)
    book = added(window.load().book, rating(hour=1))
    fail_unconfirmed(window, book, monkeypatch)
    assert by_hand in kept_after(window, book, Why.EDITED)


def test_what_others_replaced_is_kept_though_the_save_after_it_was_not_confirmed(
    path: Path, window: Store, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = window.load().book
    other = Store(path)
    theirs = other.load().book
    (entry,) = theirs
    theirs.amend(replace(entry, note="theirs"))
    other.save(theirs)
    book.add(rating(hour=1))
    fail_unconfirmed(window, book, monkeypatch)
    kept = kept_after(window, book, Why.MERGE)
    assert [decode(copy).entries for copy in kept] == [[entry]]


def test_an_older_file_is_kept_though_the_save_after_it_was_not_confirmed(
    path: Path, window: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = path.read_bytes()
    for module in (codec, snapshot, salvage):
        monkeypatch.setattr(module, "SCHEMA", SCHEMA + 1)
    book = window.load().book
    fail_unconfirmed(window, book, monkeypatch)
    assert old in kept_after(window, book, Why.MIGRATION)


def test_what_another_program_wrote_into_an_unconfirmed_save_is_kept(
    path: Path, window: Store, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand = edited(path)
    book = added(window.load().book, rating(hour=1))
    fail_unconfirmed(window, book, monkeypatch, meanwhile=by_hand)
    assert by_hand in kept_after(window, book, Why.EDITED)
    assert len(book) == 2
