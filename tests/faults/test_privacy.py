"""Files are private, no note makes the program open a file, and nothing uses the network."""

import re
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QFileSystemWatcher
from pytestqt.qtbot import QtBot

from itband_gui.journal.book import Book
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.store import Store
from tests.faults.scenes import journal
from tests.faults.strace import environ, need_strace, own_folders, traced
from tests.fleet import CHECKOUT
from tests.real.conftest import Screen, screen

__all__ = ["screen"]  # a fixture

PROGRAM = [sys.executable, "-m", "itband_gui"]
ADD = ["journal", "add", "--leg", "left", "--score", "4", "--note", "mine"]
COMMANDS = [
    ADD,
    ["journal", "list"],
    ["journal", "list", "--json"],
    ["journal", "check"],
    ["journal", "export", "--csv", "{home}/out.csv"],
    ["journal", "export", "--json", "{home}/out.json"],
    ["journal", "import", "{home}/out.csv"],
    ["journal", "import", "{home}/out.json"],
    ["journal", "restore", "--list"],
]


def command(words: list[str], home: Path) -> list[str]:
    return [*PROGRAM, *(word.format(home=home) for word in words)]


def not_private(folder: Path) -> list[str]:
    """Return what others could read, and the user could not, below a folder."""
    wrong = []
    for path in folder.rglob("*"):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            wrong.append(f"{path.relative_to(folder)} {mode:o}")
    return wrong


@pytest.mark.parametrize("mask", ["0000", "0777"])
def test_all_that_the_commands_write_is_private_under_any_umask(tmp_path: Path, mask: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for words in [*COMMANDS, ADD]:
        shell = ["sh", "-c", f'umask {mask}; exec "$@"', "sh", *command(words, home)]
        subprocess.run(
            shell, cwd=CHECKOUT, env=environ(home), check=True, capture_output=True, timeout=300
        )
    assert not_private(home) == []
    assert {path.name for path in (home / "data").iterdir()} >= {"journal.json", "journal.json.bak"}
    assert (home / "out.csv").exists()


@pytest.mark.parametrize("mask", ["0000", pytest.param("0777", marks=pytest.mark.long)])
def test_all_that_the_window_writes_is_private_under_any_umask(tmp_path: Path, mask: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    play = command(["tour", "{home}/tour", "--size", "640x480"], home)
    shell = ["sh", "-c", f'umask {mask}; exec "$@"', "sh", *play]
    subprocess.run(
        shell, cwd=CHECKOUT, env=environ(home), check=True, capture_output=True, timeout=300
    )
    assert not_private(home) == []
    assert (home / "tour/journal.json").exists()


# What a note may ask for


NAMED = "named-by-a-note"
_ASKS = re.compile(r"(?:\d+ +)?\w*(?:open|stat|access|readlink|exec|connect)\w*\(")


@pytest.fixture
def asking(tmp_path: Path) -> Path:
    """Return a home with a journal whose notes name a picture and a page beside it."""
    home = tmp_path / "home"
    book = Book()
    for number, note in enumerate(
        [
            f'<img src="file://{home}/{NAMED}.png">',
            f'<html><body><img src="{home}/{NAMED}.png"><a href="http://localhost/x">x</a></body>',
            f"![picture](file://{home}/{NAMED}.png)",
            f'<link rel="stylesheet" href="file://{home}/{NAMED}.css">',
            f"file://{home}/{NAMED}.png http://127.0.0.1:9/{NAMED}",
        ]
    ):
        book.add(RestDay(id=new_id(), at=datetime(2026, 1, 1, 12, number, tzinfo=UTC), note=note))
    Store(journal(home)).save(book)
    art = CHECKOUT / "docs/pictures"
    shutil.copy(next(art.glob("*.png")), home / f"{NAMED}.png")
    (home / f"{NAMED}.css").write_text("* { color: red }")
    return home


def asked_for(lines: list[str]) -> list[str]:
    """Return what the program asked the system for because a note said so."""
    return [line for line in lines if _ASKS.match(line) and NAMED in line]


def sockets(lines: list[str]) -> list[str]:
    return [line for line in lines if " socket(" in line or " socketpair(" in line]


def test_a_command_asks_for_nothing_that_a_note_names_and_opens_no_socket(asking: Path) -> None:
    need_strace()
    for words in COMMANDS:
        ran = traced(command(words, asking), asking)
        assert ran.code == 0, ran.err
        assert asked_for(ran.lines) == [], words
        assert sockets(ran.lines) == [], words


NAIVE = """
import socket
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
QLabel(sys.argv[1]).grab()
socket.socket()
"""


def test_a_program_that_shows_a_note_as_it_comes_is_caught(asking: Path) -> None:
    need_strace()
    note = f'<img src="file://{asking}/{NAMED}.png">'
    ran = traced([sys.executable, "-c", NAIVE, note], asking)
    assert ran.code == 0, ran.err
    assert [line for line in asked_for(ran.lines) if "openat(" in line]
    assert [line for line in sockets(ran.lines) if "AF_INET" in line]


@pytest.fixture
def window_log(screen: Screen, asking: Path, qtbot: QtBot) -> list[str]:
    """Show every page of a real window, delete a note, open another; return the trace."""
    need_strace()
    log = asking.with_name("window.strace")
    screen.environ.update(own_folders(asking))
    # -D: the window keeps the process that was started, and strace is its child.
    tracer = ["strace", "-D", "-f", "-s", "300", "-o", str(log), "-e", "trace=%file,%network"]
    process = screen.open(asking / "data", *tracer)
    watcher = QFileSystemWatcher([str(journal(asking).parent)])
    with qtbot.waitSignal(watcher.directoryChanged, timeout=60_000):
        screen.press("ctrl+1", "ctrl+3", "ctrl+4", "ctrl+2", "Home", "Delete")
    screen.press("Return")
    form = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Change a rest day"]
    subprocess.run(form, env=screen.environ, check=True, capture_output=True, timeout=300)
    screen.end(process)
    return log.read_text().splitlines()


def test_the_window_asks_for_nothing_that_a_note_names_and_speaks_to_its_own_machine_only(
    window_log: list[str],
) -> None:
    assert asked_for(window_log) == []
    made = sockets(window_log)
    assert made, "it speaks to the screen"
    assert [line for line in made if "AF_UNIX" not in line] == []
