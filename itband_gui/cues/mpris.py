"""MPRIS, the desktop's interface of media players: what we are, what is going on, what is wished.

MPRIS D-Bus Interface Specification 2.2 (specifications.freedesktop.org). Types are exact, coming
and going: clients in GLib drop what is not.
"""

from collections.abc import Callable
from dataclasses import dataclass

from jeepney import (  # type: ignore[import-untyped] # jeepney ships no types
    DBusAddress,
    Message,
    MessageFlag,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.low_level import HeaderFields  # type: ignore[import-untyped] # jeepney ships no types
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from itband_gui.cues.dbus import BusLine
from itband_gui.cues.silent_keys import MediaKeys, MediaKeysProblem
from itband_gui.machine.terminal import plain

PATH = "/org/mpris/MediaPlayer2"
ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
Arguments = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Method:
    """What a method takes and gives, each as name and D-Bus type."""

    takes: Arguments = ()
    gives: Arguments = ()


@dataclass(frozen=True)
class Property:
    """A property's D-Bus type and value; `told` is whether its changes are sent to all."""

    type: str
    value: object
    told: bool = True


METHODS: dict[str, dict[str, Method]] = {
    ROOT: {"Raise": Method(), "Quit": Method()},  # both without effect: CanRaise, CanQuit
    PLAYER: {
        "Next": Method(),
        "Previous": Method(),
        "Pause": Method(),
        "PlayPause": Method(),
        "Stop": Method(),
        "Play": Method(),
        "Seek": Method((("Offset", "x"),)),  # without effect, as SetPosition: CanSeek
        "SetPosition": Method((("TrackId", "o"), ("Position", "x"))),
        "OpenUri": Method((("Uri", "s"),)),
    },
    "org.freedesktop.DBus.Properties": {
        "Get": Method((("interface", "s"), ("name", "s")), (("value", "v"),)),
        "GetAll": Method((("interface", "s"),), (("values", "a{sv}"),)),
        "Set": Method((("interface", "s"), ("name", "s"), ("value", "v"))),
    },
    "org.freedesktop.DBus.Introspectable": {"Introspect": Method((), (("xml", "s"),))},
    "org.freedesktop.DBus.Peer": {"Ping": Method()},
}
SIGNALS: dict[str, dict[str, Arguments]] = {
    PLAYER: {"Seeked": (("Position", "x"),)},
    "org.freedesktop.DBus.Properties": {
        "PropertiesChanged": (("interface", "s"), ("changed", "a{sv}"), ("invalidated", "as")),
    },
}
PROPERTIES: dict[str, dict[str, Property]] = {
    ROOT: {
        "CanQuit": Property("b", value=False),
        "CanRaise": Property("b", value=False),
        "HasTrackList": Property("b", value=False),
        "Identity": Property("s", ""),
        "DesktopEntry": Property("s", ""),
        "SupportedUriSchemes": Property("as", []),
        "SupportedMimeTypes": Property("as", []),
    },
    PLAYER: {
        "PlaybackStatus": Property("s", "Stopped"),
        "Rate": Property("d", 1.0),
        "Metadata": Property("a{sv}", {}),
        "Volume": Property("d", 1.0),
        "Position": Property("x", 0, told=False),
        "MinimumRate": Property("d", 1.0),
        "MaximumRate": Property("d", 1.0),
        "CanGoNext": Property("b", value=True),
        "CanGoPrevious": Property("b", value=True),
        "CanPlay": Property("b", value=True),
        "CanPause": Property("b", value=True),
        "CanSeek": Property("b", value=False),
        "CanControl": Property("b", value=True, told=False),
    },
}
_HEAD = (
    '<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN" '
    '"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">'
)
_SILENT = '<annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="false"/>'


def introspection() -> str:
    """Return the tables as D-Bus introspection XML."""
    interfaces = "".join(
        f'<interface name="{interface}">{_contents(interface)}</interface>' for interface in METHODS
    )
    return f"{_HEAD}<node>{interfaces}</node>"


def _contents(interface: str) -> str:
    parts = [
        f'<method name="{name}">{_args(each.takes, "in")}{_args(each.gives, "out")}</method>'
        for name, each in METHODS[interface].items()
    ]
    parts += [
        f'<signal name="{name}">{_args(arguments, "out")}</signal>'
        for name, arguments in SIGNALS.get(interface, {}).items()
    ]
    parts += [
        f'<property name="{name}" type="{each.type}" access="read">'
        f"{'' if each.told else _SILENT}</property>"
        for name, each in PROPERTIES.get(interface, {}).items()
    ]
    return "".join(parts)


def _args(arguments: Arguments, direction: str) -> str:
    return "".join(
        f'<arg name="{name}" type="{type_}" direction="{direction}"/>' for name, type_ in arguments
    )


BUS_NAME = "org.mpris.MediaPlayer2.itband_gui"
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
JUMP_MS = 2_000  # as the session's gap: time that passes by itself comes in smaller pieces
_PROPERTIES = "org.freedesktop.DBus.Properties"
_ERROR = "org.freedesktop.DBus.Error."
Variant = tuple[str, object]


@dataclass(frozen=True)
class ShownTitle:
    """What the desktop is told; `number` counts the titles, 0 before the first."""

    number: int = 0
    title: str = ""
    position_ms: int = 0
    length_ms: int = 0
    playing: bool = False

    @property
    def status(self) -> str:
        """The playback status in MPRIS's words."""
        if not self.number:
            return "Stopped"
        return "Playing" if self.playing else "Paused"

    def metadata(self, artist: str) -> dict[str, Variant]:
        """Return the title as a track; each new title is a new one."""
        if not self.number:
            return {"mpris:trackid": ("o", NO_TRACK)}
        return {
            "mpris:trackid": ("o", f"/itband_gui/step/{self.number}"),
            "mpris:length": ("x", self.length_ms * 1000),
            "xesam:title": ("s", self.title),
            "xesam:artist": ("as", [artist]),
        }

    def follows(self, before: "ShownTitle") -> bool:
        """Tell whether the time since `before` could have passed by itself."""
        return 0 <= self.position_ms - before.position_ms <= JUMP_MS


class RefusedCallError(Exception):
    """A call that gets an error for an answer: its D-Bus name and, for people, why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, why)
        self.name = _ERROR + name
        self.why = why


class MprisKeys(MediaKeys):
    """The session as a media player that has one track after another and cannot be wound."""

    def __init__(self, socket: str, name: str, parent: QObject | None = None) -> None:
        super().__init__(None, parent)
        self._socket = socket
        self._name = name
        self._line: BusLine | None = None
        self._shown = ShownTitle()
        self._wishes: dict[str, Callable[[], None]] = {
            "PlayPause": self.play_pause_requested.emit,
            "Play": lambda: None if self._shown.playing else self.play_pause_requested.emit(),
            "Pause": lambda: self.play_pause_requested.emit() if self._shown.playing else None,
            "Next": self.next_requested.emit,
            "Previous": self.previous_requested.emit,
            "Stop": self.stop_requested.emit,
        }

    def open(self) -> None:
        """Ask for a place on the bus; nothing happens while there is one."""
        if self._line is not None:
            return
        self.problem = None
        self._shown = ShownTitle()
        self._line = BusLine(self._socket, BUS_NAME, self)
        self._line.received.connect(self._take)
        self._line.lost.connect(self._lose)
        self._line.open()

    def show(self, title: str, position_ms: int, length_ms: int, *, playing: bool) -> None:
        """Keep what is going on for those who ask, and tell all what changed of it."""
        before, title = self._shown, plain(title)
        number = before.number + (title != before.title or not before.number)
        length_ms = max(length_ms, 0)
        position_ms = min(max(position_ms, 0), length_ms)
        self._shown = shown = ShownTitle(number, title, position_ms, length_ms, playing)
        if self._line is None or not self._line.talks:  # nobody can have asked yet
            return
        now, then = self._values(shown), self._values(before)
        changed = {name: value for name, value in now.items() if value != then[name]}
        if changed:
            self._signal(_PROPERTIES, "PropertiesChanged", "sa{sv}as", (PLAYER, changed, []))
        if not shown.follows(before):
            self._signal(PLAYER, "Seeked", "x", (shown.position_ms * 1000,))

    def close(self) -> None:
        """Hang up; the bus tells the others that we are gone."""
        if self._line is not None:
            self._line.close()
            self._line.deleteLater()
        self._line = None

    @Slot(MediaKeysProblem)
    def _lose(self, problem: MediaKeysProblem) -> None:
        self.close()
        self.problem = problem
        self.problem_found.emit(problem)

    def _signal(self, interface: str, name: str, signature: str, body: tuple[object, ...]) -> None:
        emitter = DBusAddress(PATH, interface=interface)
        if self._line is not None:
            self._line.send(new_signal(emitter, name, signature, body))

    @Slot(object)
    def _take(self, call: Message) -> None:
        """Answer a call, then pass its wish on: what it leads to may end the session and us."""
        if call.header.message_type is not MessageType.method_call or self._line is None:
            return
        wish: Callable[[], None] | None = None
        try:
            interface = self._checked(call)
            member = call.header.fields[HeaderFields.member]
            signature, body = self._result(interface, member, call.body)
            wish = self._wishes.get(member) if interface == PLAYER else None
            answer = new_method_return(call, signature, body)
        except RefusedCallError as refused:
            answer = new_error(call, refused.name, "s", (refused.why,))
        if not call.header.flags & MessageFlag.no_reply_expected:
            self._line.send(answer)
        if wish is not None:
            wish()

    def _checked(self, call: Message) -> str:
        """Return the interface of a call that is for us and of the right types."""
        fields = call.header.fields
        path, member = fields[HeaderFields.path], fields[HeaderFields.member]
        if path != PATH:
            raise RefusedCallError("UnknownObject", f"no object at {path}")
        asked = fields.get(HeaderFields.interface)
        if asked is not None and asked not in METHODS:
            raise RefusedCallError("UnknownInterface", f"no interface {asked}")
        for interface in METHODS if asked is None else [asked]:
            if member in METHODS[interface]:
                wanted = "".join(type_ for _, type_ in METHODS[interface][member].takes)
                given = fields.get(HeaderFields.signature, "")
                if given != wanted:
                    raise RefusedCallError("InvalidArgs", f"({given}) instead of ({wanted})")
                return interface
        raise RefusedCallError("UnknownMethod", f"no method {member}")

    def _result(
        self, interface: str, member: str, body: tuple[str, ...]
    ) -> tuple[str | None, tuple[object, ...]]:
        """Return the signature and the values that answer a call."""
        if member == "Introspect":
            return "s", (introspection(),)
        if interface == _PROPERTIES:
            of, *names = body
            values = self._properties(of)
            if member == "GetAll":
                return "a{sv}", (values,)
            if names[0] not in values:
                raise RefusedCallError("UnknownProperty", f"no property {names[0]}")
            if member == "Set":
                raise RefusedCallError("PropertyReadOnly", f"{names[0]} is not for you to set")
            return "v", (values[names[0]],)
        if member == "OpenUri":
            raise RefusedCallError("NotSupported", "nothing can be opened")
        return None, ()

    def _properties(self, interface: str) -> dict[str, Variant]:
        if interface not in PROPERTIES:
            raise RefusedCallError("InvalidArgs", f"no properties of {interface}")
        fixed = {name: (each.type, each.value) for name, each in PROPERTIES[interface].items()}
        if interface == ROOT:
            fixed["Identity"] = ("s", self._name)
            fixed["DesktopEntry"] = ("s", QGuiApplication.desktopFileName())
            return fixed
        position = ("x", self._shown.position_ms * 1000)
        return fixed | self._values(self._shown) | {"Position": position}

    def _values(self, shown: ShownTitle) -> dict[str, Variant]:
        """Return the properties whose changes are told."""
        metadata = shown.metadata(self._name)
        return {"PlaybackStatus": ("s", shown.status), "Metadata": ("a{sv}", metadata)}
