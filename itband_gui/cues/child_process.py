"""The window's end of a child process (`sound_child.py`): sends orders, gets news."""

import json
import sys
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from itband_gui.cues import CUE_CHILD
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_child import Order, Role

START_MS = 8_000  # our choice, for a slow disk; 0.3 s measured here
LOOK_MS = 500
_QUIET = "qt.multimedia.*=false"


class ChildProcess(QObject):
    """A child process in one role.

    `start` is followed by `ready` or `failed`. An order with an `id` is followed by `ended` within
    the time given for it; otherwise the child hangs, is killed, and `failed` is emitted. After
    `failed` nothing more is emitted.
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
        self._due: dict[int, QDeadlineTimer] = {}  # by order id: when the end must be reported
        self._start_limit = QDeadlineTimer(QDeadlineTimer.ForeverConstant.Forever)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_for_late)

    def start(self) -> None:
        """Start the process."""
        self._start_limit = QDeadlineTimer(START_MS)
        self._look.start()
        self._process.start()

    def order(self, within_ms: int = 0, **order: object) -> None:
        """Send an order if the child runs; one with an `id` must end within this time."""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            return
        if "id" in order:
            self._due[int(str(order["id"]))] = QDeadlineTimer(within_ms)
        self._process.write(json.dumps(order).encode() + b"\n")

    def close(self) -> None:
        """End the process, which also ends its sounds."""
        self.blockSignals(True)
        self._look.stop()
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(100)  # takes milliseconds after a kill

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
        self._read()  # if the window was busy, the news may have come in time
        if any(d.hasExpired() for d in (self._start_limit, *self._due.values())):
            self._fail(self._hangs)

    def _finished(self) -> None:
        self._read()  # its last line may say why it ended
        self._fail(self._broke)

    def _fail(self, problem: CueProblem) -> None:
        if not self.signalsBlocked():
            self.failed.emit(problem)
            self.close()


def _news(line: bytes) -> Order | None:
    """Return a child's news; None for other output, for example from a library."""
    try:
        news = json.loads(line)
    except ValueError:
        return None
    return news if isinstance(news, dict) and "is" in news else None


def command(role: Role) -> list[str]:
    """Return the command line of a child; a bundle runs itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, CUE_CHILD, role]
    return [sys.executable, "-m", "itband_gui.cues.sound_child", role]
