"""Nothing ends silently: real processes with a real window in which something goes wrong."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg

PROGRAM = Path(__file__).with_name("mishap_window.py")
NOTE = "Zaphod cried terribly"
Done = subprocess.CompletedProcess[str]
posix = pytest.mark.skipif(sys.platform == "win32", reason="has no such modes or signals")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with one telling entry."""
    at = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
    book = Book()
    book.add(Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.BEFORE, score=7, note=NOTE))
    data = tmp_path / "data"
    data.mkdir()
    Store(data / "journal.json").save(book)
    return data


def start(folder: Path, what: str, **environ: str) -> Done:
    return subprocess.run(
        [sys.executable, PROGRAM, folder, what],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environ},
        check=False,
        timeout=120,
    )


def shown(done: Done) -> dict[str, Any]:
    assert done.stdout, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def log_of(folder: Path) -> str:
    return (folder / "state" / "log.txt").read_text("utf-8")


def assert_private(folder: Path) -> None:
    """No file of the state folder holds a word of the note, the score's line or the folder."""
    for file in (folder / "state").glob("*.txt"):
        text = file.read_text("utf-8")
        assert not [
            w for w in (*NOTE.split(), '"score"', str(folder), str(Path.home())) if w in text
        ]


@pytest.mark.parametrize(
    ("what", "kind", "times"),
    [
        ("slot", "KeyError", 1),
        ("paint", "ValueError", 5),
        ("thread", "ValueError", 1),
        ("qthread", "ValueError", 1),
        ("unraisable", "ValueError", 1),
    ],
)
def test_what_nobody_catches_is_one_dialog_with_a_checked_journal(
    folder: Path, what: str, kind: str, times: int
) -> None:
    done = start(folder, what)
    told = shown(done)
    assert done.returncode == 0, done.stderr
    assert told["dialogs"] == 1
    assert "Your journal is safe" in told["journal"]
    assert "Entries: 1." in told["journal"]
    assert (f"happened {times} times" in told["happened"]) == (times > 1)
    assert kind in told["report"]
    assert not set(NOTE.split()) & set(told["report"].split())
    assert "Traceback" not in done.stderr
    assert f"({kind})" in done.stderr
    assert log_of(folder).count(f"unexpected: {kind}") == 1
    assert_private(folder)


@posix
def test_a_fatal_signal_is_in_the_log_and_told_at_the_next_start(folder: Path) -> None:
    assert start(folder, "fatal").returncode == -signal.SIGSEGV
    told = shown(start(folder, "quiet"))
    assert "broke off" in told["notice"]
    assert "Fatal Python error: Segmentation fault" in log_of(folder)
    assert " in fatal\n" in log_of(folder)
    assert_private(folder)
    assert shown(start(folder, "quiet"))["notice"] == "", "it is told once"


def test_a_start_that_fails_says_so_on_the_screen_and_on_one_line(folder: Path) -> None:
    done = start(folder, "start")
    assert done.returncode == 1
    (line,) = (each for each in done.stderr.splitlines() if each.startswith("itband-gui: "))
    assert str(folder / "state" / "log.txt") in line
    assert "Traceback" not in done.stderr
    texts = shown(done)["texts"]
    assert "IT Band Guide could not open its window." in texts
    assert any("Your journal is safe" in text for text in texts)
    assert "ended by: ValueError" in log_of(folder)
    assert_private(folder)


def test_qt_s_messages_and_warnings_are_in_the_log_without_what_they_quote(folder: Path) -> None:
    start(folder, "qt", HOME=str(folder.parent))
    start(folder, "warning")
    assert 'no such font "…" in ~' in log_of(folder)
    assert "RuntimeWarning at mishap_window.py:" in log_of(folder)
    assert_private(folder)


def test_the_versions_are_in_the_log_at_each_start(folder: Path) -> None:
    start(folder, "quiet")
    (line,) = [each for each in log_of(folder).splitlines() if "INFO start: " in each]
    assert all(word in line for word in ("itband-gui ", "Python ", "PySide6 ", "Qt "))


def test_a_damaged_journal_leaves_none_of_its_lines_in_the_log(folder: Path) -> None:
    file = folder / "journal.json"
    file.write_bytes(file.read_bytes().replace(b'"score":7', b'"score":"Zaphod cried"'))
    start(folder, "slot")
    assert_private(folder)


@posix
def test_the_log_and_its_folder_are_for_their_owner_alone(folder: Path) -> None:
    start(folder, "quiet")
    assert (folder / "state").stat().st_mode & 0o777 == 0o700
    files = list((folder / "state").glob("*.txt"))
    assert {file.name for file in files} == {"log.txt", "fatal.txt"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_without_a_place_for_the_log_the_program_goes_on(folder: Path) -> None:
    (folder / "state").write_text("a file in its place")
    done = start(folder, "slot")
    assert "Your journal is safe" in shown(done)["journal"]
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names a Linux plugin")
def test_where_qt_cannot_start_one_line_says_what_to_do(folder: Path) -> None:
    program = (
        "import os, sys; from itband_gui import app;"
        "app.can_open_window = lambda environ: True;"
        f"sys.exit(app.main(['--data-dir', {str(folder)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "nonsense"},
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "itband-gui doctor" in done.stderr
    assert "FATAL Qt" in log_of(folder)


@pytest.mark.parametrize("command", [["journal", "list"], ["journal", "add"], ["doctor"]])
def test_a_command_that_breaks_says_so_on_one_line(folder: Path, command: list[str]) -> None:
    modules = {"list": "itband_gui.commands.list_entries", "add": "itband_gui.commands.add"}
    module = modules.get(command[-1], "itband_gui.doctor")
    name = "main" if command == ["doctor"] else "run"
    options = ["--leg", "left", "--score", "3"] if command[-1] == "add" else []
    program = (
        "import sys, importlib; from itband_gui import app\n"
        f"def broken(*a, **k): raise ValueError({NOTE!r})\n"
        f"importlib.import_module({module!r}).{name} = broken\n"
        f"sys.exit(app.main([*{command + options!r}, '--data-dir', {str(folder)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "ValueError" in done.stderr
    assert str(folder / "state" / "log.txt") in done.stderr
    assert "ended by: ValueError" in log_of(folder)
    assert_private(folder)
