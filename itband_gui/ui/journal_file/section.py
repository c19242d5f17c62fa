"""The part of the settings about the journal's file: where it lies, copies, export, import."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from itband_gui.journal.exchange import JournalFile, copies
from itband_gui.journal.recovery import JournalCopy
from itband_gui.routine.library import Library
from itband_gui.ui.journal_file import text as sentences
from itband_gui.ui.journal_file.export_dialog import ExportDialog
from itband_gui.ui.journal_file.import_dialog import ImportDialog
from itband_gui.ui.journal_file.restore_dialog import RestoreDialog
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.services.background import Background
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.services.minute_look import MinuteLook
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.files import ask_to_open
from itband_gui.ui.widgets.layout import Card, WrappingRow
from itband_gui.ui.widgets.notice import NoticeSlot
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.saving import not_listed_text


class JournalSection(QWidget):
    """Says what there is; restore and import can be undone until the journal changes again.

    `told` comes when there is something new to read here.
    """

    told = Signal()

    def __init__(self, link: JournalLink, file: JournalFile, library: Library) -> None:
        super().__init__()
        self._link, self._file, self._library = link, file, library
        self.background = Background(self)
        self.path = QLineEdit(str(file.path))
        self.last_copy = TextLabel(sentences.reading_text(), "small")
        self.restore = button(
            QCoreApplication.translate("JournalFile", "Restore an earlier state…"),
            self.open_restore,
        )
        self.export = button(QCoreApplication.translate("JournalFile", "Export…"), self.open_export)
        self.import_ = button(
            QCoreApplication.translate("JournalFile", "Import…"), self.ask_for_import
        )
        self.notices = NoticeSlot()
        self._can_undo = False
        self._lay_out()
        link.changed.connect(self._forget_undo)
        link.save_state_changed.connect(self._refresh)
        self.clock = MinuteLook(self)
        self.clock.due.connect(self._look_at_clock)
        self._day = link.today

    def showEvent(self, event: QShowEvent) -> None:
        """Look for the newest copy."""
        super().showEvent(event)
        self._refresh()

    def open_restore(self) -> None:
        """Show the copies that are kept."""
        RestoreDialog(self._link, self._file, self._library, self._restored, self).open()

    def open_export(self) -> None:
        """Ask what to export, and where to."""
        ExportDialog(self._link, self._file, self._say, self).open()

    def ask_for_import(self) -> None:
        """Ask for a file, then show what it would bring."""
        ask_to_open(self, self.import_.text(), self.open_import)

    def open_import(self, source: Path) -> None:
        """Show what a file would bring."""
        ImportDialog(self._link, self._file, self._library, source, self._imported, self).open()

    @Slot()
    def undo(self) -> None:
        """Take back what was just restored or imported; nothing else."""
        if self._can_undo:
            self._say(sentences.undone_text(len(self._link.undo())))

    def _restored(self, at: datetime) -> None:
        self._say(sentences.restored_text(at, self._link.now()), can_undo=True)

    def _imported(self, count: int, beside: int) -> None:
        self._say(sentences.taken_text(count, beside), can_undo=count > 0)

    def _say(self, text: str, *, can_undo: bool = False) -> None:
        undo = QCoreApplication.translate("JournalFile", "Undo")
        notice = self.notices.say(text, (undo, self.undo) if can_undo else None)
        if can_undo:
            keys = QKeySequence(QKeySequence.StandardKey.Undo)
            notice.buttons[0].setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        self._can_undo = can_undo
        self.told.emit()

    @Slot()
    def _forget_undo(self) -> None:
        """Take the notice away: its Undo would now take back something else."""
        if self._can_undo:
            self._can_undo = False
            self.notices.clear()

    @Slot()
    def _look_at_clock(self) -> None:
        if self._day != self._link.today:
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._day = self._link.today
        if self.isVisible() and not self.background.is_busy:
            self.background.do(partial(copies, self._file), self._show_last)

    def _show_last(self, found: list[JournalCopy] | Exception) -> None:
        if isinstance(found, Exception):
            self.last_copy.setText(not_listed_text(found))
            return
        now = self._link.now()
        last = next((kept for kept in found if kept.why is not None and kept.at <= now), None)
        self.last_copy.setText(
            sentences.last_copy_text(last.at, last.why, now) if last else sentences.no_copy_text()
        )

    def _lay_out(self) -> None:
        self.path.setReadOnly(True)
        self.path.setCursorPosition(0)
        name = TextLabel(QCoreApplication.translate("JournalFile", "Where it is stored"), "small")
        self.path.setAccessibleName(name.text())
        private = QCoreApplication.translate(
            "JournalFile",
            "It is a plain file and not encrypted: whoever can read your files can read it.",
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["m"])
        box.addWidget(
            Card(
                TextLabel(QCoreApplication.translate("JournalFile", "Your journal"), "lead"),
                name,
                self.path,
                TextLabel(private),
                self.last_copy,
                WrappingRow([self.restore, self.export, self.import_]),
                self.notices,
            )
        )
