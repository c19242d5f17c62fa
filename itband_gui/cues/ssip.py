"""A conversation with speech-dispatcher in its own protocol, SSIP, that never waits.

Why not `spd-say`: the speech goes on after that program is killed, and its own ways to stop
(`-S`, `-C`) silence every program, a screen reader too. Here only what we said is cancelled.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

ANSWER_MS = 2_000  # our choice; a daemon that is well answers within a few
SOCKET = Path("speech-dispatcher", "speechd.sock")
_BEGIN, _END, _CANCELLED = 701, 702, 703
_QUEUED, _RECEIVING = 225, 230
_LINE = re.compile(r"([0-9]{3})([ -])(.*)")
_NUMBER = re.compile(r"[0-9]{1,10}")  # a message's; the daemon counts in 32 bits
_DETAILS = 8  # lines of an answer that are kept; the first says all that we ask for
LONGEST = 64 * 1024  # bytes of a line; our choice, far above any that the protocol has


def socket_path(environ: Mapping[str, str]) -> str | None:
    """Return where the daemon listens for this user; None if not on a socket in a folder."""
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
    """One connection: commands in turn, and the events of what is being said.

    Messages go by the caller's own numbers. `lost` comes once, with whether the daemon hangs (it
    took a command and did not answer); after it nothing else does.
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
        self._asked_for = 0  # the caller's number of the message that was handed over last
        self._numbers: dict[int, int] = {}  # the daemon's number of a message: the caller's
        self._patience = QTimer(self, singleShot=True, interval=ANSWER_MS)
        self._patience.timeout.connect(lambda: self._lose(hangs=True))

    def open(self, path: str) -> None:
        """Connect; `opened` or `lost` follows."""
        self._socket.connectToServer(path)

    def set(self, what: str, value: str | int) -> None:
        """Set a parameter of our own messages; the daemon may not know it and let it be."""
        self._ask(f"SET SELF {what} {value}", lambda _code, _details: None)

    def speak(self, number: int, text: str) -> None:
        """Say a text after what was asked before; `refused` follows, or the events."""

        def told(code: int, _details: list[str]) -> None:
            if code == _RECEIVING:
                self._asked_for = number
                self._ask(f"{dotted(text)}\r\n.", self._taken, first=True)
            else:
                self.refused.emit()

        self._ask("SPEAK", told)

    def cancel(self) -> None:
        """Stop our own messages."""
        self._ask("CANCEL SELF", lambda _code, _details: None)

    def close(self) -> None:
        """Stop our own messages and leave."""
        self._forget()
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.write(b"CANCEL SELF\r\nQUIT\r\n")
            self._socket.flush()  # writes what the socket takes at once; waits for nothing
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
        """Send the next command if the last was answered: the protocol wants them one by one."""
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
        if self._socket.bytesAvailable() >= LONGEST:  # a line without an end is no answer
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
    """Return the number of the message that an answer is about; None where it names none."""
    named = _NUMBER.fullmatch(details[0]) if details else None
    return int(named[0]) if named else None


def dotted(text: str) -> str:
    """Return a text as one line of the protocol, where a leading dot would end it."""
    line = " ".join(text.split())
    return f".{line}" if line.startswith(".") else line
