"""Lists in which the selected row is the current one."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Slot
from PySide6.QtWidgets import QAbstractItemView


class CurrentFollows(QObject):
    """Makes the row of `view` current that is selected, however it was selected.

    A screen reader selects a row and leaves the current one alone; keys and pointer do both. The
    view has its model already, and at most one row is selected in it.
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
