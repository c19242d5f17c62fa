"""Opens the real window in a process of its own and has something go wrong in it.

Arguments: the data folder, then what: slot, paint, thread, qthread, unraisable, start, fatal,
qt, warning, leave, quiet. It prints, as JSON, what the window showed of it, and ends.
"""

import faulthandler
import json
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer, qWarning
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from itband_gui import app
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.ui.today import page
from itband_gui.ui.window.faults import FaultReporter
from itband_gui.ui.window.main_window import MainWindow

NOTE = "Zaphod cried terribly"  # what must be in no log
PAINTS = 5
LOOK_MS = 10


class Bad(QWidget):
    """Fails at each painting."""

    painted = 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        Bad.painted += 1
        if Bad.painted < PAINTS:
            self.update()
        raise ValueError(NOTE)


class BadThread(QThread):
    def run(self) -> None:
        raise ValueError(NOTE)


class BadEnd:
    def __del__(self) -> None:
        raise ValueError(NOTE)


def in_slot(_window: MainWindow) -> None:
    raise KeyError(NOTE)


def in_paint(window: MainWindow) -> None:
    bad = Bad(window)
    bad.resize(20, 20)
    bad.show()


def in_thread(_window: MainWindow) -> None:
    threading.Thread(target=int, args=(NOTE,)).start()


def in_qthread(window: MainWindow) -> None:
    BadThread(window).start()


def unraisable(_window: MainWindow) -> None:
    BadEnd()


def fatal(_window: MainWindow) -> None:
    faulthandler._sigsegv()  # type: ignore[attr-defined] # noqa: SLF001 - made for such tests


def qt_message(_window: MainWindow) -> None:
    qWarning(f'no such font "{NOTE}" in {Path.home()}')


def warning(_window: MainWindow) -> None:
    warnings.warn(NOTE, RuntimeWarning, stacklevel=1)


def leave(window: MainWindow) -> None:
    window.link.add(RestDay(id=new_id(), at=window.link.now()))
    raise SystemExit(3)


def quiet(_window: MainWindow) -> None:
    pass


WAYS: dict[str, Callable[[MainWindow], None]] = {
    "slot": in_slot,
    "paint": in_paint,
    "thread": in_thread,
    "qthread": in_qthread,
    "unraisable": unraisable,
    "fatal": fatal,
    "qt": qt_message,
    "warning": warning,
    "leave": leave,
    "quiet": quiet,
}
SHOWN = ("slot", "paint", "thread", "qthread", "unraisable")


class Onlooker(QObject):
    """Waits for the window, lets it happen, and tells what is shown of it."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what
        self._looks = QTimer(self)
        self._looks.timeout.connect(self._look)
        self._looks.start(LOOK_MS)
        self._happened = False

    def _look(self) -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        if not windows or not windows[0].isVisible():
            return
        unexpected = windows[0].findChild(FaultReporter)
        if unexpected is None or not unexpected.ready:
            return
        if not self._happened:
            self._happened = True
            WAYS[self._what](windows[0])
            return
        dialog = unexpected.dialog
        if self._what in SHOWN:
            if dialog is None or dialog.journal.text().endswith("…"):
                return
            if self._what == "paint" and f"({PAINTS} times)" not in dialog.box.toPlainText():
                return
        self._looks.stop()
        told = {
            "dialogs": sum(isinstance(w, QDialog) for w in windows[0].findChildren(QDialog)),
            "happened": dialog.happened.text() if dialog else "",
            "journal": dialog.journal.text() if dialog else "",
            "report": dialog.box.toPlainText() if dialog else "",
            "notice": unexpected.notice.text.text() if unexpected.notice else "",
        }
        print(json.dumps(told), flush=True)  # noqa: T201 - what the test reads
        QApplication.closeAllWindows()
        QCoreApplication.exit(0)


class Closer(QObject):
    """Reads the dialog of a start that failed, and closes it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QDialog):
            texts = [label.text() for label in watched.findChildren(QLabel)]
            print(json.dumps({"texts": texts}), flush=True)  # noqa: T201 - read by the test
            QTimer.singleShot(0, watched.close)
        return False


def main() -> int:
    folder, what = sys.argv[1:]
    qt = app.start_qt(["x"])
    if what == "start":

        def fail(*_arguments: object) -> None:
            raise ValueError(NOTE)

        page.TodayPage.__init__ = fail  # type: ignore[method-assign, assignment] # breaks it
        closer = Closer()
        qt.installEventFilter(closer)
    else:
        onlooker = Onlooker(what)
        onlooker.setParent(qt)
    return app.main(["--data-dir", folder])


if __name__ == "__main__":
    sys.exit(main())
