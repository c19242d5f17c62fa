"""Remembers the window's size and place on this machine, until the next start.

They lie in the state folder: the data folder may be carried between machines with other screens.
"""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from itband_gui.journal.durable import NotSavedError, make_folder, replace_file
from itband_gui.journal.regular import read_regular

_FILE = "window.geometry"
_LIMIT = 4096  # bytes; Qt writes some 70


def restore_place(window: QWidget, state: Path) -> None:
    """Give a window the size, the place and the maximised state that it had.

    Qt brings back what lies off the screen, and shrinks what is larger. Where nothing is known,
    or cannot be read, the window stays as it is.
    """
    with suppress(OSError):
        window.restoreGeometry(read_regular(state / _FILE, _LIMIT)[0])


def keep_place(window: QWidget, state: Path) -> None:
    """Remember where a window is; one that fills the screen for a session is not remembered.

    It is a convenience: where it cannot be written, nothing is said.
    """
    if window.windowState() & Qt.WindowState.WindowFullScreen or not state.parent.is_dir():
        return
    with suppress(OSError, NotSavedError):
        make_folder(state)
        replace_file(state / _FILE, bytes(window.saveGeometry().data()))
