"""Keeps the screen on while a session runs; whoever looks at their leg presses no key.

wakepy does the asking, and it waits for the answers: 1 s for a bus that says nothing, 2 s for each
service that does, without end for a bus that dies between two words. So it must not ask in the
window's thread. In a thread of its own it brought the program down: Python collects garbage in
whatever thread it is, and Qt's objects must not be destroyed in that one (seen twice in 16 runs of
the tests). Hence a process, `keep_awake_child.py`. What is held is held by it, and it ends with the
pipe that leads to us, however we end.
"""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal, Slot

from itband_gui.cues.problems import HELD, AwakeProblem
from itband_gui.session.events import Event, Paused, Resumed, SessionEnded

COMMAND = "keep-awake-child"  # the hidden word by which a bundle starts the process
ANSWER_MS = 8_000  # a start, and wakepy's own patience of 5 s with a hung bus or two hung services
LET_GO_MS = 5_000  # the process gives itself 3 s to let go; after this it is ended
QUIT_MS = 500  # what the program's own end may take longer for a last polite word


class KeepAwake(QObject):
    """Holds the screen awake between `hold` and `release`; both return at once, at any time.

    `command` starts the process. After `answer_ms` without a word from it, that is the problem;
    should the answer come later, it counts.

    `problem_found` comes at most once in the life of the object: the session says it once and goes
    on. `problem` is the present state, None when all is well or nothing is wished.
    """

    problem_found = Signal(AwakeProblem)

    def __init__(
        self, command: Sequence[str], parent: QObject | None = None, *, answer_ms: int = ANSWER_MS
    ) -> None:
        super().__init__(parent)
        self.problem: AwakeProblem | None = None
        self.held = False
        self._command = list(command)
        self._said = False
        self._wished = False
        self._child: QProcess | None = None
        self._patience = QTimer(self, singleShot=True, interval=answer_ms)
        self._patience.timeout.connect(lambda: self._find(AwakeProblem.NO_ANSWER))
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._quit)

    def hold(self) -> None:
        """Keep the screen awake; nothing happens while that is wished already."""
        if self._wished:
            return
        self._wished = True
        self._child = QProcess(self)
        self._child.setStandardErrorFile(QProcess.nullDevice())
        self._child.readyReadStandardOutput.connect(self._hear)
        self._child.finished.connect(self._lose)
        self._child.errorOccurred.connect(self._lose)
        self._patience.start()
        self._child.start(self._command[0], self._command[1:])

    def release(self) -> None:
        """Let the screen go dark again; nothing happens when it may already."""
        self._wished, self.problem = False, None
        self._let_go()

    @Slot()
    def _hear(self) -> None:
        """Take the one word that the process says."""
        if self._child is None or not self._child.canReadLine():
            return
        word = bytes(self._child.readLine().data()).decode().strip()
        if word == HELD:
            self._patience.stop()
            self.held, self.problem = True, None
        else:
            self._let_go()
            self._find(AwakeProblem(word))

    @Slot()
    def _lose(self) -> None:
        self._hear()  # its last word, if it said one
        if self._child is not None:
            self._let_go()
            self._find(AwakeProblem.BROKE)

    def _let_go(self) -> QProcess | None:
        """Close the pipe, by which the process lets go and ends; return it."""
        self._patience.stop()
        child, self._child, self.held = self._child, None, False
        if child is None:
            return None
        child.readyReadStandardOutput.disconnect(self._hear)
        child.finished.disconnect(self._lose)
        child.errorOccurred.disconnect(self._lose)
        child.closeWriteChannel()
        if child.state() is QProcess.ProcessState.NotRunning:
            child.deleteLater()
        else:
            child.finished.connect(child.deleteLater)
            QTimer.singleShot(LET_GO_MS, child, child.kill)
        return child

    @Slot()
    def _quit(self) -> None:
        """Let the process end in peace: its connection's end would do, but a word is better."""
        child = self._let_go()
        if child is not None:
            child.waitForFinished(QUIT_MS)

    def _find(self, problem: AwakeProblem) -> None:
        self.problem = problem
        if not self._said:
            self._said = True
            self.problem_found.emit(problem)


def keep_awake(name: str, reason: str, parent: QObject | None = None) -> KeepAwake:
    """Return a KeepAwake of this machine; nothing is loaded or started before it is to hold.

    `name` and `reason` are what the desktop shows to the user who asks it why the screen stays on.
    """
    frozen = getattr(sys, "frozen", False)  # a bundle is its own Python
    start = [COMMAND] if frozen else ["-m", "itband_gui.cues.keep_awake_child"]
    return KeepAwake([sys.executable, *start, name, reason], parent)


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
        elif isinstance(event, SessionEnded):
            self._ended = True

    def wanted(self, now_ms: int) -> bool:
        """Tell whether the screen should stay on at `now_ms`, on the session's clock."""
        if self._ended:
            return False
        return self._paused_ms is None or now_ms - self._paused_ms <= LONG_PAUSE_MS
