"""`itband-gui report` writes a PDF without a screen and reports errors in one line."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from itband_gui.journal.book import Book
from itband_gui.journal.store import Store
from tests.insight.journals import calm_month

Done = subprocess.CompletedProcess[bytes]
TODAY = date.today() - timedelta(days=1)  # noqa: DTZ011 - the command asks the machine's clock
SINCE = (TODAY - timedelta(days=20)).isoformat()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with a month of a runner's journal, up to yesterday."""
    book = Book()
    book.add_all(calm_month(last=TODAY))
    folder = tmp_path / "data"
    folder.mkdir()
    Store(folder / "journal.json").save(book)
    return folder


def report(data: Path, *arguments: str) -> Done:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environ.pop("DISPLAY", None)
    command = [sys.executable, "-m", "itband_gui", "--data-dir", str(data), "report", *arguments]
    return subprocess.run(command, capture_output=True, env=environ, check=False, timeout=300)


def refused(done: Done, code: int, *words: str) -> None:
    told = done.stderr.decode()
    assert (done.returncode, done.stdout, told.count("\n")) == (code, b"", 1)
    assert told.startswith("itband-gui")
    for word in words:
        assert word in told


def test_a_page_is_written_for_its_owner_alone(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    done = report(data, "--since", SINCE, "--out", str(file), "--name", "<b>Ann</b> \u05e9\u05dc")
    assert (done.returncode, done.stderr) == (0, b"")
    assert str(file).encode() in done.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"/MediaBox [0 0 595" in file.read_bytes()


def test_letter_is_a_paper_and_the_output_a_file(data: Path) -> None:
    done = report(data, "--since", SINCE, "--out", "-", "--paper", "letter")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"/MediaBox [0 0 612" in done.stdout
    assert done.stdout.startswith(b"%PDF-")


def test_a_file_that_is_there_is_replaced_only_if_that_is_meant(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_text("mine")
    refused(report(data, "--since", SINCE, "--out", str(file)), 2, "already", "--force")
    assert file.read_text() == "mine"
    assert report(data, "--since", SINCE, "--out", str(file), "--force").returncode == 0
    assert file.read_bytes().startswith(b"%PDF-")


def test_the_journal_is_never_written_over(data: Path) -> None:
    journal = data / "journal.json"
    before = journal.read_bytes()
    refused(report(data, "--since", SINCE, "--out", str(journal), "--force"), 2, "the journal")
    assert journal.read_bytes() == before


def test_an_empty_page_is_not_made(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    dates = ("--since", "2001-01-01", "--until", "2001-02-01")
    refused(report(data, *dates, "--out", str(file)), 1, "Nothing", "2001-02-01")
    assert not file.exists()


def test_without_a_journal_it_says_where_there_is_none(tmp_path: Path) -> None:
    done = report(tmp_path / "none", "--since", SINCE, "--out", "-")
    refused(done, 1, "no journal", "journal.json", "Give the --data-dir that holds it.")


def test_a_damaged_journal_is_told_and_what_can_be_read_is_printed(
    data: Path, tmp_path: Path
) -> None:
    journal = data / "journal.json"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:40], b"{broken,\n", *lines[40:]]))
    file = tmp_path / "page.pdf"
    done = report(data, "--since", SINCE, "--out", str(file))
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"damaged" in done.stderr
    assert file.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--out", "x.pdf"), "--since"),
        (("--since", SINCE), "--out"),
        (("--since", "yesterday", "--out", "x.pdf"), "2026-11-22"),
        (("--since", "2199-01-01", "--out", "x.pdf"), "--since 2199-01-01 is after today"),
        (
            ("--since", SINCE, "--until", "2199-01-01", "--out", "x.pdf"),
            "--until 2199-01-01 is after today",
        ),
        (
            ("--since", SINCE, "--until", "2001-01-01", "--out", "x.pdf"),
            "is after --until 2001-01-01",
        ),
        (("--since", SINCE, "--out", "x.pdf", "--paper", "a3"), "a4"),
        (("--since", SINCE, "--out", ""), "a file is missing"),
    ],
)
def test_wrong_usage_is_one_line(
    data: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    refused(report(data, *arguments), 2, words)


def test_a_folder_that_is_not_there_is_one_line(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "gone" / "page.pdf"
    refused(
        report(data, "--since", SINCE, "--out", str(file)), 1, str(file.parent), "does not exist"
    )
