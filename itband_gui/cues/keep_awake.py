"""Keeps the screen on while a session runs; whoever looks at their leg presses no key.

wakepy does the asking, and it waits for the answers: 1 s for a bus that says nothing, 2 s for each
service that does, without end for a bus that dies between two words. Hence a thread. It is a plain
daemon thread, because a program that ends must neither wait for it (as it would for a QThread, or
for the non-daemon thread that wakepy would start on Windows) nor be killed by it. What is held is
held by the process: when that dies, however it dies, the desktop lets go by itself.
"""

from collections.abc import Callable
from enum import StrEnum
from queue import Empty, SimpleQueue
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer, Signal, Slot

ANSWER_MS = 8_000  # wakepy's own patience with one hung bus and two hung services is 5 s
LOOK_MS = 100  # how often the thread's answer is looked for, while one is due


class AwakeProblem(StrEnum):
    """Why the screen may go dark."""

    NO_LIBRARY = "no-library"  # wakepy is not installed, or cannot be loaded
    NO_BUS = "no-bus"  # no session bus, or nobody at its address
    NO_ANSWER = "no-answer"  # the bus, or whom we asked on it, hangs
    REFUSED = "refused"  # nobody who could keep it on is there, or they all said no


class NotKeptError(Exception):
    """The screen cannot be kept awake; `problem` says why."""

    def __init__(self, problem: AwakeProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


Release = Callable[[], None]
Take = Callable[[], Release]


class KeepAwake(QObject):
    """Holds the screen awake between `hold` and `release`; both return at once, at any time.

    `take` waits until the screen is held and returns what lets it go, which is called in the same
    thread; it raises NotKeptError.

    `problem_found` comes at most once in the life of the object: the session says it once and goes
    on. `problem` is the present state, None when all is well or nothing is wished.
    """

    problem_found = Signal(AwakeProblem)

    def __init__(self, take: Take, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problem: AwakeProblem | None = None
        self.held = False
        self._take = take
        self._said = False
        self._let_go: Event | None = None
        self._answers: SimpleQueue[AwakeProblem | None] = SimpleQueue()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._hear)
        self._patience = QTimer(self, singleShot=True, interval=ANSWER_MS)
        self._patience.timeout.connect(lambda: self._find(AwakeProblem.NO_ANSWER))

    def hold(self) -> None:
        """Keep the screen awake; nothing happens while it is held or being asked for."""
        if self._let_go is not None:
            return
        self._let_go, self._answers = Event(), SimpleQueue()
        # Each hold has its own thread: one that is stuck is in nobody's way.
        arguments = (self._take, self._let_go, self._answers)
        Thread(target=_keep, args=arguments, name="keep-awake", daemon=True).start()
        self._look.start()
        self._patience.start()

    def release(self) -> None:
        """Let the screen go dark again; nothing happens when it may already."""
        if self._let_go is None:
            return
        self._let_go.set()
        self._let_go, self.problem, self.held = None, None, False
        self._look.stop()
        self._patience.stop()

    @Slot()
    def _hear(self) -> None:
        """Take the answer, if it has come.

        A signal from the thread would need this object to be there when it comes; a stuck thread
        may outlive it.
        """
        try:
            problem = self._answers.get_nowait()
        except Empty:
            return
        self._look.stop()
        self._patience.stop()
        self.held, self.problem = problem is None, None
        if problem is not None:
            self._find(problem)

    def _find(self, problem: AwakeProblem) -> None:
        self.problem = problem
        if not self._said:
            self._said = True
            self.problem_found.emit(problem)


def keep_awake(name: str, reason: str, parent: QObject | None = None) -> KeepAwake:
    """Return a KeepAwake of this machine; wakepy is first imported when it is asked to hold.

    `name` and `reason` are what the desktop shows to the user who asks it why the screen stays on.
    """

    def take() -> Release:
        try:
            from itband_gui.cues.keep_awake_wakepy import take as ask  # noqa: PLC0415 - see above
        except ImportError as error:
            raise NotKeptError(AwakeProblem.NO_LIBRARY) from error
        return ask(name, reason)

    return KeepAwake(take, parent)


def _keep(take: Take, let_go: Event, answers: "SimpleQueue[AwakeProblem | None]") -> None:
    """Take, answer, and let go when told: the whole life of the thread."""
    try:
        release = take()
    except NotKeptError as error:
        answers.put(error.problem)
        return
    answers.put(None)
    let_go.wait()
    release()
