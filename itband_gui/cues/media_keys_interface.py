"""The part of MPRIS 2.2 that we are, as tables, and their text for those who ask (introspection).

What is fixed has its value here; what is not has the value of a player with nothing to play.
"""

from dataclasses import dataclass

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
