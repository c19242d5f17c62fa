"""Why a screen is not kept awake, as codes; the sentences are the window's."""

from collections.abc import Callable
from enum import StrEnum

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
