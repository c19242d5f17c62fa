"""Media keys and headset buttons, for as long as a session runs.

On Linux the desktop sends them to media players on the session bus (MPRIS), wherever the keyboard
is; elsewhere they come to the window as keys, and there is nothing to do here.
"""

import os
import platform

from PySide6.QtCore import QObject

from itband_gui.cues.silent_keys import MediaKeys, MediaKeysProblem
from itband_gui.machine.session_bus import bus_socket


def media_keys(name: str, parent: QObject | None = None) -> MediaKeys:
    """Return this machine's media keys, or their silent twin, which says why in `problem`.

    `name` is the program's, for the user. Nothing is loaded where there is no bus to talk to.
    """
    if platform.system() != "Linux":
        return MediaKeys(MediaKeysProblem.NOT_HERE, parent)
    socket = bus_socket(os.environ)
    if socket is None:
        return MediaKeys(MediaKeysProblem.NO_BUS, parent)
    try:  # only here, and only now
        from itband_gui.cues.mpris import MprisKeys  # noqa: PLC0415 - may be missing
    except ImportError:
        return MediaKeys(MediaKeysProblem.NO_LIBRARY, parent)
    return MprisKeys(socket, name, parent)
