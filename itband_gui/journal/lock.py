"""One process at a time: a lock of the kernel's, free again when its holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from time import sleep

from itband_gui.journal.durable import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    NotSavedCode,
    NotSavedError,
)

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.01  # seconds between two tries
_TRIES = 500  # 5 s: a save takes some 10 ms


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the lock that belongs to `target`, a real path without links.

    The lock file lies outside the journal's folder, so that no sync tool carries it about. Where
    no lock can be had at all (no folder for it, a file system without locks) saving goes on
    without: the file is compared before each save in any case.

    Raises:
        NotSavedError: another process has held it for 5 s.

    """
    opened = _open(target)
    if opened is None:
        yield
        return
    try:
        if not _acquired(opened):
            raise NotSavedError(NotSavedCode.BUSY, target)
        yield
    finally:
        with suppress(OSError):  # what was saved is saved
            os.close(opened)  # which also frees the lock


class Held:
    """A lock that stays until it is released, or until the process ends."""

    def __init__(self, opened: int | None) -> None:
        self._opened = opened

    def release(self) -> None:
        """Free the lock; once is enough."""
        opened, self._opened = self._opened, None
        if opened is not None:
            with suppress(OSError):
                os.close(opened)


def try_hold(target: Path) -> Held | None:
    """Take the lock that belongs to `target` at once, or return None where another has it.

    The other may be in this process too. Where no lock can be had at all, as for `locked`, what
    is returned holds nothing.
    """
    opened = _open(target)
    if opened is None:
        return Held(None)
    try:
        _try_lock(opened)
    except (BlockingIOError, PermissionError):
        Held(opened).release()
        return None
    except OSError:  # this file system knows no locks
        pass
    return Held(opened)


def _open(target: Path) -> int | None:
    name = sha256(os.fsencode(target)).hexdigest()[:32]
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    for folder in runtime_folders():
        try:
            return os.open(folder / f"itband-{name}.lock", flags, PRIVATE_FILE)
        except OSError:
            continue
    return None


def runtime_folders() -> Iterator[Path]:
    """Yield the folders to try, the one on which a desktop and a cron job agree first."""
    if sys.platform == "win32":
        yield Path(os.environ.get("TEMP", "."))
        return
    user = os.getuid()
    for folder in (f"/run/user/{user}", os.environ.get("XDG_RUNTIME_DIR")):
        if folder and _is_own(Path(folder), user):
            yield Path(folder)
    # Not tempfile's choice: that writes there to find out, and raises where all disks are full.
    fallback = Path(f"/tmp/itband-gui-{user}")  # noqa: S108 - made, and checked, as our own
    try:
        fallback.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError:
        return
    if _is_own(fallback, user):
        yield fallback


def _is_own(folder: Path, user: int) -> bool:
    """Whether nobody else can put a lock, or a link, there."""
    try:
        held = folder.lstat()
    except OSError:
        return False
    return S_ISDIR(held.st_mode) and held.st_uid == user and not held.st_mode & 0o022


def _acquired(opened: int) -> bool:
    for _ in range(_TRIES):
        try:
            _try_lock(opened)
        except (BlockingIOError, PermissionError):
            sleep(_PAUSE)
        except OSError:  # this file system knows no locks
            return True
        else:
            return True
    return False


def _try_lock(opened: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
