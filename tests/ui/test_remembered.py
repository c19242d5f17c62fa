"""The window when an older file replaced the journal, or the file was damaged."""

import signal
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from itband_gui.commands.shared import log_of, store_of
from itband_gui.journal.book import Book
from tests.ui.troubles import held, rest_day

if TYPE_CHECKING:
    from tests.ui.conftest import User

BACK = "4 entries saved on this computer were missing from the file and have been put back."


def add(user: "User", count: int) -> None:
    """Add rest days one by one, as `journal add` adds ratings."""
    for _ in range(count):
        user.clock.start = user.clock.start + timedelta(minutes=1)
        book = Book()
        book.add(rest_day(user))
        store_of(user.file).save(book)


def test_entries_missing_from_an_older_file_are_restored_and_reported(user: "User") -> None:
    add(user, 6)
    older = user.file.read_bytes()
    add(user, 4)
    user.file.write_bytes(older)
    user.open()
    assert user.notices() == [BACK]
    assert len(user.journal()) == 10
    user.leave()
    user.open()
    assert user.notices() == []


def test_entries_saved_by_commands_return_although_the_window_never_saw_them(user: "User") -> None:
    add(user, 6)
    user.open()
    older = user.file.read_bytes()
    add(user, 4)
    user.file.write_bytes(older)
    user.link.take_in()
    user.look()
    assert BACK in user.notices()
    assert len(user.journal()) == 10


def test_an_entry_removed_elsewhere_is_reported_once(user: "User") -> None:
    add(user, 3)
    lines = user.file.read_bytes().splitlines(keepends=True)
    user.file.write_bytes(b"".join([*lines[:2], *lines[3:]]))
    user.open()
    assert any(
        "1 entry saved on this computer was removed by another program or device. A copy" in each
        for each in user.notices()
    )
    assert len(user.journal()) == 2
    user.leave()
    user.open()
    assert user.notices() == []


# The real program; it adds two entries, its file becomes zeros, it adds one more and is ended.
DRIVER = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from itband_gui import app
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.ui.window.main_window import MainWindow

def act():
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    link, file = window.link, Path(sys.argv[1], "journal.json")
    def add():
        print(link.add(RestDay(id=new_id(), at=link.now())).id, flush=True)
    add(), add()
    assert link.flush()
    file.write_bytes(bytes(file.stat().st_size))
    if sys.argv[2] == "more":
        add()
    os.kill(os.getpid(), signal.SIGTERM)

timer = QTimer()
app.start_qt(["x"])
timer.timeout.connect(act)
timer.setSingleShot(True)
timer.start(0)
sys.exit(app.main(["--data-dir", sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("more", ["more", "nothing"])
def test_a_signal_while_the_file_is_damaged_loses_nothing(user: "User", more: str) -> None:
    add(user, 4)
    command = [sys.executable, "-c", DRIVER, str(user.folder), more]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=300, check=False)
    assert done.returncode == 128 + signal.SIGTERM
    user.open()
    count = 4 + len(done.stdout.split())
    assert any(f"missing here: {count}" in each for each in user.notices())
    user.click_on("Bring them back")
    assert set(done.stdout.split()) < {entry.id for entry in user.journal()}
    assert len(user.journal()) == count


def test_discarded_changes_are_not_remembered(user: "User") -> None:
    user.fill_journal()
    user.open()
    user.make_two_entries()
    before = log_of(user.file).read()
    user.file.write_bytes(bytes(500))
    user.link.add(rest_day(user))
    user.window.close()
    user.click_on("Close and lose them")
    user.window.remember()
    assert log_of(user.file).read() == before
    assert held(user) == 0
