"""Copies are listed with their contents; one is restored, and that can be undone."""

import errno
import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui.journal.backups import Backups, Why
from tests.commands.conftest import Journal, add, book, names


def test_the_copies_are_listed_with_what_they_hold(
    journal: Journal, file: Path, typed: Path
) -> None:
    journal("restore").refused(0, "no copies")
    add(journal)
    journal("import", str(typed))
    listed = journal("restore")
    assert listed.code == 0
    imports = [line for line in listed.out.splitlines() if "before an import" in line]
    (line,) = imports
    assert "1 entry, 20" in line
    assert "journal.json.bak" in listed.out


def test_a_damaged_journal_without_copies_says_how_to_go_on(journal: Journal, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\0" * 99)
    journal("restore").refused(0, "no copies", "Open the window once", "sets the file aside")


def test_the_newest_copy_comes_first(journal: Journal, file: Path) -> None:
    copies = Backups(file.parent / "backups")
    for day in (2, 3, 1):
        at = datetime(2026, 11, day, tzinfo=UTC)
        copies.keep(b"%d" % day, at, Why.TIMED)
    add(journal)
    add(journal)
    os.utime(file.with_name("journal.json.bak"), (at.timestamp(), at.timestamp() + 86_400 * 1.5))
    days = [line.split()[1] for line in journal("restore").out.splitlines()[:-1]]
    assert days[-4:] == sorted(days[-4:], reverse=True)
    assert len(days) >= 4


def test_a_copy_is_brought_back_by_number_or_name_and_that_can_be_undone(
    journal: Journal, file: Path, typed: Path
) -> None:
    add(journal)
    before = list(book(file))
    journal("import", str(typed))
    after = list(book(file))
    name = next(name for name in names(journal) if ".import." in name)
    done = journal("restore", name)
    assert (done.code, done.err) == (0, "")
    assert "Entries that will be removed: 2" in done.out
    assert list(book(file)) == before
    number = next(n for n, name in enumerate(names(journal), 1) if ".restore." in name)
    done = journal("restore", str(number))
    assert "Entries that come back: 2" in done.out
    contents = [(entry.id, entry.at) for entry in book(file)]
    assert contents == [(entry.id, entry.at) for entry in after]


def test_where_many_entries_would_go_it_must_be_said(
    journal: Journal, file: Path, tmp_path: Path
) -> None:
    add(journal)
    table = tmp_path / "many.csv"
    rows = "".join(f"2026-10-{day:02},left,4\n" for day in range(1, 31))
    table.write_text(f"date,leg,score\n{rows}")
    journal("import", str(table))
    name = next(name for name in names(journal) if ".import." in name)
    before = file.read_bytes()
    done = journal("restore", name)
    assert done.code == 1
    assert "--yes" in done.err
    assert file.read_bytes() == before
    assert journal("restore", name, "--yes").code == 0
    assert len(book(file)) == 1


def test_a_copy_that_says_the_same_changes_nothing(
    journal: Journal, file: Path, typed: Path
) -> None:
    add(journal)
    journal("import", str(typed))
    name = next(name for name in names(journal) if ".import." in name)
    assert journal("restore", name).code == 0
    before, copies = file.read_bytes(), names(journal)
    assert "already has exactly these entries" in journal("restore", name).out
    assert (file.read_bytes(), names(journal)) == (before, copies)


@pytest.mark.parametrize(
    "copy", ["0", "99", "-1", "../journal.json", "journal.json", "²", "9" * 9999]
)
def test_a_copy_that_there_is_not_is_one_line(copy: str, journal: Journal) -> None:
    add(journal)
    add(journal)
    journal("restore", "--", copy).refused(2, "--list")


def test_a_damaged_copy_is_listed_as_such_and_not_brought_back(
    journal: Journal, file: Path, typed: Path
) -> None:
    add(journal)
    journal("import", str(typed))
    name = next(name for name in names(journal) if ".import." in name)
    copy = file.parent / "backups" / name
    copy.write_bytes(copy.read_bytes()[:-20])
    assert "Damaged" in journal("restore").out
    journal("restore", name).refused(1, "Damaged")
    previous = file.with_name("journal.json.bak")
    previous.write_bytes(previous.read_bytes()[:-20])
    assert journal("restore").out.count("Damaged") == 2
    journal("restore", previous.name).refused(1, "Damaged")


@pytest.mark.parametrize("harm", ["missing", "damaged", "empty"])
def test_a_lost_journal_is_brought_back_and_its_ruins_stay(
    harm: str, journal: Journal, file: Path
) -> None:
    add(journal)
    add(journal)
    add(journal)
    whole, ruins = list(book(file)), file.read_bytes()[:250] if harm == "damaged" else b""
    file.unlink()
    if harm != "missing":
        file.write_bytes(ruins)
    done = journal("restore", "journal.json.bak")
    assert (done.code, done.err) == (0, "")
    assert list(book(file)) == whole[:2]
    aside = list(file.parent.glob("journal.corrupt-*"))
    assert [path.read_bytes() for path in aside] == ([ruins] if harm != "missing" else [])
    assert any(name.endswith("Z.bak") for name in names(journal)), "what was brought back stays"


class _Ending(io.StringIO):
    """An output that has no room for the line that tells of the damaged journal."""

    def write(self, text: str) -> int:
        if text.startswith("The damaged journal"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(text)


def test_an_output_that_fails_is_not_taken_for_a_copy_that_failed(
    journal: Journal, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(journal)
    add(journal)
    file.write_bytes(file.read_bytes()[:250])
    monkeypatch.setattr(sys, "stdout", _Ending())
    done = journal("restore", "journal.json.bak", "--yes")
    assert done.code == 1
    assert "The output could not be written" in done.err
    assert "copied" not in done.err


def test_a_journal_that_cannot_be_read_is_not_restored_over(journal: Journal, file: Path) -> None:
    add(journal)
    add(journal)
    file.write_bytes(file.read_bytes().replace(b'"min_reader": 1', b'"min_reader": 9'))
    before = file.read_bytes()
    journal("restore", "journal.json.bak").refused(1, "newer")
    assert file.read_bytes() == before


def test_check_names_the_copies_that_hold_more_than_can_be_saved(
    journal: Journal, file: Path
) -> None:
    for score in (1, 2, 3):
        add(journal, score)
    assert "journal restore" not in journal("check").out
    file.write_bytes(file.read_bytes()[:250])
    done = journal("check")
    assert done.code == 1
    assert "journal.json.bak has 1 entry that your journal lacks" in done.out
    file.unlink()
    missing = journal("check")
    assert missing.code == 2
    assert "journal restore" in missing.err


def test_a_copy_with_an_entry_that_may_not_enter_is_one_line(journal: Journal, file: Path) -> None:
    add(journal)
    sign = '{"kind":"sign","id":"s","at":"2026-11-20T07:10:00Z","sign":"numb","resolution":"gone"}'
    copy = file.with_name("journal.json.bak")
    whole = '{"format": "itband-journal", "schema": 1, "min_reader": 1, "entries": [%s]}'
    copy.write_text(whole % sign)
    before = file.read_bytes()
    done = journal("restore", copy.name, "--yes")
    assert done.code == 1
    assert "Choose another copy." in done.err
    assert done.err.count("\n") == 1
    assert file.read_bytes() == before


def test_copies_that_cannot_be_listed_are_one_line(journal: Journal, file: Path) -> None:
    file.parent.mkdir()
    (file.parent / "backups").write_text("in the way")
    journal("restore").refused(1, "backups", "cannot be listed")
    file.symlink_to(file)
    (file.parent / "backups").unlink()
    journal("restore").refused(1, "journal.json", "cannot be listed")
