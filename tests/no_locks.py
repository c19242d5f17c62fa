"""Simulates a file system without locks, such as some network drives."""

import errno
import os


def no_locks(_opened: int, _how: int) -> None:
    """Replace `flock` as on a file system without locks."""
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
