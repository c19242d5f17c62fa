"""A session bus that these tests play themselves, over a real socket."""

from __future__ import annotations  # where jeepney is missing, its names are too

import uuid
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from itband_gui.cues.silent_keys import MediaKeys

if find_spec("jeepney") is None:  # only Linux has it; elsewhere the keys come to the window
    collect_ignore_glob = ["test_*.py"]
else:
    from jeepney import (  # type: ignore[import-untyped] # jeepney ships no types
        DBusAddress,
        Message,
        MessageType,
        Parser,
        new_method_call,
        new_method_return,
    )
    from jeepney.low_level import HeaderFields  # type: ignore[import-untyped] # jeepney ships no types

    from itband_gui.cues.mpris import MprisKeys

PATH = "/org/mpris/MediaPlayer2"
LENGTH_MS = 600_000
TAKEN, OURS = 3, 1  # answers to RequestName


class Bus:
    """One client's side of a session bus: it grants what it is told to, and calls the client."""

    def __init__(self, qtbot: QtBot) -> None:
        self.login = b"OK 0123456789abcdef0123456789abcdef\r\n"
        self.taken: set[str] = set()
        self.names: list[str] = []
        self.heard: list[Message] = []
        self._qtbot = qtbot
        self._parser = Parser()
        self._serial = 100
        self._in = False
        self.client: QLocalSocket | None = None
        self.server = QLocalServer()
        assert self.server.listen(f"itband-{uuid.uuid4().hex}")
        self.server.newConnection.connect(self._meet)

    @property
    def socket(self) -> str:
        return self.server.fullServerName()

    def call(
        self, interface: str | None, member: str, signature: str = "", *body: object
    ) -> Message:
        """Call a method and return the answer."""
        address = DBusAddress(PATH, ":1.7", interface)
        self.tell(new_method_call(address, member, signature or None, body))
        serial = self._serial
        answers: list[Message] = []

        def answered() -> bool:
            answers[:] = [
                m for m in self.heard if m.header.fields.get(HeaderFields.reply_serial) == serial
            ]
            return bool(answers)

        self._qtbot.waitUntil(answered)
        return answers[0]

    def tell(self, message: Message) -> None:
        self._serial += 1
        assert self.client is not None
        self.client.write(message.serialise(self._serial))

    def told(self, member: str) -> list[Message]:
        """Return the bodies of all signals of a name so far."""
        everything_before = self.call("org.freedesktop.DBus.Peer", "Ping")
        assert everything_before.header.message_type is MessageType.method_return
        return [m.body for m in self.heard if m.header.fields.get(HeaderFields.member) == member]

    def _meet(self) -> None:
        self._in = False
        self.client = self.server.nextPendingConnection()
        self.client.readyRead.connect(self._read)

    def _read(self) -> None:
        assert self.client is not None
        data = bytes(self.client.readAll().data())
        if not self._in:
            if data.startswith(b"\0AUTH EXTERNAL "):
                self.client.write(self.login)
                return
            self._in = data.startswith(b"BEGIN\r\n")
            data = data.removeprefix(b"BEGIN\r\n")
        for message in self._parser.feed(data):
            self._answer(message)

    def _answer(self, message: Message) -> None:
        member = message.header.fields.get(HeaderFields.member)
        if member == "Hello":
            self.tell(new_method_return(message, "s", (":1.7",)))
        elif member == "RequestName":
            name, _flags = message.body
            self.names.append(name)
            code = TAKEN if name in self.taken else OURS
            self.tell(new_method_return(message, "u", (code,)))
        else:
            self.heard.append(message)


@pytest.fixture
def bus(qtbot: QtBot) -> Iterator[Bus]:
    bus = Bus(qtbot)
    yield bus
    bus.server.close()


@pytest.fixture
def keys(bus: Bus, qtbot: QtBot) -> Iterator[MediaKeys]:
    """A session that is on the bus and plays."""
    keys = MprisKeys(bus.socket, "IT Band Guide")
    keys.open()
    keys.show("Get ready", 0, LENGTH_MS, playing=True)
    qtbot.waitUntil(lambda: bool(bus.names))
    yield keys
    keys.close()
