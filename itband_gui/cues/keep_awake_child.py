"""The process that asks the system to keep the screen on (`keep_awake.py` tells why a process).

It says one word, and lets go and ends when its input ends: when the window closes the pipe, and by
itself when the window dies. It loads no Qt.
"""

import os
import sys
from threading import Event, Thread

from itband_gui.cues.problems import HELD, AwakeProblem, NotKeptError, Release

LET_GO_S = 3.0  # our choice; wakepy waits 2 s for a service


def main(arguments: list[str]) -> int:
    """Hold the screen, by name and for a reason, until the input ends.

    The asking has a thread of its own, so that one who never answers cannot keep this process.
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
        from itband_gui.cues.keep_awake_wakepy import take  # noqa: PLC0415 - may be missing

        return take(name, reason)
    except ImportError as error:
        raise NotKeptError(AwakeProblem.NO_LIBRARY) from error


def _say(word: str) -> None:
    os.write(1, word.encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
