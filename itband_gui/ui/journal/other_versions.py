"""The dialog in which users choose between versions of entries changed in two places."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from itband_gui.insight.days import day_of
from itband_gui.journal.book import Book, EntryMissingError
from itband_gui.journal.entries import Entry
from itband_gui.journal.versions import same_content
from itband_gui.routine.library import Library
from itband_gui.ui.look.access import give_role
from itband_gui.ui.look.keys import obey_shortcut
from itband_gui.ui.look.style import SPACE, look
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.text.dates import noted_time_text, number_locale, short_day_text
from itband_gui.ui.text.entries import said
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import Card, ScrollColumn
from itband_gui.ui.widgets.lists import dress_list, fit
from itband_gui.ui.widgets.notice import NoticeSlot
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.plain import one_line

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True)
class VersionPair:
    """The version of an entry that counts, and another one, whose id is `line`."""

    line: str
    counts: Entry
    other: Entry


def undecided(book: Book) -> Iterator[VersionPair]:
    """Yield the versions that differ from the one that counts and are not yet decided."""
    for line in book.overruled:
        counts, other = book.get(line.of), line.entry
        if counts and other and not same_content(counts, other):
            yield VersionPair(line.id, counts, other)


def count_text(count: int) -> str:
    """Return the number of entries that have another version."""
    return QCoreApplication.translate("OtherVersions", "Entries changed in two places: {n}").format(
        n=number_locale().toString(count)
    )


class PairsModel(QAbstractListModel):
    """One row per pair, described by the version that counts."""

    def __init__(self, library: Library, link: JournalLink) -> None:
        super().__init__()
        self._library, self._link = library, link
        self.pairs: list[VersionPair] = []

    def show(self, pairs: list[VersionPair]) -> None:
        """Show pairs."""
        self.beginResetModel()
        self.pairs = pairs
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of pairs."""
        return 0 if parent.isValid() else len(self.pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """Return a row's words."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.headline(self.pairs[index.row()].counts)
        return None

    def headline(self, entry: Entry) -> str:
        """Return an entry's day and time with its sentence."""
        today = self._link.today
        when = f"{short_day_text(day_of(entry), today)} {noted_time_text(entry.at)}".rstrip()
        return f"{when} · {said(entry, self._library, today).whole}"

    def whole(self, entry: Entry) -> str:
        """Return an entry's headline and note."""
        note = one_line(entry.note, len(entry.note) + 1)
        return f"{self.headline(entry)}\n{note}" if note else self.headline(entry)


class OtherVersionsDialog(QDialog):
    """Show both versions of the chosen entry; a button decides, Ctrl+Z undoes that."""

    def __init__(self, link: JournalLink, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._link = link
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("OtherVersions", "Changed in two places"))
        self.model = PairsModel(library, link)
        self.list = QListView()
        self.counts, self.other = TextLabel(), TextLabel()
        self.keep = button(
            QCoreApplication.translate("OtherVersions", "Keep this version"), self._keep
        )
        self.use = button(QCoreApplication.translate("OtherVersions", "Use the other"), self._use)
        self.close_button = button(
            QCoreApplication.translate("OtherVersions", "Close"), self.reject
        )
        self.notices = NoticeSlot()
        self._steps = 0  # decisions made here and not undone
        self._lay_out(parent)
        self.list.selectionModel().currentChanged.connect(self._show_pair)
        link.changed.connect(self._refresh)
        link.save_state_changed.connect(self._refresh)
        link.changed_elsewhere.connect(self._forget_steps)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undo)
        self._refresh()
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Make the shortcut work on every keyboard layout."""
        if not obey_shortcut(self, event):
            super().keyPressEvent(event)

    @Slot()
    def undo(self) -> None:
        """Undo the last decision."""
        if not self._steps:
            return
        self._steps -= 1
        changes = self._link.undo()
        self.notices.say(QCoreApplication.translate("OtherVersions", "Undone."))
        ids = {change.entry.id for change in changes}
        self._choose(next((i for i, p in enumerate(self.model.pairs) if p.counts.id in ids), 0))

    @Slot()
    def _forget_steps(self) -> None:
        """Offer no more undo, as changes from elsewhere may have come after the last step."""
        self._steps = 0
        self.notices.clear()

    def _keep(self) -> None:
        self._decide(
            self._link.dismiss,
            QCoreApplication.translate("OtherVersions", "Your journal keeps this version."),
        )

    def _use(self) -> None:
        self._decide(
            self._link.use,
            QCoreApplication.translate("OtherVersions", "Your journal now has the other version."),
        )

    def _decide(self, decide: Callable[[str], object], told: str) -> None:
        pair = self._pair
        if pair is None:
            return
        try:
            decide(pair.line)
        except EntryMissingError:
            self._refresh()  # decided elsewhere in the meantime
            return
        self._steps += 1
        undo = QCoreApplication.translate("OtherVersions", "Undo")
        self.notices.say(told, (undo, self.undo))

    @property
    def _pair(self) -> VersionPair | None:
        row = self.list.currentIndex().row()
        return self.model.pairs[row] if 0 <= row < len(self.model.pairs) else None

    @Slot()
    def _refresh(self) -> None:
        """Show the pairs left to decide, keeping the chosen row."""
        pairs = list(undecided(self._link.book))
        if pairs != self.model.pairs:
            row = max(self.list.currentIndex().row(), 0)
            self.model.show(pairs)
            self._choose(row)
        if not pairs:
            self._show_pair()

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1)))

    @Slot()
    def _show_pair(self) -> None:
        pair = self._pair
        for each in (self.keep, self.use):
            each.setEnabled(pair is not None)
        if pair is None:
            nothing = QCoreApplication.translate("OtherVersions", "Nothing left to decide.")
            self.counts.setText(nothing)
            self.other.setText("")
            self.close_button.setFocus()
            return
        words = self.model.whole(pair.counts), self.model.whole(pair.other)
        self.counts.setText(words[0])
        if words[0] == words[1]:
            self.other.setText(
                QCoreApplication.translate(
                    "OtherVersions", "It differs only in details that are not shown here."
                )
            )
        else:
            self.other.setText(words[1])

    def _lay_out(self, behind: QWidget) -> None:
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.windowTitle())
        dress_list(self.list)
        box = QVBoxLayout(self)
        box.addWidget(TextLabel(self.windowTitle(), "headline"))
        box.addWidget(
            TextLabel(
                QCoreApplication.translate(
                    "OtherVersions",
                    "These entries were changed here and somewhere else. One version counts; the "
                    "other is kept until you decide.",
                ),
                "small",
            )
        )
        box.addWidget(self.list, 1)
        box.addWidget(self._both_versions(), 2)
        box.addWidget(self.notices)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE["s"])
        foot.addWidget(self.keep)
        foot.addWidget(self.use)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        box.addLayout(foot)
        fit(self, behind)

    def _both_versions(self) -> ScrollColumn:
        """Return the two versions of the chosen entry, one below the other."""
        both = QWidget()
        versions = QVBoxLayout(both)
        versions.setContentsMargins(0, 0, 0, 0)
        versions.setSpacing(SPACE["s"])
        for name, text in (
            (QCoreApplication.translate("OtherVersions", "In your journal"), self.counts),
            (QCoreApplication.translate("OtherVersions", "The other version"), self.other),
        ):
            versions.addWidget(Card(TextLabel(name, "small"), text))
        versions.addStretch(1)
        scroll = ScrollColumn(both)
        give_role(scroll, QAccessible.Role.Grouping)
        scroll.verticalScrollBar().rangeChanged.connect(
            # Nothing inside takes the focus, so the area itself does if it must scroll.
            lambda _low, high: scroll.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if high else Qt.FocusPolicy.NoFocus
            )
        )
        scroll.setAccessibleName(QCoreApplication.translate("OtherVersions", "Both versions"))
        look(scroll, "scroll")
        return scroll
