import socket
import tempfile
from pathlib import Path

import pytest

from itband_gui.machine.session_bus import bus_socket

ADDRESS = "DBUS_SESSION_BUS_ADDRESS"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("unix:path=/run/user/1000/bus", "/run/user/1000/bus"),
        ("unix:path=/tmp/dbus-x,guid=0123456789abcdef", "/tmp/dbus-x"),  # noqa: S108 - an example
        ("unix:guid=01,path=/run/a%20b%2c", "/run/a b,"),
        ("unix:abstract=/tmp/dbus-y", "\0/tmp/dbus-y"),
        ("tcp:host=localhost,port=1;unix:path=/run/second", "/run/second"),
        ("autolaunch:", None),
        ("unix:", None),
        ("unix:path=", None),
        ("nonsense", None),
        (";;", None),
    ],
)
def test_the_bus_is_found_in_its_address(address: str, found: str | None) -> None:
    assert bus_socket({ADDRESS: address, "XDG_RUNTIME_DIR": "/nowhere"}) == found


def test_without_an_address_there_is_no_bus() -> None:
    assert bus_socket({}) is None
    assert bus_socket({ADDRESS: "", "XDG_RUNTIME_DIR": ""}) is None


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_without_an_address_the_bus_of_systemd_is_taken_if_it_is_there() -> None:
    with tempfile.TemporaryDirectory() as folder:  # a socket's path must be short
        assert bus_socket({"XDG_RUNTIME_DIR": folder}) is None
        place = Path(folder, "bus")
        with socket.socket(socket.AF_UNIX) as bus:
            bus.bind(str(place))
            assert bus_socket({"XDG_RUNTIME_DIR": folder}) == str(place)
            assert bus_socket({"XDG_RUNTIME_DIR": folder, ADDRESS: "autolaunch:"}) is None
