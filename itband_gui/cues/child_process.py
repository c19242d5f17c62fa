"""The window's end of a child process (`child.py`): orders out, news in, and no waiting."""

import json
import sys
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_child import COMMAND, Order, Role

START_MS = 8_000  # it is ready after 0.3 s here (measured); our choice for a slow disk
LOOK_MS = 500
_QUIET = "qt.multimedia.*=false"


class ChildProcess(QObject):
    """A child process in one role.

    After `start` comes `ready` or `failed`. Each order with an `id` is followed by `ended` in the
    time that was given for it; if not, the child hangs and is ended: `failed`. After `failed`
    nothing more comes.
    """

    ready = Signal()
    begun = Signal(int)
    ended = Signal(int)
    failed = Signal(CueProblem)

    def __init__(self, role: Role, hangs: CueProblem, broke: CueProblem) -> None:
        super().__init__()
        self._hangs, self._broke = hangs, broke
        self._process = QProcess(self)
        program, *arguments = command(role)
        self._process.setProgram(program)
        self._process.setArguments(arguments)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("QT_LOGGING_RULES", _QUIET)
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._finished)
        self._due: dict[int, QDeadlineTimer] = {}  # an order's id: when its end must be told
        self._start_limit = QDeadlineTimer(QDeadlineTimer.ForeverConstant.Forever)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_for_late)

    def start(self) -> None:
        """Start the process."""
        self._start_limit = QDeadlineTimer(START_MS)
        self._look.start()
        self._process.start()

    def order(self, within_ms: int = 0, **order: object) -> None:
        """Give an order; one with an `id` must have ended within a time. Nobody there: nothing."""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            return
        if "id" in order:
            self._due[int(str(order["id"]))] = QDeadlineTimer(within_ms)
        self._process.write(json.dumps(order).encode() + b"\n")

    def close(self) -> None:
        """End the process, and its sounds with it."""
        self.blockSignals(True)
        self._look.stop()
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(100)  # after a kill it is a matter of milliseconds

    def _read(self) -> None:
        while self._process.canReadLine():
            news = _news(bytes(self._process.readLine().data()))
            if news is not None:
                self._hear(news)

    def _hear(self, news: Order) -> None:
        number: Any = news.get("id", 0)
        match news["is"]:
            case "ready":
                self._start_limit = QDeadlineTimer(QDeadlineTimer.ForeverConstant.Forever)
                self.ready.emit()
            case "begun":
                self.begun.emit(number)
            case "ended":
                self._due.pop(number, None)
                self.ended.emit(number)
            case "problem":
                self._fail(CueProblem(news["code"]))

    def _look_for_late(self) -> None:
        self._read()  # where the window was busy, the news may have come in time
        if any(d.hasExpired() for d in (self._start_limit, *self._due.values())):
            self._fail(self._hangs)

    def _finished(self) -> None:
        self._read()  # why it ended may be told in its last words
        self._fail(self._broke)

    def _fail(self, problem: CueProblem) -> None:
        if not self.signalsBlocked():
            self.failed.emit(problem)
            self.close()


def _news(line: bytes) -> Order | None:
    """Return what a child tells in a line; None for a library's own words between ours."""
    try:
        news = json.loads(line)
    except ValueError:
        return None
    return news if isinstance(news, dict) and "is" in news else None


def command(role: Role) -> list[str]:
    """Return the command line of a child; a bundle is its own Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, COMMAND, role]
    return [sys.executable, "-m", "itband_gui.cues.sound_child", role]
