"""When something was: a local day and time, never in the future."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QTimeEdit, QVBoxLayout, QWidget

from itband_gui.journal.entries import YEARS
from itband_gui.ui.journal import refusals
from itband_gui.ui.journal.calendar_button import CalendarButton
from itband_gui.ui.journal.stepper import Stepper
from itband_gui.ui.local_time import from_local, local
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow

_LENIENCE = timedelta(minutes=1)  # as much as the journal itself allows


class WhenField(QWidget):
    """A day with its calendar, a time with its arrows, and the reason why they cannot be."""

    changed = Signal()

    def __init__(self, name: str, at: datetime, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._original, self._now = at, now
        self.day, self.time = QDateEdit(), QTimeEdit()
        self.day.setDisplayFormat(_day_format())
        self.time.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
        self.day.setDate(local(at).date())
        self.time.setTime(local(at).time())
        self._shown = (self.day.date(), self.time.time())
        self.reason = TextLabel(name="rest")
        self.day.dateChanged.connect(self._typed)
        self.time.timeChanged.connect(self._typed)
        self._lay_out(name)
        self._typed()

    @property
    def moment(self) -> datetime:
        """The time, to be asked only without a refusal; exactly as it was if untouched."""
        if (self.day.date(), self.time.time()) == self._shown:
            return self._original
        return from_local(self.day.date(), self.time.time())

    @property
    def refusal(self) -> str:
        """Why this time cannot be, or ""."""
        now = self._now()
        if self.day.date().year() < YEARS.low:
            return refusals.too_early()
        if self.day.date() > local(now).date().addDays(1) or self.moment > now + _LENIENCE:
            return refusals.in_the_future()
        return ""

    def _lay_out(self, name: str) -> None:
        day = QCoreApplication.translate("WhenField", "{name}: day").format(name=name)
        time = QCoreApplication.translate("WhenField", "{name}: time").format(name=name)
        self.calendar = CalendarButton(self.day, name)
        days = Stepper(self.day, day, self._step_day)
        self.earlier = days.less
        fields = WrappingRow([days, self.calendar, Stepper(self.time, time)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        box.addWidget(fields)
        box.addWidget(self.reason)

    def _step_day(self, days: int) -> None:
        self.day.setDate(self.day.date().addDays(days))

    @Slot()
    def _typed(self) -> None:
        reason = self.refusal
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for field in (self.day, self.time):
            field.setAccessibleDescription(reason)
        self.changed.emit()


def _day_format() -> str:
    """Return the locale's short date, always with the whole year."""
    pattern = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")
