"""Ends the program in good order when something else says so: a signal, the desktop's log-out."""

import signal
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from itband_gui.ui.main_window import MainWindow

# Ctrl+C in a terminal, kill, a terminal that is closed (which Windows has not).
_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


def end_when_told(app: QApplication, window: MainWindow) -> None:
    """Have everything kept before the program ends in any way but a kill.

    A signal is obeyed without a question: who sends one does not wait for an answer.
    """

    def end(number: int, _frame: object) -> None:
        # Into the loop, which may not run yet. Python sees to a signal when it next runs, which
        # the collector's timer has it do within a second.
        QTimer.singleShot(0, app, lambda: app.exit(128 + number))

    for number in _SIGNALS:
        signal.signal(number, end)
    app.commitDataRequest.connect(partial(keep_before_log_out, window))
    app.aboutToQuit.connect(window.flush)
    app.aboutToQuit.connect(window.remember)
    app.aboutToQuit.connect(window.settle)


def keep_before_log_out(window: MainWindow, desktop: QSessionManager) -> None:
    """Save what is not saved; where that fails, put the log-out off and let the window ask."""
    if not window.flush() and desktop.allowsErrorInteraction():
        desktop.cancel()
        window.close()
