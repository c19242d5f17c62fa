"""Finds out, without Qt, whether there is a screen to open a window on."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NO_SCREEN = (
    "There is no screen to open a window on. "
    "`itband-gui tour DIR` plays a session and saves pictures of it instead."
)
# Qt platforms without a display server: those that draw on a real screen, and those that do not.
_OWN_SCREEN = frozenset({"eglfs", "linuxfb", "vkkhrdisplay", "vnc"})
_NO_SCREEN = frozenset({"minimal", "minimalegl", "offscreen"})


def has_screen(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Return whether, by the environment, a person can see a window of this process.

    Always true on Windows and macOS. Elsewhere the environment must name a display server that
    `QT_QPA_PLATFORM`, if set, allows: Qt ends the process if it cannot reach its choice. Nothing
    is contacted.
    """
    if platform in {"win32", "darwin", "cygwin"}:
        return True
    servers = set()
    if environ.get("DISPLAY"):
        servers.add("xcb")
    if environ.get("WAYLAND_DISPLAY") or environ.get("WAYLAND_SOCKET"):
        servers.add("wayland")
    wanted = _qt_platforms(environ)
    if not wanted:
        return bool(servers)
    return bool(wanted & (servers | _OWN_SCREEN))


def can_open_window(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Return whether Qt can start, on a screen or explicitly without one.

    Tests and benchmarks set `QT_QPA_PLATFORM=offscreen`.
    """
    return has_screen(environ, platform) or bool(_qt_platforms(environ) & _NO_SCREEN)


def screen_answers(environ: Mapping[str, str]) -> bool:
    """Return whether the local display server named in the environment can be reached.

    In a detached terminal, DISPLAY can outlive its server. A server on another machine, or one
    with an unknown kind of address, is assumed to answer. If Qt is set to use none, the answer is
    yes.
    """
    if environ.get("WAYLAND_SOCKET") or _qt_platforms(environ) & (_OWN_SCREEN | _NO_SCREEN):
        return True
    wayland = environ.get("WAYLAND_DISPLAY", "")
    if wayland and listens(str(Path(environ.get("XDG_RUNTIME_DIR", "/"), wayland))):
        return True
    display = environ.get("DISPLAY", "")
    if not display:
        return not wayland
    host, _, number = display.rpartition(":")
    if host not in {"", "unix"}:
        return True
    path = f"/tmp/.X11-unix/X{number.partition('.')[0]}"  # noqa: S108 - where X servers listen
    return listens(path) or listens(f"\0{path}")


def _qt_platforms(environ: Mapping[str, str]) -> frozenset[str]:
    """Return the names in QT_QPA_PLATFORM: "wayland;xcb:size=…" gives wayland and xcb."""
    choices = environ.get("QT_QPA_PLATFORM", "").split(";")
    names = (choice.partition(":")[0].strip() for choice in choices)
    return frozenset("wayland" if name.startswith("wayland") else name for name in names if name)


def listens(path: str) -> bool:
    """Whether a Unix socket at `path`, abstract if it starts with NUL, accepts a connection."""
    import socket  # noqa: PLC0415 - takes milliseconds; only needed for a display server

    family = getattr(socket, "AF_UNIX", None)
    if family is None:
        return True
    with socket.socket(family, socket.SOCK_STREAM) as caller:
        caller.settimeout(1.0)
        try:
            caller.connect(path)
        except (OSError, ValueError):  # ValueError: a NUL within the path
            return False
    return True


if __name__ == "__main__":  # for scripts/run
    sys.exit(0 if has_screen(os.environ) and screen_answers(os.environ) else 1)
