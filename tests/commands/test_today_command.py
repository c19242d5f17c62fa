"""`today` works as text, without a journal and without Qt."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from itband_gui import cli
from itband_gui.journal.book import Book
from itband_gui.journal.store import Store
from tests.commands.stories import CALM, NINE, sign
from tests.insight.making import LEFT


def test_it_is_said_in_words_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Book()
    for entry in [*CALM, sign(1, "clot", LEFT)]:
        book.add(entry)
    Store(tmp_path / "journal.json").save(book)
    words = ["today", "--at", NINE.isoformat(), "--data-dir", str(tmp_path)]
    assert cli.run(cli.parse(words)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Rest today. No run today: a warning sign is open."
    assert any(line.startswith("Get medical help today") for line in lines)


def test_without_a_journal_there_is_not_enough_to_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(cli.parse(["today", "--json", "--data-dir", str(tmp_path)])) == 0
    assert json.loads(capsys.readouterr().out)["light"] == "unknown"


def test_it_starts_no_qt(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom itband_gui import cli\n"
        f"cli.run(cli.parse(['today', '--data-dir', {str(tmp_path)!r}]))\n"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=300, capture_output=True)
