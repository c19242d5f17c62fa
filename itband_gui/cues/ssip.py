"""Starts speech-dispatcher and talks to it in its own protocol, SSIP, without ever blocking.

`spd-say` is not used: killing it does not stop the speech, and its options for stopping (`-S`,
`-C`) silence every program, including screen readers. Here only our own speech is cancelled.
"""

import os
import re
import shutil
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from itband_gui.cues.problems import CueProblem

ANSWER_MS = 2_000  # our choice; a healthy daemon answers within a few
SOCKET = Path("speech-dispatcher", "speechd.sock")
_BEGIN, _END, _CANCELLED = 701, 702, 703
_QUEUED, _RECEIVING = 225, 230
_LINE = re.compile(r"([0-9]{3})([ -])(.*)")
_NUMBER = re.compile(r"[0-9]{1,10}")  # of a message; the daemon uses 32 bits
_DETAILS = 8  # lines kept of an answer; the first has all that we need
LONGEST = 64 * 1024  # bytes of a line; our choice, far above any line of the protocol


def socket_path(environ: Mapping[str, str]) -> str | None:
    """Return the path of the daemon's socket for this user; None if it uses another transport."""
    address = environ.get("SPEECHD_ADDRESS", "")
    method, _, path = address.partition(":")
    if method == "unix_socket" and path and path != "default":
        return path
    if method not in {"", "unix_socket"}:
        return None
    runtime = environ.get("XDG_RUNTIME_DIR")
    folder = Path(runtime) if runtime else Path(environ.get("XDG_CACHE_HOME") or "~/.cache")
    try:
        return str(folder.expanduser() / SOCKET)
    except RuntimeError:  # a user without a home folder
        return None


class Ssip(QObject):
    """One connection, with commands sent one by one and events about the messages.

    Messages have the caller's numbers. `lost` is emitted once, with whether the daemon hangs (it
    accepted a command but did not answer), and nothing after it.
    """

    opened = Signal()
    begun = Signal(int)
    ended = Signal(int)
    cancelled = Signal(int)
    refused = Signal()
    lost = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._socket = QLocalSocket(self)
        self._socket.setReadBufferSize(LONGEST)
        self._socket.connected.connect(self.opened)
        self._socket.readyRead.connect(self._read)
        self._socket.errorOccurred.connect(lambda _error: self._lose(hangs=False))
        self._waiting: deque[tuple[str, Callable[[int, list[str]], None]]] = deque()
        self._asked: Callable[[int, list[str]], None] | None = None
        self._details: list[str] = []
        self._asked_for = 0  # the caller's number of the last message sent
        self._numbers: dict[int, int] = {}  # the daemon's number of a message -> the caller's
        self._patience = QTimer(self, singleShot=True, interval=ANSWER_MS)
        self._patience.timeout.connect(lambda: self._lose(hangs=True))

    def open(self, path: str) -> None:
        """Connect; `opened` or `lost` follows."""
        self._socket.connectToServer(path)

    def set(self, what: str, value: str | int) -> None:
        """Set a parameter of our messages; the daemon may ignore an unknown one."""
        self._ask(f"SET SELF {what} {value}", lambda _code, _details: None)

    def speak(self, number: int, text: str) -> None:
        """Say a text after earlier messages; `refused` follows, or the events."""

        def told(code: int, _details: list[str]) -> None:
            if code == _RECEIVING:
                self._asked_for = number
                self._ask(f"{dotted(text)}\r\n.", self._taken, first=True)
            else:
                self.refused.emit()

        self._ask("SPEAK", told)

    def cancel(self) -> None:
        """Stop our messages."""
        self._ask("CANCEL SELF", lambda _code, _details: None)

    def close(self) -> None:
        """Stop our messages and disconnect."""
        self._forget()
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.write(b"CANCEL SELF\r\nQUIT\r\n")
            self._socket.flush()  # does not block
        self._socket.abort()

    def _taken(self, code: int, details: list[str]) -> None:
        number = _number(details)
        if code == _QUEUED and number is not None:
            self._numbers[number] = self._asked_for
        else:
            self.refused.emit()

    def _ask(
        self, command: str, answered: Callable[[int, list[str]], None], *, first: bool = False
    ) -> None:
        if first:
            self._waiting.appendleft((command, answered))
        else:
            self._waiting.append((command, answered))
        self._send()

    def _send(self) -> None:
        """Send the next command if the last was answered, as the protocol requires."""
        if self._asked is None and self._waiting:
            command, self._asked = self._waiting.popleft()
            self._socket.write(f"{command}\r\n".encode())
            self._patience.start()

    def _read(self) -> None:
        while self._socket.canReadLine():
            line = bytes(self._socket.readLine().data()).decode(errors="replace").strip()
            match = _LINE.fullmatch(line)
            if match is None:
                continue
            code, mark, rest = int(match[1]), match[2], match[3]
            if mark == "-":
                self._details = [*self._details, rest][:_DETAILS]
                continue
            details, self._details = self._details, []
            if code >= _BEGIN - 1:
                self._event(code, details)
            else:
                self._answer(code, details)
        if self._socket.bytesAvailable() >= LONGEST:  # an endless line is not an answer
            self._lose(hangs=False)

    def _event(self, code: int, details: list[str]) -> None:
        signals = {_BEGIN: self.begun, _END: self.ended, _CANCELLED: self.cancelled}
        number = _number(details)
        if code in signals and number is not None:
            # An event can come before the answer that names the message (measured).
            signals[code].emit(self._numbers.get(number, self._asked_for))

    def _answer(self, code: int, details: list[str]) -> None:
        self._patience.stop()
        answered, self._asked = self._asked, None
        if answered is not None:
            answered(code, details)
        self._send()

    def _lose(self, *, hangs: bool) -> None:
        if not self.signalsBlocked():
            self._forget()
            self._socket.abort()
            self.lost.emit(hangs)
            self.blockSignals(True)

    def _forget(self) -> None:
        self._patience.stop()
        self._waiting.clear()
        self._asked = None


def _number(details: list[str]) -> int | None:
    """Return the message number in an answer, or None."""
    named = _NUMBER.fullmatch(details[0]) if details else None
    return int(named[0]) if named else None


def dotted(text: str) -> str:
    """Return a text as one line of the protocol; a leading dot, which would end it, is doubled."""
    line = " ".join(text.split())
    return f".{line}" if line.startswith(".") else line


SPAWN = ("speech-dispatcher", "--spawn")  # respects the user's "DisableAutoSpawn"
RETRY_MS = 200
# Our choice, for a slow disk; the daemon listens 0.4 s after its start (measured).
LISTEN_MS = 5_000


class SsipStart(QObject):
    """One attempt to connect; emits `opened` with the connection, or `failed`, once."""

    opened = Signal(Ssip)
    failed = Signal(CueProblem)

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        super().__init__()
        self._environ = environ
        self._path = socket_path(environ)
        self._ssip: Ssip | None = None
        self._was_spawned = False
        self._spawn = QProcess(self)
        self._spawn.setArguments(list(SPAWN[1:]))
        # The daemon keeps running and would hold our pipes open.
        self._spawn.setStandardOutputFile(QProcess.nullDevice())
        self._spawn.setStandardErrorFile(QProcess.nullDevice())
        self._spawn.setProcessEnvironment(_process_environment(environ))
        self._spawn.errorOccurred.connect(self._not_spawned)
        self._spawn.finished.connect(self._spawned)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._connect)
        self._limit = QTimer(self, singleShot=True, interval=LISTEN_MS)
        self._limit.timeout.connect(lambda: self._fail(CueProblem.SPEECH_HANGS))

    def begin(self) -> None:
        """Connect; if nothing listens, start the daemon first."""
        self._limit.start()
        self._connect()

    def close(self) -> None:
        """Give up, without further signals."""
        self.blockSignals(True)
        self._limit.stop()
        self._retry.stop()
        self._leave()
        if self._spawn.state() is not QProcess.ProcessState.NotRunning:
            self._spawn.kill()
            self._spawn.waitForFinished(100)  # takes 1 ms after a kill

    def _connect(self) -> None:
        if self._path is None:
            self._fail(CueProblem.NO_SPEECH)
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
            self._fail(CueProblem.NO_SPEECH)
            return
        self._was_spawned = True
        self._spawn.setProgram(program)
        self._spawn.start()

    def _not_spawned(self) -> None:
        self._fail(CueProblem.NO_SPEECH)

    def _spawned(self, code: int, _status: QProcess.ExitStatus) -> None:
        if code == 0:
            self._connect()
        else:
            self._fail(CueProblem.NO_SPEECH)

    def _fail(self, problem: CueProblem) -> None:
        if not self.signalsBlocked():
            self.failed.emit(problem)
            self.close()

    def _leave(self) -> None:
        if self._ssip is not None:
            self._ssip.blockSignals(True)
            self._ssip.deleteLater()
            self._ssip = None


def _process_environment(environ: Mapping[str, str]) -> QProcessEnvironment:
    """Return an environment for a QProcess."""
    found = QProcessEnvironment()
    for name, value in environ.items():
        found.insert(name, value)
    return found
