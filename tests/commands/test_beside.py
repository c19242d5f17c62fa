"""The commands when there are other journals in the folder, or only those."""

from pathlib import Path
from typing import NoReturn

import pytest

from itband_gui.commands.shared import log_of
from itband_gui.journal import safe_file
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import Rating, RestDay
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from tests.commands.conftest import Done, Journal, add, book
from tests.commands.stories import NINE

SYNOLOGY = "journal_Andy-PC_Nov-30-0901-2026_Conflict.json"


@pytest.fixture
def theirs(journal: Journal, file: Path) -> bytes:
    """Return a journal of two entries, of which the one in its place has the first."""
    add(journal, 3)
    before = file.read_bytes()
    add(journal, 8, note="theirs")
    data = file.read_bytes()
    file.write_bytes(before)
    for kept in (*file.parent.glob("*.bak"), *file.parent.glob("backups/*")):
        kept.unlink()
    log_of(file).forget()  # as on a machine that meets the folder for the first time
    return data


def scores(file: Path) -> list[int]:
    return sorted(entry.score for entry in book(file) if isinstance(entry, Rating))


@pytest.mark.parametrize("command", [["list"], ["list", "--json"], ["check"]])
def test_to_look_takes_in_what_lies_beside_and_says_so(
    journal: Journal, file: Path, theirs: bytes, command: list[str]
) -> None:
    file.with_name("journal-annas-macbook.json").write_bytes(theirs)
    done = journal(*command)
    assert done.code == 0
    assert done.err == (
        "itband-gui: “journal-annas-macbook.json”, in your journal’s folder, is also a journal. "
        "Entries or changes added from it: 1. The file stays where it is.\n"
    )
    assert scores(file) == [3, 8]
    again = journal(*command)
    assert (again.code, again.err) == (0, "")


def test_add_takes_in_a_conflict_and_says_where_it_is(
    journal: Journal, file: Path, theirs: bytes
) -> None:
    copy = file.with_name(SYNOLOGY)
    copy.write_bytes(theirs)
    done = journal("add", "--leg", "left", "--score", "5")
    assert (done.code, done.out.count("\n"), done.err.count("\n")) == (0, 1, 1)
    assert SYNOLOGY in done.err
    assert str(file.parent / "backups" / "conflict-copies") in done.err
    assert scores(file) == [3, 5, 8]
    assert not copy.exists()


def test_check_says_what_lies_beside(journal: Journal, file: Path, theirs: bytes) -> None:
    file.with_name("a.json").write_bytes(theirs)
    journal("check")
    stranger = encode(Book([RestDay(id="x", at=NINE)]))
    file.with_name("ben.json").write_bytes(stranger)
    file.with_name("journal (1).json").write_bytes(theirs[:-90])
    for _ in range(2):
        done = journal("check")
        assert done.code == 0
        lines = done.out.splitlines()
        assert lines[0].startswith("Sound: ")
        assert lines[1] == (
            "  a.json in the same folder is also a journal; this one has all its entries"
        )
        assert lines[2].startswith("  ben.json in the same folder has entries or changes that")
        assert "journal import" in lines[2]
        assert lines[3].startswith(
            "  “journal (1).json”, in your journal’s folder, is a damaged journal."
        )
    assert done.err == "", "what was told once is not told again"


@pytest.mark.parametrize("name", [SYNOLOGY, "journal-annas-macbook.json"])
def test_a_dry_run_takes_nothing_in_and_leaves_every_file_where_it_is(
    journal: Journal, file: Path, theirs: bytes, typed: Path, name: str
) -> None:
    file.with_name(name).write_bytes(theirs)
    before = {path: path.read_bytes() for path in file.parent.iterdir() if path.is_file()}
    done = journal("import", "--dry-run", str(typed))
    assert (done.code, done.err) == (0, "")
    assert "Nothing was changed.\n" in done.out
    after = {path: path.read_bytes() for path in file.parent.iterdir() if path.is_file()}
    assert after == before
    assert name in journal("list").err, "the next command takes it in, and says so"
    assert scores(file) == [3, 8]


def missing(file: Path, theirs: bytes, *names: str) -> None:
    file.unlink()
    for name in names:
        file.with_name(name).write_bytes(theirs)


@pytest.mark.parametrize(
    "names",
    [
        ["journal.json.conflict1", "journal.json.conflict2", "journal.json.bak"],
        ["journal..path1.json"],
        ["journal.json.bak"],
        ["old.txt"],
    ],
)
@pytest.mark.parametrize("command", ["list", "check", "export"])
def test_a_missing_journal_with_copies_is_said_to_be_missing(
    journal: Journal, file: Path, theirs: bytes, names: list[str], command: str
) -> None:
    missing(file, theirs, *names)
    options = ["--json", "-"] if command == "export" else []
    done = journal(command, *options)
    told = "there are copies of it, or other journals beside it. journal restore --list names them"
    done.refused(2 if command == "check" else 1, told)
    assert sorted(path.name for path in file.parent.glob("*.*")) == sorted(names)


def test_each_of_them_can_be_restored_by_name(journal: Journal, file: Path, theirs: bytes) -> None:
    names = ["journal.json.conflict1", "journal..path2.json", "journal.json.bak"]
    missing(file, theirs, *names)
    listed = journal("restore", "--list").out
    assert all(name in listed for name in names)
    done = journal("restore", "journal..path2.json")
    assert (done.code, done.err.count("was there")) == (0, 0)
    assert scores(file) == [3, 8]


def test_add_says_that_it_begins_a_journal_and_what_lay_there(
    journal: Journal, file: Path, theirs: bytes
) -> None:
    missing(file, theirs, "journal..path1.json", "journal.json.bak")
    done = journal("add", "--leg", "left", "--score", "5")
    assert (done.code, done.out.count("\n")) == (0, 1)
    begun, copies, left = done.err.splitlines()
    assert begun == f"itband-gui: A new journal was started: {file}."
    assert copies.endswith(
        ": There are copies of an earlier journal. journal restore --list names them."
    )
    assert "“journal..path1.json” was there before your journal was started" in left
    assert scores(file) == [5]
    assert journal("add", "--leg", "left", "--score", "6").err == ""


def test_where_rclone_renamed_both_add_takes_both_in(
    journal: Journal, file: Path, theirs: bytes
) -> None:
    missing(file, theirs, "journal.json.conflict1", "journal.json.conflict2")
    done = journal("add", "--leg", "left", "--score", "5")
    assert done.code == 0
    assert "A new journal was started" in done.err
    assert "2 copies" in done.err
    assert scores(file) == [3, 5, 8]


def test_the_first_add_says_once_where_the_journal_is(journal: Journal, file: Path) -> None:
    done = journal("add", "--leg", "left", "--score", "5")
    assert done.err == f"itband-gui: A new journal was started: {file}.\n"
    assert journal("add", "--leg", "left", "--score", "5").err == ""


def test_a_name_that_could_steer_a_terminal_is_told_escaped(
    journal: Journal, file: Path, theirs: bytes
) -> None:
    file.with_name("journal\x1b[31m\u202e.json").write_bytes(theirs)
    done: Done = journal("list")
    assert "journal\\u001b[31m\\u202e.json" in done.err
    assert "\x1b" not in done.err + journal("check").out


def test_a_folder_of_other_files_stays_as_it_is(journal: Journal, file: Path) -> None:
    add(journal)
    for number in range(100):
        file.with_name(f"{number}.txt").write_text("no journal")
    done = journal("add", "--leg", "left", "--score", "5")
    assert (done.code, done.err) == (0, "")


def test_what_cannot_be_saved_is_shown_all_the_same_and_said(
    journal: Journal, file: Path, theirs: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.with_name("journal-annas-macbook.json").write_bytes(theirs)

    def full(_target: Path, _data: bytes) -> NoReturn:
        raise NotSavedError(NotSavedCode.FULL, file)

    with monkeypatch.context() as patch:
        patch.setattr(safe_file, "save_file", full)
        done = journal("list", "--json")
    assert (done.code, done.out.count("\n")) == (0, 2)
    assert done.err.startswith("itband-gui: Not saved. The disk is full.")
    assert scores(file) == [3]
    journal("list")
    assert scores(file) == [3, 8]
