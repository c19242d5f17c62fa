"""What a file to be imported holds, row by row, as a table asks for it."""

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from itband_gui.insight.days import day_of
from itband_gui.journal.entries import Entry
from itband_gui.journal.importing import Importable, Preview, Way
from itband_gui.journal.reading import Problem
from itband_gui.journal.refused import Refused
from itband_gui.routine.library import Library
from itband_gui.ui.cell_name import cell_name
from itband_gui.ui.journal.sentences import said
from itband_gui.ui.journal_file.import_sentences import place_text, reason_text, way_text
from itband_gui.ui.local_time import noted_time_text, short_day_text
from itband_gui.wording.plain import one_line

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ORDER = (
    *(Way.STANDS, Way.KEPT, Way.BESIDE, Way.NEWER, Way.DOUBLE),
    *(Way.NEW, Way.OLDER, Way.SAME),
)
COLUMNS = WAY, WHEN, WHAT = range(3)


class ImportModel(QAbstractTableModel):
    """The rows of an import, the refused ones first; words are made when asked."""

    def __init__(self, library: Library, today: Callable[[], date]) -> None:
        super().__init__()
        self._library, self._today = library, today
        self._rows: list[tuple[Way | None, Entry | Refused | Problem]] = []

    def show(self, found: Importable, chosen: Preview) -> None:
        """Show what taking a file would do."""
        self.beginResetModel()
        self._rows = [(None, refused) for refused in found.refused]
        self._rows += [(way, entry) for way in _ORDER for entry in chosen.ways[way]]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """Return a cell's words; the first cell speaks for the whole row."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row())[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{escape(self.sentence(index.row()))}</p>"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == WAY:
                return self.sentence(index.row())
            return cell_name(_headers()[index.column()], self.words(index.row())[index.column()])
        return None

    def headerData(  # noqa: N802 - Qt's
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own
        """Return a column's name."""
        across = orientation is Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole:
            return _headers()[section]
        if across and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def words(self, row: int) -> tuple[str, str, str]:
        """Return the words of a row's cells."""
        way, what = self._rows[row]
        if isinstance(what, Refused | Problem):
            return way_text(way), place_text(what), reason_text(what)
        today = self._today()
        when = f"{short_day_text(day_of(what), today)} {noted_time_text(what.at)}".strip()
        note = one_line(what.note)
        words = said(what, self._library, today).whole
        return way_text(way), when, f"{words} · {note}" if note else words

    def sentence(self, row: int) -> str:
        """Return a row in one line."""
        return ". ".join(words for words in self.words(row) if words)


def _headers() -> tuple[str, str, str]:
    return (
        QCoreApplication.translate("Import", "Outcome"),
        QCoreApplication.translate("Import", "When"),
        QCoreApplication.translate("Import", "What it says"),
    )
