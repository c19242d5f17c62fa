import errno
import json
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from itband_gui.journal import (
    codec,
    conflict_copies,
    due_copies,
    durable,
    holding,
    known_file,
    reading,
    store,
)
from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.entries import Rating
from itband_gui.journal.known_file import ShrunkError
from itband_gui.journal.lock import locked
from itband_gui.journal.regular import read_regular
from itband_gui.journal.store import LoadCode, Store
from itband_gui.journal.versions import EncodingError

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.json"


def loaded(path: Path) -> Book:
    return Store(path).load().book


def filled(path: Path, *entries: Rating) -> Book:
    """Save the entries in a file of their own, and return the book."""
    book = Book()
    for entry in entries:
        book.add(entry)
    Store(path).save(book)
    return book


# Opening


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


# Saving


def test_a_book_without_changes_is_not_written(path: Path) -> None:
    Store(path).save(Book())
    assert not path.parent.exists()


def test_what_another_program_saved_meanwhile_is_taken_in(path: Path, rating: MakeRating) -> None:
    window = Store(path)
    book = window.load().book
    mine, theirs = rating(hour=1), rating(hour=2)
    book.add(mine)
    filled(path, theirs)
    assert window.save(book).took_in
    assert list(book) == list(loaded(path)) == [mine, theirs]
    book.add(rating(hour=3))
    assert not window.save(book).took_in


def test_a_refresh_shows_what_another_program_saved_and_keeps_our_changes(
    path: Path, rating: MakeRating
) -> None:
    window = Store(path)
    book = window.load().book
    book.add(rating(hour=1))
    filled(path, rating(hour=2))
    assert window.refresh(book).took_in
    assert (len(book), book.dirty) == (2, True)
    assert not window.refresh(book).took_in


def test_a_touched_file_is_not_a_changed_one(path: Path, rating: MakeRating) -> None:
    window = Store(path)
    book = window.load().book
    book.add(rating())
    window.save(book)
    os.utime(path, (1, 1))
    assert not window.refresh(book).took_in


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
    durable.temp_beside(path).write_bytes(b"half")
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
    text = encode(book).decode().replace('"schema": 1', '"schema": 2')
    path.parent.mkdir()
    path.write_text(text.replace('"entries": [\n', f'"entries": [\n{foreign},\n'))
    filled(path, rating(hour=1))
    assert foreign in path.read_text()
    assert len(loaded(path)) == 2


# What is written in one thread is told in another


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
    assert (news.took_in, news.owed) == (True, False)
    book.accept(news)
    assert (list(book), book.dirty) == (list(other), False)
    assert window.look() is None


def test_a_file_that_nobody_changed_is_not_read_again(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counted(path: Path) -> tuple[bytes, os.stat_result]:
        read.append(path)
        return read_regular(path)

    monkeypatch.setattr(known_file, "read_regular", counted)
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
    assert not saved.took_in
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
    assert (news.took_in, news.owed) == (False, True)
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
    assert window.save(book).holding is book.holding
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


# By hand, with and without consent


def test_what_a_hand_took_out_and_changed_is_taken_over(path: Path, rating: MakeRating) -> None:
    filled(path, *(rating(score=1, hour=hour) for hour in range(12)))
    window = Store(path)
    book = window.load().book
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b'"score":1', b'"score":7')
    path.write_bytes(b"".join(lines[:3] + lines[4:]))
    news = window.refresh(book)
    assert (len(book), news.owed, book.dirty) == (11, True, True)
    window.save(book)
    assert [e.score for e in loaded(path) if isinstance(e, Rating)].count(7) == 1
    assert loaded(path).overruled == ()
    assert len(loaded(path)) == 11
    assert Store(path).load().code is LoadCode.SOUND


def test_a_file_that_lost_many_entries_by_hand_needs_consent(
    path: Path, rating: MakeRating
) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, *(rating(hour=hour) for hour in range(30)))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[6:]))
    with pytest.raises(ShrunkError) as refused:
        window.refresh(book)
    assert refused.value.code is NotSavedCode.SHRINK
    assert refused.value.missing == {entry.id for entry in list(book)[:4]}
    book.add(rating(hour=99))
    with pytest.raises(ShrunkError):
        window.save(book)
    with pytest.raises(ShrunkError):
        window.write(book.pending)
    assert (len(book), len(book.pending)) == (31, 1)
    window.save(book, consent=refused.value.found)
    assert len(loaded(path)) == len(book) == 27
    kept = {copy.why: decode(backups.read(copy)) for copy in backups.copies()}
    assert len(kept[Why.SHRINK].entries) == 30
    assert len(kept[Why.EDITED].entries) == 26


def without(data: bytes, count: int) -> bytes:
    """Return a journal file from which a hand took the oldest entries out."""
    lines = data.splitlines(keepends=True)
    return b"".join(lines[:2] + lines[2 + count :])


def test_consent_covers_the_file_that_was_asked_about_and_no_other(
    path: Path, rating: MakeRating
) -> None:
    filled(path, *(rating(hour=hour) for hour in range(30)))
    window = Store(path)
    book = window.load().book
    whole = path.read_bytes()
    path.write_bytes(without(whole, 4))
    with pytest.raises(ShrunkError) as first:
        window.look()
    path.write_bytes(without(whole, 20))
    with pytest.raises(ShrunkError) as second:
        window.save(book, consent=first.value.found)
    assert len(second.value.missing) == 20
    assert path.read_bytes() == without(whole, 20)
    assert len(book) == 30
    window.save(book, consent=second.value.found)
    assert len(loaded(path)) == len(book) == 10


def test_what_was_taken_out_of_a_file_of_one_line_again_is_asked_about_again(
    path: Path, rating: MakeRating
) -> None:
    filled(path, *(rating(hour=hour) for hour in range(30)))
    window = Store(path)
    book = window.load().book
    whole = path.read_bytes()

    def squeezed(count: int) -> bytes:  # as `jq -c` writes it
        return json.dumps(json.loads(without(whole, count))).encode()

    path.write_bytes(squeezed(1))
    window.refresh(book)
    path.write_bytes(squeezed(2))
    window.refresh(book)
    assert len(book) == 28
    path.write_bytes(squeezed(8))
    with pytest.raises(ShrunkError) as refused:
        window.refresh(book)
    path.write_bytes(squeezed(18))
    with pytest.raises(ShrunkError):
        window.save(book, consent=refused.value.found)


def test_removals_by_the_user_need_no_consent(path: Path, rating: MakeRating) -> None:
    filled(path, *(rating(hour=hour) for hour in range(30)))
    window, other = Store(path), Store(path)
    book, others = window.load().book, other.load().book
    others.replace_all([])
    other.save(others)
    window.refresh(book)
    assert len(loaded(path)) == len(book) == 0


# Backups


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
    for module in (codec, holding, reading):
        monkeypatch.setattr(module, "SCHEMA", 2)
    backups = Backups(path.parent / "backups")
    window = Store(path, backups, lambda: NOON)
    opened = window.load()
    assert (opened.code, opened.migrated_from, opened.book.dirty) == (LoadCode.SOUND, 1, True)
    window.save(opened.book)
    assert old in [backups.read(copy) for copy in backups.copies() if copy.why is Why.MIGRATION]
    assert b'"schema": 2,' in path.read_bytes()
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
        patch.setattr(due_copies, "read_regular", refuse)
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

    monkeypatch.setattr(store, "move_aside", refuse)
    opened = Store(path).load(set_aside=True)
    assert (opened.code, opened.set_aside, opened.read_only) == (LoadCode.DAMAGED, None, True)
    assert opened.holding is opened.book.holding
    assert path.read_bytes() == damaged


def test_what_was_saved_of_a_damaged_file_is_written_once_its_user_has_put_that_away(
    path: Path, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, rating(hour=1), rating(hour=2))
    path.write_bytes(path.read_bytes()[:-90])

    def refuse(_target: Path) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(store, "move_aside", refuse)
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


# Copies in conflict, and what is offered


def test_a_copy_in_conflict_is_merged_and_put_away(path: Path, rating: MakeRating) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, rating(hour=1))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    theirs = rating(hour=2)
    copy = path.with_name("journal.sync-conflict-20261122-071000-ABCDEFG.json")
    copy.write_bytes(encode(Book([theirs])))
    news = window.refresh(book)
    assert (news.took_in, news.owed, len(book)) == (True, True, 2)
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
    assert (news.took_in, news.owed) == (False, True)
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
    read: list[Path] = []

    def counted(path: Path) -> tuple[bytes, os.stat_result]:
        read.append(path)
        return read_regular(path)

    monkeypatch.setattr(conflict_copies, "read_regular", counted)
    assert window.look() is None
    assert window.look() is None
    assert len(read) == 1


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
        patch.setattr(conflict_copies, "read_regular", refuse)
        assert window.look() is None
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
    assert (opened.code, [len(offer.missing) for offer in opened.offers]) == (LoadCode.NEW, [1])
    book = opened.book
    for hour in (3, 4):
        book.add(rating(hour=hour))
        window.save(book)
    path.unlink()
    assert sum(len(offer.missing) for offer in Store(path).load().offers) == 1 + 1


def test_a_circle_of_links_offers_nothing(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path)
    assert Store(path).load().offers == ()


# What a store remembers, and for how long


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
        patch.setattr(store, "read_regular", refuse)
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
    assert (saved.took_in, opened.book.dirty, len(loaded(path))) == (False, False, 1)


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
    path.with_name("journal (1).json").write_bytes(encode(Book([rating(hour=2)])))
    window.refresh(book)
    window.save(book)
    (away,) = (backups.folder / store.CONFLICTS).iterdir()
    away.unlink()
    book.add(rating(hour=3))
    window.save(book)
    assert names(backups.folder / store.CONFLICTS) == set()
