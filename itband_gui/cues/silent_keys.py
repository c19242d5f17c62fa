"""The silent twin of the desktop's media keys, and the reasons for it."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class MediaKeysProblem(StrEnum):
    """Why the desktop's media keys do not come."""

    NOT_HERE = "not-here"  # not on this system: they come to the window as keys
    NO_LIBRARY = "no-library"  # jeepney is not installed, or cannot be loaded
    NO_BUS = "no-bus"  # no session bus, or nobody at its address
    NO_ANSWER = "no-answer"  # the bus hangs
    REFUSED = "refused"  # the bus wants none of us, or hung up


class MediaKeys(QObject):
    """The silent twin: it wishes nothing and shows nothing; the real one does both.

    Use: `open` when a session begins, `show` whenever something changed, `close` at its end; none
    of them waits for anything. `problem` is None while all is well; `problem_found` comes at most
    once for each `open`, and after it the object is as silent as this one.

    The wishes are signals; nothing is done here. `play_pause_requested` comes for Play only while
    paused and for Pause only while playing, by what was last shown.
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
        """Tell the desktop what is being done and how far it is; call it as often as you like.

        The position is what was shown last, so a running session shows it with every picture.
        """

    def close(self) -> None:
        """Vanish from among them."""
