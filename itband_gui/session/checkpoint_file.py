"""The files in which running sessions are kept, one each, and who may touch them.

They lie in a folder of their own as `session-1.json`, `session-2.json`, …; whoever holds the lock
of `session-1.lock` owns the first, and so on. A running session holds it to its end, so that
another window offers only what nobody is doing any more; the kernel frees it when the process dies.
"""

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from itband_gui.journal import durable
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.lock import Held, try_hold
from itband_gui.journal.regular import read_regular
from itband_gui.session.checkpoint import (
    SIZE_LIMIT,
    Checkpoint,
    CheckpointInvalidError,
    decode,
)
from itband_gui.session.left import SESSIONS_DIR

NAMES = 20  # our choice: more sessions at once, or left undecided, than anybody has


class CheckpointFile:
    """A session's file, owned until it is removed or released."""

    def __init__(self, path: Path, held: Held) -> None:
        self.path = path
        self._held = held

    def write(self, data: bytes) -> None:
        """Replace the file durably; mode 0600.

        Raises:
            NotSavedError: the earlier checkpoint is still there, as far as can be known.

        """
        durable.replace_file(self.path, data)

    def remove(self) -> None:
        """Delete the file, as far as the disk lets it, and give up the name."""
        with suppress(OSError, NotSavedError):
            self.path.unlink(missing_ok=True)
            durable.flush_folder(self.path.parent)
        self.release()

    def release(self) -> None:
        """Leave the file to whoever looks next; where there is none, its lock goes too."""
        if not os.path.lexists(self.path):
            with suppress(OSError):
                _lock_of(self.path).unlink()
        self._held.release()


@dataclass(frozen=True)
class Found:
    """What interrupted sessions left.

    Attributes:
        checkpoint: the newest one that nobody is doing; None where there is none.
        file: its file, owned: go on writing to it, remove it, or release it.
        set_aside: where files now lie that could not be understood.

    """

    checkpoint: Checkpoint | None = None
    file: CheckpointFile | None = None
    set_aside: tuple[Path, ...] = ()


def load_checkpoint(state: Path) -> Found:
    """Look for the newest interrupted session in a state folder; never raises.

    A file that is damaged or of another version is renamed and reported. One that the disk or its
    permissions keep from being read stays, and is not offered.
    """
    folder = _folder(state)
    if folder is None or not folder.is_dir():
        return Found()
    best: tuple[Checkpoint, CheckpointFile] | None = None
    set_aside: list[Path] = []
    for path in _names(folder):
        if not os.path.lexists(path) and not os.path.lexists(_lock_of(path)):
            continue
        held = try_hold(_lock_of(path))
        if held is None:
            continue
        durable.sweep(path)
        file = CheckpointFile(path, held)
        checkpoint = _loaded(file, set_aside)
        if checkpoint is None or (best and best[0].written >= checkpoint.written):
            file.release()
            continue
        if best:
            best[1].release()
        best = checkpoint, file
    return Found(*best, tuple(set_aside)) if best else Found(set_aside=tuple(set_aside))


def new_file(state: Path) -> CheckpointFile:
    """Return a file for a session that starts, not yet written.

    Raises:
        NotSavedError: no folder can be made for it, or every name is taken. What the state folder
            lies in is never made: when it is gone, its disk was most likely unplugged.

    """
    folder = durable.real_target(state / SESSIONS_DIR)
    if not state.parent.is_dir():
        raise NotSavedError(NotSavedCode.GONE, folder)
    durable.make_folder(folder)
    if not folder.is_dir():
        raise NotSavedError(NotSavedCode.GONE, folder, errno.ENOTDIR)
    for path in _names(folder):
        held = try_hold(_lock_of(path))
        if held is None:
            continue
        if not os.path.lexists(path):
            return CheckpointFile(path, held)
        held.release()
    raise NotSavedError(NotSavedCode.BUSY, folder)


def _names(folder: Path) -> list[Path]:
    return [folder / f"session-{number}.json" for number in range(1, NAMES + 1)]


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")


def _folder(state: Path) -> Path | None:
    try:
        return durable.real_target(state / SESSIONS_DIR)
    except NotSavedError:
        return None


def _loaded(file: CheckpointFile, set_aside: list[Path]) -> Checkpoint | None:
    """Read a checkpoint; note where it lies now if it is none."""
    try:
        return decode(_read(file.path))
    except OSError:
        return None
    except CheckpointInvalidError:
        with suppress(OSError):  # it will be met, and passed over, at the next start
            set_aside.append(_move_aside(file.path))
        return None


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, SIZE_LIMIT)[0]
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise CheckpointInvalidError("beyond the limit") from error
        raise


def _move_aside(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}.damaged-{number}{path.suffix}") for number in count(1))
    moved = next(name for name in names if not os.path.lexists(name))
    return path.rename(moved)
