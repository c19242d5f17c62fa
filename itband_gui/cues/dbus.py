"""A name of our own on the session bus, without ever waiting for the bus.

Not QtDBus: connecting to a bus that hangs froze the whole program for good (PySide6 6.11 keeps
Python's lock meanwhile, so a thread is no help), asking for a name took 25 s, and from Python it
cannot send an int64 within a map or an empty list of strings, both of which MPRIS asks for.
jeepney knows the protocol and leaves the socket to us; Qt's socket never blocks.
"""

import os
from collections.abc import Callable

from jeepney import (  # type: ignore[import-untyped] # jeepney ships no types
    DBusNameFlags,
    Message,
    MessageType,
    Parser,
    message_bus,
)
from jeepney.auth import (  # type: ignore[import-untyped] # jeepney ships no types
    BEGIN,
    AuthenticationError,
    Authenticator,
)
from jeepney.low_level import HeaderFields  # type: ignore[import-untyped] # jeepney ships no types
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalSocket

from itband_gui.cues.silent_keys import MediaKeysProblem

ANSWER_MS = 5_000  # our choice; a bus that is well is done in a few
UNREAD_LIMIT = 1 << 20  # bytes: a bus that takes nothing more hangs
_PRIMARY_OWNER = 1  # D-Bus specification, RequestName


class BusLine(QObject):
    """One connection and one name; `received` carries every message that answers nothing of ours.

    `lost` comes at most once, and after it nothing else does.
    A name that is taken gets this process's number added, as MPRIS asks of a second instance.
    """

    received = Signal(object)
    lost = Signal(MediaKeysProblem)

    def __init__(self, socket: str, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.talks = False  # whether we are on the bus, with a name or still without
        self._names = [name, f"{name}.instance{os.getpid()}"]
        self._login = Authenticator()
        self._parser = Parser()
        self._serial = 0
        self._asked: dict[int, Callable[[Message], None]] = {}
        self._patience = QTimer(self, singleShot=True, interval=ANSWER_MS)
        self._patience.timeout.connect(lambda: self._lose(MediaKeysProblem.NO_ANSWER))
        self._socket = QLocalSocket(self)
        if socket.startswith("\0"):
            self._socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
        self._socket.setServerName(socket.removeprefix("\0"))
        self._socket.connected.connect(self._log_in)
        self._socket.readyRead.connect(self._read)
        self._socket.errorOccurred.connect(self._fail)

    def open(self) -> None:
        """Connect and ask for the name; call it once."""
        self._patience.start()
        self._socket.connectToServer()

    def send(self, message: Message, answered: Callable[[Message], None] | None = None) -> None:
        """Send a message; `answered` gets what comes back for it."""
        self._serial += 1
        if answered is not None:
            self._asked[self._serial] = answered
        self._socket.write(message.serialise(self._serial))
        if self._socket.bytesToWrite() > UNREAD_LIMIT:
            self._lose(MediaKeysProblem.NO_ANSWER)

    def close(self) -> None:
        """Hang up, at once; the bus takes the name back."""
        self.blockSignals(True)
        self._patience.stop()
        self._socket.flush()  # the last answer; what the bus does not take now is let go
        self._socket.abort()

    @Slot()
    def _log_in(self) -> None:
        """Send the next line of the login, then, when it is through, ask for our place."""
        for line in self._login:
            if not line:  # the bus has to speak first
                return
            self._socket.write(line)
        self._socket.write(BEGIN)
        self.send(message_bus.Hello(), self._take_place)

    def _take_place(self, _answer: Message) -> None:
        self.talks = True
        self._ask_for_name()

    def _ask_for_name(self) -> None:
        name = self._names.pop(0)
        message = message_bus.RequestName(name, DBusNameFlags.do_not_queue)
        self.send(message, self._take_name)

    def _take_name(self, answer: Message) -> None:
        if answer.body == (_PRIMARY_OWNER,):
            self._patience.stop()
        elif self._names:
            self._ask_for_name()
        else:
            self._lose(MediaKeysProblem.REFUSED)

    @Slot()
    def _read(self) -> None:
        data = bytes(self._socket.readAll().data())
        if not self._login.authenticated:
            try:
                self._login.feed(data)
            except AuthenticationError:
                self._lose(MediaKeysProblem.REFUSED)
                return
            self._log_in()
            return
        for message in self._parser.feed(data):
            self._sort(message)

    def _sort(self, message: Message) -> None:
        header = message.header
        if header.message_type in {MessageType.method_return, MessageType.error}:
            answered = self._asked.pop(header.fields[HeaderFields.reply_serial], None)
            if answered is not None:
                answered(message)
            return
        self.received.emit(message)

    @Slot(QLocalSocket.LocalSocketError)
    def _fail(self, error: QLocalSocket.LocalSocketError) -> None:
        hung_up = error is QLocalSocket.LocalSocketError.PeerClosedError
        self._lose(MediaKeysProblem.REFUSED if hung_up else MediaKeysProblem.NO_BUS)

    def _lose(self, problem: MediaKeysProblem) -> None:
        self.lost.emit(problem)
        self.close()
