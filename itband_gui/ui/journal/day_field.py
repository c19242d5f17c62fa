"""One line in which a day is typed."""

from collections.abc import Callable

from PySide6.QtCore import QDate, Qt

from itband_gui.ui.journal.typed_day import read_day, write_day
from itband_gui.ui.journal.typed_field import TypedField

_STEPS: dict[Qt.Key, Callable[[QDate], QDate]] = {
    Qt.Key.Key_Up: lambda day: day.addDays(1),
    Qt.Key.Key_Down: lambda day: day.addDays(-1),
    Qt.Key.Key_PageUp: lambda day: day.addMonths(1),
    Qt.Key.Key_PageDown: lambda day: day.addMonths(-1),
}


class DayField(TypedField[QDate]):
    """Takes a day; the arrows step by a day, Page up and Page down by a month."""

    def __init__(self, day: QDate, today: Callable[[], QDate]) -> None:
        super().__init__(day, _STEPS)
        self._today = today

    def step(self, days: int) -> None:
        """Go on, or back, from the last day that could be read."""
        self.show_value(self.last.addDays(days))

    def _read(self, text: str) -> QDate | None:
        return read_day(text, self._today())

    def _written(self, value: QDate) -> str:
        return write_day(value)
