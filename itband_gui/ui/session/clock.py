"""Drives a session's engine with a timer and emits its events.

This is the engine's only timer. It just passes on the current time; if it fires late, the engine
still dates each event at its own instant.
"""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from itband_gui.session.engine import Engine, is_gap
from itband_gui.session.events import EndReason, Event, PauseReason
from itband_gui.session.position import Position

FRAME_MS = 33  # thirty frames a second: a hand at 8 cm/s moves under two pixels per frame
PAUSED_MS = 1_000  # how often to look while the session is paused


def system_ms() -> int:
    """Return the time in milliseconds on a clock that cannot be set and that counts sleep.

    That is CLOCK_BOOTTIME on Linux and CLOCK_MONOTONIC on macOS, where Python's own monotonic clock
    does not count sleep; on Windows it does.
    """
    if sys.platform == "darwin":
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
    boot_time: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    if boot_time is not None:
        return time.clock_gettime_ns(boot_time) // 1_000_000
    return time.monotonic_ns() // 1_000_000


class SessionClock(QObject):
    """Runs one session: reads the clock, advances the engine, emits signals.

    After each look at the clock, `happened` carries each event in order, then `moved` the new
    position, then `told` all the events together.

    Args:
        engine: one that has not begun, or one restored from a checkpoint.
        now_ms: the clock in milliseconds; the engine must use the same one.

    """

    happened = Signal(Event)
    moved = Signal(Position)
    told = Signal(tuple)

    def __init__(self, engine: Engine, now_ms: Callable[[], int] = system_ms) -> None:
        super().__init__()
        self.engine = engine
        self._now_ms = now_ms
        self._last_ms = now_ms()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.poll)

    @property
    def last_ms(self) -> int:
        """The time at the last look at the clock."""
        return self._last_ms

    @property
    def position(self) -> Position:
        """The session's position at the last look at the clock."""
        return self.engine.position(self._last_ms)

    def begin(self) -> None:
        """Start the first phase, or emit the position of a restored session."""
        self._tell(self.engine.begin())

    @Slot()
    def poll(self) -> None:
        """Read the clock and emit the events that are due."""
        now_ms = self._take_time()
        self._tell(self.engine.advance_to(now_ms))

    def toggle_pause(self) -> None:
        """Pause or continue."""
        was_running = self.engine.running  # a gap may pause it before the key does
        now_ms = self._take_time()
        if was_running:
            self._tell(self.engine.pause(now_ms))
        else:
            self._tell(self.engine.go_on(now_ms))

    def pause(self) -> None:
        """Pause; does nothing if already paused."""
        self._tell(self.engine.pause(self._take_time()))

    def go_on(self) -> None:
        """Continue; does nothing while running."""
        self._tell(self.engine.go_on(self._take_time()))

    def skip(self) -> None:
        """Skip this set."""
        self._tell(self.engine.skip(self._take_time()))

    def again(self) -> None:
        """Repeat this set."""
        self._tell(self.engine.again(self._take_time()))

    def easier(self) -> None:
        """Go lighter; if it is already light, leave the zone."""
        self._tell(self.engine.easier(self._take_time()))

    def end(self, reason: EndReason) -> None:
        """End the session."""
        self._tell(self.engine.end(self._take_time(), reason))

    def _take_time(self) -> int:
        """Return the time; after a gap, first pause the session at the last instant before it."""
        now_ms = max(self._now_ms(), self._last_ms)
        last_ms, self._last_ms = self._last_ms, now_ms
        if self.engine.running and is_gap(last_ms, now_ms):
            self._tell(self.engine.pause(last_ms, PauseReason.GAP))
        return now_ms

    def _tell(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.happened.emit(event)
        self.moved.emit(self.position)
        self.told.emit(events)
        if self.engine.ended is None:
            self._timer.start(self._wait_ms())
        else:
            self._timer.stop()

    def _wait_ms(self) -> int:
        """Return the milliseconds until the next frame or boundary, whichever is sooner."""
        due_ms = self.engine.next_due_ms
        if due_ms is None:
            return PAUSED_MS
        return min(max(due_ms - self._now_ms(), 0), FRAME_MS)
