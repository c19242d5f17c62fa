"""Allows one window per data folder: a second start brings the first window to the front.

The second start asks through a local socket in the user's runtime folder. A window listens there
only after its first frame, but holds a kernel lock from the very start: of two simultaneous starts,
the second waits until it can ask. The journal is safe with two windows, so any problem here just
opens a second one.
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

RAISE, RAISED = b"raise\n", b"raised\n"  # the whole protocol
LIMIT = 64  # bytes to read from a caller
ANSWER_MS = 1_000  # our choice: a window that takes longer is considered hung
# Our choice: how many callers to listen to at once, and for how long each.
MOST_CALLERS, LISTENS_MS = 8, 1_000
# Our choice: how long to wait for another start, and how often to ask it.
STARTS_S, ASKS_S = 2.0, 0.05


def socket_name(folder: Path) -> str | None:
    """Return the socket name for a data folder's window; None if there is no safe place for it."""
    if sys.platform == "win32":
        return _name(folder)
    runtime = runtime_folder()
    return str(runtime / f"{_name(folder)}.sock") if runtime else None


def _name(folder: Path) -> str:
    return f"itband-{sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:32]}"


def claim(folder: Path) -> HeldLock | None:
    """Return a claim to be the window on a data folder, or None if another has come forward.

    A window that is starting or hung gets 2 s, plus one answer, to come forward; after that the
    claim is returned without the lock.
    """
    until = monotonic() + STARTS_S
    held = _try_hold(folder)
    while not raise_first(folder):
        if held is None and monotonic() < until:
            sleep(ASKS_S)
            held = _try_hold(folder)  # the other start may have failed
        else:
            return held or HeldLock(None)
    if held is not None:
        held.release()
    return None


def _try_hold(folder: Path) -> HeldLock | None:
    runtime = runtime_folder()
    return try_hold(runtime / f"{_name(folder)}.lock") if runtime else HeldLock(None)


def raise_first(folder: Path) -> bool:
    """Ask the window on a data folder to come to the front; return whether it does.

    Waits at most 2 s for a window that hangs.
    """
    name = socket_name(folder)
    # Qt's network module costs a start 6 ms and 3 MB: import it only if something may listen.
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
    """Listens for second starts on a data folder and emits `requested` for each.

    Takes over the socket name of a window that was killed. If it cannot listen, it never emits.
    """

    requested = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - not needed for the first frame

        self._callers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take_calls)
        name = socket_name(folder)
        if name is not None:
            self._server.listen(name)

    def close(self) -> None:
        """Stop listening; the next start opens a window."""
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
        """Read from one caller; silent ones are dropped so that they hold no descriptor."""
        self._callers.append(caller)
        caller.readyRead.connect(lambda: self._answer(caller))
        QTimer.singleShot(LISTENS_MS, caller, caller.abort)
        if len(self._callers) > MOST_CALLERS:
            self._callers[0].abort()  # the newest may be a start, which sends at once

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
    """Whether the other end belongs to this user.

    On other systems than Linux, the permissions of the socket and its folder keep others out.
    """
    if sys.platform != "linux":
        return True
    import socket  # noqa: PLC0415 - needed only on a second start

    with socket.socket(fileno=os.dup(caller.socketDescriptor())) as copy:
        told = copy.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int.from_bytes(told[4:8], sys.byteorder) == os.getuid()
