"""The list of entries: which one is chosen, and what is wanted with it."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from itband_gui.journal.entries import Entry
from itband_gui.ui.journal.list_model import EntryListModel, Index
from itband_gui.ui.journal.row_delegate import RowDelegate
from itband_gui.ui.style import Appearance
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.selection import CurrentFollows

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_DELETE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}  # a Mac's delete key is a backspace


class EntryList(QListView):
    """Shows entries; what is chosen and what is in sight stay so when the journal changes."""

    amend_wanted = Signal(str)
    delete_wanted = Signal(str)
    chosen_changed = Signal()

    def __init__(self, model: EntryListModel, appearance: Appearance) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(RowDelegate(model, appearance))
        self.setAccessibleName(QCoreApplication.translate("JournalList", "Entries, newest first"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        scroll_by_finger(self)
        CurrentFollows(self)
        self.doubleClicked.connect(self._double_clicked)
        appearance.changed.connect(self.viewport().update)

    @property
    def chosen(self) -> str | None:
        """The id of the chosen entry, or None."""
        entry = self._model.entry_at(self.currentIndex().row())
        return None if entry is None else entry.id

    def choose(self, entry_id: str) -> None:
        """Choose an entry and bring it into sight, if it is shown."""
        row = self._model.row_of(entry_id)
        if row is not None:
            self.setCurrentIndex(self._model.index(row))

    def choose_first(self) -> None:
        """Choose the newest entry."""
        self.setCurrentIndex(self._first())

    def show_entries(self, newest_first: Iterable[Entry]) -> None:
        """Show other entries, keeping the choice and what is in sight where they are still there.

        Where the chosen entry is gone, the one that took its place is chosen.
        """
        chosen, row = self.chosen, self.currentIndex().row()
        anchor = self._top_entry()
        self._model.show(newest_first)
        self.executeDelayedItemsLayout()
        if chosen is not None:
            again = self._model.row_of(chosen)
            self._choose_quietly(self._nearest(row) if again is None else again)
        self._return_to(anchor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter amends, Delete deletes; everything else moves the choice."""
        wanted = {**dict.fromkeys(_ENTER, self.amend_wanted)}
        wanted |= dict.fromkeys(_DELETE, self.delete_wanted)
        signal = wanted.get(Qt.Key(event.key()))
        if signal is None or self.chosen is None:
            super().keyPressEvent(event)
        else:
            signal.emit(self.chosen)

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Move as any list does, which passes over headings; but Home would end on one."""
        if action is QAbstractItemView.CursorAction.MoveHome or not self.currentIndex().isValid():
            return self._first()
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Bring the chosen row into sight, under its heading if it is the first of its day."""
        above = self._model.index(current.row() - 1)
        if current.isValid() and above.isValid() and self._model.entry_at(above.row()) is None:
            self.scrollTo(above)
        super().currentChanged(current, previous)
        # Qt makes a row current without selecting it when the list is focused for the first time.
        self.selectionModel().select(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.chosen_changed.emit()

    def selectionCommand(  # noqa: N802 - Qt's name
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Let a click beside the entries leave the choice alone: what is chosen is always seen."""
        if self._model.entry_at(index.row()) is None:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen entry in sight when a notice takes room from the list."""
        was_seen = QRect(QPoint(), event.oldSize()).intersects(self.visualRect(self.currentIndex()))
        super().resizeEvent(event)
        if was_seen:
            self.scrollTo(self.currentIndex())

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        entry = self._model.entry_at(index.row())
        if entry is not None:
            self.amend_wanted.emit(entry.id)

    def _first(self) -> QModelIndex:
        return self._model.index(1) if self._model.rowCount() else QModelIndex()

    def _nearest(self, row: int) -> int:
        """Return the entry's row that now stands where `row` was; -1 without any."""
        row = min(row, self._model.rowCount() - 1)
        return row if self._model.entry_at(row) is not None else row + 1 if row >= 0 else -1

    def _choose_quietly(self, row: int) -> None:
        """Choose without scrolling, which `_return_to` sees to."""
        auto = self.hasAutoScroll()
        self.setAutoScroll(False)
        self.setCurrentIndex(self._model.index(row))
        self.setAutoScroll(auto)

    def _top_entry(self) -> tuple[str, int] | None:
        """Return the id of the topmost entry in sight and its distance from the top, in px."""
        if not self.verticalScrollBar().value():
            return None  # at the very top, new entries are to come into sight
        index = self.indexAt(QPoint(self.viewport().width() // 2, 1))
        row = index.row()
        if index.isValid() and self._model.entry_at(row) is None:
            row += 1
        entry = self._model.entry_at(row)
        return None if entry is None else (entry.id, self.visualRect(self._model.index(row)).top())

    def _return_to(self, anchor: tuple[str, int] | None) -> None:
        row = None if anchor is None else self._model.row_of(anchor[0])
        if anchor is not None and row is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(self._model.index(row)).top() - anchor[1])
