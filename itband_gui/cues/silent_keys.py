"""The silent twin of the desktop's media keys, and the reasons for it."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class MediaKeysProblem(StrEnum):
    """The reasons why media keys do not arrive from the desktop."""

    NOT_HERE = "not-here"  # on this system they reach the window as keys
    NO_LIBRARY = "no-library"  # jeepney is not installed or cannot be loaded
    NO_BUS = "no-bus"  # there is no session bus, or its address does not work
    NO_ANSWER = "no-answer"  # the bus hangs
    REFUSED = "refused"  # the bus refused or closed the connection


class MediaKeys(QObject):
    """Base class of the media keys; on its own it does nothing.

    Call `open` when a session starts, `show` whenever something changes, and `close` at the end;
    none of them blocks. `problem` is None while all is well; `problem_found` is emitted at most
    once for each `open`, and nothing is emitted after it.

    A key press only emits a signal. `play_pause_requested` is emitted for Play only while paused
    and for Pause only while playing, according to the last `show`.
    """

    play_pause_requested = Signal()
    next_requested = Signal()
    previous_requested = Signal()
    stop_requested = Signal()
    problem_found = Signal(MediaKeysProblem)

    def __init__(
        self, problem: MediaKeysProblem | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.problem = problem

    def open(self) -> None:
        """Appear among the desktop's media players."""

    def show(self, title: str, position_ms: int, length_ms: int, *, playing: bool) -> None:
        """Show the current step and its position on the desktop; call this as often as you like.

        The desktop shows the last position given, so a running session updates it every frame.
        """

    def close(self) -> None:
        """Disappear from the desktop's media players."""
