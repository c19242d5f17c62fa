"""What holds for every command that exchanges entries."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Journal, add


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export",), "--csv --json"),
        (("export", "--csv", "a", "--json", "b"), "not allowed"),
        (("export", "--csv", ""), "a file is missing"),
        (("export", "--xml", "a"), "--csv"),
        (("import",), "FILE"),
        (("import", ""), "a file is missing"),
        (("import", "a", "b"), "b"),
        (("restore", "a", "b"), "b"),
    ],
)
def test_bad_usage_is_one_line(arguments: tuple[str, ...], words: str, journal: Journal) -> None:
    journal(*arguments).refused(2, words)


def test_no_command_brings_in_qt(journal: Journal, file: Path, typed: Path) -> None:
    add(journal)
    add(journal)
    probe = (
        "import sys\n"
        "from itband_gui import cli\n"
        "code = cli.run(cli.parse(sys.argv[1:]))\n"
        "print(*[name for name in sys.modules if 'PySide6' in name or 'shiboken' in name])\n"
        "sys.exit(code)\n"
    )
    for arguments in (
        ("export", "--csv", "-"),
        ("import", str(typed)),
        ("restore", "--list"),
        ("restore", "1"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", probe, "journal", *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "", arguments


def test_a_list_as_json_is_what_an_export_holds(journal: Journal, file: Path) -> None:
    add(journal)
    (line,) = journal("list", "--json").out.splitlines()
    assert json.loads(line) == json.loads(journal("export", "--json", "-").out)["entries"][0]
