"""The child process that asks the system to keep the screen on; `keep_awake.py` says why.

It writes one word. It releases the screen and ends when its input ends, because the window closed
the pipe or died. It loads no Qt.
"""

import contextlib
import os
import platform
import sys
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from itband_gui.cues.problems import HELD, AwakeProblem, NotKeptError, Release
from itband_gui.machine.session_bus import bus_socket

if TYPE_CHECKING:
    import wakepy

LET_GO_S = 3.0  # our choice; wakepy allows a service 2 s


def main(arguments: list[str]) -> int:
    """Keep the screen on, with the name and the reason given, until the input ends.

    The requests run in a separate thread, so that an unanswered one cannot keep this process alive.
    """
    name, reason = arguments
    let_go = Event()
    keeper = Thread(target=_keep, args=(name, reason, let_go), daemon=True)
    keeper.start()
    while os.read(0, 4096):
        pass
    let_go.set()
    keeper.join(LET_GO_S)
    return 0


def _keep(name: str, reason: str, let_go: Event) -> None:
    try:
        release = _take(name, reason)
    except NotKeptError as error:
        _say(error.problem)
        return
    _say(HELD)
    let_go.wait()
    release()


def _take(name: str, reason: str) -> Release:
    """Keep the screen on and return what ends that, to be called in the same thread.

    Raises:
        NotKeptError: nobody keeps it on, or a library is missing.

    """
    try:
        if platform.system() in {"Windows", "Darwin"}:  # no bus there
            return _take_directly()
        return _take_on_bus(name, reason)
    except ImportError as error:
        raise NotKeptError(AwakeProblem.NO_LIBRARY) from error


def _take_directly() -> Release:
    import wakepy  # noqa: PLC0415 - may be missing

    mode = wakepy.keep.presenting(on_fail="pass")
    mode.__enter__()
    if not mode.active:
        raise NotKeptError(AwakeProblem.REFUSED)
    return lambda: _leave(mode)


def _take_on_bus(name: str, reason: str) -> Release:
    import wakepy  # noqa: PLC0415 - may be missing

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


def _leave(mode: "wakepy.Mode", hang_up: Callable[[], None] = lambda: None) -> None:
    """Release the screen; disconnecting does so, too, if the message does not arrive."""
    with contextlib.suppress(RuntimeError):  # wakepy: the service did not answer
        mode.__exit__(None, None, None)
    hang_up()


def _say(word: str) -> None:
    os.write(1, word.encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
