"""One line in which a value is typed, such as a day or a time."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

V = TypeVar("V")


class TypedField(QLineEdit, Generic[V]):
    """Reads what is typed, and writes it anew when it is left; some keys step it.

    What cannot be read stays as it was typed, so that it can be mended: Qt's own fields for days
    and times drop the keys that do not suit them, and keep another value than was typed.
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
        """The value that is written, or None where it cannot be read."""
        return self._last if self.text() == self._written(self._last) else self._read(self.text())

    @property
    def last(self) -> V:
        """The last value that could be read."""
        return self._last

    def show_value(self, value: V) -> None:
        """Write a value."""
        self._last = value
        self.setText(self._written(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step from the last value that could be read, by the arrows, Page up and Page down."""
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
