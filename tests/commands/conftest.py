"""Runs the journal's commands in this process, in a separate data folder."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from itband_gui import cli
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Entry, new_id
from itband_gui.journal.store import LoadCode, Store
from tests.commands.stories import NINE, Say, Told

TYPED = "date,leg,score\n2026-11-20,left,4\n2026-11-20,right,5\n"
Journal = Callable[..., "Done"]


class Done:
    """The output and exit code of a command."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    def refused(self, code: int, *words: str) -> None:
        """Expect one plain line on stderr, nothing on stdout, and the exit code."""
        assert (self.code, self.out) == (code, "")
        assert self.err.startswith("itband-gui: ")
        assert self.err.count("\n") == 1
        for word in words:
            assert word in self.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of the journal, which does not exist yet."""
    return tmp_path / "data" / "journal.json"


@pytest.fixture
def journal(capsys: pytest.CaptureFixture[str]) -> Journal:
    """Return a function that runs a command of the journal."""

    def run(*arguments: str) -> Done:
        try:
            code = cli.run(cli.parse(["journal", *arguments]))
        except SystemExit as left:
            code = int(left.code or 0)
        output = capsys.readouterr()
        return Done(code, output.out, output.err)

    return run


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    """Return a table of two ratings."""
    path = tmp_path / "typed.csv"
    path.write_text(TYPED)
    return path


def add(journal: Journal, score: int = 4, note: str = "") -> None:
    assert journal("add", "--leg", "left", "--score", str(score), "--note", note).code == 0


def book(file: Path) -> Book:
    loaded = Store(file).load()
    assert loaded.code is LoadCode.SOUND
    return loaded.book


def names(journal: Journal) -> list[str]:
    """Return the names of the listed copies."""
    listed = journal("restore", "--list")
    assert listed.code == 0
    return [line.split()[-1] for line in listed.out.splitlines()[:-1]]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Return a function that writes a journal and returns its `today --json` at a moment."""

    def tell(entries: Sequence[Entry], moment: datetime = NINE) -> Say:
        folder = tmp_path / new_id()
        folder.mkdir()
        book = Book()
        for entry in entries:
            book.add(entry)
        Store(folder / "journal.json").save(book)
        words = ["today", "--at", moment.isoformat(), "--json", "--data-dir", str(folder)]
        assert cli.run(cli.parse(words)) == 0
        said: Say = json.loads(capsys.readouterr().out)
        return said

    return tell
