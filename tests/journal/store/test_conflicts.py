"""Conflict copies are merged, and other copies are offered."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui.journal import conflict_copies, store
from itband_gui.journal.backups import Backups
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import Rating
from itband_gui.journal.siblings import Fate
from itband_gui.journal.store import LoadCode, Store
from tests.journal.store.journals import filled, loaded

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_copy_in_conflict_is_merged_and_put_away(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    theirs = rating(hour=2)
    copy = path.with_name("journal.sync-conflict-20261122-071000-ABCDEFG.json")
    copy.write_bytes(encode(Book([theirs])))
    news = window.refresh(book)
    assert (news.merged_external, news.needs_write, len(book)) == (True, True, 2)
    assert copy.exists(), "until its entries are on the disk"
    assert window.look() is None
    window.save(book)
    assert not copy.exists()
    assert [file.name for file in (backups.folder / store.CONFLICTS).iterdir()] != []
    assert theirs.id in loaded(path)


def test_a_copy_in_conflict_with_nothing_new_is_put_away_by_a_save_of_its_own(
    path: Path, rating: MakeRating
) -> None:
    filled(path, rating(hour=1))
    window = Store(path, Backups(path.parent / "backups"), lambda: NOON)
    book = window.load().book
    copy = path.with_name("journal (conflicted copy).json")
    copy.write_bytes(path.read_bytes())
    news = window.look()
    assert news is not None
    assert (news.merged_external, news.needs_write) == (False, True)
    book.accept(news)
    window.save(book)
    assert not copy.exists()
    assert (len(book), book.dirty) == (1, False)
    assert window.look() is None


def test_a_copy_in_conflict_that_cannot_be_put_away_is_tried_again_by_the_next_save_only(
    path: Path, rating: MakeRating
) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    backups.folder.mkdir(mode=0o700)
    (backups.folder / store.CONFLICTS).write_text("in the way")
    copy = path.with_name("journal (conflicted copy).json")
    copy.write_bytes(encode(Book([rating(hour=2)])))
    book.add(rating(hour=3))
    window.save(book)
    assert (copy.exists(), len(book), book.dirty) == (True, 3, False)
    assert window.look() is None, "or it would be saved again and again"
    (backups.folder / store.CONFLICTS).unlink()
    book.add(rating(hour=4))
    window.save(book)
    assert not copy.exists()


def test_a_copy_in_conflict_that_changed_since_is_merged_again(
    path: Path, rating: MakeRating
) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    copy = path.with_name("journal (conflicted copy).json")
    for hour in (2, 3):
        copy.write_bytes(encode(Book([rating(hour=hour)])))
        window.refresh(book)
    assert len(book) == 3


def test_what_is_no_journal_though_named_like_a_copy_of_it_is_read_once(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating(hour=1))
    window = Store(path, Backups(path.parent / "backups"), lambda: NOON)
    window.load()
    path.with_name("journal (1).json").write_text("somebody else's")
    read: list[str] = []
    open_it = os.open

    def counted(path: str | Path, flags: int, *rest: int) -> int:
        read.append(Path(path).name)
        return open_it(path, flags, *rest)

    monkeypatch.setattr(os, "open", counted)
    assert window.look() is None
    assert window.look() is None
    assert read.count("journal (1).json") == 1


def test_a_copy_in_conflict_that_cannot_be_read_now_is_read_later(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating(hour=1))
    window = Store(path, Backups(path.parent / "backups"), lambda: NOON)
    book = window.load().book
    path.with_name("journal (1).json").write_bytes(encode(Book([rating(hour=2)])))

    def refuse(_path: Path) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr(conflict_copies, "read_file", refuse)
        news = window.look()
        assert news is not None
        assert [each.fate for each in news.beside] == [Fate.UNREADABLE]
        assert not news.merged_external
        assert window.look() is None, "it is told once"
    window.refresh(book)
    assert len(book) == 2


def test_without_backups_a_copy_in_conflict_stays(path: Path, rating: MakeRating) -> None:
    filled(path, rating(hour=1))
    copy = path.with_name("journal (conflicted copy).json")
    copy.write_bytes(encode(Book([rating(hour=2)])))
    filled(path, rating(hour=3))
    assert copy.exists()
    assert len(loaded(path)) == 2


def test_a_missing_journal_beside_its_previous_one_is_offered_and_keeps_it(
    path: Path, rating: MakeRating
) -> None:
    filled(path, rating(hour=1))
    filled(path, rating(hour=2))
    path.unlink()
    window = Store(path)
    opened = window.load()
    assert (opened.code, [len(offer.missing) for offer in opened.recovery_options]) == (
        LoadCode.NEW,
        [1],
    )
    book = opened.book
    for hour in (3, 4):
        book.add(rating(hour=hour))
        window.save(book)
    path.unlink()
    assert sum(len(offer.missing) for offer in Store(path).load().recovery_options) == 1 + 1


def test_a_circle_of_links_offers_nothing(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path)
    assert Store(path).load().recovery_options == ()
