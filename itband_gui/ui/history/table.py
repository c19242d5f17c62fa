"""The history as a table: the chart's entries in words."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import (
    QCoreApplication,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionHeader,
    QTableView,
)

from itband_gui.insight.days import Period, day_of
from itband_gui.journal.entries import Moment
from itband_gui.leg.names import Leg
from itband_gui.ui.history.text import PointText, what_name
from itband_gui.ui.history.ticks import short_day_words
from itband_gui.ui.history.tracks import Cursor, Strip, Track
from itband_gui.ui.look.keys import matches
from itband_gui.ui.text.words import side_name
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.lists import Index, RowsModel

_DAY, _LEG, _WHAT, _VALUE, _MEDIAN = range(5)
_PADDING = 24  # px on both sides of a cell's words, together
_NARROWEST = 4  # letters M
_LINES = 12  # least height, in lines of text

_SHEET = """
QTableView { background: palette(base); border: none; outline: none; }
QTableView::item { padding: 0 8px; border: none; }
QTableView::item:hover { background: palette(alternate-base); }
QTableView::item:selected { background: palette(alternate-base); color: palette(text); }
QTableView::item:selected:focus { border-bottom: 2px solid palette(highlight); }
QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; border: none; padding: 6px 8px;
  border-bottom: 1px solid palette(mid); font-weight: 600; }
"""


class HistoryModel(RowsModel[Cursor]):
    """One row per entry, newest first unless sorted; words are made on demand."""

    def __init__(self, words: Callable[[Cursor], PointText]) -> None:
        super().__init__(_headers)
        self._words = words
        self._made: dict[int, PointText] = {}
        self._sorted = (_DAY, Qt.SortOrder.DescendingOrder)

    def show(self, tracks: Iterable[Track], period: Period) -> None:
        """Show the entries of a period."""
        self.beginResetModel()
        self._rows = [Cursor(track, i) for track in tracks for i in track.within(period)]
        self._sort_rows()
        self.endResetModel()

    def words(self, row: int) -> PointText:
        """Return a row's words."""
        if row not in self._made:
            self._made[row] = self._words(self._rows[row])
        return self._made[row]

    def _cells(self, row: int) -> Sequence[str]:
        return _cells(self.words(row))

    def _sentence(self, row: int) -> str:
        return self.words(row).sentence

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal rows stay newest first."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order)
        self._sort_rows()
        self.changePersistentIndexList([], [])
        self.layoutChanged.emit()

    def _sort_rows(self) -> None:
        column, order = self._sorted
        self._made.clear()
        self._rows.sort(key=lambda row: row.x, reverse=True)
        downwards = order is Qt.SortOrder.DescendingOrder
        if column != _DAY:
            self._rows.sort(key=lambda row: _sort_key(row, column), reverse=downwards)
        elif not downwards:
            self._rows.reverse()

    def as_text(self, rows: Iterable[int]) -> str:
        """Return rows below the column names, with cells separated by tabs."""
        lines = [_headers(), *(_cells(self.words(row)) for row in rows)]
        return "\n".join("\t".join(cells) for cells in lines)


class _Header(QHeaderView):
    """A header whose arrow points up for ascending order, unlike in Qt's own style."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)

    def initStyleOptionForIndex(  # noqa: N802 - Qt's name
        self, option: QStyleOptionHeader, section: int
    ) -> None:
        """Flip the arrow."""
        super().initStyleOptionForIndex(option, section)
        arrow = QStyleOptionHeader.SortIndicator
        turned = {arrow.SortUp: arrow.SortDown, arrow.SortDown: arrow.SortUp}
        option.sortIndicator = turned.get(option.sortIndicator, option.sortIndicator)


class HistoryTable(QTableView):
    """Rows are selected by arrow keys, copied by Ctrl+C, and sorted by Alt+Up or Alt+Down."""

    read = Signal(str)  # the sentence of the current row

    def __init__(self, model: HistoryModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(QCoreApplication.translate("HistoryTable", "Table of the history"))
        self.setAccessibleDescription(
            QCoreApplication.translate(
                "HistoryTable",
                "Arrow keys move from cell to cell. Ctrl+C copies the selected rows, Ctrl+A "
                "selects all. Alt+Up or Alt+Down sorts by the column.",
            )
        )
        self.setStyleSheet(_SHEET)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setHorizontalHeader(_Header())
        self.horizontalHeader().setSortIndicator(_DAY, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self.take_font()
        scroll_by_finger(self)

    def take_font(self) -> None:
        """Size rows and columns to the font."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(round(metrics.lineSpacing() * 1.7))
        self.setMinimumHeight(metrics.lineSpacing() * _LINES)
        header = self.horizontalHeader()
        for column, texts in _widest().items():
            words = max(map(metrics.horizontalAdvance, texts), default=0) + _PADDING
            self.setColumnWidth(column, max(words, header.sectionSizeHint(column)))
        header.setMinimumSectionSize(metrics.horizontalAdvance("M") * _NARROWEST)
        header.setSectionResizeMode(_VALUE, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy or sort by key."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        orders = {
            Qt.Key.Key_Up: Qt.SortOrder.AscendingOrder,
            Qt.Key.Key_Down: Qt.SortOrder.DescendingOrder,
        }
        if matches(event, QKeySequence.StandardKey.Copy):
            self.copy()
        elif alt and Qt.Key(event.key()) in orders:
            column = max(self.currentIndex().column(), 0)
            self.sortByColumn(column, orders[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Read out the row, because a cell may be too narrow for its words."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.read.emit(self._model.words(current.row()).sentence)

    def copy(self) -> None:
        """Copy the selected rows as text, or all rows if none is selected."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = chosen or range(self._model.rowCount())
        QGuiApplication.clipboard().setText(self._model.as_text(rows))


def _headers() -> tuple[str, ...]:
    return (
        QCoreApplication.translate("HistoryTable", "Day"),
        QCoreApplication.translate("HistoryTable", "Leg"),
        QCoreApplication.translate("HistoryTable", "What"),
        QCoreApplication.translate("HistoryTable", "Value"),
        QCoreApplication.translate("HistoryTable", "Week’s median"),
    )


def _widest() -> dict[int, list[str]]:
    """Return the widest texts of the columns; the value column gets the remaining width."""
    september = date(2026, 9, 23)
    return {
        _DAY: [short_day_words(september, date.max)],
        _LEG: [side_name(leg) for leg in Leg],
        _WHAT: [what_name(what) for what in (*Moment, *Strip)],
        _MEDIAN: [],
    }


def _cells(words: PointText) -> tuple[str, ...]:
    return words.day, words.leg, words.what, words.value, words.median


def _sort_key(row: Cursor, column: int) -> tuple[float, str]:
    """Return a row's sort key: numbers by size, words alphabetically."""
    track = row.track
    if column == _MEDIAN:
        point = track.medians.get(day_of(track.entries[row.index]))
        return (-1.0 if point is None else point.median, "")
    if column == _VALUE:
        return (track.ys[row.index], "")
    return (0.0, f"{track.leg or ''}" if column == _LEG else f"{track.what}")
