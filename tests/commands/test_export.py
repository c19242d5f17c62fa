"""An export is private, can be read back completely, and never replaces the wrong file."""

import csv
import io
from pathlib import Path

from tests.commands.conftest import Journal, add, book


def test_a_table_is_written_for_its_owner_alone_and_read_back(
    journal: Journal, file: Path, tmp_path: Path
) -> None:
    add(journal, note="=1+1")
    table = tmp_path / "out.csv"
    done = journal("export", "--csv", str(table))
    assert (done.code, done.err) == (0, "")
    assert "1 entry" in done.out
    assert "not encrypted" in done.out
    assert table.stat().st_mode & 0o777 == 0o600
    (row,) = csv.DictReader(io.StringIO(table.read_text("utf-8-sig")))
    assert (row["score"], row["note"]) == ("4", "'=1+1")
    before = list(book(file))
    file.unlink()
    assert journal("import", str(table)).code == 0
    assert list(book(file)) == before


def test_a_table_can_have_semicolons_and_is_read_back(
    journal: Journal, file: Path, tmp_path: Path
) -> None:
    rows = "kind,date,minutes,effort,distance_km,note\nrun,2026-11-20,40,3,7.5,x;=1+1;\n"
    (tmp_path / "in.csv").write_text(rows)
    journal("import", str(tmp_path / "in.csv"))
    table = tmp_path / "out.csv"
    assert journal("export", "--csv", str(table), "--semicolons").code == 0
    (row,) = csv.DictReader(io.StringIO(table.read_text("utf-8-sig")), delimiter=";")
    assert (row["minutes"], row["distance_km"]) == ("40", "7,5")
    before = list(book(file))
    file.unlink()
    assert journal("import", str(table)).code == 0
    assert list(book(file)) == before


def test_semicolons_are_for_a_table(journal: Journal, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    journal("export", "--json", str(copy), "--semicolons").refused(2, "--semicolons", "--csv")
    assert not copy.exists()


def test_an_exported_journal_is_sound_by_itself(journal: Journal, tmp_path: Path) -> None:
    add(journal)
    copy = tmp_path / "copy.json"
    assert journal("export", "--json", str(copy)).code == 0
    assert journal("check", str(copy)).out == f"Sound: {copy}, 1 entry.\n"


def test_to_the_output_nothing_else_is_written(journal: Journal, file: Path) -> None:
    add(journal)
    assert journal("export", "--json", "-").out == file.read_text()


def test_a_file_that_is_there_is_replaced_only_if_that_is_meant(
    journal: Journal, tmp_path: Path
) -> None:
    add(journal)
    there = tmp_path / "there.csv"
    there.write_text("mine")
    journal("export", "--csv", str(there)).refused(2, "already", "--force")
    assert there.read_text() == "mine"
    assert journal("export", "--csv", str(there), "--force").code == 0
    assert there.read_bytes().startswith(b'\xef\xbb\xbf"at"')


def test_the_journal_and_its_copy_are_never_written_over(
    journal: Journal, file: Path, tmp_path: Path
) -> None:
    add(journal)
    add(journal)
    link, twin = tmp_path / "link.csv", tmp_path / "twin.csv"
    link.symlink_to(file)
    twin.hardlink_to(file)
    before = file.read_bytes()
    for target in (file, link, twin, file.with_name("journal.json.bak")):
        journal("export", "--csv", str(target), "--force").refused(2, "journal itself")
    assert file.read_bytes() == before


def test_what_is_no_file_is_not_written_over(journal: Journal, tmp_path: Path) -> None:
    add(journal)
    journal("export", "--csv", str(tmp_path), "--force").refused(2, "not a file")
    journal("export", "--csv", "/dev/null", "--force").refused(2, "not a file", "-")


def test_an_export_that_cannot_be_written_says_why(journal: Journal, tmp_path: Path) -> None:
    journal("export", "--csv", str(tmp_path / "out.csv")).refused(1, "no journal")
    add(journal)
    gone = tmp_path / "gone" / "out.csv"
    journal("export", "--csv", str(gone)).refused(1, "Not saved. ", "folder", "another place")
    (tmp_path / "file").touch()
    within = str(tmp_path / "file" / "out.csv")
    journal("export", "--csv", within).refused(1, f"{tmp_path / 'file'} is not a folder")
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    journal("export", "--csv", str(circle)).refused(1, "Not saved. ")


def test_of_a_damaged_journal_what_can_be_read_is_exported(
    journal: Journal, file: Path, tmp_path: Path
) -> None:
    add(journal)
    file.write_bytes(file.read_bytes()[:-50])
    copy = tmp_path / "copy.json"
    done = journal("export", "--json", str(copy))
    assert done.code == 1
    assert "damaged" in done.err
    assert len(book(copy)) == 1


def test_a_journal_of_a_newer_version_is_exported_as_far_as_it_is_understood(
    journal: Journal, file: Path
) -> None:
    add(journal)
    file.write_bytes(file.read_bytes().replace(b'"min_reader": 1', b'"min_reader": 9'))
    journal("export", "--json", "-").refused(1, "newer", "--csv")
    assert journal("export", "--csv", "-").out.count("\n") == 2
