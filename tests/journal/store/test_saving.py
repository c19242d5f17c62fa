"""Saving a journal keeps, reports and cleans up the right things."""

import errno
import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import Rating
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.store import Store
from tests.journal.store.journals import filled, loaded

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_book_without_changes_is_not_written(path: Path) -> None:
    Store(path).save(Book())
    assert not path.parent.exists()


def test_what_another_program_saved_meanwhile_is_taken_in(path: Path, rating: MakeRating) -> None:
    window = Store(path)
    book = window.load().book
    mine, theirs = rating(hour=1), rating(hour=2)
    book.add(mine)
    filled(path, theirs)
    assert window.save(book).merged_external
    assert list(book) == list(loaded(path)) == [mine, theirs]
    book.add(rating(hour=3))
    assert not window.save(book).merged_external


def test_a_refresh_shows_what_another_program_saved_and_keeps_our_changes(
    path: Path, rating: MakeRating
) -> None:
    window = Store(path)
    book = window.load().book
    book.add(rating(hour=1))
    filled(path, rating(hour=2))
    assert window.refresh(book).merged_external
    assert (len(book), book.dirty) == (2, True)
    assert not window.refresh(book).merged_external


def test_a_touched_file_is_not_a_changed_one(path: Path, rating: MakeRating) -> None:
    window = Store(path)
    book = window.load().book
    book.add(rating())
    window.save(book)
    os.utime(path, (1, 1))
    assert not window.refresh(book).merged_external


def test_a_removal_in_another_program_reaches_the_book(path: Path, rating: MakeRating) -> None:
    entry = rating()
    filled(path, entry)
    window = Store(path)
    book = window.load().book
    other = Store(path)
    others = other.load().book
    others.remove(entry.id)
    other.save(others)
    book.add(rating(hour=1))
    window.save(book)
    assert entry.id not in book
    assert entry.id not in loaded(path)


def test_a_file_that_became_damaged_meanwhile_is_not_overwritten(
    path: Path, rating: MakeRating
) -> None:
    window = Store(path)
    book = filled(path, rating())
    book = window.load().book
    book.add(rating(hour=1))
    path.write_bytes(b"garbage")
    with pytest.raises(NotSavedError):
        window.save(book)
    assert path.read_bytes() == b"garbage"
    assert (len(book), book.dirty) == (2, True)


def test_a_file_that_vanished_is_written_anew(path: Path, rating: MakeRating) -> None:
    filled(path, rating())
    window = Store(path)
    book = window.load().book
    path.unlink()
    book.add(rating(hour=1))
    window.save(book)
    assert len(loaded(path)) == 2


def test_a_folder_that_vanished_is_not_made_again(path: Path, rating: MakeRating) -> None:
    filled(path, rating())
    window = Store(path)
    book = window.load().book
    path.parent.rename(path.parent.with_name("unplugged"))
    book.add(rating(hour=1))
    with pytest.raises(NotSavedError) as refused:
        window.save(book)
    assert (refused.value.code, book.dirty) == (NotSavedCode.GONE, True)
    assert not path.parent.exists()
    path.parent.with_name("unplugged").rename(path.parent)
    window.save(book)
    assert len(loaded(path)) == 2


def test_after_a_failure_the_change_is_pending_and_saved_at_the_next_try(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating())
    window = Store(path)
    book = window.load().book
    before = path.read_bytes()
    book.add(rating(hour=1))

    def full(_opened: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(NotSavedError) as failed:
            window.save(book)
    assert (failed.value.code, failed.value.confirmed) == (NotSavedCode.FULL, True)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert len(book.pending) == 1
    window.save(book)
    assert len(loaded(path)) == 2


def test_a_disk_that_cannot_say_whether_the_file_is_there_is_told_as_not_saved(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating())
    window = Store(path)
    book = window.load().book
    book.add(rating(hour=1))

    def broken(_path: Path) -> bool:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(Path, "exists", broken)
    with pytest.raises(NotSavedError) as failed:
        window.save(book)
    assert (failed.value.code, failed.value.confirmed) == (NotSavedCode.BROKEN, True)


def test_an_unconfirmed_save_stays_dirty_and_can_still_be_undone(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating())
    window = Store(path)
    book = window.load().book
    entry = book.add(rating(hour=1))
    fsync = os.fsync

    def fail_for_folders(opened: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise OSError(errno.EIO, "broken")
        fsync(opened)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_for_folders)
        with pytest.raises(NotSavedError) as failed:
            window.save(book)
    assert not failed.value.confirmed
    assert book.dirty
    book.undo()
    window.save(book)
    assert entry.id not in loaded(path)


def test_a_save_sweeps_what_a_killed_one_left(path: Path, rating: MakeRating) -> None:
    filled(path, rating())
    safe_file.temp_beside(path).write_bytes(b"half")
    filled(path, rating(hour=1))
    assert {file.name for file in path.parent.iterdir()} == {path.name, f"{path.name}.bak"}


def test_a_journal_behind_a_link_stays_behind_it(path: Path, rating: MakeRating) -> None:
    path.parent.mkdir()
    (path.parent / "synced").mkdir()
    path.symlink_to("synced/mine.json")
    filled(path, rating())
    assert path.is_symlink()
    assert json.loads((path.parent / "synced/mine.json").read_bytes())["count"] == 1


def test_what_a_newer_version_added_survives_a_save_beside_another_program(
    path: Path, rating: MakeRating
) -> None:
    book = Book([rating()])
    foreign = '{"kind":"swim","id":"s","at":"2026-11-22T07:10:00Z","laps": 4}'
    text = encode(book).decode().replace('"schema": 2', '"schema": 3')
    path.parent.mkdir()
    path.write_text(text.replace('"entries": [\n', f'"entries": [\n{foreign},\n'))
    filled(path, rating(hour=1))
    assert foreign in path.read_text()
    assert len(loaded(path)) == 2
