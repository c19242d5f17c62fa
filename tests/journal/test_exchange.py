"""Exports, imports and copies return their errors as values."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.entries import Rating
from itband_gui.journal.exchange import (
    JournalFile,
    OwnFileError,
    compare_copy,
    copies,
    in_the_way,
    inside,
    keep_first,
    preview_import,
    read_file_to_import,
    state_of,
    write_export,
)
from itband_gui.journal.import_errors import FileUnusableError, ImportFault
from itband_gui.journal.importing import Importable
from itband_gui.journal.merge import applied
from itband_gui.journal.recovery import JournalCopy, previous_of
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.snapshot import FileSnapshot

MakeRating = Callable[..., Rating]
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> JournalFile:
    """A journal's folder without a journal."""
    (tmp_path / "data").mkdir()
    return JournalFile(tmp_path / "data" / "journal.json", Backups(tmp_path / "data" / "backups"))


def save(file: JournalFile, *entries: Rating) -> bytes:
    data = encode(Book(entries))
    file.path.write_bytes(data)
    return data


def newer(data: bytes) -> bytes:
    return data.replace(b'"min_reader": 1', b'"min_reader": 9')


def only_copy(file: JournalFile) -> JournalCopy:
    listed = copies(file)
    assert isinstance(listed, list)
    (copy,) = listed
    return copy


def test_a_state_makes_a_book_that_holds_saved_and_unsaved_alike(rating: MakeRating) -> None:
    kept, gone, fresh = (rating(hour=hour) for hour in range(3))
    book = Book(FileSnapshot.of_entries([kept, gone]))
    book.remove(gone.id)
    book.add(fresh)
    book.amend(replace(kept, score=9))
    other = state_of(book).book()
    assert list(other) == list(book)
    assert applied(other.snapshot, other.pending, NOW).entries() == list(book)


def test_a_copy_is_kept_first_and_says_what_it_holds(file: JournalFile, rating: MakeRating) -> None:
    entries = [rating(hour=hour) for hour in range(3)]
    save(file, *entries)
    assert isinstance(keep_first(file, NOW, Why.IMPORT), Path)
    held = inside(only_copy(file))
    assert held is not None
    assert (held.entries, held.first, held.last) == (3, entries[0].at, entries[-1].at)


def test_without_a_journal_there_is_nothing_to_keep(file: JournalFile) -> None:
    assert keep_first(file, NOW, Why.IMPORT) is None
    assert copies(file) == []


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(newer, NotSavedCode.NEWER), (lambda data: data[:-90], NotSavedCode.DAMAGED)],
)
def test_a_journal_that_cannot_be_written_over_is_told_first(
    file: JournalFile, rating: MakeRating, spoil: Callable[[bytes], bytes], code: NotSavedCode
) -> None:
    file.path.write_bytes(spoil(save(file, rating())))
    told = keep_first(file, NOW, Why.IMPORT)
    assert isinstance(told, NotSavedError)
    assert told.code is code


def test_a_backups_folder_that_is_none_is_told(file: JournalFile, rating: MakeRating) -> None:
    save(file, rating())
    file.backups.folder.touch()
    assert isinstance(keep_first(file, NOW, Why.IMPORT), BackupError)
    assert isinstance(copies(file), BackupError)


def test_a_copy_is_compared_with_what_is_here(file: JournalFile, rating: MakeRating) -> None:
    old = rating(score=1)
    save(file, old)
    assert isinstance(keep_first(file, NOW, Why.TIMED), Path)
    copy = only_copy(file)
    here = state_of(Book([replace(old, score=2), rating(hour=5)]))
    change = compare_copy(copy, here)
    assert change is not None
    assert (change.entries, change.changes) == ((old,), True)
    assert (len(change.compared.different), len(change.compared.missing)) == (1, 1)
    same = compare_copy(copy, state_of(Book([old])))
    assert same is not None
    assert not same.changes


def test_a_copy_that_is_ruined_holds_nothing_and_changes_nothing(
    file: JournalFile, rating: MakeRating
) -> None:
    save(file, rating())
    assert isinstance(keep_first(file, NOW, Why.TIMED), Path)
    copy = only_copy(file)
    copy.path.write_bytes(b"ruins")
    assert inside(copy) is None
    assert compare_copy(copy, state_of(Book())) is None


def found(path: Path) -> Importable | Exception:
    return read_file_to_import(path, NOW, lambda moment: moment.replace(tzinfo=UTC))


def test_a_file_is_found_and_previewed_or_the_reason_is_told(
    tmp_path: Path, rating: MakeRating
) -> None:
    path = tmp_path / "typed.csv"
    path.write_text("date,leg,score\n2026-11-20,left,4\n")
    importable = found(path)
    assert isinstance(importable, Importable)
    chosen = preview_import(importable, state_of(Book([rating()])), take_doubles=False)
    assert sum(map(len, chosen.ways.values())) == 1
    path.write_text("")
    told = found(path)
    assert isinstance(told, FileUnusableError)
    assert told.code is ImportFault.EMPTY
    assert isinstance(found(tmp_path), OSError)


def test_nothing_is_written_over_the_journal_by_whatever_name(
    file: JournalFile, rating: MakeRating, tmp_path: Path
) -> None:
    save(file, rating())
    previous_of(file.path).write_bytes(b"before")
    link = tmp_path / "link.json"
    link.symlink_to(file.path)
    for own in (file.path, link, previous_of(file.path)):
        assert isinstance(in_the_way(own, file.path), OwnFileError), own
    assert in_the_way(tmp_path / "other.json", file.path) is None
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "a").symlink_to(tmp_path / "b")
    assert isinstance(in_the_way(tmp_path / "a", file.path), NotSavedError)


def test_an_export_holds_all_entries_and_is_private(
    file: JournalFile, rating: MakeRating, tmp_path: Path
) -> None:
    book = Book([rating(), rating(hour=1)])
    state = state_of(book)
    target = tmp_path / "out"
    for as_table, first in ((False, b"{"), (True, b"\xef\xbb\xbf")):
        wrote = write_export(state, target, file, as_table=as_table, semicolons=True)
        assert wrote == 2
        assert target.read_bytes().startswith(first)
        assert target.stat().st_mode & 0o777 == 0o600
    write_export(state, target, file, as_table=False, semicolons=False)
    assert decode(target.read_bytes()).entries == list(book)


def test_a_journal_of_a_newer_program_is_exported_as_a_table_only(
    file: JournalFile, rating: MakeRating, tmp_path: Path
) -> None:
    file.path.write_bytes(newer(save(file, rating())))
    state, target = state_of(Book([rating()])), tmp_path / "out"
    told = write_export(state, target, file, as_table=False, semicolons=False)
    assert isinstance(told, NotSavedError)
    assert (told.code, target.exists()) == (NotSavedCode.NEWER, False)
    assert write_export(state, target, file, as_table=True, semicolons=False) == 1


def test_an_export_that_cannot_be_written_is_told(file: JournalFile, tmp_path: Path) -> None:
    target = tmp_path / "gone" / "out"
    told = write_export(state_of(Book()), target, file, as_table=True, semicolons=False)
    assert isinstance(told, NotSavedError)


def test_copies_are_listed_newest_first(file: JournalFile, rating: MakeRating) -> None:
    for hour in range(3):
        save(file, rating(hour=hour))
        assert isinstance(keep_first(file, NOW + timedelta(hours=hour), Why.IMPORT), Path)
    listed = copies(file)
    assert isinstance(listed, list)
    times = [copy.at for copy in listed]
    assert times == sorted(times, reverse=True)
    assert len(times) == 3
