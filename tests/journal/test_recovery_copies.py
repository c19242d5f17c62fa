"""All copies of a journal are in one list, and a copy is made before large changes."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import RestDay
from itband_gui.journal.recovery import copies_of, keep_present
from itband_gui.journal.safe_file import NotSavedError

AT = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def journal_of(count: int) -> bytes:
    return encode(Book([RestDay(id=f"e{n}", at=AT - DAY * (n + 9)) for n in range(count)]))


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.json"
    path.write_bytes(journal_of(3))
    return path


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "backups")


def test_backups_and_the_files_of_before_a_save_are_in_one_list_newest_first(
    journal: Path, backups: Backups
) -> None:
    backups.keep(journal_of(1), AT - 2 * DAY, Why.TIMED)
    backups.keep(journal_of(2), AT, Why.IMPORT)
    previous = journal.with_name("journal.json.bak")
    previous.write_bytes(journal_of(3))
    os.utime(previous, ((AT - DAY).timestamp(),) * 2)
    kept = copies_of(journal, backups)
    assert [copy.why for copy in kept] == [Why.IMPORT, None, Why.TIMED]
    assert [copy.at for copy in kept] == [AT, AT - DAY, AT - 2 * DAY]
    held = [decoded for copy in kept if (decoded := copy.decoded())]
    assert [len(decoded.entries) for decoded in held] == [2, 3, 1]


def test_what_is_no_copy_is_not_listed(journal: Path, backups: Backups) -> None:
    for name in ("journal.json.old", "other.json.bak", "journal.json.lock"):
        journal.with_name(name).write_bytes(b"x")
    assert copies_of(journal, backups) == []


@pytest.mark.parametrize("data", [b"", b"{", journal_of(3)[:-60]])
def test_a_copy_that_is_not_whole_holds_nothing(
    journal: Path, backups: Backups, data: bytes
) -> None:
    journal.with_name("journal.json.bak").write_bytes(data)
    (kept,) = copies_of(journal, backups)
    assert kept.decoded() is None


def test_a_copy_that_is_gone_holds_nothing(journal: Path, backups: Backups) -> None:
    backups.keep(journal_of(1), AT, Why.TIMED)
    journal.with_name("journal.json.bak").write_bytes(journal_of(1))
    kept = copies_of(journal, backups)
    for copy in kept:
        copy.path.unlink()
    assert [copy.decoded() for copy in kept] == [None, None]


def test_copies_that_cannot_be_listed_are_an_error(journal: Path, backups: Backups) -> None:
    backups.folder.write_bytes(b"a file")
    with pytest.raises(BackupError):
        copies_of(journal, backups)


def test_the_present_is_kept_as_it_is(journal: Path, backups: Backups) -> None:
    path = keep_present(journal, backups, AT, Why.RESTORE)
    (copy,) = backups.copies()
    assert (copy.path, copy.why) == (path, Why.RESTORE)
    assert backups.read(copy) == journal.read_bytes()


def test_a_present_that_is_kept_already_is_not_kept_twice(journal: Path, backups: Backups) -> None:
    first = keep_present(journal, backups, AT, Why.RESTORE)
    assert keep_present(journal, backups, AT + DAY, Why.RESTORE) == first
    assert len(backups.copies()) == 1


def test_where_there_is_no_journal_nothing_is_kept(tmp_path: Path, backups: Backups) -> None:
    assert keep_present(tmp_path / "journal.json", backups, AT, Why.IMPORT) is None
    assert backups.copies() == []


def test_a_journal_that_cannot_be_read_is_an_error(tmp_path: Path, backups: Backups) -> None:
    (tmp_path / "journal.json").mkdir()
    with pytest.raises((OSError, NotSavedError)):
        keep_present(tmp_path / "journal.json", backups, AT, Why.IMPORT)
