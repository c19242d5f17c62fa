"""A file system that has no locks, as some network drives."""

import errno
import os


def no_locks(_opened: int, _how: int) -> None:
    """Stand for `flock` on a file system that has no locks."""
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
