"""The style and behaviour of lists and tables."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from itband_gui.ui.look.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.finger import scroll_by_finger


class CurrentFollows(QObject):
    """Makes the selected row of `view` the current one, however it was selected.

    A screen reader selects a row without making it current; keys and pointer do both. The view
    must already have its model and allow only a single selection.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        view.selectionModel().selectionChanged.connect(self._follow)

    @Slot(QItemSelection)
    def _follow(self, selected: QItemSelection) -> None:
        current, rows = self._view.currentIndex(), selected.indexes()
        if rows and rows[0] != current:
            self._view.setCurrentIndex(rows[0])
        elif current.isValid() and not self._view.selectionModel().hasSelection():
            select = QItemSelectionModel.SelectionFlag.Select
            self._view.selectionModel().select(current, select)


T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
MOST_LINES = 8  # in sight at once
_ROOT = QModelIndex()


class _FoldedLines(QAbstractListModel):
    """Make the text of a row only when it becomes visible."""

    def __init__(self, count: int, say: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._count, self._say = count, say

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a line's text."""
        said = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return self._say(index.row()) if role in said else None


class RowsModel(QAbstractTableModel, Generic[T]):
    """A table of rows in words; the words are made when they are asked for."""

    def __init__(self, headers: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._headers = headers
        self._rows: list[T] = []

    def _cells(self, row: int) -> Sequence[str]:
        """Return the texts of a row's cells."""
        raise NotImplementedError

    def _sentence(self, row: int) -> str:
        """Return a row in one sentence."""
        raise NotImplementedError

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headers())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """Return a cell's text; the first cell's accessible text describes the whole row."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(row)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{escape(self._sentence(row))}</p>"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column == 0:
                return self._sentence(row)
            return cell_name(self._headers()[column], self._cells(row)[column])
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own
        """Return a column's name."""
        across = orientation is Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole:
            return self._headers()[section]
        if across and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def cell_name(column: str, text: str) -> str:
    """Return a cell's text, or "{column}: none" for an empty cell."""
    if text:
        return text
    return QCoreApplication.translate("Table", "{column}: none").format(column=column)


class FoldedList(QWidget, Generic[T]):
    """A button that unfolds a list of rows in words below it.

    The list makes room for `lines` lines per row and scrolls beyond that.
    """

    def __init__(self, say: Callable[[T], str], lines: int = 1) -> None:
        super().__init__()
        self._say, self._lines = say, lines
        self._rows: Sequence[T] = ()
        self._names = ("", "")
        self.button = button("", name="quiet")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._unfold)
        self.list = QListView()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        scroll_by_finger(self.list)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.list)

    def show_rows(self, rows: Sequence[T], names: tuple[str, str]) -> None:
        """Take rows and the button's two texts: while folded and while unfolded."""
        self._rows, self._names = rows, names
        self.setVisible(bool(rows))
        self.list.setAccessibleName(names[0])
        self._unfold()

    @Slot()
    def _unfold(self) -> None:
        shown = self.button.isChecked()
        self.button.setText(self._names[shown])
        self.list.setVisible(shown)
        if not shown:
            return
        old, rows = self.list.model(), self._rows
        self.list.setModel(_FoldedLines(len(rows), lambda index: self._say(rows[index]), self))
        if isinstance(old, _FoldedLines):
            old.deleteLater()
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        lines = min(len(rows) * self._lines, MOST_LINES)
        self.list.setFixedHeight(lines * self.fontMetrics().lineSpacing() + SPACE["s"])


_SHARE = 0.94  # of the window behind, at most
_WIDEST = 96  # letters M
_SHEET = """
QAbstractItemView { background: palette(base); border: 1px solid palette(mid);
  border-radius: 10px; outline: none; }
QAbstractItemView:focus { border: 2px solid palette(highlight); }
QAbstractItemView::item { padding: 0 8px; border: none; }
QAbstractItemView::item:hover { background: palette(alternate-base); }
QAbstractItemView::item:selected { background: palette(alternate-base); color: palette(text); }
QListView::item:selected:focus, QTableView::item:selected:focus {
  border-bottom: 2px solid palette(highlight); }
QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; border: none; padding: 6px 8px;
  border-bottom: 1px solid palette(mid); font-weight: 600; }
"""


def list_style(view: QAbstractItemView) -> None:
    """Give a list or table of rows, of which one is chosen, its look and its ways."""
    view.setStyleSheet(_SHEET)
    view.setFrameShape(QFrame.Shape.StyledPanel)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)
    view.setMinimumHeight(view.fontMetrics().lineSpacing() * 4)
    scroll_by_finger(view)


class _Lines(QStyledItemDelegate):
    """Gives each row of a list as many lines; a longer line is cut, and the list says it whole."""

    def __init__(self, view: QListView, lines: int) -> None:
        super().__init__(view)
        self._lines = lines

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height; the list gives the width."""
        return QSize(1, self._lines * option.fontMetrics.lineSpacing() + 2 * SPACE["s"])


def dress_list(view: QListView, lines: int = 1) -> None:
    """Give a list of many rows, with its model, its look and its ways."""
    CurrentFollows(view)
    list_style(view)
    view.setItemDelegate(_Lines(view, lines))
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def fit(dialog: QDialog, behind: QWidget, lines: int | None = None) -> None:
    """Make a dialog as large as is good, but not larger than the window behind it.

    `lines`: how many lines of text it has; None for as many as there is room for.
    """
    room = behind.window().size() * _SHARE
    metrics = dialog.fontMetrics()
    height = room.height() if lines is None else lines * metrics.lineSpacing()
    dialog.resize(QSize(_WIDEST * metrics.horizontalAdvance("M"), height).boundedTo(room))
    layout = dialog.layout()
    if layout is not None:
        layout.setContentsMargins(SPACE["xl"], SPACE["l"], SPACE["l"], SPACE["l"])
        layout.setSpacing(SPACE["m"])
