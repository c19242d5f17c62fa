"""The window in which a copy of all entries is made for other programs."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from itband_gui.journal.exchange import JournalFile, in_the_way, state_of, write_export
from itband_gui.ui.journal_file.text import not_exported_text
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.services.background import Background
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.dialogs import Question
from itband_gui.ui.widgets.files import ask_to_save
from itband_gui.ui.widgets.layout import OptionRow, ScrollColumn
from itband_gui.ui.widgets.lists import fit
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.journal_file import exported_text
from itband_gui.wording.plain import one_line

_LINES = 20  # of text, with what may be told


class ExportDialog(QDialog):
    """Asks for a form and a place; `done_with` is called with a sentence when it is written."""

    def __init__(
        self,
        link: JournalLink,
        file: JournalFile,
        done_with: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._link, self._file, self._done_with = link, file, done_with
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("Export", "Export your journal"))
        self.background = Background(self)
        self.table = OptionRow(
            QRadioButton(),
            QCoreApplication.translate("Export", "A table (CSV)"),
            QCoreApplication.translate("Export", "For a spreadsheet; it can be imported again."),
        )
        self.semicolons = OptionRow(
            QCheckBox(),
            QCoreApplication.translate("Export", "With semicolons and decimal commas"),
            QCoreApplication.translate(
                "Export", "For spreadsheets in German, French and other languages."
            ),
        )
        self.journal = OptionRow(
            QRadioButton(),
            QCoreApplication.translate("Export", "A journal (JSON)"),
            QCoreApplication.translate(
                "Export", "This program’s own form, with everything that is in it."
            ),
        )
        self._join_forms()
        self.told = TextLabel()
        self.choose = button(
            QCoreApplication.translate("Export", "Choose where…"), self.ask_where, "primary"
        )
        self.cancel = button(QCoreApplication.translate("Export", "Cancel"), self.reject)
        self._lay_out(parent)
        self.table.box.setChecked(True)
        self.table.box.setFocus()

    def done(self, result: int) -> None:
        """Close; an export that is being written comes to its end untold."""
        self.background.stop()
        super().done(result)

    def ask_where(self) -> None:
        """Ask for a file."""
        suffix = "csv" if self._as_table else "json"
        day = self._link.today.isoformat()
        ask_to_save(self, self.windowTitle(), f"journal-export-{day}.{suffix}", self.export_to)

    def export_to(self, target: Path) -> None:
        """Write all entries there, after a question where a file is there already."""
        hindrance = in_the_way(target, self._file.path)
        if hindrance is not None:
            self._tell(hindrance)
        elif target.exists():
            text = QCoreApplication.translate("Export", "Replace {file}?")
            Question(
                self,
                text.format(file=one_line(target.name)),
                QCoreApplication.translate("Export", "What is in it now would be lost."),
                (
                    QCoreApplication.translate("Export", "Keep it"),
                    QCoreApplication.translate("Export", "Replace it"),
                ),
                partial(self._write, target),
            )
        else:
            self._write(target)

    @property
    def _as_table(self) -> bool:
        return self.table.box.isChecked()

    def _write(self, target: Path) -> None:
        self.choose.setEnabled(False)
        picture = state_of(self._link.book)
        work = partial(
            write_export,
            picture,
            target,
            self._file,
            as_table=self._as_table,
            semicolons=self.semicolons.box.isChecked(),
        )
        self.background.do(work, partial(self._written, target))

    def _written(self, target: Path, outcome: int | Exception) -> None:
        if isinstance(outcome, Exception):
            self.choose.setEnabled(True)
            self._tell(outcome)
        else:
            self.accept()
            self._done_with(exported_text(outcome, one_line(str(target))))

    def _tell(self, error: Exception) -> None:
        self.told.show_text(not_exported_text(error))

    def _join_forms(self) -> None:
        """Let one form be chosen; semicolons are for a table."""
        forms = QButtonGroup(self)
        for row in (self.table, self.journal):
            forms.addButton(row.box)
        self.table.toggled.connect(self.semicolons.setEnabled)

    def _lay_out(self, behind: QWidget) -> None:
        self.told.hide()
        self.choose.setDefault(True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE["m"])
        private = QCoreApplication.translate(
            "Export", "Only you can read the file. It is not encrypted."
        )
        self.semicolons.setContentsMargins(self.table.words_x, 0, 0, 0)  # belongs to the table
        for widget in (
            TextLabel(self.windowTitle(), "headline"),
            self.table,
            self.semicolons,
            self.journal,
            TextLabel(private, "small"),
            self.told,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE["s"])
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.choose)
        box = QVBoxLayout(self)
        box.addWidget(ScrollColumn(content), 1)
        box.addLayout(foot)
        fit(self, behind, _LINES)
