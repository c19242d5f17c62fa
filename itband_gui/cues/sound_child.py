"""The child process that plays sounds or speaks through Qt's engines.

It is a process because Qt's audio blocks for ever in its constructor if the sound service does not
answer, and its speech engines block for seconds; both would freeze the window (measured). Orders
arrive and news leave as lines of JSON, objects with `do` or `is`. It ends when its input ends.
"""

import json
import os
import sys
import threading
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal

Order = dict[str, Any]
COMMAND = "cue-child"  # the hidden command with which a bundle starts this process


class Role(StrEnum):
    """The roles of a child."""

    SOUNDS = "sounds"
    SPEECH = "speech"


class ChildWorker(Protocol):
    """Carries out orders."""

    def obey(self, order: Order) -> None:
        """Carry out one order; return at once."""
        ...


class Orders(QObject):
    """Reads the orders in a thread, the only way to wait for a pipe on Windows."""

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
    """Send news to the window; exit if the window is gone."""
    try:
        os.write(1, json.dumps(news).encode() + b"\n")
    except OSError:
        os._exit(0)


def main(arguments: list[str]) -> int:
    """Run the role named first until the input ends; a second argument names a speech engine."""
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
    """Return the worker; or report that a part of Qt is missing and return None."""
    if role == Role.SOUNDS:
        from itband_gui.cues.sound_child_players import (  # noqa: PLC0415 - only for this role
            make_sounds,
        )

        return make_sounds()
    from itband_gui.cues.sound_child_players import (  # noqa: PLC0415 - only for this role
        make_speech,
    )

    return make_speech(engine)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
