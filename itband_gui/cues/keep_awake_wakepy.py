"""Asks the system through wakepy, and waits for the answer: not for the window's process."""

import contextlib
import os
import platform
from collections.abc import Callable

import wakepy

from itband_gui.cues.problems import AwakeProblem, NotKeptError, Release
from itband_gui.machine.session_bus import bus_socket


def take(name: str, reason: str) -> Release:
    """Keep the screen on and return what ends that, to be called in the same thread.

    Raises:
        NotKeptError: nobody keeps it on.

    """
    if platform.system() in {"Windows", "Darwin"}:  # no bus there
        mode = wakepy.keep.presenting(on_fail="pass")
        mode.__enter__()
        if not mode.active:
            raise NotKeptError(AwakeProblem.REFUSED)
        return lambda: _leave(mode)
    socket = bus_socket(os.environ)
    if socket is None:
        raise NotKeptError(AwakeProblem.NO_BUS)
    # jeepney, which this stands on, is installed on Linux only.
    from itband_gui.cues.keep_awake_bus import BusConnection, adapter  # noqa: PLC0415 - on Linux only

    line = BusConnection(socket, name, reason)
    mode = wakepy.keep.presenting(on_fail="pass", dbus_adapter=adapter(line))
    mode.__enter__()
    if not mode.active:
        line.close()
        raise NotKeptError(line.problem or AwakeProblem.REFUSED)
    return lambda: _leave(mode, line.close)


def _leave(mode: wakepy.Mode, hang_up: Callable[[], None] = lambda: None) -> None:
    """Say that the screen may go dark; hanging up says it too, should the words not arrive."""
    with contextlib.suppress(RuntimeError):  # wakepy: the service did not answer
        mode.__exit__(None, None, None)
    hang_up()
