"""An import is previewed, can be undone with one command, and names refused rows with reasons."""

import io
import os
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui import cli
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Activity, Ended, RestDay, Session, Sport
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg
from tests.commands.conftest import TYPED, Journal, add, book

START = "import sys; from itband_gui import cli; sys.exit(cli.run(cli.parse(sys.argv[1:])))"


def test_an_import_says_what_it_does_and_how_to_undo_it(
    journal: Journal, file: Path, typed: Path
) -> None:
    add(journal)
    before = list(book(file))
    done = journal("import", str(typed))
    assert (done.code, done.err) == (0, "")
    assert "New: 2" in done.out
    assert len(book(file)) == 3
    undo = done.out.split("itband-gui journal ")[1].split()
    assert journal(*undo).code == 0
    assert list(book(file)) == before


def test_the_way_back_names_the_data_folder_that_was_named(
    journal: Journal, typed: Path, tmp_path: Path
) -> None:
    there = tmp_path / "my data"
    given = ("--data-dir", str(there))
    journal("add", "--leg", "left", "--score", "4", *given)
    done = journal("import", str(typed), *given)
    undo = shlex.split(done.out.split("To undo it: itband-gui ")[1])
    assert undo[:3] == [*given, "journal"]
    assert cli.run(cli.parse(undo)) == 0
    assert len(book(there / "journal.json")) == 1


def test_importing_twice_changes_nothing(journal: Journal, file: Path, typed: Path) -> None:
    journal("import", str(typed))
    before = file.read_bytes()
    done = journal("import", str(typed))
    assert done.code == 0
    assert "Same as yours: 2" in done.out
    assert "Nothing was changed" in done.out
    assert file.read_bytes() == before


def test_a_dry_run_only_tells(journal: Journal, file: Path, typed: Path) -> None:
    done = journal("import", "--dry-run", str(typed))
    assert done.code == 0
    assert "New: 2" in done.out
    assert not file.parent.exists()


def test_rows_that_cannot_be_taken_are_named_and_the_others_taken(
    journal: Journal, file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "some.csv"
    table.write_text(f'{TYPED}soon,left,4\n2026-11-20,left,44\n2026-11-20,"\x1b[31m",4\n')
    done = journal("import", str(table))
    assert done.code == 1
    assert "Row 4: date must look like 2026-11-22" in done.out
    assert "Row 5: score “44” must be from 0 to 10." in done.out
    assert "Row 6: leg has an unknown word: “\u241b[31m”." in done.out
    assert len(book(file)) == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2026-11-20,25:00,left,4,", "time must be a time like 07:10, not “25:00”."),
        (
            "9/10/2026,,left,4,",
            "date can mean two different days: “9/10/2026”. Write it like 2026-11-22.",
        ),
        ("45983,,left,4,", "date is a spreadsheet’s number for a day: “45983”. Format that column"),
        (
            "2026-11-20,,left,4,2026-11-19T07:10",
            "date says “2026-11-20”, but at says “2026-11-19T07:10”. Make them agree",
        ),
    ],
)
def test_a_refusal_names_the_cell_that_is_wrong_and_what_is_in_it(
    journal: Journal, tmp_path: Path, row: str, told: str
) -> None:
    table = tmp_path / "one.csv"
    table.write_text(f"date,time,leg,score,at\n{row}\n")
    assert f"Row 2: {told}" in journal("import", str(table)).out


def test_a_sign_that_is_half_resolved_names_what_is_missing(
    journal: Journal, tmp_path: Path
) -> None:
    table = tmp_path / "signs.csv"
    table.write_text("kind,date,sign,resolution\nsign,2026-11-20,numb,gone\n,2026-11-20,numb,\n")
    done = journal("import", str(table))
    assert "Row 2: resolved is missing. It is needed because resolution is filled in" in done.out
    assert (
        "Row 3: kind is missing. Without it the row is a rating, and a rating has no sign."
        in done.out
    )


def test_what_looks_like_one_that_is_there_is_imported_only_if_wished(
    journal: Journal, file: Path, typed: Path
) -> None:
    journal("import", str(typed))
    typed.write_text(TYPED.replace("left,4", "left,6").replace("right,5", "right,7"))
    done = journal("import", str(typed))
    assert done.code == 0
    why = "skipped: same kind and leg, at the same time or on the same day"
    assert f"  Looks like one of yours ({why}): 2\n" in done.out
    assert "  Add --take-doubles to import entries that look like yours, too.\n" in done.out
    assert "Nothing was changed" in done.out
    assert len(book(file)) == 2
    done = journal("import", str(typed), "--take-doubles")
    assert "  New: 2\n" in done.out
    assert "  New, though like one of yours: 2\n" in done.out
    assert len(book(file)) == 4


def test_many_refusals_and_foreign_columns_are_told_in_short(
    journal: Journal, tmp_path: Path
) -> None:
    table = tmp_path / "many.csv"
    table.write_text("date,leg,score,mood\n" + f"soon{'x' * 99},left,4,good\n" * 30)
    done = journal("import", str(table))
    assert done.out.count("\n  Row ") == 20
    assert "Cannot be imported: 30" in done.out
    assert "10 more that cannot be imported" in done.out
    assert "Columns skipped: mood" in done.out
    assert "x" * 80 not in done.out


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04\xff", "UTF-8"),
        (b"hello", "date, leg, score"),
        (b"{}", "neither"),
        (b"date,score,score\n", "two columns called “score”"),
    ],
)
def test_a_file_of_something_else_is_one_line(
    data: bytes, words: str, journal: Journal, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_bytes(data)
    journal("import", str(other)).refused(1, words)
    assert not file.exists()


def test_a_file_that_cannot_be_read_is_one_line(journal: Journal, tmp_path: Path) -> None:
    journal("import", str(tmp_path / "gone")).refused(1, "No such file")
    journal("import", str(tmp_path)).refused(1, "cannot be read")
    giant = tmp_path / "giant"
    with giant.open("wb") as stream:
        stream.truncate(32 * 1024 * 1024 + 1)
    journal("import", str(giant)).refused(1, "32 MB")


def test_what_comes_in_by_the_input_is_taken(
    journal: Journal, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with io.TextIOWrapper(io.BytesIO(TYPED.encode())) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert journal("import", "-").code == 0
    assert len(book(file)) == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", "Standard input: The file is empty. Choose another one."),
        ("{}", "Standard input: The file is neither a journal of this program nor a table."),
        (TYPED, "Standard input holds 2 entries:"),
    ],
)
def test_the_input_is_named_in_words(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, data: str, told: str
) -> None:
    with io.TextIOWrapper(io.BytesIO(data.encode())) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        done = journal("import", "--dry-run", "-")
    assert told in (done.err + done.out).splitlines()[0]


def test_nothing_is_imported_into_a_journal_that_cannot_be_written(
    journal: Journal, file: Path, typed: Path
) -> None:
    add(journal)
    file.write_bytes(file.read_bytes()[:-50])
    before = file.read_bytes()
    journal("import", str(typed)).refused(1, "damaged")
    assert file.read_bytes() == before


def test_without_a_copy_of_the_journal_nothing_is_imported(
    journal: Journal, file: Path, typed: Path
) -> None:
    add(journal)
    before = file.read_bytes()
    (file.parent / "backups").write_text("in the way")
    done = journal("import", str(typed))
    assert done.code == 1
    assert "Nothing was changed" in done.err
    assert done.err.count("\n") == 1
    assert file.read_bytes() == before


def test_a_copy_that_cannot_be_kept_is_told_with_what_was_added(
    journal: Journal, file: Path
) -> None:
    add(journal)
    (file.parent / "backups").write_text("in the way")
    done = journal("add", "--leg", "left", "--score", "4")
    assert done.code == 0
    assert len(done.out.splitlines()) == 1
    assert "no backup copy could be made" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminal there")
@pytest.mark.parametrize(("answer", "code", "held"), [("y", 0, 3), ("n", 1, 1), ("\x04", 1, 1)])
def test_at_a_terminal_it_is_asked_first(
    answer: str, code: int, held: int, journal: Journal, file: Path, typed: Path
) -> None:
    add(journal)
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", START, "journal", "import", str(typed)],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        os.write(ours, f"{answer}\n".encode())
        assert process.wait(timeout=300) == code
        assert process.stderr is not None
        assert process.stderr.read() == b""
    os.close(ours)
    assert len(book(file)) == held


def test_activities_go_out_and_in_again_by_table_and_by_journal(
    journal: Journal, file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "gym.csv"
    rows = "activity,2026-11-20,gym,45,6\nactivity,2026-11-21,chess,45,6\n"
    table.write_text(f"kind,date,sport,minutes,effort\n{rows}")
    done = journal("import", str(table), "--yes")
    assert "sport has an unknown word: “chess”." in done.out
    (kept,) = book(file)
    assert isinstance(kept, Activity)
    assert (kept.sport, kept.minutes, kept.effort) == (Sport.STRENGTH, 45, 6)
    assert "activity  -      strength, 45 min, effort 6/10" in journal("list").out
    for way, name in (("--csv", "out.csv"), ("--json", "out.json")):
        assert journal("export", way, str(tmp_path / name)).code == 0
        there = tmp_path / way / "journal.json"
        into = ("--data-dir", str(there.parent))
        assert journal("import", str(tmp_path / name), *into).code == 0
        assert list(book(there)) == [kept]


def test_a_stopped_session_is_listed_with_its_leg(journal: Journal, file: Path) -> None:
    held = Book()
    held.add(
        Session(
            id="s",
            at=datetime(2026, 11, 20, tzinfo=UTC),
            routine="full",
            legs=(Leg.LEFT, Leg.RIGHT),
            hands_on_seconds=60,
            total_seconds=90,
            ended=Ended.STOPPED,
            stopped_for="sharp",
            stopped_leg=Leg.LEFT,
        )
    )
    Store(file).save(held)
    assert "stopped (left leg), 1:00 min hands on" in journal("list").out


def test_a_journal_brings_its_entries_of_the_future_and_check_tells_of_them(
    journal: Journal, tmp_path: Path
) -> None:
    """Nothing that a program of ours wrote is left out; what a table says ahead is refused."""
    held = Book()
    held.add(RestDay(id="ahead", at=datetime(2199, 5, 1, 9, tzinfo=UTC)))
    other = tmp_path / "other" / "journal.json"
    Store(other).save(held)
    assert "New: 1" in journal("import", str(other)).out
    assert "One entry is dated in the future (1 May 2199)." in journal("check").out
    table = tmp_path / "ahead.csv"
    table.write_text("date,leg,score\n2199-05-01,left,4\n", "utf-8")
    assert journal("import", str(table)).code != 0
