"""What can be wrong with this machine's sound, as codes; the sentences are the window's."""

from collections.abc import Callable
from enum import StrEnum


class CueProblem(StrEnum):
    """Why a part of the chain was given up for the rest of the session."""

    NO_SPEECH = "no-speech"  # the desktop has no speech service that could be started
    SPEECH_HANGS = "speech-hangs"  # it is there and does not answer
    SPEECH_BROKE = "speech-broke"  # it refused, or went away
    SPEECH_SILENT = "speech-silent"  # it answers, but an utterance never comes to its end
    NO_PHRASES = "no-phrases"  # the recordings are missing or cannot be read
    NO_SOUND_LIBRARY = "no-sound-library"  # Qt's sound needs a library that is not here
    NO_SOUND_DEVICE = "no-sound-device"  # nothing to play on
    SOUND_HANGS = "sound-hangs"  # the sound service takes sounds and never ends them
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


HELD = "held"  # what the process says when all is well; else the code of a problem
Release = Callable[[], None]


class AwakeProblem(StrEnum):
    """Why the screen may go dark."""

    NO_LIBRARY = "no-library"  # wakepy is not installed, or cannot be loaded
    NO_BUS = "no-bus"  # no session bus, or nobody at its address
    NO_ANSWER = "no-answer"  # the bus, or whom we asked on it, hangs
    REFUSED = "refused"  # nobody who could keep it on is there, or they all said no
    BROKE = "broke"  # the process that asks could not be started, or ended by itself


class NotKeptError(Exception):
    """The screen cannot be kept awake; `problem` says why."""

    def __init__(self, problem: AwakeProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
