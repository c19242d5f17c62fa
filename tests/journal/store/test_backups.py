"""A store makes the right copies at the right times."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from itband_gui.journal import backups, codec, salvage, snapshot, store
from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Rating
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.snapshot import SCHEMA
from itband_gui.journal.store import LoadCode, Store
from tests.journal.store.journals import filled, loaded

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def whys(backups: Backups) -> list[Why]:
    return sorted(copy.why for copy in backups.copies())


def test_a_save_keeps_what_it_replaces_every_half_hour(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    clock = [NOON]
    window = Store(path, backups, lambda: clock[0])
    book = window.load().book
    for minutes in (0, 1, 29, 30, 31, 62):
        clock[0] = NOON + timedelta(minutes=minutes)
        book.add(rating(hour=minutes))
        assert window.save(book).backup_error is None
    held = [len(decode(backups.read(copy)).entries) for copy in backups.copies()]
    assert held == [5, 4, 1]
    assert set(whys(backups)) == {Why.TIMED}


def test_what_was_held_is_kept_before_others_take_its_place(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(score=1))
    window, other = Store(path, backups, lambda: NOON), Store(path)
    book, others = window.load().book, other.load().book
    (entry,) = others
    others.amend(replace(entry, note="theirs"))
    other.save(others)
    book.add(rating(hour=1))
    window.save(book)
    merges = [copy for copy in backups.copies() if copy.why is Why.MERGE]
    assert [decode(backups.read(copy)).entries for copy in merges] == [[entry]]


def test_additions_from_outside_need_no_copy(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    filled(path, rating(hour=2))
    book.add(rating(hour=3))
    window.save(book)
    assert whys(backups) == [Why.TIMED]


def test_a_file_edited_by_hand_is_kept_as_it_was_before_it_is_written(
    path: Path, rating: MakeRating
) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(score=4))
    edited = path.read_bytes().replace(b'"score":4', b'"score": 5')
    path.write_bytes(edited)
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    assert whys(backups) == [], "reading keeps nothing"
    book.add(rating(hour=1))
    window.save(book)
    assert edited in [backups.read(copy) for copy in backups.copies() if copy.why is Why.EDITED]


def test_what_was_kept_once_is_not_kept_again(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(score=4))
    path.write_bytes(path.read_bytes().replace(b'"score":4', b'"score": 5'))
    clock = [NOON]
    window = Store(path, backups, lambda: clock[0])
    book = window.load().book
    for hour in (1, 2, 3):
        clock[0] = NOON + timedelta(hours=hour)
        book.add(rating(hour=hour))
        window.save(book)
    assert whys(backups).count(Why.EDITED) == 1


def test_an_older_file_is_kept_before_it_is_migrated(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating())
    old = path.read_bytes()
    for module in (codec, snapshot, salvage):
        monkeypatch.setattr(module, "SCHEMA", SCHEMA + 1)
    backups = Backups(path.parent / "backups")
    window = Store(path, backups, lambda: NOON)
    opened = window.load()
    assert (opened.code, opened.migrated_from, opened.book.dirty) == (LoadCode.SOUND, SCHEMA, True)
    window.save(opened.book)
    assert old in [backups.read(copy) for copy in backups.copies() if copy.why is Why.MIGRATION]
    assert f'"schema": {SCHEMA + 1},'.encode() in path.read_bytes()
    assert Store(path).load().migrated_from is None


def test_a_copy_that_fails_stops_no_save_and_is_told(path: Path, rating: MakeRating) -> None:
    path.parent.mkdir()
    (path.parent / "backups").write_text("a file in its place")
    backups = Backups(path.parent / "backups")
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    book.add(rating(hour=1))
    window.save(book)
    book.add(rating(hour=2))
    assert isinstance(window.save(book).backup_error, BackupError)
    assert len(loaded(path)) == 2


def test_a_journal_that_cannot_be_copied_is_saved_all_the_same(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating(hour=1))
    window = Store(path, Backups(path.parent / "backups"), lambda: NOON)
    book = window.load().book
    book.add(rating(hour=2))

    def refuse(_path: Path) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr(backups, "read_file", refuse)
        error = window.save(book).backup_error
    assert isinstance(error, BackupError)
    assert (error.code, error.errno) == (NotSavedCode.UNREADABLE, errno.EIO)
    assert len(loaded(path)) == 2


def test_a_journal_that_vanished_has_nothing_to_copy(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    path.unlink()
    book.add(rating(hour=2))
    assert window.save(book).backup_error is None
    assert whys(backups) == []


def test_a_damaged_file_that_cannot_be_moved_stays_and_is_not_written(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating(hour=1))
    damaged = path.read_bytes()[:-90]
    path.write_bytes(damaged)

    def refuse(_target: Path) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(store, "quarantine", refuse)
    opened = Store(path).load(set_aside=True)
    assert (opened.code, opened.set_aside, opened.read_only) == (LoadCode.DAMAGED, None, True)
    assert opened.snapshot is opened.book.snapshot
    assert path.read_bytes() == damaged


def test_what_was_saved_of_a_damaged_file_is_written_once_its_user_has_put_that_away(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating(hour=1), rating(hour=2))
    path.write_bytes(path.read_bytes()[:-90])

    def refuse(_target: Path) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(store, "quarantine", refuse)
    window = Store(path)
    book = window.load(set_aside=True).book
    book.add(rating(hour=3))
    with pytest.raises(NotSavedError):
        window.save(book)
    path.rename(path.with_name("damaged.json"))
    window.save(book)
    assert list(loaded(path)) == list(book)
    assert len(book) == 3


def test_after_a_failed_load_no_copy_is_made_and_none_goes(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1), rating(hour=2))
    sound = path.read_bytes()
    for minutes in (0, 1):
        backups.keep(sound + b" " * minutes, NOON - timedelta(days=900, minutes=minutes), Why.TIMED)
    before = backups.copies()
    path.write_bytes(sound[:-90])
    window = Store(path, backups, lambda: NOON)
    opened = window.load(set_aside=True)
    opened.book.add(rating(hour=3))
    window.save(opened.book)
    opened.book.add(rating(hour=4))
    window.save(opened.book)
    assert backups.copies() == before


def test_a_save_that_makes_a_copy_thins_the_old_ones(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1))
    for minutes in (0, 1):
        at = NOON - timedelta(days=900, minutes=minutes)
        backups.keep(b"older" + b" " * minutes, at, Why.TIMED)
    assert len(backups.copies()) == 2
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    book.add(rating(hour=2))
    window.save(book)
    assert backups.copies()[0].at == NOON
    assert len(backups.copies()) == 2


def test_an_unconfirmed_save_of_our_own_needs_no_copy(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    fsync = os.fsync

    def fail_for_the_folder(opened: int) -> None:
        if os.path.samestat(os.fstat(opened), path.parent.stat()):
            raise OSError(errno.EIO, "broken")
        fsync(opened)

    book.amend(replace(next(iter(book)), note="new"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_for_the_folder)
        with pytest.raises(NotSavedError):
            window.save(book)
    window.save(book)
    assert Why.MERGE not in whys(backups)


def test_a_save_forgets_old_removals(path: Path, rating: MakeRating) -> None:
    filled(path, rating(hour=1))
    clock = [NOON]
    window = Store(path, None, lambda: clock[0])
    book = window.load().book
    book.remove(next(iter(book)).id)
    window.save(book)
    assert b'"removed"' in path.read_bytes()
    clock[0] += timedelta(days=181)
    book.add(rating(hour=2))
    window.save(book)
    assert b'"removed"' in path.read_bytes(), "the clock alone may be wrong"
    book.add_all(rating(hour=24 * 181 + hour) for hour in range(10))
    window.save(book)
    assert b'"removed"' not in path.read_bytes()


def test_what_a_hand_and_the_user_both_took_out_needs_no_consent(
    path: Path, rating: MakeRating
) -> None:
    filled(path, *(rating(hour=hour) for hour in range(30)))
    window = Store(path)
    book = window.load().book
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[7:]))
    for entry in list(book)[:5]:
        book.remove(entry.id)
    window.save(book)
    assert len(loaded(path)) == 25
