"""The kept copies as a list asks for them; each is read once it is to be seen."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from itband_gui.journal.kept_copies import Kept
from itband_gui.ui.background import Background
from itband_gui.ui.journal_file.sentences import beside_text, copy_text, inside_text, reading_text
from itband_gui.ui.journal_file.work import Inside, inside

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class CopiesModel(QAbstractListModel):
    """Two lines a copy: when and why it was kept, and what it holds.

    What was asked for last is read first: it is what the user looks at.
    """

    def __init__(self, background: Background, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._background = background
        self._now = now
        self._kept: Sequence[Kept] = ()
        self._inside: dict[int, Inside | None] = {}
        self._wanted: dict[int, None] = {}  # rows, the one asked for last at the end
        self._is_reading = False

    def show(self, kept: Sequence[Kept]) -> None:
        """Show these copies."""
        self.beginResetModel()
        self._kept = kept
        self.endResetModel()

    def kept(self, row: int) -> Kept | None:
        """Return the copy in a row, or None where there is no such row."""
        return self._kept[row] if 0 <= row < len(self._kept) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many copies there are."""
        return 0 if parent.isValid() else len(self._kept)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """Return a copy's words, and have it read if it was not."""
        if role not in _WORDS:
            return None
        row = index.row()
        kept, now = self._kept[row], self._now()
        if row in self._inside:
            held = inside_text(self._inside[row], now)
        else:
            held = reading_text()
            self._want(row)
        told = (
            beside_text(kept.at, kept.path.name, now)
            if kept.beside
            else copy_text(kept.at, kept.why, now)
        )
        return f"{told}\n{held}"

    def _want(self, row: int) -> None:
        self._wanted.pop(row, None)
        self._wanted[row] = None
        if not self._is_reading:
            self._read_next()

    def _read_next(self) -> None:
        self._is_reading = bool(self._wanted)
        if self._wanted:
            row, _ = self._wanted.popitem()
            self._background.do(partial(inside, self._kept[row]), partial(self._take, row))

    def _take(self, row: int, found: Inside | None) -> None:
        self._inside[row] = found
        self.dataChanged.emit(self.index(row), self.index(row))
        self._read_next()
