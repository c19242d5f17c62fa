"""The child process that asks the system to keep the screen on; `keep_awake.py` says why.

It writes one word. It releases the screen and ends when its input ends, because the window closed
the pipe or died. It loads no Qt.
"""

import os
import sys
from threading import Event, Thread

from itband_gui.cues.problems import HELD, AwakeProblem, NotKeptError, Release

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
    try:
        from itband_gui.cues.keep_awake_wakepy import take  # noqa: PLC0415 - wakepy may be missing

        return take(name, reason)
    except ImportError as error:
        raise NotKeptError(AwakeProblem.NO_LIBRARY) from error


def _say(word: str) -> None:
    os.write(1, word.encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
