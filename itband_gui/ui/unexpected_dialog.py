"""The dialog about something that nobody caught."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from itband_gui.crash import Mishap, Sort, report
from itband_gui.journal.holding import Holding
from itband_gui.journal.store import FILE_NAME
from itband_gui.ui.journal_safe import look, safe_text
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.scroll import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow

_WIDE_EM, _HIGH_EM = 44, 34  # in letters M and lines: our choice
_SHARE = 0.94  # of the window behind it, or of the screen
_LINES = 6  # of the report, at least


class UnexpectedDialog(QDialog):
    """Says what happened, whether the journal is safe, and where the log is.

    Args:
        parent: the window, or None where there is none.
        happened: what went wrong, in plain words.
        log: the log's file.
        end: ends the program; None where it has ended already.

    """

    def __init__(
        self, parent: QWidget | None, happened: str, log: Path, end: Callable[[], object] | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(
            QCoreApplication.translate("Unexpected", "Something unexpected went wrong")
        )
        self.happened = TextLabel(happened)
        self.journal = TextLabel(
            QCoreApplication.translate("Unexpected", "Your journal is being looked at…"), "strong"
        )
        where = QCoreApplication.translate(
            "Unexpected", "The log, without your notes and scores: {file}"
        )
        self.log = TextLabel(where.format(file=log), "small")
        self.report = _report_box()
        self.copied = TextLabel("", "small")
        stay = QCoreApplication.translate("Unexpected", "Go on")
        leave = QCoreApplication.translate("Unexpected", "Close")
        self.go_on = button(leave if end is None else stay, self.reject, "primary")
        self.copy = button(QCoreApplication.translate("Unexpected", "Copy"), self._copy)
        self.end = button(QCoreApplication.translate("Unexpected", "Close the program"))
        self.end.setVisible(end is not None)
        if end is not None:
            self.end.clicked.connect(lambda _checked=False: self._leave(end))
        self._lay_out(parent)
        self.go_on.setFocus()

    def show_report(self, text: str) -> None:
        """Show the text to paste into a bug report, as it is now."""
        if text != self.report.toPlainText():
            self.report.setPlainText(text)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
        self.copied.show_text(
            QCoreApplication.translate("Unexpected", "Copied. It holds nothing of your journal.")
        )

    def _leave(self, end: Callable[[], object]) -> None:
        self.reject()
        end()

    def _lay_out(self, parent: QWidget | None) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, SPACE["s"], 0)
        column.setSpacing(SPACE["m"])
        for widget in (
            TextLabel(self.windowTitle(), "headline"), self.happened, self.journal, self.log,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addWidget(self.report, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE["xl"], SPACE["l"], SPACE["l"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addWidget(ScrollColumn(content), 1)
        self.copied.hide()
        box.addWidget(self.copied)
        box.addWidget(WrappingRow((self.go_on, self.copy, self.end)))
        fit_to(self, parent, _WIDE_EM, _HIGH_EM)
        self.log.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def fit_to(dialog: QDialog, parent: QWidget | None, wide_em: int, high_lines: int) -> None:
    """Size a dialog by its letters, within the window behind it or the screen."""
    metrics = dialog.fontMetrics()
    room = parent.window().size() if parent else dialog.screen().availableSize()
    wanted = QSize(wide_em * metrics.horizontalAdvance("M"), high_lines * metrics.lineSpacing())
    dialog.resize(wanted.boundedTo(room * _SHARE))


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


def tell_failed_start(mishap: Mishap, folder: Path, log: Path) -> None:
    """Say that there is no window, and wait until that is read; needs a QApplication."""
    if QApplication.instance() is None:
        return
    happened = QCoreApplication.translate("Unexpected", "IT Band Guide could not open its window.")
    if mishap.sort is not Sort.OTHER:
        happened = f"{happened} {happened_text((mishap,))}"
    dialog = UnexpectedDialog(None, happened, log, None)
    file = folder / FILE_NAME
    dialog.journal.setText(safe_text(look(file, Holding()), 0, file))
    dialog.show_report(report((mishap,)))
    dialog.exec()


def _report_box() -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setAccessibleName(QCoreApplication.translate("Unexpected", "Report"))
    box.setMinimumHeight(_LINES * box.fontMetrics().lineSpacing())
    return box
