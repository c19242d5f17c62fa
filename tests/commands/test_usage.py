"""What holds for every command that exchanges entries."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from itband_gui import cli
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
        (("restore", "1", "--list"), "--list"),
    ],
)
def test_bad_usage_is_one_line(arguments: tuple[str, ...], words: str, journal: Journal) -> None:
    journal(*arguments).refused(2, words)


COMMANDS = [
    (),
    ("journal",),
    *(("journal", name) for name in ("add", "list", "check", "export", "import", "restore")),
    *((name,) for name in ("today", "doctor", "report", "tour")),
]
VALUES = {
    "--at": "2026-11-20",
    "--csv": "x",
    "--data-dir": "x",
    "--json": "x",
    "--leg": "left",
    "--moment": "before",
    "--name": "x",
    "--note": "x",
    "--out": "x",
    "--paper": "a4",
    "--place": "outer-knee",
    "--routine": "full",
    "--scale": "1",
    "--score": "4",
    "--since": "2026-11-20",
    "--size": "800x600",
    "--theme": "dark",
    "--until": "2026-11-21",
}
REPEATED = {"--place"}


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what the command line says instead of taking these arguments."""
    with pytest.raises(SystemExit):
        cli.parse(arguments)
    output = capsys.readouterr()
    return output.out + output.err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_option_that_holds_one_value_is_refused_where_it_is_given_twice(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    helped = said(capsys, *command, "--help")
    options = set(re.findall(r"^  (--[a-z-]+) (?:[A-Z]|\{)", helped, re.MULTILINE))
    assert "--data-dir" in options
    for option in options - REPEATED:
        value = VALUES[option]
        told = said(capsys, *command, option, value, f"{option}={value}")
        assert f"argument {option}: was given twice; give it once" in told
        assert told.count("\n") == 1


def test_an_option_before_and_after_the_command_is_given_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = said(capsys, "--data-dir", "a", "journal", "list", "--data-dir", "b")
    assert "argument --data-dir: was given twice; give it once" in told


def test_what_may_be_repeated_is_taken_each_time() -> None:
    places = ("--place", "outer-knee", "--place", "outer-hip")
    args = cli.parse(["journal", "add", "--leg", "left", "--score", "4", *places])
    assert args.place == ["outer-knee", "outer-hip"]


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
