"""Reads whole regular files and replaces them so that a crash leaves the old or the new one."""

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

JOURNAL_LIMIT = 256 * 1024 * 1024  # bytes: about 200 years of five entries a day
TEMP_PREFIX, TEMP_SUFFIX = ".itband-", ".tmp"
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_TEMP_FLAGS = (  # Python always adds O_CLOEXEC
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.ENOTTY)  # not supported by this file system


class NotSavedCode(StrEnum):
    """The reasons why a save failed or could not be confirmed."""

    FULL = "full"  # no space or quota left
    READ_ONLY = "read-only"  # the folder or its disk cannot be written to
    GONE = "gone"  # the folder does not exist
    BROKEN = "broken"  # the disk reports an error
    BUSY = "busy"  # another program has held the journal for seconds
    NEWER = "newer"  # the file belongs to a newer version of this program
    DAMAGED = "damaged"  # the present file is damaged; it is not overwritten
    SHRINK = "shrink"  # many entries would be lost that the user did not remove
    UNREADABLE = "unreadable"  # the present file cannot be read
    OTHER = "other"


_CODES = {  # by name, as no system has all of them
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
    "ENOTCONN": NotSavedCode.GONE,  # a mount whose program or server is gone
    "EHOSTDOWN": NotSavedCode.GONE,
    "ETIMEDOUT": NotSavedCode.GONE,
    "EIO": NotSavedCode.BROKEN,
    "EUCLEAN": NotSavedCode.BROKEN,  # the file system found itself damaged
    "EBADMSG": NotSavedCode.BROKEN,
}


class NotSavedError(Exception):
    """A save failed.

    If `confirmed`, the file is certainly still the old one. Otherwise the new bytes may be in
    place, but a power cut may lose them.
    """

    def __init__(
        self, code: NotSavedCode, path: Path, number: int | None = None, *, confirmed: bool = True
    ) -> None:
        self.code = code
        self.path = path
        self.errno = number
        self.confirmed = confirmed


def real_target(path: Path) -> Path:
    """Return the file that `path` leads to through links; it may not exist yet.

    Raises:
        NotSavedError: the links form a loop.

    """
    with refusing(path):
        target = Path(os.path.realpath(path))
        in_circle = target.is_symlink()
    if in_circle:
        raise NotSavedError(NotSavedCode.OTHER, path, errno.ELOOP)
    return target


class Written(NamedTuple):
    """A durable save; `bak_errno` says why the old file could not be kept as `.bak`, if so."""

    status: os.stat_result
    bak_errno: int | None = None


def save_file(target: Path, data: bytes) -> Written:
    """Replace `target` as `replace_file` does and keep the old file as `<name>.bak`.

    The save succeeds even if the `.bak` cannot be made.

    Raises:
        NotSavedError: as for `replace_file`.

    """
    with _replacing(target, data) as status:
        bak_errno = _keep_old(target)
    return Written(status, bak_errno)


def replace_file(target: Path, data: bytes) -> os.stat_result:
    """Replace `target`, which is no link, by `data`, mode 0600; return the new file's status.

    Raises:
        NotSavedError: it failed; the temporary file is removed if possible.

    """
    with _replacing(target, data) as status:
        pass
    return status


@contextmanager
def _replacing(target: Path, data: bytes) -> Iterator[os.stat_result]:
    """Write a synced temporary file; after the body, rename it to the target durably."""
    with _folder_opened(target) as folder:
        with staged(target, data) as (temp, status):
            yield status
            _rename(temp, target)
        with refusing(target, confirmed=False):
            _flush_folder(folder)


@contextmanager
def staged(target: Path, data: bytes) -> Iterator[tuple[Path, os.stat_result]]:
    """Write a synced temporary file next to `target` for the body to rename; removed on error.

    No other process sweeps it while the body runs.

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
    """Keep the file that is about to be replaced as `<name>.bak`; return the errno if this fails.

    A hard link is enough because files are never changed in place. If the file system has none,
    the file is copied.
    """
    temp = temp_beside(target)
    try:
        try:
            os.link(target, temp)
            _make_private(temp, PRIVATE_FILE)  # another program may have made it
        except FileNotFoundError:
            return None  # the first save
        except OSError:
            _close(_write(temp, target.read_bytes())[1])
        temp.replace(target.with_name(f"{target.name}.bak"))
    except OSError as error:
        return error.errno
    finally:
        # Renaming one link over another to the same file does nothing and leaves both.
        with suppress(OSError):
            temp.unlink()
    return None


def temp_beside(target: Path) -> Path:
    """Return a new name for a temporary file, which `sweep` removes if it is left behind.

    The name contains a short hash of the target's name, so it is never too long.
    """
    return target.with_name(f"{_temp_start(target)}{os.urandom(8).hex()}{TEMP_SUFFIX}")


def _temp_start(target: Path) -> str:
    return f"{TEMP_PREFIX}{sha256(os.fsencode(target.name)).hexdigest()[:8]}-"


def make_folder(folder: Path) -> None:
    """Create a folder and its missing parents durably, with mode 0700.

    Raises:
        NotSavedError: it cannot be created, or a file is in its place.

    """
    with refusing(folder):
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            with suppress(FileExistsError):  # another process may create it at the same time
                path.mkdir(mode=PRIVATE_FOLDER)
                _make_private(path, PRIVATE_FOLDER)
    for path in reversed(missing):
        flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Sync a folder, so that renames and new files in it survive a power cut.

    Raises:
        NotSavedError: this could not be confirmed.

    """
    with _folder_opened(folder / "any") as opened, refusing(folder, confirmed=False):
        _flush_folder(opened)


def sweep(target: Path) -> None:
    """Remove the temporary files of `target` that killed processes left behind.

    Those being written by another process stay, and so do those of other files in the folder, such
    as an export. Without file locks this cannot be known, and all of them stay.
    """
    _remove(target.parent, _temp_start(target))


def sweep_folder(folder: Path) -> None:
    """Remove the temporary files of all files in a folder, as `sweep` does for one."""
    _remove(folder, TEMP_PREFIX)


def _remove(folder: Path, start: str) -> None:
    with suppress(OSError):
        for leftover in folder.glob(f"{start}*{TEMP_SUFFIX}"):
            with suppress(OSError):
                if _is_left(leftover):
                    leftover.unlink()


def _is_left(temp: Path) -> bool:
    """Return whether certainly nobody is writing a temporary file any more."""
    if sys.platform == "win32":  # Windows refuses to remove an open file
        return True
    opened = os.open(temp, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    claim = _claimed(opened)
    _close(claim)
    _close(opened)
    return claim is not None


def _claimed(opened: int) -> int | None:
    """Lock an open file against being swept; return the descriptor that holds the lock, or None.

    It is a duplicate, because closing the first must report errors such as a full disk.
    """
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.dup(opened)
    except OSError:  # another process has it, or there are no locks
        return None


def _close(opened: int | None) -> None:
    if opened is not None:
        with suppress(OSError):  # nothing more is written through it
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
    """Open the folder before any change, so that it is certainly available to sync later."""
    if sys.platform == "win32":  # folders cannot be synced
        yield None
        return
    with refusing(target):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield folder
    finally:
        _close(folder)


def _write(temp: Path, data: bytes) -> tuple[os.stat_result, int | None]:
    """Write and sync a new file; return its status and the descriptor with the lock."""
    opened = os.open(temp, _TEMP_FLAGS, PRIVATE_FILE)
    claim = _claimed(opened)
    try:
        _make_private(temp, PRIVATE_FILE)
        write_whole(opened, data)
        _flush(opened)  # never retried: a second fsync may report success for lost pages
        status = os.fstat(opened)
    except BaseException:
        _close(opened)  # the first error is the one to report
        _close(claim)
        raise
    try:
        os.close(opened)  # network drives may report a full disk only now
    except BaseException:
        _close(claim)
        raise
    return status, claim


def write_whole(opened: int, data: bytes) -> None:
    """Write all bytes, in as many calls as needed.

    Raises:
        OSError: not all bytes were written.

    """
    rest = memoryview(data)
    while rest:
        count = os.write(opened, rest)  # may write only a part
        if not count:
            raise OSError(errno.EIO, "nothing was written")
        rest = rest[count:]


def _make_private(path: Path, mode: int) -> None:
    """Set a mode that the umask may have changed; ignore file systems without modes."""
    if path.stat().st_mode & 0o777 != mode:
        with suppress(PermissionError):
            path.chmod(mode)


def _flush(opened: int) -> None:
    if sys.platform == "darwin":
        try:
            # On macOS, plain fsync leaves the bytes in the drive's cache.
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
    # On Windows a virus scanner or a sync tool may hold the target briefly: retry for 2 s.
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
    """Return the error for a failed rename; on a network drive it may have taken effect anyway."""
    try:
        temp.lstat()
    except OSError:
        still_there = False
    else:
        still_there = True
    return NotSavedError(_code(error), target, error.errno, confirmed=still_there)


def _code(error: OSError) -> NotSavedCode:
    return _CODES.get(errno.errorcode.get(error.errno or 0, ""), NotSavedCode.OTHER)


def read_file(path: Path, limit: int = JOURNAL_LIMIT) -> tuple[bytes, os.stat_result]:
    """Return a file's bytes, and its status from before they were read.

    Raises:
        OSError: EISDIR if it is not a regular file, EFBIG if it has more than `limit` bytes, or
            any error of the disk.

    """
    with open_file(path) as stream:
        status = os.fstat(stream.fileno())
        data = stream.read(limit + 1)  # the size in its status may be wrong
    if len(data) > limit:
        raise OSError(errno.EFBIG, "beyond the limit")
    return data, status


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading without blocking.

    Raises:
        OSError: EISDIR if it is not a regular file, or any error of the disk.

    """
    with open(path, "rb", opener=_open_at_once) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EISDIR, "not a file")
        yield stream


def changed_at(status: os.stat_result) -> datetime:
    """Return when a file was last changed, in UTC; 1970 if the time is out of range."""
    return moment(status.st_mtime)


def moment(seconds: float) -> datetime:
    """Return a file system's time in UTC; 1970 if it is out of range."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def quarantine(target: Path) -> Path:
    """Rename a damaged file after the time of its last change; return its new path.

    Raises:
        OSError: it was not renamed.
        NotSavedError: not confirmed; a power cut may undo it.

    """
    moved = renamed(target, f"{target.stem}.corrupt-", target.suffix)
    flush_folder(target.parent)
    return moved


def renamed(path: Path, before: str, after: str) -> Path:
    """Rename a file to `before`, the time of its last change and `after`; never replace another.

    Raises:
        OSError: it was not renamed.

    """
    stem = f"{before}{changed_at(path.lstat()):%Y%m%dT%H%M%SZ}"
    paths = (
        path.with_name(f"{stem}{'' if number == 1 else f'-{number}'}{after}") for number in count(1)
    )
    return path.rename(next(path for path in paths if not os.path.lexists(path)))
