"""When the screen should be kept awake: a pure function of a session's events and the time."""

from itband_gui.session.events import Ended, Event, Paused, Resumed

LONG_PAUSE_MS = 5 * 60 * 1000  # our choice: time to answer the door, not to leave the screen on


class AwakePolicy:
    """Follows one session by its events, which must come in order; it runs from the first."""

    def __init__(self) -> None:
        self._paused_ms: int | None = None
        self._ended = False

    def take(self, event: Event) -> None:
        """Take note of what happened."""
        if isinstance(event, Paused):
            self._paused_ms = event.at_ms
        elif isinstance(event, Resumed):
            self._paused_ms = None
        elif isinstance(event, Ended):
            self._ended = True

    def wanted(self, now_ms: int) -> bool:
        """Tell whether the screen should stay on at `now_ms`, on the session's clock."""
        if self._ended:
            return False
        return self._paused_ms is None or now_ms - self._paused_ms <= LONG_PAUSE_MS
