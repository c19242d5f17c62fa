"""Keeps a running session's checkpoint up to date, without ever holding the session up."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from threading import Condition, Thread

from itband_gui.journal.durable import NotSavedError
from itband_gui.session.checkpoint import Encoder, Head
from itband_gui.session.checkpoint_file import CheckpointFile, new_file
from itband_gui.session.engine import Engine
from itband_gui.session.events import (
    Eased,
    Ended,
    Event,
    Paused,
    PhaseStarted,
    Resumed,
    ZoneLeft,
)

EVERY_MS = 5_000  # our choice: no more than this much of a session is ever lost
_BOUNDARIES = (PhaseStarted, Paused, Resumed, Eased, ZoneLeft, Ended)


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


class Writer:
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


class Keeper:
    """Decides when, and hands the checkpoint over; `now` is the time of day, aware."""

    def __init__(
        self, head: Head, engine: Engine, writer: Writer, now: Callable[[], datetime]
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
