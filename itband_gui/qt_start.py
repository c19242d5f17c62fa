"""Starts Qt; no module of Qt is imported before that."""

import builtins
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

PROGRAM = "IT Band Guide"


def load_qt_core() -> None:
    """Load Qt's core and remove the import hook that it installs.

    To support `from __feature__ import …`, which we do not use, the hook reads and keeps the source
    of every module imported later. That costs 20 ms and 4 MB at start.
    """
    import PySide6.QtCore  # noqa: F401, PLC0415 - for its effect; only windows need it

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def start_qt(arguments: list[str]) -> "QApplication":
    """Return the only QApplication, with its names set; start it if there is none yet."""
    load_qt_core()
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the hook must be removed first

    # Passing the style by name saves 5 ms over setting it later.
    app = QApplication.instance() or QApplication([*arguments, "-style", "fusion"])
    assert isinstance(app, QApplication)  # noqa: S101 - we make no other kind
    app.setApplicationName("itband-gui")
    app.setApplicationDisplayName(PROGRAM)
    app.setDesktopFileName("itband-gui")
    from itband_gui.ui.text.qt_language import QtLanguage  # noqa: PLC0415 - imports Qt
    from itband_gui.wording.translation import use  # noqa: PLC0415 - only needed with Qt

    use(QtLanguage())
    return app
