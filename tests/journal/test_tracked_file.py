"""A journal's file that goes missing while it is in use."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from itband_gui.journal.entries import Rating
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.store import LoadCode, Store

MakeRating = Callable[..., Rating]


@pytest.fixture
def path(tmp_path: Path, rating: MakeRating) -> Path:
    """Return a journal of one entry."""
    path = tmp_path / "data" / "journal.json"
    store = Store(path)
    book = store.load().book
    book.add(rating())
    store.save(book)
    return path


def test_a_file_that_was_deleted_is_owed_and_written_anew_from_memory(path: Path) -> None:
    window = Store(path)
    book = window.load().book
    path.unlink()
    assert window.refresh(book).needs_write, "the disk holds less than the window"
    assert len(book) == 1
    window.save(book)
    assert not book.dirty
    assert list(Store(path).load().book) == list(book)


def test_a_file_that_was_never_there_is_not_owed(tmp_path: Path) -> None:
    window = Store(tmp_path / "data" / "journal.json")
    book = window.load().book
    window.refresh(book)
    assert not book.dirty
    window.save(book)
    assert Store(window.path).load().code is LoadCode.NEW


def test_a_file_whose_folder_is_gone_is_told_and_not_owed(path: Path) -> None:
    window = Store(path)
    book = window.load().book
    away = path.parent.rename(path.parent.with_name("away"))
    with pytest.raises(NotSavedError) as failed:
        window.refresh(book)
    assert (failed.value.code, failed.value.errno) == (NotSavedCode.GONE, errno.ENOENT)
    assert not path.parent.exists()
    away.rename(path.parent)
    window.refresh(book)
    assert not book.dirty, "it is there again as it was"
