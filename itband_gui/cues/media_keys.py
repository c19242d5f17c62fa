"""Receives media keys and headset buttons during a session.

On Linux the desktop sends them to media players on the session bus (MPRIS), whatever has the
keyboard focus. Elsewhere they reach the window as keys, and nothing is done here.
"""

import os
import platform

from PySide6.QtCore import QObject

from itband_gui.cues.silent_keys import MediaKeys, MediaKeysProblem
from itband_gui.machine.session_bus import bus_socket


def media_keys(name: str, parent: QObject | None = None) -> MediaKeys:
    """Return this computer's media keys, or an object that does nothing and has a `problem`.

    `name` is the program's name as shown to the user. Nothing is loaded if there is no bus.
    """
    if platform.system() != "Linux":
        return MediaKeys(MediaKeysProblem.NOT_HERE, parent)
    socket = bus_socket(os.environ)
    if socket is None:
        return MediaKeys(MediaKeysProblem.NO_BUS, parent)
    try:
        from itband_gui.cues.mpris import MprisKeys  # noqa: PLC0415 - needs jeepney
    except ImportError:
        return MediaKeys(MediaKeysProblem.NO_LIBRARY, parent)
    return MprisKeys(socket, name, parent)
