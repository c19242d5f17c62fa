"""One line in which a day is typed."""

from collections.abc import Callable

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from itband_gui.ui.journal.typed_day import read_day, write_day

_KEYS = {Qt.Key.Key_Up: (1, 0), Qt.Key.Key_Down: (-1, 0),
         Qt.Key.Key_PageUp: (0, 1), Qt.Key.Key_PageDown: (0, -1)}  # fmt: skip


class DayField(QLineEdit):
    """Reads what is typed, and writes it anew when it is left; arrows step by a day.

    What cannot be read stays as it was typed, so that it can be mended.
    """

    day_changed = Signal()

    def __init__(self, day: QDate, today: Callable[[], QDate]) -> None:
        super().__init__(write_day(day))
        self._today = today
        self._last = day
        self.textChanged.connect(self._typed)
        self.editingFinished.connect(self._tidy)

    @property
    def day(self) -> QDate | None:
        """The day that is written, or None where it cannot be read."""
        return self._last if self.text() == write_day(self._last) else self._read()

    @property
    def last_day(self) -> QDate:
        """The last day that could be read."""
        return self._last

    def show_day(self, day: QDate) -> None:
        """Write a day."""
        self._last = day
        self.setText(write_day(day))

    def step(self, days: int) -> None:
        """Go on, or back, from the last day that could be read."""
        self.show_day(self._last.addDays(days))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by a day or, with Page up and Page down, by a month."""
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        days, months = step
        self.show_day(self._last.addDays(days).addMonths(months))

    def _read(self) -> QDate | None:
        return read_day(self.text(), self._today())

    @Slot()
    def _typed(self) -> None:
        day = self.day
        if day is not None:
            self._last = day
        self.day_changed.emit()

    @Slot()
    def _tidy(self) -> None:
        day = self.day
        if day is not None and self.text() != write_day(day):
            self.show_day(day)
