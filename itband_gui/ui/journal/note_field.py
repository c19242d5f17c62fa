"""A note: plain text, as long as the journal allows."""

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from itband_gui.journal.entries import NOTE_LENGTH
from itband_gui.ui.formats import number_locale
from itband_gui.ui.journal import refusals
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.text import TextLabel

# Pasted text up to here can be shortened by hand; more would only make the window slow.
_PASTE_LIMIT = NOTE_LENGTH.high * 4
_COUNT_FROM = NOTE_LENGTH.high * 3 // 4


class _Editor(QPlainTextEdit):
    """Takes plain text only, and refuses to swallow a whole book."""

    paste_refused = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll_by_finger(self)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste or drop, unless that is far too much."""
        length = len(source.text())
        if self.document().characterCount() + length > _PASTE_LIMIT:
            self.paste_refused.emit(length)
        else:
            super().insertFromMimeData(source)


class NoteField(QWidget):
    """An editor with its counter and the reason why a note cannot be kept."""

    changed = Signal()

    def __init__(self, note: str) -> None:
        super().__init__()
        self._original = note
        self.editor = _Editor()
        self.editor.setAccessibleName(QCoreApplication.translate("NoteField", "Note"))
        self.editor.setPlaceholderText(QCoreApplication.translate("NoteField", "If you like"))
        self.editor.setPlainText(note)
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
        self._shown = self.editor.toPlainText()  # Qt changes some characters, such as hard blanks
        self.counter = TextLabel(name="small", wrap=False)
        self.reason = TextLabel(name="rest")
        self.editor.textChanged.connect(self._typed)
        self.editor.paste_refused.connect(self._refuse_paste)
        self._lay_out()
        self._typed()

    @property
    def text(self) -> str:
        """The note; exactly as it was if nothing was typed, and "" if only blanks were."""
        text = self.editor.toPlainText()
        if text == self._shown:
            return self._original
        if not text.strip():
            return ""
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    @property
    def edited(self) -> bool:
        """Whether another note was typed."""
        return self.text != self._original

    @property
    def refusal(self) -> str:
        """Why the note cannot be kept, or ""."""
        length = len(self.text)
        return refusals.note_too_long(length) if length > NOTE_LENGTH.high else ""

    def _lay_out(self) -> None:
        self.editor.setFixedHeight(self.editor.fontMetrics().lineSpacing() * 3 + 2 * SPACE["l"])
        remarks = QHBoxLayout()  # above the editor: a page that scrolls to it shows them too
        remarks.addWidget(self.reason, 1)
        remarks.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        box.addLayout(remarks)
        box.addWidget(self.editor)

    @Slot()
    def _typed(self) -> None:
        length = len(self.text)
        self._say(self.refusal)
        counter = QCoreApplication.translate("NoteField", "{length} of {limit}").format(
            length=number_locale().toString(length),
            limit=number_locale().toString(NOTE_LENGTH.high),
        )
        self.counter.setText(counter)
        self.counter.setVisible(length >= _COUNT_FROM)
        self.changed.emit()

    @Slot(int)
    def _refuse_paste(self, length: int) -> None:
        self._say(refusals.paste_too_long(length))

    def _say(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.editor.setAccessibleDescription(reason)
