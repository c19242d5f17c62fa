"""Puts files out of the way under names of their own, beside where they were."""

import os
from itertools import count
from pathlib import Path

from itband_gui.journal import durable
from itband_gui.journal.regular import changed_at


def move_aside(target: Path) -> Path:
    """Rename a damaged file after the time of its last change; return where it lies now.

    Raises:
        OSError: it is still where it was.
        NotSavedError: not confirmed; it may be back after a power cut.

    """
    moved = renamed(target, f"{target.stem}.corrupt-", target.suffix)
    durable.flush_folder(target.parent)
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
