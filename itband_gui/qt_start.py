"""Starts Qt; nothing of it is imported before that."""

import builtins
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

PROGRAM = "IT Band Guide"


def load_qt_core() -> None:
    """Load Qt's core without the import hook that comes with it.

    For its `from __feature__ import …`, which nobody uses here, PySide6 reads and keeps the source
    of every module that is imported after it: that costs a start 20 ms and 4 MB.
    """
    import PySide6.QtCore  # noqa: F401, PLC0415 - for its effect, when the caller says

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def start_qt(arguments: list[str]) -> "QApplication":
    """Return the one QApplication, named; start it where there is none yet."""
    load_qt_core()
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - Qt is loaded first

    # The style by name: to set it afterwards costs a start 5 ms.
    app = QApplication.instance() or QApplication([*arguments, "-style", "fusion"])
    assert isinstance(app, QApplication)  # noqa: S101 - this program makes no other kind
    app.setApplicationName("itband-gui")
    app.setApplicationDisplayName(PROGRAM)
    app.setDesktopFileName("itband-gui")
    from itband_gui.ui.text.qt_language import QtLanguage  # noqa: PLC0415 - Qt is loaded first
    from itband_gui.wording.translation import use  # noqa: PLC0415 - Qt is loaded first

    use(QtLanguage())
    return app
