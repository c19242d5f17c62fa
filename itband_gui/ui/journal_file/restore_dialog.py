"""The dialog that compares copies of the journal and restores one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from itband_gui.journal.backups import Why
from itband_gui.journal.book import EntryExistsError
from itband_gui.journal.exchange import (
    CopyChange,
    CopyContents,
    JournalFile,
    compare_copy,
    copies,
    inside,
    keep_first,
    state_of,
)
from itband_gui.journal.merge import needs_consent
from itband_gui.journal.recovery import JournalCopy
from itband_gui.journal.validation import EntryInvalidError
from itband_gui.routine.library import Library
from itband_gui.ui.journal_file import text as sentences
from itband_gui.ui.journal_file.text import beside_text, copy_text, inside_text, reading_text
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.services.background import Background
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.dialogs import Question
from itband_gui.ui.widgets.lists import dress_list, fit
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.saving import not_accepted_text, not_kept_text, not_listed_text
from itband_gui.wording.translation import language

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
        self._kept: Sequence[JournalCopy] = ()
        self._inside: dict[int, CopyContents | None] = {}
        self._wanted: dict[int, None] = {}  # rows, the one asked for last at the end
        self._is_reading = False

    def show(self, kept: Sequence[JournalCopy]) -> None:
        """Show these copies."""
        self.beginResetModel()
        self._kept = kept
        self.endResetModel()

    def kept(self, row: int) -> JournalCopy | None:
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

    def _take(self, row: int, found: CopyContents | None) -> None:
        self._inside[row] = found
        self.dataChanged.emit(self.index(row), self.index(row))
        self._read_next()


class RestoreDialog(QDialog):
    """Shows the copies, newest first, and what bringing the chosen one back would change.

    `restored` is called with the time of the copy that was brought back.
    """

    def __init__(
        self,
        link: JournalLink,
        file: JournalFile,
        library: Library,
        restored: Callable[[datetime], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._link, self._file, self._library, self._restored = link, file, library, restored
        self._chosen: CopyChange | None = None
        self._round = 0  # of comparing
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("Restore", "Restore an earlier state"))
        self.background = Background(self)
        self._model = CopiesModel(self.background, link.now)
        self.list = QListView()
        self.told = TextLabel(sentences.reading_text())
        self.bring_back = button(
            QCoreApplication.translate("Restore", "Bring it back"), self._ask, "primary"
        )
        self.cancel = button(QCoreApplication.translate("Restore", "Cancel"), self.reject)
        self._lay_out(parent)
        self.bring_back.setEnabled(False)
        self.list.selectionModel().currentChanged.connect(self._choose)
        link.changed.connect(self._compare)
        self.background.do(partial(copies, file), self._show)

    def done(self, result: int) -> None:
        """Close; whatever is still being read is of no use any more."""
        self.background.stop()
        super().done(result)

    @property
    def _kept(self) -> JournalCopy | None:
        return self._model.kept(self.list.currentIndex().row())

    def _show(self, found: list[JournalCopy] | Exception) -> None:
        if isinstance(found, Exception):
            self.told.setText(not_listed_text(found))
            return
        self._model.show(found)
        if found:
            self.list.setCurrentIndex(self._model.index(0))
            self.list.setFocus()
        else:
            self.told.setText(sentences.no_copy_text())

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.list.scrollTo(current)
        self._compare()

    @Slot()
    def _compare(self) -> None:
        """Say what bringing the chosen copy back would do, once that is known."""
        self._chosen = None
        self.bring_back.setEnabled(False)
        kept = self._kept
        if kept is None:
            return
        self.told.setText(sentences.reading_text())
        self._round += 1
        work = partial(compare_copy, kept, state_of(self._link.book))
        self.background.do(work, partial(self._tell, self._round))

    def _tell(self, number: int, chosen: CopyChange | None) -> None:
        if number != self._round:
            return  # another copy was chosen meanwhile, or the journal has changed
        self._chosen = chosen
        self.told.setText(sentences.chosen_text(chosen, self._library, self._link.today))
        self.bring_back.setEnabled(chosen is not None and chosen.changes)

    def _ask(self) -> None:
        """Bring it back, after a question where many entries would go."""
        if self._chosen is None:
            return
        held, going = len(self._link.book), len(self._chosen.compared.missing)
        if not needs_consent(held, held - going, 0):
            self._keep_first()
            return
        text = QCoreApplication.translate("Restore", "Remove {going} of {held} entries?")
        Question(
            self,
            text.format(going=language().count(going), held=language().count(held)),
            QCoreApplication.translate(
                "Restore", "That copy does not have them. Your journal as it is now is kept first."
            ),
            (
                QCoreApplication.translate("Restore", "Leave my journal"),
                QCoreApplication.translate("Restore", "Bring it back"),
            ),
            self._keep_first,
        )

    def _keep_first(self) -> None:
        self.bring_back.setEnabled(False)
        now = self._link.now()
        self.background.do(partial(keep_first, self._file, now, Why.RESTORE), self._restore)

    def _restore(self, before: Path | Exception | None) -> None:
        kept, chosen = self._kept, self._chosen
        if isinstance(before, Exception):
            self.told.setText(not_kept_text(before))
            return
        if kept is None or chosen is None:
            return  # the journal changed meanwhile, and the new comparison is on its way
        try:
            self._link.changed.disconnect(self._compare)
            self._link.restore(chosen.entries)
        except (EntryInvalidError, EntryExistsError) as refused:
            self._link.changed.connect(self._compare)
            self.told.setText(not_accepted_text(refused))
            return
        self.accept()
        self._restored(kept.at)

    def _lay_out(self, behind: QWidget) -> None:
        self.list.setModel(self._model)
        self.list.setAccessibleName(
            QCoreApplication.translate("Restore", "Copies of your journal, newest first")
        )
        dress_list(self.list, 2)
        self.bring_back.setDefault(True)
        box = QVBoxLayout(self)
        box.addWidget(TextLabel(self.windowTitle(), "headline"))
        box.addWidget(
            TextLabel(
                QCoreApplication.translate(
                    "Restore",
                    "Choose a copy. Your journal as it is now is kept first, and you can undo it.",
                ),
                "small",
            )
        )
        box.addWidget(self.list, 1)
        box.addWidget(self.told)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE["s"])
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.bring_back)
        box.addLayout(foot)
        fit(self, behind)
