"""Codes for problems with sound, voice and keep-awake; the window has the sentences."""

from collections.abc import Callable
from enum import StrEnum


class CueProblem(StrEnum):
    """Why a voice or the tones are not used for the rest of the session."""

    NO_SPEECH = "no-speech"  # the desktop has no speech service that can be started
    SPEECH_HANGS = "speech-hangs"  # it does not answer
    SPEECH_BROKE = "speech-broke"  # it refused, or ended
    SPEECH_SILENT = "speech-silent"  # it answers, but an utterance never ends
    NO_PHRASES = "no-phrases"  # the recordings are missing or cannot be read
    NO_SOUND_LIBRARY = "no-sound-library"  # a library that Qt's audio needs is missing
    NO_SOUND_DEVICE = "no-sound-device"  # nothing to play on
    SOUND_HANGS = "sound-hangs"  # the sound service accepts sounds but never ends them
    SOUND_BROKE = "sound-broke"  # the program that plays our sounds ended


SPEECH = frozenset(
    {
        CueProblem.NO_SPEECH,
        CueProblem.SPEECH_HANGS,
        CueProblem.SPEECH_BROKE,
        CueProblem.SPEECH_SILENT,
    }
)
# Without these there are neither recorded phrases nor tones.
SOUND = frozenset(
    {
        CueProblem.NO_SOUND_LIBRARY,
        CueProblem.NO_SOUND_DEVICE,
        CueProblem.SOUND_HANGS,
        CueProblem.SOUND_BROKE,
    }
)


HELD = "held"  # the process's answer on success; otherwise the code of a problem
Release = Callable[[], None]


class AwakeProblem(StrEnum):
    """The reasons why the screen may go dark."""

    NO_LIBRARY = "no-library"  # wakepy is not installed or cannot be loaded
    NO_BUS = "no-bus"  # there is no session bus, or its address does not work
    NO_ANSWER = "no-answer"  # the bus or a service on it hangs
    REFUSED = "refused"  # no service can keep it on, or all refused
    BROKE = "broke"  # the process could not be started, or ended on its own


class NotKeptError(Exception):
    """The screen cannot be kept awake; `problem` says why."""

    def __init__(self, problem: AwakeProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
