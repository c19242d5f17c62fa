"""Finds the socket of the desktop's session bus without contacting it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")


def bus_socket(environ: Mapping[str, str]) -> str | None:
    """Return the session bus's socket: a path, or a NUL and an abstract name; None without one."""
    return next(bus_sockets(environ), None)


def bus_sockets(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the sockets that the session bus may have, the preferred one first.

    This follows the D-Bus specification, "Server Addresses", and systemd's default path. TCP,
    `autolaunch:` and other transports are not supported.
    """
    for address in environ.get("DBUS_SESSION_BUS_ADDRESS", "").split(";"):
        transport, _, rest = address.partition(":")
        pairs = (pair.partition("=") for pair in rest.split(","))
        values = {key: _unescaped(value) for key, _, value in pairs}
        if transport == "unix" and values.get("path"):
            yield values["path"]
        elif transport == "unix" and values.get("abstract"):
            yield "\0" + values["abstract"]
    folder = environ.get("XDG_RUNTIME_DIR")
    if folder and not environ.get("DBUS_SESSION_BUS_ADDRESS"):
        path = Path(folder, "bus")
        if path.is_socket():
            yield str(path)


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
