"""Speaks through Qt's speech engines: the desktop's own on Windows and macOS."""

from typing import TYPE_CHECKING

from itband_gui.cues.child import Order, tell
from itband_gui.cues.problems import Problem

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech


def make_speech(engine: str) -> "Speech | None":
    """Return the speaker, which tells when it is ready; or None, and tell why not.

    An empty name stands for the system's own engine.
    """
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - may lack a library
    except ImportError:
        tell(**{"is": "problem", "code": Problem.NO_SPEECH})
        return None
    return Speech(QTextToSpeech(engine) if engine else QTextToSpeech())


class Speech:
    """Obeys `say` (id, text), `stop`, `volume` (percent), `rate` (-1 to 1).

    Each `say` is told to have `begun` and `ended` with its id.
    """

    def __init__(self, engine: "QTextToSpeech") -> None:
        self._engine = engine
        self._state = engine.State
        self._wanted: tuple[int, str] | None = None
        self._number = 0  # of what is being said
        self._was_ready = False
        engine.stateChanged.connect(self._changed)
        self._changed(engine.state())

    def obey(self, order: Order) -> None:
        """Carry out one order."""
        match order["do"]:
            case "say":
                self._stop()
                self._wanted = order["id"], order["text"]
                self._go_on()
            case "stop":
                self._stop()
            case "volume":
                self._engine.setVolume(order["percent"] / 100)
            case "rate":
                self._engine.setRate(order["rate"])

    def _go_on(self) -> None:
        """Say what is wanted once the engine rests: it is told of a stop only later (measured)."""
        if self._wanted is not None and self._engine.state() is self._state.Ready:
            (self._number, text), self._wanted = self._wanted, None
            self._engine.say(text)

    def _stop(self) -> None:
        if self._wanted is not None:
            tell(**{"is": "ended", "id": self._wanted[0]})
            self._wanted = None
        if self._number:
            number, self._number = self._number, 0
            self._engine.stop()
            tell(**{"is": "ended", "id": number})

    def _changed(self, state: "QTextToSpeech.State") -> None:
        if state is self._state.Error:
            tell(**{"is": "problem", "code": Problem.SPEECH_BROKE})
        elif state is self._state.Speaking and self._number:
            tell(**{"is": "begun", "id": self._number})
        elif state is self._state.Ready:
            self._rest()

    def _rest(self) -> None:
        if not self._was_ready:
            self._was_ready = True
            tell(**{"is": "ready"})
        if self._number:
            number, self._number = self._number, 0
            tell(**{"is": "ended", "id": number})
        self._go_on()
