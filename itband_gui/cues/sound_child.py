"""The process beside the window that plays sounds or speaks through Qt's engines.

Why a process: without an answer from the sound service, Qt's sound waits for ever in its
constructor, and its speech engines for seconds; each would freeze the window (measured). Orders
come in and news go out as lines of JSON, each an object with `do` or `is`. It ends with its input.
"""

import json
import os
import sys
import threading
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal

Order = dict[str, Any]
COMMAND = "cue-child"  # the hidden word by which a bundle starts this process


class Role(StrEnum):
    """What a child is for."""

    SOUNDS = "sounds"
    SPEECH = "speech"


class ChildWorker(Protocol):
    """Carries out orders."""

    def obey(self, order: Order) -> None:
        """Carry out one order; return at once."""
        ...


class Orders(QObject):
    """Reads the orders in a thread: on Windows a pipe can be waited on in no other way."""

    came = Signal(str)
    ended = Signal()

    def read_all(self) -> None:
        """Read until the window's end of the pipe is closed."""
        rest = b""
        while piece := os.read(0, 65_536):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                self.came.emit(line.decode())
        self.ended.emit()


def tell(**news: object) -> None:
    """Send news to the window; where nobody listens any more, they are lost."""
    try:
        os.write(1, json.dumps(news).encode() + b"\n")
    except OSError:
        os._exit(0)


def main(arguments: list[str]) -> int:
    """Run one role until the input ends; after it, Qt's name of a speech engine may stand."""
    app = QCoreApplication(arguments)
    worker = _make(*arguments)
    if worker is None:
        return 0
    orders = Orders()
    orders.came.connect(lambda line: worker.obey(json.loads(line)))
    orders.ended.connect(app.quit)
    threading.Thread(target=orders.read_all, daemon=True).start()
    return app.exec()


def _make(role: str, engine: str = "") -> ChildWorker | None:
    """Return the worker, or None where Qt's part for it is missing, which it has told."""
    if role == Role.SOUNDS:
        from itband_gui.cues.sound_child_players import (  # noqa: PLC0415 - one role, one import
            make_sounds,
        )

        return make_sounds()
    from itband_gui.cues.sound_child_players import make_speech  # noqa: PLC0415 - one role, one import

    return make_speech(engine)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
