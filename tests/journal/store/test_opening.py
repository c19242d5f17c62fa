"""Opening a journal reads, refuses, repairs or offers the right things."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from itband_gui.journal import store
from itband_gui.journal.entries import Rating
from itband_gui.journal.lock import locked
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.store import LoadCode, Store
from tests.journal.store.journals import filled, loaded

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_without_a_file_the_journal_is_new_and_nothing_is_made(path: Path) -> None:
    assert Store(path).load().code is LoadCode.NEW
    assert not path.parent.exists()


def test_what_was_saved_is_loaded_and_private(path: Path, rating: MakeRating) -> None:
    book = filled(path, rating(hour=1), rating(hour=2))
    again = Store(path).load()
    assert (again.code, list(again.book)) == (LoadCode.SOUND, list(book))
    assert not book.dirty
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_edited_by_hand_is_taken_and_named(path: Path, rating: MakeRating) -> None:
    entry = rating(score=4)
    filled(path, entry)
    path.write_bytes(path.read_bytes().replace(b'"score":4', b'"score":5'))
    again = Store(path).load()
    assert (again.code, again.read_only) == (LoadCode.EDITED, False)
    assert list(again.book) == [replace(entry, score=5)]


def test_looking_at_a_damaged_file_changes_nothing(path: Path, rating: MakeRating) -> None:
    filled(path, rating(hour=1), rating(hour=2))
    damaged = path.read_bytes()[:-90]
    path.write_bytes(damaged)
    window = Store(path)
    looked = window.load()
    assert (looked.code, looked.read_only, len(looked.book)) == (LoadCode.DAMAGED, True, 2)
    looked.book.add(rating())
    with pytest.raises(NotSavedError) as refused:
        window.save(looked.book)
    assert refused.value.code is NotSavedCode.DAMAGED
    assert path.read_bytes() == damaged
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_damaged_file_is_set_aside_by_its_time_and_the_rest_goes_on(
    path: Path, rating: MakeRating
) -> None:
    filled(path, rating(hour=1), rating(hour=2))
    damaged = path.read_bytes().replace(b'"score":4', b'"score":44', 1)
    path.write_bytes(damaged)
    os.utime(path, (1_795_000_000, 1_795_000_000))
    opened = Store(path).load(set_aside=True)
    assert opened.set_aside == path.with_name("journal.corrupt-20261118T110640Z.json")
    assert opened.set_aside.read_bytes() == damaged
    assert (opened.lost, len(opened.book), opened.book.dirty) == (1, 1, False)
    assert not opened.read_only
    assert not opened.book.can_undo
    assert list(loaded(path)) == list(opened.book)


def test_a_second_damaged_file_of_the_same_second_replaces_no_first(path: Path) -> None:
    path.parent.mkdir()
    for content in ("one", "two"):
        path.write_text(content)
        os.utime(path, (1_795_000_000, 1_795_000_000))
        Store(path).load(set_aside=True)
    aside = sorted(path.parent.glob("journal.corrupt-*"))
    assert {file.read_text() for file in aside} == {"one", "two"}


def test_with_nothing_to_save_of_it_the_journal_starts_anew_beside_the_damaged(
    path: Path, rating: MakeRating
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"")
    window = Store(path)
    opened = window.load(set_aside=True)
    opened.book.add(rating())
    window.save(opened.book)
    assert len(loaded(path)) == 1
    assert opened.set_aside is not None
    assert opened.set_aside.read_bytes() == b""


def test_a_file_that_another_window_mended_meanwhile_is_not_set_aside(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating())
    good = path.read_bytes()
    path.write_bytes(good[:-90])

    @contextmanager
    def late_lock(target: Path) -> Iterator[None]:
        path.write_bytes(good)
        with locked(target):
            yield

    monkeypatch.setattr(store, "locked", late_lock)
    opened = Store(path).load(set_aside=True)
    assert (opened.code, opened.set_aside) == (LoadCode.SOUND, None)
    assert path.read_bytes() == good


def test_a_newer_journal_is_shown_and_never_written(path: Path, rating: MakeRating) -> None:
    book = filled(path, rating())
    newer = path.read_bytes().replace(b'"min_reader": 1', b'"min_reader": 2')
    path.write_bytes(newer)
    window = Store(path)
    opened = window.load(set_aside=True)
    assert (opened.code, opened.read_only) == (LoadCode.NEWER, True)
    assert list(opened.book) == list(book)
    opened.book.add(rating())
    with pytest.raises(NotSavedError) as refused:
        window.save(opened.book)
    assert refused.value.code is NotSavedCode.NEWER
    assert path.read_bytes() == newer


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES])
def test_a_file_that_the_disk_refuses_is_not_called_damaged(
    path: Path, rating: MakeRating, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating())
    real = os.open

    def refuse(file: str, flags: int, mode: int = 0o777) -> int:
        if Path(file) == path:
            raise OSError(number, os.strerror(number))
        return real(file, flags, mode)

    window = Store(path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        opened = window.load(set_aside=True)
        assert (opened.code, opened.errno) == (LoadCode.UNREADABLE, number)
        opened.book.add(rating(hour=1))
        with pytest.raises(NotSavedError) as refused:
            window.save(opened.book)
    assert refused.value.code is NotSavedCode.UNREADABLE
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    window.save(opened.book)
    assert len(loaded(path)) == 2, "once it can be read again both are in"


def test_a_pipe_or_a_folder_in_its_place_is_refused_without_waiting(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    assert Store(path).load().code is LoadCode.UNREADABLE
    path.unlink()
    path.mkdir()
    assert Store(path).load(set_aside=True).code is LoadCode.UNREADABLE


def test_a_file_beyond_the_limit_is_not_read(path: Path) -> None:
    path.parent.mkdir()
    with path.open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)  # takes no space on the disk
    opened = Store(path).load(set_aside=True)
    assert (opened.code, opened.errno) == (LoadCode.UNREADABLE, errno.EFBIG)
    assert path.exists()
