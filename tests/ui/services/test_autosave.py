"""The save state, the window's message when saving fails, and closing then."""

import errno
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from itband_gui.journal import safe_file
from itband_gui.journal.changes import Saved
from itband_gui.journal.lock import locked
from itband_gui.journal.store import Store
from itband_gui.ui.services import autosave as saving_module
from itband_gui.ui.services.autosave import PAUSE_MS
from itband_gui.ui.services.background import NoThreadError
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.window.main_window import Page
from itband_gui.window_run import keep_before_log_out
from tests.no_locks import no_locks
from tests.ui.troubles import (
    file_for_folder,
    fire_retry,
    gone_folder,
    held,
    no_thread,
    rest_day,
    says,
    small_disk,
    writes_of,
)

if TYPE_CHECKING:
    from tests.ui.conftest import User


@pytest.fixture(autouse=True)
def _been_here_before(user: "User") -> None:
    """Accept the disclaimer, so that nothing but the journal is written."""
    user.folder.mkdir()
    Settings(user.folder / "settings.ini").disclaimer_read = True


def damaged_meanwhile(user: "User") -> Callable[[], None]:
    sound = user.file.read_bytes()
    user.file.write_bytes(sound[:-40])

    def mend() -> None:
        user.file.write_bytes(sound)

    return mend


TROUBLES = pytest.mark.parametrize(
    ("trouble", "word"),
    [
        (gone_folder, "does not exist"),
        (file_for_folder, "is not a folder"),
        (damaged_meanwhile, "is damaged"),
    ],
)


@TROUBLES
def test_an_unsaved_change_is_reported_kept_and_saved_later(
    user: "User", trouble: Callable[["User"], Callable[[], None]], word: str
) -> None:
    user.fill_journal()
    user.open()
    mend = trouble(user)
    user.make_two_entries()
    read = user.reads()
    assert "Not saved" in read
    assert "Saved" not in read.split("\n")
    assert word in read
    fire_retry(user)
    assert "Not saved" in user.reads()
    assert len(user.notices()) == 1, "said once, not once a try"
    mend()
    fire_retry(user)
    assert "Not saved" not in user.reads()
    assert "Saved" in user.reads().split("\n")
    assert len(user.journal()) == 5


def test_a_retry_can_be_requested(user: "User") -> None:
    user.fill_journal()
    user.open()
    mend = gone_folder(user)
    user.make_two_entries()
    mend()
    user.click_on("Try again")
    assert user.notices() == []
    assert len(user.journal()) == 5


def test_a_full_disk_is_reported_and_changes_are_saved_once_there_is_room(user: "User") -> None:
    with small_disk(user.folder):
        user.fill_journal()
        user.open()
        ballast = user.folder / "ballast"
        with suppress(OSError):
            ballast.write_bytes(b"x" * 1_000_000)
        before = user.file.read_bytes()
        user.make_two_entries()
        assert "The disk is full" in user.reads()
        assert user.file.read_bytes() == before
        ballast.unlink()
        fire_retry(user)
        assert "Saved" in user.reads().split("\n")
        assert len(user.journal()) == 5


def test_saved_appears_only_after_the_file_was_replaced(user: "User") -> None:
    user.open()
    seen: list[tuple[bool, bool]] = []
    book = user.link.book
    user.link.save_state_changed.connect(
        lambda state: seen.append((state.saved and len(book) > 0, user.file.is_file()))
    )
    user.make_two_entries()
    assert seen
    assert all(on_disk for saved, on_disk in seen if saved)


# Closing


def test_closing_with_everything_saved_asks_nothing(user: "User") -> None:
    user.open()
    user.make_two_entries()
    assert user.window.close()


@pytest.mark.parametrize("answer", ["Return", "Escape"])
def test_closing_with_unsaved_changes_asks_and_stays(user: "User", answer: str) -> None:
    user.fill_journal()
    user.open()
    mend = gone_folder(user)
    user.make_two_entries()
    assert not user.window.close()
    user.look()
    user.press(answer)
    assert user.question is None
    assert user.window.isVisible()
    mend()
    assert user.window.close(), "closing tries once more"
    assert len(user.journal()) == 5


@pytest.mark.parametrize("tries", [1, 2])
def test_the_question_goes_when_the_changes_are_saved_meanwhile(user: "User", tries: int) -> None:
    user.fill_journal()
    user.open()
    mend = gone_folder(user)
    user.make_two_entries()
    for _ in range(tries):
        assert not user.window.close()
    assert user.question
    mend()
    assert user.link.flush()
    user.look()
    assert not user.question
    assert user.window.isVisible()
    assert user.window.close()


def test_closing_without_saving_is_possible(user: "User") -> None:
    user.fill_journal()
    user.open()
    gone_folder(user)
    user.make_two_entries()
    user.window.close()
    user.click_on("Close and lose them")
    assert not user.window.isVisible()


# In a thread of its own


def test_a_slow_disk_blocks_nothing_and_does_not_count_as_saved(user: "User") -> None:
    user.fill_journal()
    user.open()
    with locked(user.file):  # so that every save has to wait
        user.link.add(rest_day(user))
        QApplication.processEvents()
        user.window.show_page(Page.JOURNAL)
        QApplication.processEvents()
        assert "Entries: 4" in user.reads()
        assert says(user) == "Saving…"
        assert held(user) == 3
    user.look()
    assert says(user) == "Saved"
    assert held(user) == 4


def test_changes_during_a_save_are_saved_after_it(user: "User") -> None:
    user.fill_journal()
    user.open()
    with locked(user.file):
        first = user.link.add(rest_day(user))
        QApplication.processEvents()
        user.link.amend(replace(first, note="meanwhile"))
        user.link.remove(user_entry(user, 0))
        user.link.add(rest_day(user))
        QApplication.processEvents()
    user.look()
    assert says(user) == "Saved"
    assert [getattr(e, "note", "") for e in user.journal() if e.id == first.id] == ["meanwhile"]
    assert held(user) == 4


def user_entry(user: "User", number: int) -> str:
    return list(user.link.book)[number].id


@pytest.fixture
def writes(user: "User", monkeypatch: pytest.MonkeyPatch) -> list[int]:
    return writes_of(user, monkeypatch)


def test_changes_of_one_turn_are_one_write_and_those_soon_after_wait_for_each_other(
    user: "User", writes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving_module, "PAUSE_MS", 3_600_000)  # as if no time went by
    user.open()
    for _ in range(5):
        user.link.add(rest_day(user))
    user.look()
    assert (writes, says(user)) == ([5], "Saved")
    user.link.add(rest_day(user))
    user.link.add(rest_day(user))
    QApplication.processEvents()
    assert (writes, says(user)) == ([5], "Saving…")
    user.look()
    assert (writes, says(user), held(user)) == ([5, 2], "Saved", 7)


def test_the_pause_between_two_saves_is_short() -> None:
    assert 0 < PAUSE_MS <= 250


def test_an_unconfirmed_save_is_reported(user: "User", monkeypatch: pytest.MonkeyPatch) -> None:
    user.fill_journal()
    user.open()

    def refuse(_folder: int | None) -> None:
        raise OSError(errno.EIO, "injected: no disk here refuses this one call")

    with monkeypatch.context() as broken:
        broken.setattr(safe_file, "_flush_folder", refuse)
        user.make_two_entries()
        assert "Not confirmed" in user.notices()[0]
        assert says(user) == "Not saved"
    fire_retry(user)
    assert says(user) == "Saved"
    assert len(user.journal()) == 5


def test_a_disk_without_locks_is_reported_once(
    user: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    user.open()
    monkeypatch.setattr("fcntl.flock", no_locks)
    user.link.add(rest_day(user))
    user.look()
    (said,) = user.notices()
    assert "cannot stop two programs from saving at once" in said
    user.click_on("Close")
    user.link.add(rest_day(user))
    user.look()
    assert (user.notices(), says(user), held(user)) == ([], "Saved", 2)


def test_a_failed_backup_is_reported_and_the_journal_is_saved(user: "User") -> None:
    user.fill_journal()
    (user.folder / "backups").write_text("no folder")
    user.open()
    user.make_two_entries()
    (said,) = user.notices()
    assert "no backup copy could be made" in said
    assert says(user) == "Saved"


def test_a_bug_in_a_save_does_not_count_as_saved(
    user: "User", monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    user.open()

    def fail(*_: object, **__: object) -> Saved:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(Store, "write", fail)
        user.link.add(rest_day(user))
        with qtbot.captureExceptions() as raised:
            user.look()
        assert [kind for kind, *_ in raised] == [ZeroDivisionError]
        assert says(user) == "Not saved"
    fire_retry(user)
    assert (says(user), held(user)) == ("Saved", 1)


def test_a_save_that_kills_its_thread_is_reported_and_retried(
    user: "User", monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    user.open()
    with monkeypatch.context() as broken:
        broken.setattr(Store, "write", lambda *_, **__: sys.exit())
        user.link.add(rest_day(user))
        with qtbot.captureExceptions() as raised:
            user.look()
        assert [kind for kind, *_ in raised] == [RuntimeError]
        assert says(user) == "Not saved"
    fire_retry(user)
    assert (says(user), held(user)) == ("Saved", 1)


def test_a_missing_thread_is_reported_and_the_save_retried(user: "User", qtbot: QtBot) -> None:
    user.open()
    with qtbot.captureExceptions() as raised:  # of what watches the folder
        with no_thread():
            user.link.add(rest_day(user))
            user.look()
            assert says(user) == "Not saved"
            assert len(user.notices()) == 1
            assert not user.link.flush(), "it is tried, and told"
        fire_retry(user)  # at once: a look at the folder would save as well
    assert {kind for kind, *_ in raised} <= {NoThreadError}
    assert (says(user), held(user)) == ("Saved", 1)
    assert user.notices() == []


# Closing, and being closed


def test_closing_at_once_after_a_change_saves_it(user: "User") -> None:
    user.open()
    user.link.add(rest_day(user))
    assert user.window.close()
    assert held(user) == 1


def test_a_disk_that_hangs_does_not_keep_the_window_from_asking(
    user: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving_module, "FLUSH_MS", 10)
    user.fill_journal()
    user.open()
    with locked(user.file):
        user.link.add(rest_day(user))
        assert not user.window.close()
        assert user.question is not None
        assert says(user) == "Saving…"
    monkeypatch.setattr(saving_module, "FLUSH_MS", 10_000)
    user.press("Escape")
    assert user.window.close()
    assert held(user) == 4


# Runs the program; what it is to do when it is open stands in its arguments.
DRIVER = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from itband_gui import app
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.ui.window.main_window import MainWindow

def link():
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    return window.link

def add():
    return link().add(RestDay(id=new_id(), at=link().now())).id

def signalled():
    print(add(), flush=True)
    link().flush()
    print(add(), flush=True)  # which waits a moment after a save
    os.kill(os.getpid(), getattr(signal, sys.argv[3]))

def on_and_on():
    kept = add()
    link().save_then(lambda saved: saved and print(kept, flush=True))

timer = QTimer()
app.start_qt(["x"])
timer.timeout.connect(globals()[sys.argv[2]])
timer.setSingleShot(sys.argv[2] != "on_and_on")
timer.start(50)  # leaves each save, and the page that shows it, time to come to its end
sys.exit(app.main(["--data-dir", sys.argv[1]]))
"""


def driven(user: "User", *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", DRIVER, str(user.folder), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_leaves_nothing_unsaved(user: "User", name: str) -> None:
    process = driven(user, "signalled", name)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 128 + getattr(signal, name)
    assert {entry.id for entry in user.journal()} == set(said.split())


class Desktop:
    """Replaces Qt's session manager, which exists only during a log-out."""

    cancelled = False

    def allowsErrorInteraction(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def cancel(self) -> None:
        self.cancelled = True


def log_out(user: "User") -> Desktop:
    desktop = Desktop()
    keep_before_log_out(user.window, cast("QSessionManager", desktop))
    return desktop


def test_before_a_log_out_the_last_change_is_saved(user: "User") -> None:
    user.open()
    user.link.add(rest_day(user))
    assert not log_out(user).cancelled
    assert held(user) == 1


def test_a_log_out_waits_if_the_last_change_cannot_be_saved(user: "User") -> None:
    user.fill_journal()
    user.open()
    mend = gone_folder(user)
    user.link.add(rest_day(user))
    assert log_out(user).cancelled
    assert user.question is not None
    mend()
    user.press("Escape")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("lines", [1, 2, 5])
def test_a_kill_during_saves_loses_nothing_reported_as_saved(user: "User", lines: int) -> None:
    process = driven(user, "on_and_on")
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    said += process.stdout.readlines()
    process.communicate(timeout=300)
    kept = {line.strip() for line in said if line.endswith("\n")}
    assert kept <= {entry.id for entry in user.journal()}
    user.clock.start = user.clock.start.now().astimezone() + timedelta(minutes=1)
    user.open()
    assert user.notices() == []
    assert says(user) == "Saved"
