"""What can be wrong with a disk, and what a window says and does about it."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.store import Store
from itband_gui.ui.services.autosave import RETRY_MS, Autosave
from itband_gui.ui.services.folder_watch import FolderWatch
from itband_gui.ui.window.main_window import NavigationBar

if TYPE_CHECKING:
    from tests.ui.conftest import User


def saving(user: "User") -> Autosave:
    """Return what decides when a window writes: its timers are fired by hand."""
    found: Autosave = user.link._saving  # noqa: SLF001 - the window has one
    return found


def retry(user: "User") -> QTimer:
    """Return the time until a failed save is tried again."""
    timer: QTimer = saving(user)._retry  # noqa: SLF001 - fired by hand
    return timer


def fire_retry(user: "User") -> None:
    """Let the time until the next try be over."""
    assert retry(user).isActive()
    assert retry(user).interval() == RETRY_MS
    retry(user).timeout.emit()
    user.look()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Put a disk of 64 KiB where a folder will be, if this machine lets us."""
    command = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and subprocess.run(command, check=False, capture_output=True)
    if not mounted or mounted.returncode:
        pytest.skip("no leave to mount a small disk: run as root, outside a container")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def no_thread() -> Iterator[None]:
    """Have the system refuse every new thread: none gets a stack of 256 TiB."""
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


def held(user: "User") -> int:
    """Return how many entries the file holds at this very moment."""
    return len(Store(user.file).load().book)


def add_elsewhere(user: "User") -> RestDay:
    """Add an entry as another program does: with a store of its own."""
    store = Store(user.file)
    book = store.load().book
    added = rest_day(user)
    book.add(added)
    store.save(book)
    return added


def watch_of(user: "User") -> FolderWatch:
    """Return what sees that others changed the folder, once it watches all that is there."""
    (watch,) = user.link.findChildren(FolderWatch)
    assert watch.settle(60)
    return watch


def wait_for_news(user: "User", qtbot: QtBot, do: Callable[[], object]) -> None:
    """Do something to the folder and wait until the window has taken it in by itself."""
    watch_of(user)._timer.setInterval(0)  # noqa: SLF001 - nobody has to wait in a test
    with qtbot.waitSignal(user.link.changed_elsewhere, timeout=60_000):
        do()
    user.look()


def writes_of(user: "User", monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the number of changes of each write from now on, as they happen; all are real.

    What a window of another test, which is not quite gone, still writes is not among them.
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
