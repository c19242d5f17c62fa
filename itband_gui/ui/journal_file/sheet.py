"""The look of lists and tables in the windows about the journal's file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractItemView, QDialog, QFrame, QWidget

from itband_gui.ui.style import SPACE

_SHARE = 0.94  # of the window behind, at most
_WIDEST = 96  # letters M
_SHEET = """
QAbstractItemView { background: palette(base); border: 1px solid palette(mid);
  border-radius: 10px; outline: none; }
QAbstractItemView:focus { border: 2px solid palette(highlight); }
QAbstractItemView::item { padding: 4px 8px; border: none; }
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


def fit(dialog: QDialog, behind: QWidget, height: float = _SHARE) -> None:
    """Make a dialog as large as is good, but not larger than the window behind it."""
    room = behind.window().size() * _SHARE
    em = dialog.fontMetrics().horizontalAdvance("M")
    width = min(room.width(), _WIDEST * em)
    dialog.resize(QSize(width, round(behind.window().height() * height)))
    layout = dialog.layout()
    if layout is not None:
        layout.setContentsMargins(SPACE["xl"], SPACE["l"], SPACE["l"], SPACE["l"])
        layout.setSpacing(SPACE["m"])
