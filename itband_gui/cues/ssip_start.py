"""Comes to a conversation with speech-dispatcher, starting the daemon where it is not running."""

import os
import shutil
from collections.abc import Mapping

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from itband_gui.cues.problems import Problem
from itband_gui.cues.ssip import Ssip, socket_path

SPAWN = ("speech-dispatcher", "--spawn")  # obeys the user's own "DisableAutoSpawn"
RETRY_MS = 200
# The daemon listens 0.4 s after its start (measured); our choice for a slow disk.
LISTEN_MS = 5_000


class SsipStart(QObject):
    """One attempt; `opened` with the conversation or `failed` comes once."""

    opened = Signal(Ssip)
    failed = Signal(Problem)

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        super().__init__()
        self._environ = environ
        self._path = socket_path(environ)
        self._ssip: Ssip | None = None
        self._was_spawned = False
        self._spawn = QProcess(self)
        self._spawn.setArguments(list(SPAWN[1:]))
        # The daemon stays behind and would hold the ends of our pipes open.
        self._spawn.setStandardOutputFile(QProcess.nullDevice())
        self._spawn.setStandardErrorFile(QProcess.nullDevice())
        self._spawn.setProcessEnvironment(_process_environment(environ))
        self._spawn.errorOccurred.connect(self._not_spawned)
        self._spawn.finished.connect(self._spawned)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._connect)
        self._limit = QTimer(self, singleShot=True, interval=LISTEN_MS)
        self._limit.timeout.connect(lambda: self._fail(Problem.SPEECH_HANGS))

    def begin(self) -> None:
        """Connect; where nothing listens, start the daemon and connect then."""
        self._limit.start()
        self._connect()

    def close(self) -> None:
        """Give up, silently."""
        self.blockSignals(True)
        self._limit.stop()
        self._retry.stop()
        self._leave()
        if self._spawn.state() is not QProcess.ProcessState.NotRunning:
            self._spawn.kill()
            self._spawn.waitForFinished(100)  # after a kill it is a matter of 1 ms

    def _connect(self) -> None:
        if self._path is None:
            self._fail(Problem.NO_SPEECH)
            return
        self._leave()
        self._ssip = ssip = Ssip()
        ssip.opened.connect(self._open)
        ssip.lost.connect(self._nobody_there)
        ssip.open(self._path)

    def _open(self) -> None:
        ssip, self._ssip = self._ssip, None
        if ssip is not None:
            ssip.lost.disconnect(self._nobody_there)
            self._limit.stop()
            self.opened.emit(ssip)

    def _nobody_there(self) -> None:
        if self._was_spawned:
            self._retry.start()
            return
        program = shutil.which(SPAWN[0], path=self._environ.get("PATH"))
        if program is None:
            self._fail(Problem.NO_SPEECH)
            return
        self._was_spawned = True
        self._spawn.setProgram(program)
        self._spawn.start()

    def _not_spawned(self) -> None:
        self._fail(Problem.NO_SPEECH)

    def _spawned(self, code: int, _status: QProcess.ExitStatus) -> None:
        if code == 0:
            self._connect()
        else:
            self._fail(Problem.NO_SPEECH)

    def _fail(self, problem: Problem) -> None:
        if not self.signalsBlocked():
            self.failed.emit(problem)
            self.close()

    def _leave(self) -> None:
        if self._ssip is not None:
            self._ssip.blockSignals(True)
            self._ssip.deleteLater()
            self._ssip = None


def _process_environment(environ: Mapping[str, str]) -> QProcessEnvironment:
    """Return what a program is to see of the environment."""
    found = QProcessEnvironment()
    for name, value in environ.items():
        found.insert(name, value)
    return found
