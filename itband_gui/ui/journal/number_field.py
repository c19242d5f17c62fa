"""One line in which a number is typed, or none."""

import re

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from itband_gui.journal.entries import Span
from itband_gui.ui.formats import number_locale
from itband_gui.ui.journal import refusals
from itband_gui.ui.widgets.text import TextLabel

_DECIMALS = 2
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


class NumberField(QLineEdit):
    """Reads a number in `span`, or none while it shows `words`; arrows step by one.

    What is no such number stays as it was typed, so that it can be mended, and is refused: a spin
    box drops the keys that do not suit it, and keeps another number than was typed. With `decimals`
    both marks are read, the point and the comma; two places at most, as "1,000" may mean 1000.
    """

    changed = Signal()

    def __init__(
        self, name: str, span: Span, number: float | None, words: str, *, decimals: bool = False
    ) -> None:
        super().__init__()
        self.name, self._span, self._decimals = name, span, decimals
        self._last: float | None = None
        self.reason = TextLabel(name="rest")  # placed by the form; says why the number is refused
        self.reason.hide()
        self.setPlaceholderText(words)
        self.textChanged.connect(self._typed)
        self._show(number)

    @property
    def number(self) -> float | None:
        """The number, or None for none and for what is refused."""
        return None if self.refusal or not self.text().strip() else self._read()

    @property
    def refusal(self) -> str:
        """Why what was typed cannot be, or ""."""
        number = self._read()
        fits = number is not None and self._span.low <= number <= self._span.high
        if fits or not self.text().strip():
            return ""
        return refusals.no_number(self.name, self._span, decimals=self._decimals)

    def step(self, by: int) -> None:
        """Go on, or back, from the last number that could be read; under the lowest is none."""
        low, high = self._span
        number = self._last
        if number is None:
            self._show(low if by > 0 else None)
        else:
            self._show(min(number + by, high) if number + by >= low else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by one or, with Page up and Page down, by ten."""
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
