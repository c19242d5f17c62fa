"""What the voices have in common."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from itband_gui.cues.choice import Rate
from itband_gui.cues.problems import Problem
from itband_gui.session.cues import Pace


class Voice(QObject):
    """Says phrases, one utterance at a time; every call returns at once.

    After `start` comes `ready` or `failed`, once. Each `say` is given a number by its caller and is
    followed by `ended` with it, whether it was said to its end, gave way to another program or was
    stopped; `begun` comes before where there was a sound, and `completed` just before where it was
    said to its end. After `failed` nothing more comes.
    """

    ready = Signal()
    begun = Signal(int)
    completed = Signal(int)
    ended = Signal(int)
    failed = Signal(Problem)

    @property
    def pace(self) -> Pace:
        """How long this voice takes."""
        raise NotImplementedError

    def start(self) -> None:
        """Get ready to speak."""
        raise NotImplementedError

    def say(self, number: int, phrases: Sequence[str]) -> None:
        """Say phrases one after the other; what is being said is stopped."""
        raise NotImplementedError

    def stop(self) -> None:
        """Be quiet."""
        raise NotImplementedError

    def set_volume(self, percent: int) -> None:
        """Set the loudness of what is said next, 0 to 100."""
        raise NotImplementedError

    def set_rate(self, rate: Rate) -> None:
        """Set how fast what is said next is; a voice with one speed lets it be."""

    def close(self) -> None:
        """Let go of everything, in silence."""
        raise NotImplementedError
