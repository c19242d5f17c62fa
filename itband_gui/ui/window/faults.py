"""Shows what nobody caught: one dialog, or a notice in a session; the same again only counts."""

import os
import re
from collections import Counter
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QThread,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from itband_gui.journal.store import FILE_NAME
from itband_gui.machine.crash import MOST, TOLD_AT, Fault, Watch, report
from itband_gui.machine.display import NO_SCREEN, screen_answers
from itband_gui.machine.log import LogFile, versions
from itband_gui.machine.terminal import BAD_USAGE, FAILED, say
from itband_gui.ui.widgets.notice import Notice
from itband_gui.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from itband_gui.ui.services.background import Worker
    from itband_gui.ui.window.fault_dialog import FaultDialog, JournalCheck

FIRST_MS = 500  # our choice: after the first frame
AGAIN_MS = 500  # our choice: a fault in painting comes sixty times a second


class FaultReporter(QObject):
    """Listens to the watch for as long as the window lives.

    Args:
        watch: takes what nobody catches, in any thread.
        window: what the dialog opens over.
        folder: the data folder; the journal in it is looked at each time.

    """

    _came = Signal()

    def __init__(self, watch: Watch, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._watch = watch
        self._window = window
        self._link = window.link
        self._journal = folder / FILE_NAME
        self._seen = self._counted = 0  # different ones, and all
        self._worker: Worker[JournalCheck] | None = None
        self.ready = False  # also for a fatal signal
        self.dialog: FaultDialog | None = None
        self.notice: Notice | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._show)
        self._came.connect(self._wait, Qt.ConnectionType.QueuedConnection)
        window.link.save_state_changed.connect(self._look)
        watch.listener = self._call
        QTimer.singleShot(FIRST_MS, self, self._begin)
        self._call()

    @property
    def idle(self) -> bool:
        """Whether everything that happened up to now has been looked at."""
        return self._counted == _count(self._watch.mishaps)

    def _call(self) -> None:
        """Say, in any thread, that there may be something new."""
        with suppress(RuntimeError):  # the window is gone; the log has it
            self._came.emit()

    @Slot()
    def _wait(self) -> None:
        if not self._pause.isActive():
            self._pause.start(AGAIN_MS if self.dialog or self.notice else 0)

    @Slot()
    def _begin(self) -> None:
        """Say what ended the program before this one; the log's folder may be there only now."""
        self._watch.log.flush()
        self._watch.await_fatal()
        self.ready = True
        if self._watch.fatal:
            from itband_gui.ui.window.fault_dialog import (  # noqa: PLC0415 - rarely wanted
                ended_text,
            )

            self._notify(ended_text())

    @Slot()
    def _show(self) -> None:
        mishaps = self._watch.mishaps
        new, self._seen = len(mishaps) > self._seen, len(mishaps)
        self._counted = _count(mishaps)
        if self.dialog is not None:
            self._tell()
        elif new and self._window.flow.in_session:
            self._notify(
                QCoreApplication.translate(
                    "FaultReporter", "Something unexpected went wrong. The session goes on."
                )
            )
        elif new:
            self._open()

    def _notify(self, text: str) -> None:
        """Put up a notice in the place of the one before; the same again stays as it is."""
        if self.notice is not None and self.notice.text.text() == text:
            return
        self._put_notice_away()
        details = QCoreApplication.translate("FaultReporter", "Details…")
        self.notice = Notice(text, ((details, self._open),), warning=True)
        self.notice.destroyed.connect(self._forget_notice)
        self._window.notify(self.notice)

    @Slot()
    def _open(self) -> None:
        # Hardly ever wanted.
        from itband_gui.ui.window.fault_dialog import (  # noqa: PLC0415 - needed only after an error
            FaultDialog,
            ended_text,
        )

        self._put_notice_away()
        if self.dialog is not None:
            return
        parent = QApplication.activeModalWidget() or self._window
        self.dialog = FaultDialog(parent, ended_text(), self._watch.log, self._window.close)
        self.dialog.destroyed.connect(self._forget_dialog)
        self._tell()
        self._look()
        self.dialog.open()

    def _tell(self) -> None:
        """Show what has happened by now."""
        from itband_gui.ui.window.fault_dialog import happened_text  # noqa: PLC0415 - needed only after an error

        assert self.dialog is not None  # noqa: S101 - whoever calls has looked
        mishaps = self._watch.mishaps
        if mishaps:
            self.dialog.happened.setText(happened_text(mishaps))
        self.dialog.show_report(report(mishaps, self._watch.fatal))

    @Slot()
    def _look(self) -> None:
        """Have the journal's file read again, in a thread: the disk may be what is wrong."""
        if self.dialog is None:
            return
        from itband_gui.ui.services.background import (  # noqa: PLC0415 - needed only after an error
            Worker,
            arrivals,
        )
        from itband_gui.ui.window.fault_dialog import look  # noqa: PLC0415 - needed only after an error

        if self._worker is None:
            self._worker = Worker(arrivals())
            self._worker.arrivals.some.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._worker.put(partial(look, self._journal, self._link.book.holding))

    @Slot()
    def _deliver(self) -> None:
        from itband_gui.ui.window.fault_dialog import safe_text  # noqa: PLC0415 - needed only after an error

        while self._worker is not None and (found := self._worker.take()) is not None:
            if self.dialog is not None:
                pending = len(self._link.book.pending)
                self.dialog.journal.setText(safe_text(found, pending, self._journal))

    @Slot()
    def _forget_dialog(self) -> None:
        self.dialog = None

    def _put_notice_away(self) -> None:
        if self.notice is not None:
            self.notice.destroyed.disconnect(self._forget_notice)
            self.notice.deleteLater()
            self.notice = None

    @Slot()
    def _forget_notice(self) -> None:
        self.notice = None


def _count(mishaps: tuple[Fault, ...]) -> int:
    return sum(each.times for each in mishaps)


_LEVELS = {
    QtMsgType.QtWarningMsg: "WARNING",
    QtMsgType.QtCriticalMsg: "ERROR",
    QtMsgType.QtFatalMsg: "FATAL",
}


def log_qt_messages(log: LogFile, folder: Path) -> None:
    """Have Qt's warnings and worse logged, without names and quoted values; our versions first.

    The same again only counts, or it would push everything else out of the log.
    `folder` is the data folder, which Qt may name. A fatal message before anything is shown
    ends the process with exit code 1, or with 2 where no screen answers: Qt would dump core.
    """
    counts: Counter[str] = Counter()

    def take(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind not in _LEVELS:
            return
        from itband_gui.machine.redaction import Redactor  # noqa: PLC0415 - not at a start

        told = f"Qt {context.category or ''}: {Redactor(folder).of_foreign(text)}"
        key = re.sub(r"(0x)?\d[\da-f]*", "", told)  # sizes and addresses differ each time
        if key not in counts and len(counts) >= MOST:
            key = ""  # all the rest
        counts[key] += 1
        if counts[key] == 1 or kind is QtMsgType.QtFatalMsg:
            log.write(_LEVELS[kind], told)
        elif counts[key] in TOLD_AT:
            log.write(_LEVELS[kind], f"{counts[key]} times now: {told}")
        if kind is QtMsgType.QtFatalMsg and not QThread.currentThread().loopLevel():
            if not screen_answers(os.environ):
                say(NO_SCREEN)
                os._exit(BAD_USAGE)
            say(f"Qt cannot start. `itband-gui doctor` names what is missing. {log.where}")
            os._exit(FAILED)

    qInstallMessageHandler(take)
    log.write("INFO", f"start: {versions()}")
