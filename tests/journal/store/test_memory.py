"""A store's record of saves, and how long it lasts."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui.journal import store
from itband_gui.journal.backups import Backups
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import Rating
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.store import Store
from tests.journal.store.journals import filled, loaded

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_save_after_save_leaves_one_previous_journal(path: Path, rating: MakeRating) -> None:
    for hour in range(4):
        filled(path, rating(hour=hour))
    assert names(path.parent) == {path.name, f"{path.name}.bak"}


def test_a_journal_opened_anew_is_that_of_the_file_alone(path: Path, rating: MakeRating) -> None:
    filled(path, rating(hour=1))
    window = Store(path)
    window.load()
    path.unlink()
    book = window.load().book
    book.add(rating(hour=2))
    window.save(book)
    assert len(loaded(path)) == 1


def test_a_folder_that_vanished_after_the_first_save_is_not_made_again(
    path: Path, rating: MakeRating
) -> None:
    window = Store(path)
    book = window.load().book
    book.add(rating(hour=1))
    window.save(book)
    path.parent.rename(path.parent.with_name("unplugged"))
    book.add(rating(hour=2))
    with pytest.raises(NotSavedError) as refused:
        window.save(book)
    assert refused.value.code is NotSavedCode.GONE


def test_after_a_load_that_the_disk_refused_no_copy_is_made(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating(hour=1))
    backups = Backups(path.parent / "backups")
    window = Store(path, backups, lambda: NOON)

    def refuse(_path: Path) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr(store, "read_file", refuse)
        book = window.load().book
    book.add(rating(hour=2))
    window.save(book)
    assert len(loaded(path)) == 2
    assert backups.copies() == []


def test_what_was_saved_of_ruins_and_cannot_be_written_is_not_called_saved(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating(hour=1))
    path.write_bytes(path.read_bytes()[:-90])

    def full(_opened: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    window = Store(path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        opened = window.load(set_aside=True)
    assert (len(opened.book), opened.book.dirty) == (1, True)
    assert not path.exists()
    saved = window.save(opened.book)
    assert (saved.merged_external, opened.book.dirty, len(loaded(path))) == (False, False, 1)


def test_a_copy_in_conflict_is_found_behind_one_that_is_known(
    path: Path, rating: MakeRating
) -> None:
    filled(path, rating(hour=1))
    window = Store(path, Backups(path.parent / "backups"), lambda: NOON)
    book = window.load().book
    path.with_name("journal (1).json").write_text("somebody else's")
    window.refresh(book)
    path.with_name("journal (2).json").write_bytes(encode(Book([rating(hour=2)])))
    window.refresh(book)
    assert len(book) == 2


def test_a_copy_in_conflict_is_put_away_once(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    path.with_name("journal (conflict).json").write_bytes(encode(Book([rating(hour=2)])))
    window.refresh(book)
    window.save(book)
    (away,) = (backups.folder / store.CONFLICTS).iterdir()
    away.unlink()
    book.add(rating(hour=3))
    window.save(book)
    assert names(backups.folder / store.CONFLICTS) == set()
