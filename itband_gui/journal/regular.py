"""Reads a file whole; a pipe, a device or a giant in its place is refused, not waited for."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

SIZE_LIMIT = 256 * 1024 * 1024  # bytes: some 200 years of five entries a day


def read_regular(path: Path, limit: int = SIZE_LIMIT) -> tuple[bytes, os.stat_result]:
    """Return a file's bytes, and its status from before they were read.

    Raises:
        OSError: EISDIR where something else than a file is there, EFBIG where it has more than
            `limit` bytes, and whatever the disk says.

    """
    with opened_regular(path) as stream:
        status = os.fstat(stream.fileno())
        data = stream.read(limit + 1)  # what a file says of its length may not hold
    if len(data) > limit:
        raise OSError(errno.EFBIG, "beyond the limit")
    return data, status


@contextmanager
def opened_regular(path: Path) -> Iterator[BinaryIO]:
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
