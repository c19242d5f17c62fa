"""One window a data folder: a second start brings the first window to the front.

The second start asks through a local socket in the user's runtime folder. A window listens there
only after its first frame; from its very start it holds a lock of the kernel's, so that of two
starts at once the other waits until it can ask. Two windows at once lose
nothing, the journal is safe for that, so whatever is amiss here ends in a second window.
"""

import os
import sys
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from itband_gui.journal.lock import HeldLock, try_hold
from itband_gui.machine.folders import runtime_folder

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

RAISE, RAISED = b"raise\n", b"raised\n"  # all that is ever said
LIMIT = 64  # bytes that are listened to
ANSWER_MS = 1_000  # our choice: a window that takes longer hangs
# Our choice: how many callers are listened to at once, and for how long each.
MOST_CALLERS, LISTENS_MS = 8, 1_000
# Our choice: how long a start is waited for, and how often it is asked.
STARTS_S, ASKS_S = 2.0, 0.05


def socket_name(folder: Path) -> str | None:
    """Return what the window on a data folder listens to; None where there is no safe place."""
    if sys.platform == "win32":
        return _name(folder)
    runtime = runtime_folder()
    return str(runtime / f"{_name(folder)}.sock") if runtime else None


def _name(folder: Path) -> str:
    return f"itband-{sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:32]}"


def claim(folder: Path) -> HeldLock | None:
    """Return the claim to be the window on a data folder, or None where one has come forward.

    A window that does not come forward, as it starts or hangs, is waited for 2 s, and one answer;
    then the claim holds nothing.
    """
    until = monotonic() + STARTS_S
    held = _try_hold(folder)
    while not raise_first(folder):
        if held is None and monotonic() < until:
            sleep(ASKS_S)
            held = _try_hold(folder)  # its start may have failed
        else:
            return held or HeldLock(None)
    if held is not None:
        held.release()
    return None


def _try_hold(folder: Path) -> HeldLock | None:
    runtime = runtime_folder()
    return try_hold(runtime / f"{_name(folder)}.lock") if runtime else HeldLock(None)


def raise_first(folder: Path) -> bool:
    """Ask the window on a data folder to come to the front, and return whether it does.

    A window that hangs is waited for 2 s at most.
    """
    name = socket_name(folder)
    # Qt's network module costs a start 6 ms and 3 MB: it is had only where something may listen.
    if name is None or (sys.platform != "win32" and not Path(name).exists()):
        return False
    from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - slow, and seldom needed

    caller = QLocalSocket()
    caller.connectToServer(name)
    if not caller.waitForConnected(ANSWER_MS):
        return False
    caller.write(RAISE)
    caller.flush()
    return caller.waitForReadyRead(ANSWER_MS) and bytes(caller.readAll().data()) == RAISED


class SingleInstance(QObject):
    """Listens for second starts on a data folder; `requested` says that there was one.

    Takes over the name of a window that was killed. Where nothing can be listened to, there is no
    such signal.
    """

    requested = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - after the first frame

        self._callers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take_calls)
        name = socket_name(folder)
        if name is not None:
            self._server.listen(name)

    def close(self) -> None:
        """Listen no longer; the next start opens a window."""
        self._server.close()

    @Slot()
    def _take_calls(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.setReadBufferSize(LIMIT)
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnected.connect(lambda caller=caller: self._forget(caller))
            if _is_same_user(caller):
                self._listen_to(caller)
            else:
                caller.abort()

    def _listen_to(self, caller: "QLocalSocket") -> None:
        """Hear one caller out; those that say nothing keep no descriptor of ours."""
        self._callers.append(caller)
        caller.readyRead.connect(lambda: self._answer(caller))
        QTimer.singleShot(LISTENS_MS, caller, caller.abort)
        if len(self._callers) > MOST_CALLERS:
            self._callers[0].abort()  # the newest may be a start, which speaks at once

    def _forget(self, caller: "QLocalSocket") -> None:
        if caller in self._callers:
            self._callers.remove(caller)

    def _answer(self, caller: "QLocalSocket") -> None:
        heard = bytes(caller.peek(LIMIT).data())
        if heard == RAISE:
            caller.write(RAISED)
            caller.flush()
            caller.disconnectFromServer()
            self.requested.emit()
        elif not RAISE.startswith(heard):
            caller.abort()


def _is_same_user(caller: "QLocalSocket") -> bool:
    """Whether the other end is this user's.

    Where the kernel does not tell, the modes of the socket and of its folder have kept others out.
    """
    if sys.platform != "linux":
        return True
    import socket  # noqa: PLC0415 - only for a second start

    with socket.socket(fileno=os.dup(caller.socketDescriptor())) as copy:
        told = copy.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int.from_bytes(told[4:8], sys.byteorder) == os.getuid()
