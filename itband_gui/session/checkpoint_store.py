"""Writes, reads and locks the checkpoint files of running sessions.

The files `session-1.json`, `session-2.json`, … are in the sessions folder; the holder of the lock
on `session-1.lock` owns the first, and so on. A running session holds its lock to the end, so that
other windows only offer sessions that nobody is doing. The kernel frees it if the process dies.
"""

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Condition, Thread

from itband_gui.journal import safe_file
from itband_gui.journal.lock import HeldLock, try_hold
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError, read_file
from itband_gui.session.checkpoint import (
    CHECKPOINT_LIMIT,
    Checkpoint,
    CheckpointInvalidError,
    Encoder,
    SessionHead,
    decode,
)
from itband_gui.session.engine import Engine
from itband_gui.session.events import (
    Eased,
    Event,
    Paused,
    PhaseStarted,
    Resumed,
    SessionEnded,
    ZoneLeft,
)
from itband_gui.session.leftovers import SESSIONS_DIR

NAMES = 20  # our choice: more running or undecided sessions than anybody has


class CheckpointFile:
    """A session's file, owned until it is removed or released."""

    def __init__(self, path: Path, held: HeldLock) -> None:
        self.path = path
        self._held = held

    def write(self, data: bytes) -> None:
        """Replace the file durably; mode 0600.

        Raises:
            NotSavedError: it failed; the earlier checkpoint is most likely still there.

        """
        safe_file.replace_file(self.path, data)

    def remove(self) -> None:
        """Delete the file, if possible, and release it."""
        with suppress(OSError, NotSavedError):
            self.path.unlink(missing_ok=True)
            safe_file.flush_folder(self.path.parent)
        self.release()

    def release(self) -> None:
        """Release the file for others; if it does not exist, remove its lock file, too."""
        if not os.path.lexists(self.path):
            with suppress(OSError):
                _lock_of(self.path).unlink()
        self._held.release()


@dataclass(frozen=True)
class Found:
    """The checkpoints found of interrupted sessions.

    Attributes:
        checkpoint: the newest one of a session that nobody is doing; None if there is none.
        file: its file, now owned: write to it, remove it, or release it.
        set_aside: the new paths of files that could not be decoded.

    """

    checkpoint: Checkpoint | None = None
    file: CheckpointFile | None = None
    set_aside: tuple[Path, ...] = ()


def load_checkpoint(state: Path) -> Found:
    """Return the newest interrupted session in a state folder; never raises.

    A file that is damaged or of another version is renamed and reported. A file that the disk or
    permissions keep from being read stays and is not offered.
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
        safe_file.sweep(path)
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
    """Return a file for a new session, not yet written.

    Raises:
        NotSavedError: its folder cannot be created, or every name is taken. The state folder's
            parent is never created: if it is gone, a disk was most likely unplugged.

    """
    folder = safe_file.real_target(state / SESSIONS_DIR)
    if not state.parent.is_dir():
        raise NotSavedError(NotSavedCode.GONE, folder)
    safe_file.make_folder(folder)
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
        return safe_file.real_target(state / SESSIONS_DIR)
    except NotSavedError:
        return None


def _loaded(file: CheckpointFile, set_aside: list[Path]) -> Checkpoint | None:
    """Read a checkpoint; note where it is put if it is damaged."""
    path = file.path
    try:
        return decode(_read(path))
    except OSError:
        return None
    except CheckpointInvalidError:
        with suppress(OSError):  # the next start will find it and skip it
            set_aside.append(safe_file.renamed(path, f"{path.stem}.damaged-", path.suffix))
        return None


def _read(path: Path) -> bytes:
    try:
        return read_file(path, CHECKPOINT_LIMIT)[0]
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise CheckpointInvalidError("beyond the limit") from error
        raise


EVERY_MS = 5_000  # our choice: at most this much of a session is lost
_BOUNDARIES = (PhaseStarted, Paused, Resumed, Eased, ZoneLeft, SessionEnded)


def due(last_ms: int | None, now_ms: int, events: Iterable[Event] = ()) -> bool:
    """Return whether to write a checkpoint: the first, at a boundary, and after five seconds.

    Args:
        last_ms: when the last one was written, on the session's clock; None for never.
        now_ms: the session's clock.
        events: the events since then.

    """
    if last_ms is None or now_ms - last_ms >= EVERY_MS:
        return True
    return any(isinstance(event, _BOUNDARIES) for event in events)


class CheckpointWriter:
    """Writes the checkpoints of one session in a separate thread.

    A disk may take seconds to make a file durable. Only the newest checkpoint waits while another
    is being written; older waiting ones are dropped, and nothing is written after `remove`. A
    checkpoint that cannot be written is dropped, and the next one is tried.
    """

    def __init__(self, state: Path, file: CheckpointFile | None = None) -> None:
        self.problem: NotSavedError | None = None  # of the last attempt
        self._state = state
        self._file = file
        self._change = Condition()
        self._waiting: bytes | None = None
        self._busy = self._over = self._removing = False
        # A daemon, because a hanging disk must not keep the program from exiting.
        self._thread = Thread(target=self._run, name="checkpoint", daemon=True)
        self._thread.start()

    def put(self, data: bytes) -> None:
        """Queue the newest checkpoint; returns at once."""
        with self._change:
            if not self._over:
                self._waiting = data
                self._change.notify_all()

    def remove(self) -> None:
        """Request removal of the file, as the session is in the journal; returns at once."""
        self._end(removing=True)

    def close(self) -> None:
        """Write what waits and leave the file for the next start; returns at once."""
        self._end(removing=False)

    def settle(self, timeout_s: float) -> bool:
        """Wait until all requests are done and return whether they are.

        Call this before the program ends, which ends the thread, too.
        """
        with self._change:
            return self._change.wait_for(self._is_idle, timeout_s)

    def _end(self, *, removing: bool) -> None:
        with self._change:
            if not self._over:
                self._over, self._removing = True, removing
                if removing:
                    self._waiting = None
                self._busy = True
                self._change.notify_all()

    def _is_idle(self) -> bool:
        return not self._busy and self._waiting is None

    def _run(self) -> None:
        while (data := self._next()) is not None:
            try:
                self._write(data)
                self.problem = None
            except NotSavedError as error:
                self.problem = error
        if self._file is not None:
            (self._file.remove if self._removing else self._file.release)()
        with self._change:
            self._busy = False
            self._change.notify_all()

    def _next(self) -> bytes | None:
        """Wait for a checkpoint and return it; None at the end."""
        with self._change:
            self._busy = self._over
            self._change.notify_all()
            self._change.wait_for(lambda: self._waiting is not None or self._over)
            data, self._waiting = self._waiting, None
            self._busy = True
            return data

    def _write(self, data: bytes) -> None:
        if self._file is None:
            self._file = new_file(self._state)
        self._file.write(data)


class CheckpointKeeper:
    """Decides when to write a checkpoint; `now` returns the current time, aware."""

    def __init__(
        self,
        head: SessionHead,
        engine: Engine,
        writer: CheckpointWriter,
        now: Callable[[], datetime],
    ) -> None:
        self._encoder = Encoder(head)
        self._engine = engine
        self._writer = writer
        self._now = now
        self._last_ms: int | None = None

    def look(self, now_ms: int, events: Iterable[Event] = ()) -> bool:
        """Write a checkpoint if it is due, and return whether it was.

        Call this after each advance of the engine, with its events. While the session is paused
        nothing changes, so nothing is written.
        """
        happened = tuple(events)
        last_ms = self._last_ms if self._engine.running or self._last_ms is None else now_ms
        if not due(last_ms, now_ms, happened):
            return False
        self._last_ms = now_ms
        self._writer.put(self._encoder.encode(self._engine.snapshot(), self._now()))
        return True
