"""Keeps the screen on while a session runs, and decides when that is needed.

wakepy makes the requests and blocks until they are answered: 1 s for a silent bus, 2 s for each
silent service, for ever if the bus dies in the middle of an answer. So it cannot run in the
window's thread. In a separate thread it crashed the program: Python collects garbage in any thread,
but Qt objects must not be destroyed in another one (seen in 2 of 16 test runs). So it runs in a
process, `keep_awake_child.py`, which keeps the screen on and ends when our pipe closes, however we
end.
"""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal, Slot

from itband_gui.cues import KEEP_AWAKE_CHILD
from itband_gui.cues.problems import HELD, AwakeProblem
from itband_gui.session.events import Event, Paused, Resumed, SessionEnded

ANSWER_MS = 8_000  # the start, and wakepy's 5 s for a hung bus or two hung services
LET_GO_MS = 5_000  # the process allows itself 3 s to release; after this it is killed
QUIT_MS = 500  # how long the program's exit may wait for a clean release
LONG_PAUSE_MS = 5 * 60 * 1000  # our choice: time to answer the door, not to leave the screen on


class KeepAwake(QObject):
    """Keeps the screen awake between `hold` and `release`, which both return at once.

    `command` starts the process. If it does not answer within `answer_ms`, that is reported as a
    problem; a later answer still counts.

    `problem_found` is emitted at most once: the session reports it and continues. `problem` is the
    present one; None if there is none or the screen is not held.
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
        self._is_requested = False
        self._child: QProcess | None = None
        self._patience = QTimer(self, singleShot=True, interval=answer_ms)
        self._patience.timeout.connect(lambda: self._find(AwakeProblem.NO_ANSWER))
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._quit)

    def hold(self) -> None:
        """Keep the screen awake; does nothing if already requested."""
        if self._is_requested:
            return
        self._is_requested = True
        self._child = QProcess(self)
        self._child.setStandardErrorFile(QProcess.nullDevice())
        self._child.readyReadStandardOutput.connect(self._hear)
        self._child.finished.connect(self._lose)
        self._child.errorOccurred.connect(self._lose)
        self._patience.start()
        self._child.start(self._command[0], self._command[1:])

    def release(self) -> None:
        """Let the screen go dark again; does nothing if it is not held."""
        self._is_requested, self.problem = False, None
        self._let_go()

    @Slot()
    def _hear(self) -> None:
        """Read the one word that the process writes."""
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
        self._hear()  # its word, if it wrote one
        if self._child is not None:
            self._let_go()
            self._find(AwakeProblem.BROKE)

    def _let_go(self) -> QProcess | None:
        """Close the pipe, which makes the process release the screen and end; return it."""
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
        """Give the process time for a clean release instead of only dropping its connection."""
        child = self._let_go()
        if child is not None:
            child.waitForFinished(QUIT_MS)

    def _find(self, problem: AwakeProblem) -> None:
        self.problem = problem
        if not self._said:
            self._said = True
            self.problem_found.emit(problem)


def keep_awake(name: str, reason: str, parent: QObject | None = None) -> KeepAwake:
    """Return a KeepAwake for this computer; nothing is loaded or started before `hold`.

    The desktop shows `name` and `reason` to users who ask why the screen stays on.
    """
    frozen = getattr(sys, "frozen", False)  # a bundle runs itself
    start = [KEEP_AWAKE_CHILD] if frozen else ["-m", "itband_gui.cues.keep_awake_child"]
    return KeepAwake([sys.executable, *start, name, reason], parent)


class AwakePolicy:
    """Follows one session by its events, passed in order."""

    def __init__(self) -> None:
        self._paused_ms: int | None = None
        self._ended = False

    def take(self, event: Event) -> None:
        """Note an event."""
        if isinstance(event, Paused):
            self._paused_ms = event.at_ms
        elif isinstance(event, Resumed):
            self._paused_ms = None
        elif isinstance(event, SessionEnded):
            self._ended = True

    def wanted(self, now_ms: int) -> bool:
        """Return whether the screen should stay on at `now_ms`, on the session's clock."""
        if self._ended:
            return False
        return self._paused_ms is None or now_ms - self._paused_ms <= LONG_PAUSE_MS
