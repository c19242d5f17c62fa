"""The look of lists and tables in the windows about the journal's file."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.selection import CurrentFollows

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


def dress(view: QAbstractItemView) -> None:
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
    dress(view)
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
