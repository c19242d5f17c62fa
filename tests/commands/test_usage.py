"""Rules for every command."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from itband_gui import cli
from itband_gui.machine.terminal import plain
from tests.commands.conftest import Journal, add
from tests.fleet import CHECKOUT
from tests.no_locks import no_locks


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


PARSERS = [
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


@pytest.mark.parametrize("command", PARSERS, ids=" ".join)
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


def test_help_says_what_is_imported_beside_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    helped = " ".join(said(capsys, "journal", "import", "--help").split())
    assert "--take-doubles also import rows that look like entries you already have" in helped


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
            timeout=300,
        )
        assert done.stdout.splitlines()[-1] == "", arguments


@pytest.mark.skipif(sys.platform == "win32", reason="locks in another way")
def test_a_disk_without_locks_is_told_after_the_save(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.flock", no_locks)
    for lines in (2, 1):  # the first time, it is said that a journal was begun
        added = journal("add", "--leg", "left", "--score", "3")
        assert (added.code, added.out.count("\n"), added.err.count("\n")) == (0, 1, lines)
        assert "cannot stop two programs from saving at once" in added.err


COMMANDS = (
    ("journal", "list"),
    ("journal", "add", "--leg", "left", "--score", "3"),
    ("journal", "check"),
    ("journal", "export", "--csv", "-"),
    ("journal", "export", "--json", "{file}"),
    ("journal", "import", "{file}"),
    ("journal", "restore", "--list"),
    ("journal", "restore", "{file}"),
    ("today",),
    ("today", "--json"),
    ("doctor",),
    ("doctor", "--report"),
    ("report", "--since", "2026-01-01", "--out", "{file}"),
    ("tour", "{file}"),
    (),
)


def ran(
    arguments: tuple[str, ...], folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program as a shell in `folder` does, without a screen."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    shell = ("/bin/sh", "-c", 'cd "$1" && rmdir -- "$1" 2>/dev/null; shift; exec "$@"', "sh")
    return subprocess.run(
        [*shell, str(folder), sys.executable, "-m", "itband_gui", *arguments],
        env={**kept, "PYTHONPATH": str(CHECKOUT), "QT_QPA_PLATFORM": "offscreen", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="keeps a folder that somebody is in")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("how", ["option", "variable"])
def test_in_a_folder_that_is_gone_a_relative_path_is_one_plain_line(
    command: tuple[str, ...], how: str, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    arguments = tuple(word.format(file="x") for word in command)
    if how == "option":
        done = ran((*arguments, "--data-dir", "x"), gone)
    else:
        done = ran(arguments, gone, ITBAND_GUI_DATA_DIR="x")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "the folder you are in no longer exists" in done.stderr


HOSTILE = "x\x1b[31m\x1b]52;c;YQ==\x07\u202e\nitband-gui: y"


@pytest.mark.skipif(sys.platform == "win32", reason="has no such names")
@pytest.mark.parametrize("command", COMMANDS[:-1], ids=" ".join)
def test_a_hostile_name_is_shown_as_plain_text(command: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / HOSTILE
    (folder / "stays").mkdir(parents=True)
    arguments = tuple(word.format(file=f"{HOSTILE}/t") for word in command)
    done = ran((*arguments, "--data-dir", str(folder / "data")), folder)
    shown = done.stdout + done.stderr
    assert plain(shown.replace("\n", "")) == shown.replace("\n", "")
    assert not [line for line in shown.splitlines() if line == "itband-gui: y"]


def test_a_list_as_json_is_what_an_export_holds(journal: Journal, file: Path) -> None:
    add(journal)
    (line,) = journal("list", "--json").out.splitlines()
    assert json.loads(line) == json.loads(journal("export", "--json", "-").out)["entries"][0]


AS_NOBODY = """
import os, pwd, sys
os.environ.pop("HOME", None)
def unknown(uid): raise KeyError(uid)
pwd.getpwuid = unknown
from itband_gui.app import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no `pwd`")
@pytest.mark.parametrize("command", COMMANDS[:4], ids=" ".join)
def test_a_user_without_a_home_is_told_what_to_do(command: tuple[str, ...]) -> None:
    arguments = [word.format(file="x") for word in command]
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT)},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "set HOME or give --data-dir" in done.stderr
