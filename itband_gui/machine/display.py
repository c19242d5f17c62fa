"""Whether there is a screen to open a window on; no Qt is needed to know."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NO_SCREEN = (
    "There is no screen here to open a window on. "
    "`itband-gui tour DIR` plays a session into pictures instead."
)
# Qt platforms that draw without a display server: a real screen, and none at all.
_OWN_SCREEN = frozenset({"eglfs", "linuxfb", "vkkhrdisplay", "vnc"})
_NO_SCREEN = frozenset({"minimal", "minimalegl", "offscreen"})


def has_screen(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Tell from the environment whether a person can see a window of this process.

    On Windows and macOS always. Elsewhere a display server must be named, and it must be one that
    `QT_QPA_PLATFORM` allows, where that is set: Qt ends the process when its choice cannot be
    reached. Nothing is contacted.
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
    """Tell whether Qt can start: on a screen, or where it was told to do without one.

    `QT_QPA_PLATFORM=offscreen` is an explicit wish (tests, benchmarks) and is granted.
    """
    return has_screen(environ, platform) or bool(_qt_platforms(environ) & _NO_SCREEN)


def screen_answers(environ: Mapping[str, str]) -> bool:
    """Tell whether the local display server that the environment names can be reached.

    A stale DISPLAY outlives its server in a detached terminal. A server on another machine, or one
    reached in a way not known here, is taken at its word. Where Qt was told to use none, none has
    to answer.
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
    import socket  # noqa: PLC0415 - milliseconds, which only a named display server is worth

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
