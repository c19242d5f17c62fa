"""The files in which running sessions are kept, one each, and who may touch them.

They lie in a folder of their own as `session-1.json`, `session-2.json`, …; whoever holds the lock
of `session-1.lock` owns the first, and so on. A running session holds it to its end, so that
another window offers only what nobody is doing any more; the kernel frees it when the process dies.
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
    SIZE_LIMIT,
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

NAMES = 20  # our choice: more sessions at once, or left undecided, than anybody has


class CheckpointFile:
    """A session's file, owned until it is removed or released."""

    def __init__(self, path: Path, held: HeldLock) -> None:
        self.path = path
        self._held = held

    def write(self, data: bytes) -> None:
        """Replace the file durably; mode 0600.

        Raises:
            NotSavedError: the earlier checkpoint is still there, as far as can be known.

        """
        safe_file.replace_file(self.path, data)

    def remove(self) -> None:
        """Delete the file, as far as the disk lets it, and give up the name."""
        with suppress(OSError, NotSavedError):
            self.path.unlink(missing_ok=True)
            safe_file.flush_folder(self.path.parent)
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
    """Return a file for a session that starts, not yet written.

    Raises:
        NotSavedError: no folder can be made for it, or every name is taken. What the state folder
            lies in is never made: when it is gone, its disk was most likely unplugged.

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
        with suppress(OSError):  # it will be met, and passed over, at the next start
            set_aside.append(safe_file.renamed(path, f"{path.stem}.damaged-", path.suffix))
        return None


def _read(path: Path) -> bytes:
    try:
        return read_file(path, SIZE_LIMIT)[0]
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise CheckpointInvalidError("beyond the limit") from error
        raise


EVERY_MS = 5_000  # our choice: no more than this much of a session is ever lost
_BOUNDARIES = (PhaseStarted, Paused, Resumed, Eased, ZoneLeft, SessionEnded)


def due(last_ms: int | None, now_ms: int, events: Iterable[Event] = ()) -> bool:
    """Whether to write a checkpoint: at once, at a boundary, and after five seconds.

    Args:
        last_ms: when the last one was written, on the session's clock; None for never.
        now_ms: the session's clock.
        events: what happened since.

    """
    if last_ms is None or now_ms - last_ms >= EVERY_MS:
        return True
    return any(isinstance(event, _BOUNDARIES) for event in events)


class CheckpointWriter:
    """Writes the checkpoints of one session, in a thread of its own.

    A disk may take its time, up to seconds, to make a file durable. Order is kept because one
    thread does it all and only the newest checkpoint waits: a checkpoint that is overtaken while
    another is being written is never written, and nothing is written after `remove`. What cannot
    be written is dropped; the next one is tried anew.
    """

    def __init__(self, state: Path, file: CheckpointFile | None = None) -> None:
        self.problem: NotSavedError | None = None  # of the last try
        self._state = state
        self._file = file
        self._change = Condition()
        self._waiting: bytes | None = None
        self._busy = self._over = self._removing = False
        # A daemon: a disk that hangs must not keep the program from ending.
        self._thread = Thread(target=self._run, name="checkpoint", daemon=True)
        self._thread.start()

    def put(self, data: bytes) -> None:
        """Have the newest checkpoint written soon; returns at once."""
        with self._change:
            if not self._over:
                self._waiting = data
                self._change.notify_all()

    def remove(self) -> None:
        """Have the file removed, as the session is in the journal; returns at once."""
        self._end(removing=True)

    def close(self) -> None:
        """Have what waits written, and leave the file for the next start; returns at once."""
        self._end(removing=False)

    def settle(self, timeout_s: float) -> bool:
        """Wait until everything asked for is done, and return whether it is.

        For the moment before the program ends, which ends the thread as well.
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
        """Wait for a checkpoint to write; None at the end."""
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
    """Decides when, and hands the checkpoint over; `now` is the time of day, aware."""

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
        """Keep the session as it is now, if that is due, and return whether it was.

        Call it after each time the engine was told the time, with what that gave. While the
        session stands still nothing changes, so nothing is written.
        """
        happened = tuple(events)
        last_ms = self._last_ms if self._engine.running or self._last_ms is None else now_ms
        if not due(last_ms, now_ms, happened):
            return False
        self._last_ms = now_ms
        self._writer.put(self._encoder.encode(self._engine.snapshot(), self._now()))
        return True
