"""Helpers that cause disk problems and observe how the window handles them."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.store import Store
from itband_gui.ui.services.autosave import RETRY_MS
from itband_gui.ui.services.folder_watch import FolderWatch
from itband_gui.ui.window.main_window import NavigationBar

if TYPE_CHECKING:
    from tests.ui.conftest import User


def retry(user: "User") -> QTimer:
    """Return the time until a failed save is tried again; it is fired by hand."""
    return user.link.autosave.retry


def fire_retry(user: "User") -> None:
    """Fire the retry timer."""
    assert retry(user).isActive()
    assert retry(user).interval() == RETRY_MS
    retry(user).timeout.emit()
    user.look()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a disk of 64 KiB at a folder, if this machine allows it."""
    command = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and subprocess.run(
        command, check=False, capture_output=True, timeout=300
    )
    if not mounted or mounted.returncode:
        pytest.skip("no leave to mount a small disk: run as root, outside a container")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True, timeout=300)


@contextmanager
def no_thread() -> Iterator[None]:
    """Make every new thread fail by requesting a stack of 256 TiB."""
    before = threading.stack_size(1 << 48)
    try:
        yield
    finally:
        threading.stack_size(before)


def gone_folder(user: "User") -> Callable[[], None]:
    user.folder.rename(user.folder.with_name("away"))

    def mend() -> None:
        user.folder.with_name("away").rename(user.folder)

    return mend


def file_for_folder(user: "User") -> Callable[[], None]:
    mend = gone_folder(user)
    user.folder.write_text("not a folder")

    def take_away() -> None:
        user.folder.unlink()
        mend()

    return take_away


def says(user: "User") -> str:
    bar = user.window.findChild(NavigationBar)
    assert isinstance(bar, NavigationBar)
    return bar.saved.text()


def rest_day(user: "User") -> RestDay:
    return RestDay(id=new_id(), at=user.clock.now())


def end_threads() -> None:
    """Wait until all work in the background is done; its outcome is not delivered yet."""
    for thread in threading.enumerate():
        if thread.name == "background":
            thread.join(60)
            assert not thread.is_alive()


def held(user: "User") -> int:
    """Return the number of entries in the file right now."""
    return len(Store(user.file).load().book)


def add_elsewhere(user: "User") -> RestDay:
    """Add an entry with a separate store, as another program does."""
    store = Store(user.file)
    book = store.load().book
    added = rest_day(user)
    book.add(added)
    store.save(book)
    return added


def watch_of(user: "User") -> FolderWatch:
    """Return the folder watch once it watches all existing files."""
    (watch,) = user.link.findChildren(FolderWatch)
    assert watch.settle(60)
    return watch


def wait_for_news(user: "User", qtbot: QtBot, do: Callable[[], object]) -> None:
    """Do something to the folder and wait until the window has taken it in by itself."""
    watch, news = watch_of(user), QSignalSpy(user.link.changed_elsewhere)
    do()
    qtbot.waitUntil(lambda: watch.settle(60) and news.count() > 0, timeout=60_000)
    user.look()


def writes_of(user: "User", monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that records the number of changes of each real write from now on.

    Late writes by a window of another test are not included.
    """
    seen: list[int] = []
    write = Store.write

    def watched(
        store: Store,
        changes: tuple[Change, ...],
        *,
        extra_lines: FileSnapshot | None = None,
        consent: str | None = None,
    ) -> Saved:
        if store.path == user.file:
            seen.append(len(changes))
        return write(store, changes, extra_lines=extra_lines, consent=consent)

    monkeypatch.setattr(Store, "write", watched)
    return seen
