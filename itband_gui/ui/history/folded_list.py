"""A long list of lines that is made when it is asked for."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.finger import scroll_by_finger

T = TypeVar("T")
MOST_LINES = 8  # in sight at once
_Index = QModelIndex | QPersistentModelIndex


class _Lines(QAbstractListModel):
    """Says a row only when it comes into sight."""

    def __init__(self, count: int, say: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._count, self._say = count, say

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of lines."""
        return 0 if parent.isValid() else self._count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a line's text."""
        said = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return self._say(index.row()) if role in said else None


class FoldedList(QWidget, Generic[T]):
    """A button, and, once it is pressed, the rows in words below it.

    Room is made for as many `lines` a row; what is longer scrolls.
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
        """Take rows, and the names of the button while they are hidden and while they are seen."""
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
        self.list.setModel(_Lines(len(rows), lambda index: self._say(rows[index]), self))
        if isinstance(old, _Lines):
            old.deleteLater()
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        lines = min(len(rows) * self._lines, MOST_LINES)
        self.list.setFixedHeight(lines * self.fontMetrics().lineSpacing() + SPACE["s"])
