"""Shows uncaught errors in one dialog, or as a notice in a session, and logs Qt's messages."""

import os
import re
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

from itband_gui.journal.snapshot import FILE_NAME
from itband_gui.machine.crash import Fault, Watch, report
from itband_gui.machine.display import NO_SCREEN, screen_answers
from itband_gui.machine.log import LogFile, versions
from itband_gui.machine.redaction import Redactor
from itband_gui.machine.terminal import BAD_USAGE, FAILED, say
from itband_gui.ui.services.background import Background, NoThreadError
from itband_gui.ui.widgets.notice import Notice
from itband_gui.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from itband_gui.ui.window.fault_dialog import FaultDialog, JournalCheck

FIRST_MS = 500  # our choice: after the first frame
AGAIN_MS = 500  # our choice: a fault in painting comes sixty times a second


class FaultReporter(QObject):
    """Listens to the watch as long as the window exists.

    Args:
        watch: records uncaught errors in any thread.
        window: the window that the dialog opens over.
        folder: the data folder, whose journal is checked each time.

    """

    _came = Signal()

    def __init__(self, watch: Watch, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._watch = watch
        self._window = window
        self._link = window.link
        self._journal = folder / FILE_NAME
        self._seen = self._counted = 0  # distinct errors, and all with repeats
        self._background = Background(self)
        self.ready = False  # whether fatal signals are handled, too
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
        """Whether every error so far has been shown."""
        return self._counted == _count(self._watch.faults)

    def _call(self) -> None:
        """Signal from any thread that there may be a new error."""
        with suppress(RuntimeError):  # the window is gone; the log has it
            self._came.emit()

    @Slot()
    def _wait(self) -> None:
        if not self._pause.isActive():
            self._pause.start(AGAIN_MS if self.dialog or self.notice else 0)

    @Slot()
    def _begin(self) -> None:
        """Report how the previous run crashed; the log's folder may exist only now."""
        self._watch.log.flush()
        self._watch.await_fatal()
        self.ready = True
        if self._watch.fatal:
            from itband_gui.ui.window.fault_dialog import (  # noqa: PLC0415 - needed only after a crash
                ended_text,
            )

            self._notify(ended_text())

    @Slot()
    def _show(self) -> None:
        faults = self._watch.faults
        new, self._seen = len(faults) > self._seen, len(faults)
        self._counted = _count(faults)
        if self.dialog is not None:
            self._tell()
        elif new and self._window.flow.in_session:
            self._notify(
                QCoreApplication.translate(
                    "FaultReporter", "Something unexpected went wrong. The session continues."
                )
            )
        elif new:
            self._open()

    def _notify(self, text: str) -> None:
        """Replace the previous notice, unless it has the same text."""
        if self.notice is not None and self.notice.text.text() == text:
            return
        self._put_notice_away()
        details = QCoreApplication.translate("FaultReporter", "Details…")
        self.notice = Notice(text, ((details, self._open),), warning=True)
        self.notice.destroyed.connect(self._forget_notice)
        self._window.notify(self.notice)

    @Slot()
    def _open(self) -> None:
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
        """Update the dialog with everything so far."""
        from itband_gui.ui.window.fault_dialog import (  # noqa: PLC0415 - needed only after an error
            happened_text,
        )

        assert self.dialog is not None  # noqa: S101 - every caller checks
        faults = self._watch.faults
        if faults:
            self.dialog.happened.setText(happened_text(faults))
        self.dialog.show_report(report(faults, self._watch.fatal))

    @Slot()
    def _look(self) -> None:
        """Check the journal's file in a thread, as the disk may be the problem."""
        if self.dialog is None:
            return
        from itband_gui.ui.window.fault_dialog import look  # noqa: PLC0415 - needed only after an error

        work = partial(look, self._journal, self._link.book.snapshot)
        self._background.do(work, self._show_check, self._fail_check)

    def _fail_check(self, error: Exception) -> None:
        """Show that the journal could not be checked; raise a bug."""
        from itband_gui.ui.window.fault_dialog import JournalCheck  # noqa: PLC0415 - needed only after an error

        if not isinstance(error, NoThreadError):
            raise error
        self._show_check(JournalCheck(None))

    def _show_check(self, found: "JournalCheck") -> None:
        from itband_gui.ui.window.fault_dialog import safe_text  # noqa: PLC0415 - needed only after an error

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


def _count(faults: tuple[Fault, ...]) -> int:
    return sum(each.times for each in faults)


_MOST = 50  # different messages of Qt's; our choice
_LEVELS = {
    QtMsgType.QtWarningMsg: "WARNING",
    QtMsgType.QtCriticalMsg: "ERROR",
    QtMsgType.QtFatalMsg: "FATAL",
}


def log_qt_messages(log: LogFile, folder: Path) -> None:
    """Log Qt's warnings and worse, without names and quoted values, after our versions.

    A message is logged once, and so many different ones at most, or they would push everything
    else out of the log. `folder` is the data folder, which Qt may name. A fatal message before
    anything is shown ends the process with exit code 1, or with 2 where no screen answers: Qt
    would dump core.
    """
    seen: set[str] = set()

    def take(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind not in _LEVELS:
            return
        told = f"Qt {context.category or ''}: {Redactor(folder).of_foreign(text)}"
        key = re.sub(r"(0x)?\d[\da-f]*", "", told)  # sizes and addresses differ each time
        is_fatal = kind is QtMsgType.QtFatalMsg
        if is_fatal or (key not in seen and len(seen) < _MOST):
            seen.add(key)
            log.write(_LEVELS[kind], told)
        if is_fatal and not QThread.currentThread().loopLevel():
            if not screen_answers(os.environ):
                say(NO_SCREEN)
                os._exit(BAD_USAGE)
            say(f"Qt cannot start. `itband-gui doctor` lists what is missing. {log.where}")
            os._exit(FAILED)

    qInstallMessageHandler(take)
    log.write("INFO", f"start: {versions()}")
