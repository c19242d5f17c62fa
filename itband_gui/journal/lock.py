"""Lets one process at a time save, with a kernel lock that is freed when its holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

from itband_gui.journal.safe_file import PRIVATE_FILE, NotSavedCode, NotSavedError, refusing

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_FILE = ".itband-lock"  # next to the journal on Windows, which cannot lock folders
_PAUSE = 0.01  # seconds between two tries
_TRIES = 500  # 5 s in all; a save takes about 10 ms


@contextmanager
def locked(target: Path) -> Iterator[bool]:
    """Hold the lock of the folder of `target`, a real path without links.

    The folder itself is locked, or on Windows a file in it, so that all processes on this computer
    use the same lock whatever their environment. Yields False if the file system has no locks: the
    caller saves without one and should report that.

    Raises:
        NotSavedError: another process has held it for 5 s, or the folder cannot be opened.

    """
    with refusing(target):
        held = _acquired(target)
    if held is None:
        raise NotSavedError(NotSavedCode.BUSY, target)
    try:
        yield held.is_real
    finally:
        held.release()


def has_locks(folder: Path) -> bool:
    """Return whether an existing folder's file system has locks.

    Raises:
        OSError: the folder cannot be opened.

    """
    held = _tried(folder / "any")
    if held is None:  # another process holds it right now
        return True
    held.release()
    return held.is_real


class HeldLock:
    """A lock that lasts until it is released or the process ends.

    `is_real` is False if the file system has no locks and nothing is held.
    """

    def __init__(self, opened: int | None) -> None:
        self._opened = opened
        self.is_real = opened is not None

    def release(self) -> None:
        """Release the lock; further calls do nothing."""
        opened, self._opened = self._opened, None
        if opened is not None:
            with suppress(OSError):
                os.close(opened)


def try_hold(file: Path) -> HeldLock | None:
    """Lock a file used only for this, creating it if missing; None if another holder has it.

    The other holder may be in this process, too. If the file cannot be opened or there are no
    locks, the returned object holds nothing.
    """
    try:
        return _held(file, os.O_RDWR | os.O_CREAT)
    except OSError:
        return HeldLock(None)


def _acquired(target: Path) -> HeldLock | None:
    for _ in range(_TRIES):
        held = _tried(target)
        if held is not None:
            return held
        sleep(_PAUSE)
    return None


def _tried(target: Path) -> HeldLock | None:
    """Lock a target's folder; None if another process has it."""
    if sys.platform == "win32":
        return _held(target.with_name(LOCK_FILE), os.O_RDWR | os.O_CREAT)
    return _held(target.parent, os.O_RDONLY | os.O_DIRECTORY)


def _held(path: Path, flags: int) -> HeldLock | None:
    """Lock the file or folder at a path; None if another process has it or just replaced it.

    Raises:
        OSError: it cannot be opened.

    """
    opened = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), PRIVATE_FILE)
    held = HeldLock(opened)
    try:
        _lock(opened)
        is_there = _is_at(path, opened)
    except (BlockingIOError, PermissionError):
        is_there = False
    except OSError:  # this file system has no locks
        held.release()
        return HeldLock(None)
    if not is_there:
        held.release()
        return None
    return held


def _lock(opened: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_at(path: Path, opened: int) -> bool:
    """Return whether the open file is still at its path; if not, others would lock another one."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(opened))
    except FileNotFoundError:
        return False
