"""The journal's rows as a Qt list model."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from itband_gui.insight.days import day_of
from itband_gui.journal.entries import Entry
from itband_gui.routine.library import Library
from itband_gui.ui.text.dates import day_text, noted_time_text, zoned_time_text
from itband_gui.ui.text.entries import EntryText, said
from itband_gui.wording.plain import one_line

Row = date | Entry  # a heading, or an entry of that day


def rows_of(newest_first: Iterable[Entry]) -> list[Row]:
    """Return headings and entries, each entry under its own day.

    Across time zones, one day may begin before another has ended, so entries are sorted by day.
    """
    rows: list[Row] = []
    shown = None
    for entry in sorted(newest_first, key=day_of, reverse=True):  # stable: each day newest first
        day = day_of(entry)
        if day != shown:
            rows.append(day)
            shown = day
        rows.append(entry)
    return rows


def changed_span(old: Sequence[Row], new: Sequence[Row]) -> tuple[int, int, int]:
    """Return (first, old end, new end) of the only rows that differ."""
    shorter = min(len(old), len(new))
    first = 0
    while first < shorter and old[first] == new[first]:
        first += 1
    same = 0
    while same < shorter - first and old[-1 - same] == new[-1 - same]:
        same += 1
    return first, len(old) - same, len(new) - same


Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True)
class EntryLine:
    """One row as shown; `first` and `last` say whether it is that of its day.

    `zoned` is the time with its zone, if that is not the local one.
    """

    time: str
    zoned: str
    said: EntryText
    note: str
    first: bool
    last: bool


class EntryListModel(QAbstractListModel):
    """Day headings, which cannot be selected, and entries; words are made on demand."""

    def __init__(self, library: Library, today: Callable[[], date]) -> None:
        super().__init__()
        self._library = library
        self._today = today
        self._rows: list[Row] = []

    def show(self, newest_first: Iterable[Entry]) -> None:
        """Replace the entries; the view keeps rows that stay."""
        new = rows_of(newest_first)
        first, old_end, new_end = changed_span(self._rows, new)
        if first < old_end:
            self.beginRemoveRows(_ROOT, first, old_end - 1)
            del self._rows[first:old_end]
            self.endRemoveRows()
        if first < new_end:
            self.beginInsertRows(_ROOT, first, new_end - 1)
            self._rows[first:first] = new[first:new_end]
            self.endInsertRows()

    def say_anew(self) -> None:
        """Refresh all words, because today is another day."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of headings and entries."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Make only entries selectable."""
        if self.entry_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """Return a row's words for the screen, its tool tip or a screen reader."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(index.row())
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(index.row())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index.row())
        return None

    def entry_at(self, row: int) -> Entry | None:
        """Return the entry in a row; None for a heading or a missing row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return None if isinstance(found, date) else found

    def row_of(self, entry_id: str) -> int | None:
        """Return the row of an entry, or None if it is not shown."""
        for row, found in enumerate(self._rows):
            if not isinstance(found, date) and found.id == entry_id:
                return row
        return None

    def heading(self, row: int) -> str:
        """Return a heading's words; "" for an entry."""
        found = self._rows[row]
        return day_text(found, self._today()) if isinstance(found, date) else ""

    def line(self, row: int) -> EntryLine | None:
        """Return the line of an entry's row; None for a heading."""
        entry = self.entry_at(row)
        if entry is None:
            return None
        return EntryLine(
            time=noted_time_text(entry.at),
            zoned=zoned_time_text(entry.at),
            said=said(entry, self._library, self._today()),
            note=one_line(entry.note),
            first=self.entry_at(row - 1) is None,
            last=self.entry_at(row + 1) is None,
        )

    def _shown(self, row: int) -> str:
        line = self.line(row)
        return self.heading(row) if line is None else line.said.whole

    def _tool_tip(self, row: int) -> str:
        """Return the words as HTML, escaped so that Qt cannot misread them."""
        line = self.line(row)
        if line is None:
            return ""
        parts = [line.said.whole, line.zoned if line.zoned != line.time else "", line.note]
        return "".join(f"<p>{escape(part)}</p>" for part in parts if part)

    def _spoken(self, row: int) -> str:
        entry, line = self.entry_at(row), self.line(row)
        if entry is None or line is None:
            return self.heading(row)
        day = day_text(day_of(entry), self._today())
        when = f"{day}, {line.zoned}" if line.zoned else day
        spoken = f"{when}. {line.said.whole}."
        if line.note:
            note = QCoreApplication.translate("JournalList", "Note: {note}")
            spoken += " " + note.format(note=line.note)
        return spoken
