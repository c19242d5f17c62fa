"""Form fields: typed values, numbers, steppers and notes."""

import re
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from itband_gui.journal.entries import NOTE_LENGTH, Limits
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.text import entries
from itband_gui.ui.text.dates import number_locale
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.text import TextLabel

_DECIMALS = 2
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


class NumberField(QLineEdit):
    """A field for a number in `span`, or none, shown as `words`; arrow keys step by one.

    Invalid text is refused but stays as typed, so that it can be corrected; a spin box would drop
    unsuitable keys and keep a different number. With `decimals`, both point and comma are read,
    with at most two decimal places, as "1,000" may mean 1000.
    """

    changed = Signal()

    def __init__(
        self, name: str, span: Limits, number: float | None, words: str, *, decimals: bool = False
    ) -> None:
        super().__init__()
        self.name, self._span, self._decimals = name, span, decimals
        self._last: float | None = None
        self.reason = TextLabel(name="rest")  # placed by the form; shows why the number is refused
        self.reason.hide()
        self.setPlaceholderText(words)
        self.textChanged.connect(self._typed)
        self._show(number)

    @property
    def number(self) -> float | None:
        """The number, or None if it is empty or refused."""
        return None if self.refusal or not self.text().strip() else self._read()

    @property
    def refusal(self) -> str:
        """Why the text is refused, or ""."""
        number = self._read()
        fits = number is not None and self._span.low <= number <= self._span.high
        if fits or not self.text().strip():
            return ""
        return entries.no_number(self.name, self._span, decimals=self._decimals)

    def step(self, by: int) -> None:
        """Step from the last valid number; below the lowest, the field is emptied."""
        low, high = self._span
        number = self._last
        if number is None:
            self._show(low if by > 0 else None)
        else:
            self._show(min(number + by, high) if number + by >= low else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by one or, with Page Up and Page Down, by ten."""
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.step(by)

    def _read(self) -> float | None:
        pattern = rf"\d+(?:[.,٫]\d{{1,{_DECIMALS}}})?" if self._decimals else r"\d+"
        text = self.text().strip()
        return float(re.sub("[,٫]", ".", text)) if re.fullmatch(pattern, text) else None

    def _show(self, number: float | None) -> None:
        shown = "" if number is None else f"{number:.{_DECIMALS}f}".rstrip("0").rstrip(".")
        mark = number_locale().decimalPoint()
        self.setText(shown.replace(".", mark if mark == "," else "."))

    @Slot()
    def _typed(self) -> None:
        refusal = self.refusal
        if not refusal:
            self._last = self.number
        self.setAccessibleDescription(refusal)
        self.reason.show_text(refusal)
        self.changed.emit()


# Up to here, pasted text can be shortened by hand; more would make the window slow.
_PASTE_LIMIT = NOTE_LENGTH.high * 4
_COUNT_FROM = NOTE_LENGTH.high * 3 // 4


class _Editor(QPlainTextEdit):
    """An editor for plain text only, which refuses to paste very long texts."""

    paste_refused = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll_by_finger(self)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste or drop text, unless it is far too long."""
        length = len(source.text())
        if self.document().characterCount() + length > _PASTE_LIMIT:
            self.paste_refused.emit(length)
        else:
            super().insertFromMimeData(source)


class NoteField(QWidget):
    """An editor with a counter and the reason why a note cannot be saved."""

    changed = Signal()

    def __init__(self, note: str) -> None:
        super().__init__()
        self._original = note
        self.editor = _Editor()
        self.editor.setAccessibleName(QCoreApplication.translate("NoteField", "Note"))
        self.editor.setPlaceholderText(QCoreApplication.translate("NoteField", "Optional"))
        self.editor.setPlainText(note)
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
        # Qt changes some characters, such as no-break spaces.
        self._shown = self.editor.toPlainText()
        self.counter = TextLabel(name="small", wrap=False)
        self.reason = TextLabel(name="rest")
        self.editor.textChanged.connect(self._typed)
        self.editor.paste_refused.connect(self._refuse_paste)
        self._lay_out()
        self._typed()

    @property
    def text(self) -> str:
        """The note; unchanged if nothing was typed, and "" if it is only blanks."""
        text = self.editor.toPlainText()
        if text == self._shown:
            return self._original
        if not text.strip():
            return ""
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    @property
    def edited(self) -> bool:
        """Whether the note was changed."""
        return self.text != self._original

    @property
    def refusal(self) -> str:
        """Why the note cannot be saved, or ""."""
        length = len(self.text)
        return entries.note_too_long(length) if length > NOTE_LENGTH.high else ""

    def _lay_out(self) -> None:
        self.editor.setFixedHeight(self.editor.fontMetrics().lineSpacing() * 3 + 2 * SPACE["l"])
        remarks = QHBoxLayout()  # above the editor, so that scrolling to it shows them, too
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
        self._say(entries.paste_too_long(length))

    def _say(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.editor.setAccessibleDescription(reason)


class Stepper(QWidget):
    """Put an editor between two buttons that call `step` with -1 or 1."""

    def __init__(self, editor: QLineEdit, name: str, step: Callable[[int], object]) -> None:
        super().__init__()
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setAccessibleName(name)
        editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        less = QCoreApplication.translate("Stepper", "{name}: less").format(name=name)
        more = QCoreApplication.translate("Stepper", "{name}: more").format(name=name)
        self.less = _step_button("−", less, lambda: step(-1))
        self.more = _step_button("+", more, lambda: step(1))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        for widget in (self.less, editor, self.more):
            box.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)


def _step_button(sign: str, name: str, step: Callable[[], object]) -> QPushButton:
    made = button(sign, step)
    made.setAutoRepeat(True)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same in the editor
    return made


V = TypeVar("V")


class TypedField(QLineEdit, Generic[V]):
    """Read the typed value, and rewrite it neatly on leaving; some keys step it.

    Invalid text stays as typed, so that it can be corrected; Qt's own date and time fields would
    drop unsuitable keys and keep a different value.
    """

    value_changed = Signal()

    def __init__(self, value: V, steps: Mapping[Qt.Key, Callable[[V], V]]) -> None:
        super().__init__()
        self._last, self._steps = value, steps
        self.setText(self._written(value))
        self.textChanged.connect(self._typed)
        self.editingFinished.connect(self._tidy)

    @property
    def value(self) -> V | None:
        """The typed value, or None if it is invalid."""
        return self._last if self.text() == self._written(self._last) else self._read(self.text())

    @property
    def last(self) -> V:
        """The last valid value."""
        return self._last

    def show_value(self, value: V) -> None:
        """Show a value."""
        self._last = value
        self.setText(self._written(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step from the last valid value by arrow keys, Page Up and Page Down."""
        step = self._steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.show_value(step(self._last))

    def _read(self, text: str) -> V | None:
        raise NotImplementedError

    def _written(self, value: V) -> str:
        raise NotImplementedError

    @Slot()
    def _typed(self) -> None:
        value = self.value
        if value is not None:
            self._last = value
        self.value_changed.emit()

    @Slot()
    def _tidy(self) -> None:
        value = self.value
        if value is not None and self.text() != self._written(value):
            self.show_value(value)
