"""The dialog that previews an import, row by row, before anything is taken."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    Qt,
    Slot,
)
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from itband_gui.insight.days import day_of
from itband_gui.journal.backups import Why
from itband_gui.journal.book import EntryExistsError
from itband_gui.journal.entries import Entry
from itband_gui.journal.exchange import (
    JournalFile,
    keep_first,
    preview_import,
    read_file_to_import,
    state_of,
)
from itband_gui.journal.import_errors import FileUnusableError, RefusedRow
from itband_gui.journal.importing import TAKEN, Importable, ImportOutcome, ImportPreview, take_in
from itband_gui.journal.salvage import JournalProblem
from itband_gui.journal.validation import EntryInvalidError
from itband_gui.machine.local_clock import local_instant
from itband_gui.routine.library import Library
from itband_gui.ui.journal_file.text import reading_text
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.services.background import Background
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.text.dates import noted_time_text, short_day_text
from itband_gui.ui.text.entries import said
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import OptionRow, ScrollColumn
from itband_gui.ui.widgets.lists import RowsModel, fit, list_style
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.importing import (
    outcome_text,
    place_text,
    preview_lines,
    reason_text,
    unusable_text,
)
from itband_gui.wording.plain import one_line
from itband_gui.wording.saving import not_accepted_text, not_kept_text

_Row = tuple[ImportOutcome | None, Entry | RefusedRow | JournalProblem]
_ORDER = (
    *(
        ImportOutcome.THEIRS_WINS,
        ImportOutcome.OURS_WINS,
        ImportOutcome.CONFLICT_KEPT,
        ImportOutcome.NEWER,
        ImportOutcome.DOUBLE,
    ),
    *(ImportOutcome.NEW, ImportOutcome.OLDER, ImportOutcome.SAME),
)
COLUMNS = WAY, WHEN, WHAT = range(3)


class ImportModel(RowsModel[_Row]):
    """The rows of an import, the refused ones first; words are made when asked."""

    def __init__(self, library: Library, today: Callable[[], date]) -> None:
        super().__init__(_headers)
        self._library, self._today = library, today

    def show(self, found: Importable, chosen: ImportPreview) -> None:
        """Show what taking a file would do."""
        self.beginResetModel()
        self._rows = [(None, refused) for refused in found.refused]
        self._rows += [(way, entry) for way in _ORDER for entry in chosen.ways[way]]
        self.endResetModel()

    def words(self, row: int) -> tuple[str, str, str]:
        """Return the words of a row's cells."""
        way, what = self._rows[row]
        if isinstance(what, RefusedRow | JournalProblem):
            return outcome_text(way), place_text(what), reason_text(what)
        today = self._today()
        when = f"{short_day_text(day_of(what), today)} {noted_time_text(what.at)}".strip()
        note = one_line(what.note)
        words = said(what, self._library, today).whole
        return outcome_text(way), when, f"{words} · {note}" if note else words

    def sentence(self, row: int) -> str:
        """Return a row in one line."""
        return ". ".join(words for words in self.words(row) if words)

    def _cells(self, row: int) -> tuple[str, str, str]:
        return self.words(row)

    def _sentence(self, row: int) -> str:
        return self.sentence(row)


def _headers() -> tuple[str, str, str]:
    return (
        QCoreApplication.translate("Import", "Outcome"),
        QCoreApplication.translate("Import", "When"),
        QCoreApplication.translate("Import", "What it says"),
    )


_BESIDE_WORDS = 24  # px of a cell that its words cannot have
_LONG_AGO, _TIME = date(2000, 10, 28), "00:00 PM"  # wide ones; what an entry says has the rest
_TALLEST = 6  # lines of the summary, before it scrolls
_BESIDE = (ImportOutcome.THEIRS_WINS, ImportOutcome.OURS_WINS, ImportOutcome.CONFLICT_KEPT)


class ImportDialog(QDialog):
    """Reads a file; its main button takes it in.

    `taken` is called with how many entries came in, and how many the user has to decide about.
    """

    def __init__(
        self,
        link: JournalLink,
        file: JournalFile,
        library: Library,
        source: Path,
        taken: Callable[[int, int], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._link, self._file, self._taken = link, file, taken
        self._found: Importable | None = None
        self._chosen: ImportPreview | None = None
        self._round = 0  # of comparing
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = one_line(source.name)
        title = QCoreApplication.translate("Import", "Import {file}").format(file=name)
        self.setWindowTitle(title)
        self.background = Background(self)
        self.model = ImportModel(library, lambda: link.today)
        self.told = TextLabel(reading_text())
        self.table = QTableView()
        self.row = TextLabel(name="small")
        self.doubles = OptionRow(
            QCheckBox(),
            QCoreApplication.translate("Import", "Also import entries that look like yours"),
        )
        self.take = button(QCoreApplication.translate("Import", "Import"), self._keep, "primary")
        self.cancel = button(QCoreApplication.translate("Import", "Cancel"), self.reject)
        self._lay_out(parent)
        self.take.setEnabled(False)
        self.table.selectionModel().currentChanged.connect(self._read_out)
        self.doubles.toggled.connect(self._preview)
        link.changed.connect(self._preview)
        self.background.do(
            partial(read_file_to_import, source, link.now(), local_instant), self._take_found
        )

    def done(self, result: int) -> None:
        """Close; what is still being read is of no use any more."""
        self.background.stop()
        super().done(result)

    def _take_found(self, found: Importable | FileUnusableError | OSError) -> None:
        if not isinstance(found, Importable):
            self._tell(unusable_text(found))
            self.cancel.setFocus()
        else:
            self._found = found
            self._preview()

    @Slot()
    def _preview(self) -> None:
        """Compare with the journal as it is now."""
        self._chosen = None
        self.take.setEnabled(False)
        if self._found is not None:
            self._round += 1
            work = partial(
                preview_import,
                self._found,
                state_of(self._link.book),
                take_doubles=self.doubles.box.isChecked(),
            )
            self.background.do(work, partial(self._show, self._round, self._found))

    def _show(self, number: int, found: Importable, chosen: ImportPreview) -> None:
        if number != self._round:
            return  # the journal has changed meanwhile, and is being compared anew
        self._chosen = chosen
        self._tell("\n".join(preview_lines(found, chosen)))
        self.model.show(found, chosen)
        self.table.setVisible(self.model.rowCount() > 0)
        self.doubles.setVisible(chosen.doubles > 0)
        self.take.setEnabled(chosen.changes > 0)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, WHAT))
        self.cancel.setText(
            QCoreApplication.translate("Import", "Cancel")
            if chosen.changes
            else QCoreApplication.translate("Import", "Close")
        )
        if not self.doubles.box.hasFocus():
            (self.table if chosen.changes else self.cancel).setFocus()

    @Slot(QModelIndex, QModelIndex)
    def _read_out(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """Say what is in the row, for a cell may be too narrow for its words."""
        self.row.setText(self.model.sentence(current.row()) if current.isValid() else "")

    def _keep(self) -> None:
        """Keep the journal as it is, then take the file in."""
        self.take.setEnabled(False)
        now = self._link.now()
        self.background.do(partial(keep_first, self._file, now, Why.IMPORT), self._take_in)

    def _take_in(self, kept: Path | Exception | None) -> None:
        chosen = self._chosen
        if isinstance(kept, Exception):
            self._tell(not_kept_text(kept))
            return
        if chosen is None:
            return  # the journal changed meanwhile, and is being compared anew
        self._link.changed.disconnect(self._preview)
        try:
            self._link.take_over(lambda book: take_in(book, chosen), chosen.extra_lines)
        except (EntryInvalidError, EntryExistsError) as refused:
            self._link.changed.connect(self._preview)
            self._tell(not_accepted_text(refused))
            return
        self.accept()
        self._taken(_count(chosen, TAKEN), _count(chosen, _BESIDE))

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        wanted = self.told.heightForWidth(self.width() - 2 * SPACE["xl"])
        most = _TALLEST * self.fontMetrics().lineSpacing()
        self._summary.setFixedHeight(min(wanted, most))

    def _lay_out(self, behind: QWidget) -> None:
        table, metrics = self.table, self.fontMetrics()
        table.setModel(self.model)
        table.setAccessibleName(QCoreApplication.translate("Import", "What the file holds"))
        list_style(table)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(metrics.lineSpacing() * 1.7))
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        day = short_day_text(_LONG_AGO, self._link.today)
        for column, words in ((WAY, outcome_text(ImportOutcome.NEWER)), (WHEN, f"{day} {_TIME}")):
            wanted = metrics.horizontalAdvance(words) + _BESIDE_WORDS
            table.setColumnWidth(column, min(wanted, behind.window().width() // 4))
        table.hide()
        self.doubles.hide()
        self.take.setDefault(True)
        self._summary = ScrollColumn(self.told)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.addWidget(TextLabel(self.windowTitle(), "headline"))
        box.addWidget(self._summary)
        box.addWidget(table, 1)
        box.addWidget(self.row)
        box.addWidget(self.doubles)
        box.addStretch(0)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE["s"])
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        box.addLayout(foot)
        fit(self, behind)


def _count(chosen: ImportPreview, ways: tuple[ImportOutcome, ...]) -> int:
    return sum(len(chosen.ways[way]) for way in ways)
