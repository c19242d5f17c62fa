"""Saves made in one thread are accepted in another."""

import errno
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from itband_gui.journal import store, tracked_file
from itband_gui.journal.changes import Change
from itband_gui.journal.entries import Rating
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError, read_file
from itband_gui.journal.store import Store
from itband_gui.journal.versions import EncodingError
from tests.journal.store.journals import filled, loaded

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_change_made_while_the_file_is_written_stays_pending(
    path: Path, rating: MakeRating
) -> None:
    window = Store(path)
    book = window.load().book
    first = book.add(rating(hour=1))
    saved = window.write(book.pending)
    second = book.add(rating(hour=2))
    amended = book.amend(replace(first, score=9))
    book.accept(saved)
    assert book.pending == (Change(None, second), Change(first, amended))
    window.save(book)
    assert list(loaded(path)) == [amended, second]


def test_what_was_undone_while_it_was_written_is_undone_in_the_file_too(
    path: Path, rating: MakeRating
) -> None:
    window = Store(path)
    book = filled(path, rating(score=1, hour=1), rating(hour=2))
    book = window.load().book
    first, second = book
    book.amend(replace(first, score=9))
    book.remove(second.id)
    third = book.add(rating(hour=3))
    saved = window.write(book.pending)
    while book.undo():
        pass
    assert not book.dirty, "as far as the book knows"
    book.accept(saved)
    assert len(book.pending) == 3
    window.save(book)
    again = loaded(path)
    assert [e.score for e in again if isinstance(e, Rating)] == [1, 4]
    assert third.id not in again
    assert [entry.rev for entry in again] == [3, 3]
    assert again.overruled == ()


def test_a_look_tells_only_news_and_each_once(path: Path, rating: MakeRating) -> None:
    window = Store(path)
    book = window.load().book
    assert window.look() is None
    other = filled(path, rating())
    news = window.look()
    assert news is not None
    assert (news.merged_external, news.needs_write) == (True, False)
    book.accept(news)
    assert (list(book), book.dirty) == (list(other), False)
    assert window.look() is None


def test_a_file_that_nobody_changed_is_not_read_again(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counted(path: Path) -> tuple[bytes, os.stat_result]:
        read.append(path)
        return read_file(path)

    monkeypatch.setattr(tracked_file, "read_file", counted)
    filled(path, rating(hour=1))
    read.clear()
    window = Store(path)
    book = window.load().book
    window.refresh(book)
    book.add(rating(hour=2))
    window.save(book)
    window.refresh(book)
    assert read == []
    filled(path, rating(hour=3))
    read.clear()
    window.refresh(book)
    window.refresh(book)
    assert len(read) == 1


def test_what_came_in_with_a_save_that_failed_is_told_by_the_next(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = Store(path)
    book = window.load().book
    mine = book.add(rating(hour=1))
    theirs = next(iter(filled(path, rating(hour=2))))

    def full(_opened: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(NotSavedError):
            window.write(book.pending)
        assert list(book) == [mine]
        with pytest.raises(NotSavedError):
            window.save(book)
        assert list(book) == [mine, theirs]
    saved = window.save(book)
    assert not saved.merged_external
    assert list(loaded(path)) == [mine, theirs]


def test_a_stale_file_put_in_place_takes_nothing_away(path: Path, rating: MakeRating) -> None:
    filled(path, rating(hour=1))
    stale = path.read_bytes()
    window = Store(path)
    book = window.load().book
    book.add(rating(hour=2))
    window.save(book)
    path.write_bytes(stale)
    news = window.refresh(book)
    assert (news.merged_external, news.needs_write) == (False, True)
    assert (len(book), book.dirty, book.pending) == (2, True, ())
    window.save(book)
    assert not book.dirty
    assert len(loaded(path)) == 2


def test_of_two_edits_the_loser_is_told_and_can_be_used(path: Path, rating: MakeRating) -> None:
    filled(path, rating(score=0))
    window, other = Store(path), Store(path)
    book, others = window.load().book, other.load().book
    (entry,) = book
    assert isinstance(entry, Rating)
    others.amend(replace(entry, score=2))
    others.amend(replace(entry, score=3))
    other.save(others)
    book.amend(replace(entry, score=1))
    saved = window.save(book)
    assert [line.of for line in saved.overruled] == [entry.id]
    assert [e.score for e in book if isinstance(e, Rating)] == [3]
    book.use(book.overruled[0].id)
    window.save(book)
    assert [e.score for e in loaded(path) if isinstance(e, Rating)] == [1]
    assert loaded(path).overruled == ()
    assert other.refresh(others).overruled == ()
    assert others.overruled == ()


def test_an_unconfirmed_save_is_written_again_even_without_a_change(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = Store(path)
    book = window.load().book
    book.add(rating())
    fsync = os.fsync

    def fail_for_folders(opened: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise OSError(errno.EIO, "broken")
        fsync(opened)

    path.parent.mkdir(mode=0o700)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_for_folders)
        with pytest.raises(NotSavedError):
            window.write(book.pending)
    news = window.look()
    assert news is not None
    book.accept(news)
    assert (book.pending, book.dirty) == ((), True), "in the file, but nobody knows for how long"
    inode = path.stat().st_ino
    window.save(book)
    assert path.stat().st_ino != inode
    assert not book.dirty


def test_nothing_to_save_writes_nothing(path: Path, rating: MakeRating) -> None:
    filled(path, rating())
    window = Store(path)
    book = window.load().book
    before = path.stat()
    assert window.save(book).snapshot is book.snapshot
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_line_that_cannot_be_written_is_refused_and_the_file_left(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating())
    before = path.read_bytes()
    window = Store(path)
    book = window.load().book
    book.add(rating(hour=1))

    def broken(*_args: object) -> None:
        raise EncodingError

    monkeypatch.setattr(store, "applied", broken)
    with pytest.raises(NotSavedError) as refused:
        window.save(book)
    assert (refused.value.code, refused.value.confirmed) == (NotSavedCode.OTHER, True)
    assert path.read_bytes() == before
    assert book.dirty
