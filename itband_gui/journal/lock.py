"""One process at a time: a lock of the kernel's, free again when its holder dies."""

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

LOCK_FILE = ".itband-lock"  # beside the journal on Windows, which locks no folders
_PAUSE = 0.01  # seconds between two tries
_TRIES = 500  # 5 s: a save takes some 10 ms


@contextmanager
def locked(target: Path) -> Iterator[bool]:
    """Hold the lock of the folder that `target`, a real path without links, lies in.

    What is locked is the folder itself, or on Windows a file in it, so that every process takes the
    same lock, whatever its environment. It keeps the processes of one machine apart. Yields False
    where the file system has no locks: saving goes on without, which is to be told.

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
        held.release()  # what was saved is saved


def has_locks(folder: Path) -> bool:
    """Whether processes can keep out of each other's way in a folder that is there.

    Raises:
        OSError: the folder cannot be opened.

    """
    held = _tried(folder / "any")
    if held is None:  # somebody has it at this moment
        return True
    held.release()
    return held.is_real


class HeldLock:
    """A lock that stays until it is released, or until the process ends.

    `is_real`: False where the file system has no locks, and nothing is held.
    """

    def __init__(self, opened: int | None) -> None:
        self._opened = opened
        self.is_real = opened is not None

    def release(self) -> None:
        """Free the lock; once is enough."""
        opened, self._opened = self._opened, None
        if opened is not None:
            with suppress(OSError):
                os.close(opened)


def try_hold(file: Path) -> HeldLock | None:
    """Lock a file, which is made if it is missing, or return None where another has it.

    The other may be in this process too. The file is used for nothing else. Where it cannot be
    opened, or its file system has no locks, what is returned holds nothing.
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
    """Lock a target's folder; None where another process has it."""
    if sys.platform == "win32":
        return _held(target.with_name(LOCK_FILE), os.O_RDWR | os.O_CREAT)
    return _held(target.parent, os.O_RDONLY | os.O_DIRECTORY)


def _held(path: Path, flags: int) -> HeldLock | None:
    """Lock what is at a path; None where another process has it, or it was just replaced.

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
    except OSError:  # this file system knows no locks
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
    """Whether what is open still has its name: the next process would lock what has it now."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(opened))
    except FileNotFoundError:
        return False
