"""A field for a time of day, in any common notation."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QMouseEvent

from itband_gui.journal.clock_text import read_time
from itband_gui.ui.journal.fields import TypedField
from itband_gui.ui.text.dates import clock_time

_QUOTED = re.compile(r"'([^']*)'")
_WORD = re.compile(r"[^\s\x00-\x7f]+")  # Qt's own letters for hours and minutes are ASCII


def read_typed_time(text: str) -> time | None:
    """Return the time in `text`, which may use the locale's own words; None if it is invalid."""
    locale = QLocale()
    pattern = locale.timeFormat(QLocale.FormatType.ShortFormat)
    words = [*_QUOTED.findall(pattern), *_WORD.findall(_QUOTED.sub(" ", pattern))]
    return read_time(text, (locale.amText(), locale.pmText()), words)


def write_time(clock: time) -> str:
    """Return the locale's short form, with 12 or 24 hours."""
    return clock_time(clock.hour, clock.minute)


_HOUR = timedelta(hours=1)
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # only for arithmetic
_STEPS: dict[Qt.Key, Callable[[time], time]] = {
    Qt.Key.Key_Up: lambda clock: _moved(clock, _HOUR),
    Qt.Key.Key_Down: lambda clock: _moved(clock, -_HOUR),
    Qt.Key.Key_PageUp: lambda clock: _moved(clock, timedelta(minutes=10)),
    Qt.Key.Key_PageDown: lambda clock: _moved(clock, timedelta(minutes=-10)),
}


class TimeField(TypedField[time]):
    """A field for a time; arrow keys step by an hour, Page Up and Page Down by ten minutes.

    Midnight means a day without a time: a field that starts with it is empty and may stay empty.
    """

    def __init__(self, clock: time) -> None:
        self._may_be_empty = clock == time.min
        super().__init__(clock, _STEPS)
        if self._may_be_empty:
            self.setPlaceholderText(QCoreApplication.translate("TimeField", "No time"))

    def step(self, hours: int) -> None:
        """Move forward or back from the last valid time."""
        self.show_value(_moved(self.last, hours * _HOUR))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select everything; with only "18" of "18:05" selected, typing 7:10 gives 7:10:05."""
        super().mouseDoubleClickEvent(event)
        self.selectAll()

    def _read(self, text: str) -> time | None:
        if self._may_be_empty and not text.strip():
            return time.min
        return read_typed_time(text)

    def _written(self, value: time) -> str:
        return "" if self._may_be_empty and value == time.min else write_time(value)


def _moved(clock: time, by: timedelta) -> time:
    """Return a time moved within its day; unchanged if it would leave the day."""
    moved = datetime.combine(_SOME_DAY, clock, UTC) + by
    return moved.time() if moved.date() == _SOME_DAY.date() else clock
