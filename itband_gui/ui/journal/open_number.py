"""A number that may be left open: its lowest value says so in words."""

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QSpinBox

_ALL_THE_WAY = 1_000_000  # steps, which end at the lowest value


class OpenNumber(QObject):
    """Lets `spin` be typed into over its words, and opens it again when its number is deleted.

    Qt itself refuses digits beside the words, and brings a deleted number back unasked.
    """

    def __init__(self, spin: QSpinBox | QDoubleSpinBox, words: str) -> None:
        super().__init__(spin)
        spin.setSpecialValueText(words)
        self._spin = spin
        spin.installEventFilter(self)
        line = spin.findChild(QLineEdit)
        assert line is not None  # noqa: S101 - every spin box has one
        line.textEdited.connect(self._typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select the words before a key is typed into them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            typed = event.text()
            if typed.isprintable() and typed and self._spin.value() == self._spin.minimum():
                self._spin.selectAll()
        return super().eventFilter(watched, event)

    @Slot(str)
    def _typed(self, text: str) -> None:
        number = text.removesuffix(self._spin.suffix()).strip()
        if not number:
            self._spin.stepBy(-_ALL_THE_WAY)
            self._spin.selectAll()
