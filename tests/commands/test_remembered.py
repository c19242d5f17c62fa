"""The commands, when a sync tool has put an older file in the journal's place."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from itband_gui.commands.shared import backups_of, log_of
from itband_gui.journal.backups import Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.snapshot import FILE_NAME
from itband_gui.machine.folders import acknowledged_file
from tests.commands.conftest import Done, Journal, add, book
from tests.commands.stories import NINE

BACK = (
    "itband-gui: 4 entries saved on this computer were missing from the file and have been put "
    "back.\n"
)


@pytest.fixture
def rolled_back(journal: Journal, file: Path) -> list[str]:
    """Add ten ratings, put the file of the first six back, and return the ids of all."""
    ids = []
    for score in range(1, 11):
        ids.append(journal("add", "--leg", "left", "--score", str(score)).out.strip())
        if score == 6:
            older = file.read_bytes()
    file.write_bytes(older)
    return ids


def test_one_more_add_brings_back_what_was_missing_and_says_so(
    journal: Journal, file: Path, rolled_back: list[str]
) -> None:
    done = journal("add", "--leg", "left", "--score", "1")
    assert (done.code, done.err) == (0, BACK)
    assert sorted([*rolled_back, done.out.strip()]) == sorted(entry.id for entry in book(file))
    assert journal("add", "--leg", "left", "--score", "2").err == ""


@pytest.mark.parametrize(
    ("command", "lines", "told"),
    [
        (["list"], 10, "10/10"),
        (["list", "--json"], 10, '"score":10,'),
        (["check"], 1, ", 10 entries."),
    ],
)
def test_to_look_at_it_brings_it_back_too(
    journal: Journal, file: Path, rolled_back: list[str], command: list[str], lines: int, told: str
) -> None:
    done = journal(*command)
    assert (done.code, done.err) == (0, BACK)
    assert (done.out.count("\n"), done.out.count(told)) == (lines, 1)
    assert len(book(file)) == len(rolled_back) == 10
    again = journal(*command)
    assert (again.out, again.err) == (done.out, "")


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_real_program_does_so(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    program = [sys.executable, "-m", "itband_gui", "--data-dir", str(folder), "journal"]

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [*program, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)

    for score in range(1, 11):
        run("add", "--leg", "left", "--score", str(score))
        if score == 6:
            older = (folder / FILE_NAME).read_bytes()
    (folder / FILE_NAME).write_bytes(older)
    assert run("add", "--leg", "left", "--score", "0").stderr == BACK
    checked = run("check")
    assert (checked.stdout.endswith(", 11 entries.\n"), checked.stderr) == (True, "")


@pytest.mark.parametrize(
    "command", [["export", "--csv", "-"], ["restore", "1", "--yes"], ["import", "--yes"]]
)
def test_the_other_commands_that_open_the_journal_do_so_too(
    journal: Journal, file: Path, typed: Path, rolled_back: list[str], command: list[str]
) -> None:
    arguments = [*command, str(typed)] if command[0] == "import" else command
    assert BACK in journal(*arguments).err
    if command[0] != "restore":
        assert set(rolled_back) <= {entry.id for entry in book(file)}


def test_a_dry_run_leaves_the_journal_as_it_is(
    journal: Journal, file: Path, typed: Path, rolled_back: list[str]
) -> None:
    before = contents(file.parent)
    for _ in range(2):
        done = journal("import", "--dry-run", str(typed))
        assert (done.code, done.err) == (0, "")
        assert done.out.endswith("\nNothing was changed.\n")
        assert contents(file.parent) == before
    assert journal("list").err == BACK
    assert len(book(file)) == len(rolled_back)


def test_a_dry_run_tells_what_an_import_would_do_with_what_is_missing(
    journal: Journal, file: Path, rolled_back: list[str], tmp_path: Path
) -> None:
    older, ten = file.read_bytes(), tmp_path / "ten.json"
    journal("export", "--json", str(ten))
    file.write_bytes(older)
    done = journal("import", "--dry-run", str(ten))
    assert f"  Same as yours: {len(rolled_back)}\n" in done.out
    assert file.read_bytes() == older


def test_what_opening_it_has_put_back_is_not_called_nothing(
    journal: Journal, file: Path, rolled_back: list[str], tmp_path: Path
) -> None:
    older, ten = file.read_bytes(), tmp_path / "ten.json"
    journal("export", "--json", str(ten))
    copies = backups_of(file)
    none = copies.keep(encode(Book()), NINE, Why.TIMED)
    all_ten = copies.keep(ten.read_bytes(), NINE + timedelta(hours=1), Why.TIMED)
    assert none is not None
    assert all_ten is not None
    (file.parent / "backups").rename(aside := tmp_path / "aside")
    for command, told in (
        (["import", str(ten)], "Nothing else was changed.\n"),
        (
            ["restore", all_ten.path.name],
            "Your journal already has exactly these entries. Nothing else was changed.\n",
        ),
        (
            ["restore", none.path.name],
            "Nothing else was changed. Many entries would go: add --yes",
        ),
    ):
        shutil.rmtree(file.parent / "backups", ignore_errors=True)
        shutil.copytree(aside, file.parent / "backups")
        file.write_bytes(older)
        done = journal(*command)
        assert BACK in done.err
        assert told in done.out + done.err
        assert len(book(file)) == len(rolled_back)


@pytest.mark.parametrize("command", [["import"], ["restore", "--yes", "journal.json.bak"]])
def test_where_no_copy_can_be_kept_nothing_else_is_changed(
    journal: Journal, file: Path, typed: Path, rolled_back: list[str], command: list[str]
) -> None:
    shutil.rmtree(file.parent / "backups", ignore_errors=True)
    (file.parent / "backups").symlink_to(file.parent / "gone" / "disk")
    done = journal(*command, *([str(typed)] if command == ["import"] else []))
    assert done.code == 1
    assert BACK in done.err
    assert "Nothing else was changed. The journal could not be copied first." in done.err
    assert len(book(file)) == len(rolled_back)


def test_one_entry_and_one_change_are_told_in_the_singular(journal: Journal, file: Path) -> None:
    add(journal)
    older = file.read_bytes()
    add(journal)
    file.write_bytes(older)
    assert "1 entry saved on this computer was missing from the file and has been put back." in (
        journal("check").err
    )


def test_a_line_taken_out_by_hand_is_told_with_where_the_copy_is(
    journal: Journal, file: Path
) -> None:
    for _ in range(3):
        add(journal)
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:2], *lines[3:]]))
    told = journal("list").err
    assert "1 entry saved on this computer was removed by another program or device." in told
    assert "journal restore --list" in told
    assert "3 entries" in journal("restore", "--list").out
    assert journal("list").err == ""
    assert len(book(file)) == 2


@contextmanager
def no_writing() -> Iterator[None]:
    """Have the system refuse every byte of a file, to root as well."""
    resource = pytest.importorskip("resource", reason="Windows has no such limits")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_where_the_file_cannot_be_written_it_is_said_that_it_still_lacks_them(
    journal: Journal, rolled_back: list[str]
) -> None:
    with no_writing():
        done = journal("list")
    assert "4 entries or changes saved on this computer are missing from the file" in done.err
    assert done.out.count("\n") == len(rolled_back)


def test_another_file_than_the_journal_is_checked_as_it_is(
    journal: Journal, file: Path, rolled_back: list[str], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.json"
    copy.write_bytes(file.read_bytes())
    done = journal("check", str(copy))
    assert (done.code, done.err) == (0, "")
    assert "6 entries." in done.out
    assert copy.read_bytes() == file.read_bytes()
    assert len(rolled_back) == 10


def test_a_data_folder_that_is_a_copy_of_another_is_another(
    journal: Journal, file: Path, rolled_back: list[str], tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / FILE_NAME).write_bytes(file.read_bytes())
    done = journal("list", "--data-dir", str(copy))
    assert (done.out.count("\n"), done.err) == (6, "")
    assert len(rolled_back) == 10


def test_a_damaged_or_missing_journal_can_be_had_back_as_it_was_last_saved(
    journal: Journal, file: Path, rolled_back: list[str]
) -> None:
    for spoil in (lambda: file.write_bytes(bytes(900)), file.unlink):
        spoil()
        listed = journal("restore", "--list")
        newest = listed.out.splitlines()[0]
        assert "10 entries" in newest
        assert "last saved on this computer" in newest
        done: Done = journal("restore", "1", "--yes")
        assert done.code == 0
        assert {entry.id for entry in book(file)} == set(rolled_back)


def test_where_it_is_remembered_is_outside_of_the_data_folder(journal: Journal, file: Path) -> None:
    add(journal)
    log = log_of(file).file
    assert log.exists()
    assert not log.is_relative_to(file.parent)


def a_file_for_its_folder(log: Path) -> None:
    log.parent.rmdir()
    log.parent.write_text("in the way")


def a_pipe(log: Path) -> None:
    os.mkfifo(log)  # which an `open` would wait for; a save puts a file in its place


@pytest.mark.skipif(sys.platform == "win32", reason="has no such pipes")
@pytest.mark.parametrize(
    ("trouble", "is_said"), [(Path.mkdir, True), (a_file_for_its_folder, True), (a_pipe, False)]
)
def test_where_nothing_can_be_remembered_that_is_said(
    journal: Journal, file: Path, trouble: Callable[[Path], None], is_said: bool
) -> None:
    log = acknowledged_file(file, os.environ)
    log.parent.mkdir(parents=True)
    trouble(log)
    journal("add", "--leg", "left", "--score", "3")
    added = journal("add", "--leg", "left", "--score", "3")
    assert added.code == 0
    assert ("could not keep its own record of it" in added.err) is is_said
    assert log.is_file() is not is_said
