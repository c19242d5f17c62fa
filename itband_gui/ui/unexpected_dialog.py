"""The dialog about something that nobody caught."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.crash import Mishap, Sort, report
from itband_gui.journal.store import FILE_NAME
from itband_gui.log import Log
from itband_gui.ui.journal_safe import look, safe_text
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.text_dialog import TextDialog

_WIDE_EM, _HIGH_EM = 44, 34  # in letters M and lines: our choice
_LINES = 6  # of the report, at least


class UnexpectedDialog(TextDialog):
    """Says what happened, whether the journal is safe, and where the log is.

    Args:
        parent: the window, or None where there is none.
        happened: what went wrong, in plain words.
        log: the log; it is named where it could be written.
        end: ends the program; None where it has ended already.

    """

    def __init__(
        self, parent: QWidget | None, happened: str, log: Log, end: Callable[[], object] | None
    ) -> None:
        name = QCoreApplication.translate("Unexpected", "Report")
        copied = QCoreApplication.translate(
            "Unexpected", "Copied. It holds nothing of your journal."
        )
        super().__init__(parent, name, _LINES, copied)
        self.setWindowTitle(
            QCoreApplication.translate("Unexpected", "Something unexpected went wrong")
        )
        self.happened = TextLabel(happened)
        self.journal = TextLabel(
            QCoreApplication.translate("Unexpected", "Your journal is being looked at…"), "strong"
        )
        self.log = TextLabel(_log_text(log), "small")
        self.log.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        stay = QCoreApplication.translate("Unexpected", "Continue")
        leave = QCoreApplication.translate("Unexpected", "Close")
        self.go_on = button(leave if end is None else stay, self.reject, "primary")
        self.end = button(QCoreApplication.translate("Unexpected", "Close the program"))
        self.end.setVisible(end is not None)
        if end is not None:
            self.end.clicked.connect(lambda _checked=False: self._leave(end))
        headline = TextLabel(self.windowTitle(), "headline")
        labels = (headline, self.happened, self.journal, self.log)
        self.lay_out(labels, (self.go_on, self.copy, self.end), _WIDE_EM, _HIGH_EM)
        self.go_on.setFocus()

    def show_report(self, text: str) -> None:
        """Show the text to paste into a bug report, as it is now."""
        if text != self.box.toPlainText():
            self.box.setPlainText(text)

    def _leave(self, end: Callable[[], object]) -> None:
        self.reject()
        end()


def _log_text(log: Log) -> str:
    if not log.written:
        return QCoreApplication.translate(
            "Unexpected", "No log could be written: copy the report, if you want to keep it."
        )
    return QCoreApplication.translate(
        "Unexpected", "The log, without your notes and scores: {file}"
    ).format(file=log.path)


def happened_text(mishaps: tuple[Mishap, ...]) -> str:
    """Return in plain words what went wrong, by the latest; how often, if more than once."""
    what = {
        Sort.DISK_FULL: QCoreApplication.translate(
            "Unexpected", "The disk is full, and something could not be written."
        ),
        Sort.MEMORY: QCoreApplication.translate(
            "Unexpected", "This computer's memory is full. Close other programs."
        ),
        Sort.PART_MISSING: QCoreApplication.translate(
            "Unexpected",
            "A part of the program is missing. Type “itband-gui doctor”, which names it.",
        ),
        Sort.OTHER: QCoreApplication.translate(
            "Unexpected",
            "The program has a fault: something that you or it began was not finished. The rest "
            "goes on working.",
        ),
    }[mishaps[-1].sort if mishaps else Sort.OTHER]
    times = sum(each.times for each in mishaps)
    if times < 2:
        return what
    often = QCoreApplication.translate("Unexpected", "It has happened {n} times.").format(n=times)
    return f"{what} {often}"


def ended_text() -> str:
    """Return that the program before this one ended by itself."""
    return QCoreApplication.translate(
        "Unexpected",
        "The last time, the program broke off by a fault of its own. The log says where.",
    )


def tell_failed_start(mishap: Mishap, folder: Path, log: Log) -> None:
    """Say that there is no window, and wait until that is read; needs a QApplication."""
    if QApplication.instance() is None:
        return
    happened = QCoreApplication.translate("Unexpected", "IT Band Guide could not open its window.")
    if mishap.sort is not Sort.OTHER:
        happened = f"{happened} {happened_text((mishap,))}"
    dialog = UnexpectedDialog(None, happened, log, None)
    file = folder / FILE_NAME
    dialog.journal.setText(safe_text(look(file, None), 0, file))
    dialog.show_report(report((mishap,)))
    dialog.exec()
