"""The desktop can read a session, gets its changes, and controls it with media keys."""

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from jeepney import (  # type: ignore[import-untyped] # jeepney ships no types
    DBusAddress,
    Message,
    MessageFlag,
    MessageType,
    new_method_call,
)
from jeepney.low_level import HeaderFields  # type: ignore[import-untyped] # jeepney ships no types
from pytestqt.qtbot import QtBot

from itband_gui.cues.mpris import MprisKeys
from itband_gui.cues.silent_keys import MediaKeys

if TYPE_CHECKING:
    from tests.cues.media_keys.conftest import Bus

PATH = "/org/mpris/MediaPlayer2"
ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
LENGTH_MS = 600_000


def value(bus: "Bus", name: str) -> tuple[str, Any]:
    """Return a property of the player, as type and value."""
    ((kind, found),) = bus.call(PROPERTIES, "Get", "ss", PLAYER, name).body
    return kind, found


def error(answer: Message) -> str:
    """Return the last word of an error's name."""
    assert answer.header.message_type is MessageType.error
    return str(answer.header.fields[HeaderFields.error_name]).rpartition(".")[2]


# What the desktop reads


def test_the_title_length_and_position_have_the_types_that_mpris_wants(
    bus: "Bus", keys: MediaKeys
) -> None:
    keys.show("Left leg: Upper band", 1_500, LENGTH_MS, playing=True)
    kind, metadata = value(bus, "Metadata")
    assert kind == "a{sv}"
    assert metadata == {
        "mpris:trackid": ("o", "/itband_gui/step/2"),
        "mpris:length": ("x", 600_000_000),
        "xesam:title": ("s", "Left leg: Upper band"),
        "xesam:artist": ("as", ["IT Band Guide"]),
    }
    assert value(bus, "Position") == ("x", 1_500_000)
    assert value(bus, "PlaybackStatus") == ("s", "Playing")


def test_all_that_is_described_is_there_with_its_type_and_nothing_else(
    bus: "Bus", keys: MediaKeys
) -> None:
    (xml,) = bus.call("org.freedesktop.DBus.Introspectable", "Introspect").body
    for interface in ET.fromstring(xml).iter("interface"):  # noqa: S314 - our own text
        described = {each.get("name"): each.get("type") for each in interface.iter("property")}
        if described:
            answer = bus.call(PROPERTIES, "GetAll", "s", interface.get("name"))
            assert {name: kind for name, (kind, _) in answer.body[0].items()} == described


def test_before_anything_is_shown_nothing_plays(bus: "Bus", qtbot: QtBot) -> None:
    keys = MprisKeys(bus.socket, "IT Band Guide")
    keys.open()
    qtbot.waitUntil(lambda: bool(bus.names), timeout=60_000)
    assert value(bus, "PlaybackStatus") == ("s", "Stopped")
    no_track = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
    assert value(bus, "Metadata") == ("a{sv}", {"mpris:trackid": ("o", no_track)})
    keys.close()


def test_a_title_of_strange_characters_does_not_break_the_line(bus: "Bus", keys: MediaKeys) -> None:
    keys.show("a\0b\ud800\u202e\nc", 0, LENGTH_MS, playing=True)
    _, metadata = value(bus, "Metadata")
    assert metadata["xesam:title"] == ("s", r"a\u0000b\ud800\u202e\nc")


def test_a_position_outside_the_length_is_brought_inside(bus: "Bus", keys: MediaKeys) -> None:
    keys.show("Get ready", LENGTH_MS + 1, LENGTH_MS, playing=True)
    assert value(bus, "Position") == ("x", LENGTH_MS * 1000)
    keys.show("Get ready", -1, LENGTH_MS, playing=True)
    assert value(bus, "Position") == ("x", 0)


# What the desktop is told


def test_only_what_changed_is_told(bus: "Bus", keys: MediaKeys) -> None:
    for at_ms in range(0, 1000, 33):
        keys.show("Get ready", at_ms, LENGTH_MS, playing=True)
    assert bus.told("PropertiesChanged") == []
    keys.show("Get ready", 1000, LENGTH_MS, playing=False)
    paused: tuple[object, ...] = (PLAYER, {"PlaybackStatus": ("s", "Paused")}, [])
    assert bus.told("PropertiesChanged") == [paused]
    keys.show("Rest", 1000, LENGTH_MS, playing=False)
    assert [set(body[1]) for body in bus.told("PropertiesChanged")[1:]] == [{"Metadata"}]
    (signature,) = {
        message.header.fields[HeaderFields.signature]
        for message in bus.heard
        if message.header.fields.get(HeaderFields.member) == "PropertiesChanged"
    }
    assert signature == "sa{sv}as"


def test_a_leap_of_the_position_is_told_and_its_usual_way_is_not(
    bus: "Bus", keys: MediaKeys
) -> None:
    for at_ms in (0, 33, 66, 2_066):
        keys.show("Get ready", at_ms, LENGTH_MS, playing=True)
    assert bus.told("Seeked") == []
    keys.show("Get ready", 40_000, LENGTH_MS, playing=True)
    keys.show("Get ready", 30_000, LENGTH_MS, playing=True)
    assert bus.told("Seeked") == [(40_000_000,), (30_000_000,)]


# What is wished


@pytest.mark.parametrize(
    ("method", "playing", "requested"),
    [
        ("PlayPause", True, ["play or pause"]),
        ("PlayPause", False, ["play or pause"]),
        ("Play", True, []),
        ("Play", False, ["play or pause"]),
        ("Pause", True, ["play or pause"]),
        ("Pause", False, []),
        ("Next", True, ["next"]),
        ("Previous", True, ["previous"]),
        ("Stop", True, ["stop"]),
    ],
)
def test_each_key_is_its_wish(
    bus: "Bus", keys: MediaKeys, method: str, *, playing: bool, requested: list[str]
) -> None:
    wishes: list[str] = []
    keys.play_pause_requested.connect(lambda: wishes.append("play or pause"))
    keys.next_requested.connect(lambda: wishes.append("next"))
    keys.previous_requested.connect(lambda: wishes.append("previous"))
    keys.stop_requested.connect(lambda: wishes.append("stop"))
    keys.show("Get ready", 0, LENGTH_MS, playing=playing)
    for interface in (PLAYER, None):
        answer = bus.call(interface, method)
        assert answer.header.message_type is MessageType.method_return
        assert answer.body == ()
    assert wishes == requested * 2


def test_who_wants_no_answer_gets_none_but_the_wish_comes(
    bus: "Bus", keys: MediaKeys, qtbot: QtBot
) -> None:
    call = new_method_call(DBusAddress(PATH, ":1.7", PLAYER), "Next")
    call.header.flags = MessageFlag.no_reply_expected
    with qtbot.waitSignal(keys.next_requested, timeout=60_000):
        bus.tell(call)
    assert bus.told("NameAcquired") == []  # a round trip
    assert len(bus.heard) == 1


@pytest.mark.parametrize(
    ("call", "refusal"),
    [
        ((PLAYER, "Next", "i", (1,)), "InvalidArgs"),
        ((PLAYER, "Seek", "i", (1,)), "InvalidArgs"),
        ((PLAYER, "Dance", "", ()), "UnknownMethod"),
        ((PLAYER, "OpenUri", "s", ("file:///a",)), "NotSupported"),
        ((None, "Dance", "", ()), "UnknownMethod"),
        (("org.example.Dance", "Next", "", ()), "UnknownInterface"),
        ((PROPERTIES, "Get", "ss", (PLAYER, "Colour")), "UnknownProperty"),
        ((PROPERTIES, "Get", "ss", ("org.example.Dance", "Rate")), "InvalidArgs"),
        ((PROPERTIES, "GetAll", "s", ("org.example.Dance",)), "InvalidArgs"),
        ((PROPERTIES, "Set", "ssv", (PLAYER, "Rate", ("d", 2.0))), "PropertyReadOnly"),
        ((PROPERTIES, "Get", "s", (PLAYER,)), "InvalidArgs"),
    ],
)
def test_what_is_wrong_is_refused_by_name(
    bus: "Bus",
    keys: MediaKeys,
    call: tuple[str | None, str, str, tuple[object, ...]],
    refusal: str,
) -> None:
    interface, member, signature, body = call
    assert error(bus.call(interface, member, signature, *body)) == refusal


def test_winding_quitting_and_raising_do_nothing(bus: "Bus", keys: MediaKeys) -> None:
    for interface, member, signature, body in (
        (PLAYER, "Seek", "x", (5,)),
        (PLAYER, "SetPosition", "ox", ("/a", 5)),
        (ROOT, "Quit", "", ()),
        (ROOT, "Raise", "", ()),
    ):
        answer = bus.call(interface, member, signature, *body)
        assert answer.header.message_type is MessageType.method_return
    assert value(bus, "Position") == ("x", 0)


def test_another_object_is_not_ours(bus: "Bus", keys: MediaKeys) -> None:
    address = DBusAddress("/somewhere/else", ":1.7", PLAYER)
    bus.tell(new_method_call(address, "Next"))
    bus.told("a round trip")
    assert error(bus.heard[0]) == "UnknownObject"
