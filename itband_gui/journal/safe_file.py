"""Replaces a file so that a kill or a power cut leaves the old one or the new one, whole."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import sleep
from typing import BinaryIO, NamedTuple

if sys.platform != "win32":
    import fcntl

TEMP_PREFIX, TEMP_SUFFIX = ".itband-", ".tmp"
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_TEMP_FLAGS = (  # and O_CLOEXEC, which Python adds to every file it opens
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.ENOTTY)  # this file system has no such call


class NotSavedCode(StrEnum):
    """Why nothing, or nothing confirmed, was saved."""

    FULL = "full"  # no space, or no quota, left
    READ_ONLY = "read-only"  # the folder or its disk refuses writing
    GONE = "gone"  # the folder is not there
    BROKEN = "broken"  # the disk reports an error
    BUSY = "busy"  # another program has held the journal for seconds
    NEWER = "newer"  # the file belongs to a newer version of this program
    DAMAGED = "damaged"  # the file there is damaged; it is not overwritten
    SHRINK = "shrink"  # many entries would go that the user did not remove
    UNREADABLE = "unreadable"  # the file there cannot be read, so not added to
    OTHER = "other"


_CODES = {  # by name: no system knows all of them
    "ENOSPC": NotSavedCode.FULL,
    "EDQUOT": NotSavedCode.FULL,
    "EFBIG": NotSavedCode.FULL,
    "EROFS": NotSavedCode.READ_ONLY,
    "EACCES": NotSavedCode.READ_ONLY,
    "EPERM": NotSavedCode.READ_ONLY,
    "ENOENT": NotSavedCode.GONE,
    "ENOTDIR": NotSavedCode.GONE,
    "ESTALE": NotSavedCode.GONE,
    "ENODEV": NotSavedCode.GONE,
    "ENXIO": NotSavedCode.GONE,
    "ENOTCONN": NotSavedCode.GONE,  # a mount whose program or machine is gone
    "EHOSTDOWN": NotSavedCode.GONE,
    "ETIMEDOUT": NotSavedCode.GONE,
    "EIO": NotSavedCode.BROKEN,
    "EUCLEAN": NotSavedCode.BROKEN,  # the file system found itself damaged
    "EBADMSG": NotSavedCode.BROKEN,
}


class NotSavedError(Exception):
    """A save that did not come to its end.

    `confirmed`: it is certain that the file is still the old one; when False, the new bytes may
    already be in place, but may be lost again at a power cut.
    """

    def __init__(
        self, code: NotSavedCode, path: Path, number: int | None = None, *, confirmed: bool = True
    ) -> None:
        self.code = code
        self.path = path
        self.errno = number
        self.confirmed = confirmed


def real_target(path: Path) -> Path:
    """Return the file that `path` means, through links, even where it does not exist yet.

    Raises:
        NotSavedError: the links go round in a circle.

    """
    with refusing(path):
        target = Path(os.path.realpath(path))
        in_circle = target.is_symlink()
    if in_circle:
        raise NotSavedError(NotSavedCode.OTHER, path, errno.ELOOP)
    return target


class Written(NamedTuple):
    """A durable save; `bak_errno` says why the old file was not kept as `.bak`, if it was not."""

    status: os.stat_result
    bak_errno: int | None = None


def save_file(target: Path, data: bytes) -> Written:
    """Replace `target` as `replace_file` does, and keep what it held before as `<name>.bak`.

    A `.bak` that fails stops no save.

    Raises:
        NotSavedError: as for `replace_file`.

    """
    with _replacing(target, data) as status:
        bak_errno = _keep_old(target)
    return Written(status, bak_errno)


def replace_file(target: Path, data: bytes) -> os.stat_result:
    """Write `data` in the place of `target` (no link), mode 0600, and return the new file's stat.

    Raises:
        NotSavedError: any call failed; the temporary file is gone again where that was possible.

    """
    with _replacing(target, data) as status:
        pass
    return status


@contextmanager
def _replacing(target: Path, data: bytes) -> Iterator[os.stat_result]:
    """Write a synced temporary file; after the body, make it the target and sync the folder."""
    with _folder_opened(target) as folder:
        with staged(target, data) as (temp, status):
            yield status
            _rename(temp, target)
        with refusing(target, confirmed=False):
            _flush_folder(folder)


@contextmanager
def staged(target: Path, data: bytes) -> Iterator[tuple[Path, os.stat_result]]:
    """Write a synced temporary file beside `target`, for the body to rename; gone if that fails.

    Nobody sweeps it away while the body runs.

    Raises:
        NotSavedError: it could not be written.

    """
    temp, claim = temp_beside(target), None
    try:
        with refusing(target):
            status, claim = _write(temp, data)
        yield temp, status
    except BaseException:
        with suppress(OSError):
            temp.unlink()
        raise
    finally:
        _close(claim)


def _keep_old(target: Path) -> int | None:
    """Make `<name>.bak` the file that is about to be replaced; return the errno of a failure.

    A link is enough, as nothing is ever written into a file that is in place. Where the file
    system has none, it is a copy.
    """
    temp = temp_beside(target)
    try:
        try:
            os.link(target, temp)
            _make_private(temp, PRIVATE_FILE)  # it may have been made by something else
        except FileNotFoundError:
            return None  # the first save
        except OSError:
            _close(_write(temp, target.read_bytes())[1])
        temp.replace(target.with_name(f"{target.name}.bak"))
    except OSError as error:
        return error.errno
    finally:
        # Renaming over another link to the same file does nothing, and leaves both.
        with suppress(OSError):
            temp.unlink()
    return None


def temp_beside(target: Path) -> Path:
    """Return a name that no file has, for one that `sweep` removes if it is left.

    It tells for which file it is, in so few letters that it is never too long for a folder.
    """
    return target.with_name(f"{_temp_start(target)}{os.urandom(8).hex()}{TEMP_SUFFIX}")


def _temp_start(target: Path) -> str:
    return f"{TEMP_PREFIX}{sha256(os.fsencode(target.name)).hexdigest()[:8]}-"


def make_folder(folder: Path) -> None:
    """Make a folder of mode 0700, and those above it that are missing, durably.

    Raises:
        NotSavedError: it cannot be made, or a file is in its place.

    """
    with refusing(folder):
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            with suppress(FileExistsError):  # another process may be as early as this one
                path.mkdir(mode=PRIVATE_FOLDER)
                _make_private(path, PRIVATE_FOLDER)
    for path in reversed(missing):
        flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make what was renamed or made in a folder survive a power cut.

    Raises:
        NotSavedError: not confirmed.

    """
    with _folder_opened(folder / "any") as opened, refusing(folder, confirmed=False):
        _flush_folder(opened)


def sweep(target: Path) -> None:
    """Remove the temporary files of `target` that killed processes left.

    One that another process is writing stays, and so do those of other files in its folder, as of
    an export. Where the file system has no locks nobody can tell, and all of them stay.
    """
    _remove(target.parent, _temp_start(target))


def sweep_folder(folder: Path) -> None:
    """Remove the temporary files of all files in a folder as `sweep` does."""
    _remove(folder, TEMP_PREFIX)


def _remove(folder: Path, start: str) -> None:
    with suppress(OSError):
        for leftover in folder.glob(f"{start}*{TEMP_SUFFIX}"):
            with suppress(OSError):
                if _is_left(leftover):
                    leftover.unlink()


def _is_left(temp: Path) -> bool:
    """Whether nobody is writing a temporary file; also False where that cannot be known."""
    if sys.platform == "win32":  # which refuses to remove a file that somebody has open
        return True
    opened = os.open(temp, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    claim = _claimed(opened)
    _close(claim)
    _close(opened)
    return claim is not None


def _claimed(opened: int) -> int | None:
    """Lock an open file against being swept; return what holds the lock, None where nothing does.

    It is a descriptor of its own, because closing the first must tell of a disk that is full.
    """
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.dup(opened)
    except OSError:  # another has it, or this file system knows no locks
        return None


def _close(opened: int | None) -> None:
    if opened is not None:
        with suppress(OSError):  # nothing is written through it any more
            os.close(opened)


@contextmanager
def refusing(path: Path, *, confirmed: bool = True) -> Iterator[None]:
    """Turn an OSError into a NotSavedError with its code."""
    try:
        yield
    except OSError as error:
        raise NotSavedError(_code(error), path, error.errno, confirmed=confirmed) from error


@contextmanager
def _folder_opened(target: Path) -> Iterator[int | None]:
    """Open the folder before anything is changed, so that its sync cannot fail for want of it."""
    if sys.platform == "win32":  # knows no sync of folders
        yield None
        return
    with refusing(target):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield folder
    finally:
        _close(folder)


def _write(temp: Path, data: bytes) -> tuple[os.stat_result, int | None]:
    """Write and sync a new file; return its stat, and what keeps it from being swept."""
    opened = os.open(temp, _TEMP_FLAGS, PRIVATE_FILE)
    claim = _claimed(opened)
    try:
        _make_private(temp, PRIVATE_FILE)
        write_whole(opened, data)
        _flush(opened)  # a second try would be told "done" of pages that were thrown away
        status = os.fstat(opened)
    except BaseException:
        _close(opened)  # the first error is the one to tell
        _close(claim)
        raise
    try:
        os.close(opened)  # network drives may tell only now that the disk is full
    except BaseException:
        _close(claim)
        raise
    return status, claim


def write_whole(opened: int, data: bytes) -> None:
    """Write all of it, in as many parts as the system takes.

    Raises:
        OSError: some of it, or nothing, was written.

    """
    rest = memoryview(data)
    while rest:
        count = os.write(opened, rest)  # may take less than it was given
        if not count:
            raise OSError(errno.EIO, "nothing was written")
        rest = rest[count:]


def _make_private(path: Path, mode: int) -> None:
    """Undo what an odd umask took away; a file system without modes is left as it is."""
    if path.stat().st_mode & 0o777 != mode:
        with suppress(PermissionError):
            path.chmod(mode)


def _flush(opened: int) -> None:
    if sys.platform == "darwin":
        try:
            # Plain fsync leaves the bytes in the drive's own memory on this system.
            fcntl.fcntl(opened, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise
        else:
            return
    os.fsync(opened)


def _flush_folder(folder: int | None) -> None:
    if folder is None:
        return
    try:
        _flush(folder)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


def _rename(temp: Path, target: Path) -> None:
    # On Windows a virus scanner or a sync tool may hold the target for a moment: 2 s in all.
    tries = 20 if sys.platform == "win32" else 1
    while True:
        tries -= 1
        try:
            temp.replace(target)
        except OSError as error:
            if not tries or not isinstance(error, PermissionError):
                raise _not_renamed(temp, target, error) from error
            sleep(0.1)
        else:
            return


def _not_renamed(temp: Path, target: Path, error: OSError) -> NotSavedError:
    """Tell whether the rename failed before its effect, or after it (as on a network drive)."""
    try:
        temp.lstat()
    except OSError:
        still_there = False
    else:
        still_there = True
    return NotSavedError(_code(error), target, error.errno, confirmed=still_there)


def _code(error: OSError) -> NotSavedCode:
    return _CODES.get(errno.errorcode.get(error.errno or 0, ""), NotSavedCode.OTHER)


SIZE_LIMIT = 256 * 1024 * 1024  # bytes: some 200 years of five entries a day


def read_file(path: Path, limit: int = SIZE_LIMIT) -> tuple[bytes, os.stat_result]:
    """Return a file's bytes, and its status from before they were read.

    Raises:
        OSError: EISDIR where something else than a file is there, EFBIG where it has more than
            `limit` bytes, and whatever the disk says.

    """
    with open_file(path) as stream:
        status = os.fstat(stream.fileno())
        data = stream.read(limit + 1)  # what a file says of its length may not hold
    if len(data) > limit:
        raise OSError(errno.EFBIG, "beyond the limit")
    return data, status


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be read; nothing is waited for.

    Raises:
        OSError: EISDIR where something else than a file is there, and whatever the disk says.

    """
    with open(path, "rb", opener=_open_at_once) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EISDIR, "not a file")
        yield stream


def changed_at(status: os.stat_result) -> datetime:
    """Return when a file was last changed, in UTC; 1970 where no calendar has that time."""
    return moment(status.st_mtime)


def moment(seconds: float) -> datetime:
    """Return a time that a file system tells, in UTC; 1970 where no calendar has it."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def quarantine(target: Path) -> Path:
    """Rename a damaged file after the time of its last change; return where it lies now.

    Raises:
        OSError: it is still where it was.
        NotSavedError: not confirmed; it may be back after a power cut.

    """
    moved = renamed(target, f"{target.stem}.corrupt-", target.suffix)
    flush_folder(target.parent)
    return moved


def renamed(path: Path, before: str, after: str) -> Path:
    """Rename a file to the time of its last change, between two texts; never over another one.

    Raises:
        OSError: it is still where it was.

    """
    stem = f"{before}{changed_at(path.lstat()):%Y%m%dT%H%M%SZ}"
    paths = (
        path.with_name(f"{stem}{'' if number == 1 else f'-{number}'}{after}") for number in count(1)
    )
    return path.rename(next(path for path in paths if not os.path.lexists(path)))
