"""When something was: a day and time by the clock that told it, never in the future."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QTime, Signal, Slot
from PySide6.QtWidgets import QTimeEdit, QVBoxLayout, QWidget

from itband_gui.journal.entries import YEARS
from itband_gui.ui.formats import long_day, time_pattern, words
from itband_gui.ui.journal import refusals
from itband_gui.ui.journal.calendar_button import CalendarButton
from itband_gui.ui.journal.day_field import DayField
from itband_gui.ui.journal.stepper import Stepper
from itband_gui.ui.journal.typed_day import write_day
from itband_gui.ui.local_time import from_local, is_of_this_clock, zone_text
from itband_gui.ui.style import SPACE, look
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow

_USUAL_YEARS = 1  # back, by the calendar: what is further back is shown in words; our choice
_LENIENCE = timedelta(minutes=1)  # as much as the journal itself allows


class WhenField(QWidget):
    """A day with its calendar, a time with its arrows; says why they cannot be or may be slips."""

    changed = Signal()

    def __init__(self, name: str, at: datetime, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._original, self._now = at, now
        # An entry from elsewhere keeps the clock that told its time.
        self._zone = None if is_of_this_clock(at) else at.tzinfo
        self.day = DayField(QDate(at.year, at.month, at.day), self._today)
        self.time = QTimeEdit()
        self.time.setLocale(words())
        self.time.setDisplayFormat(time_pattern())
        self.time.setTime(QTime(at.hour, at.minute, at.second))
        self._shown = (self.day.day, self.time.time())
        self.reason = TextLabel(name="rest")
        room = self.reason.sizePolicy()  # kept for it, so that nothing moves while one types
        room.setRetainSizeWhenHidden(True)
        self.reason.setSizePolicy(room)
        self.day.day_changed.connect(self._typed)
        self.time.timeChanged.connect(self._typed)
        self._lay_out(name)
        self._typed()

    @property
    def moment(self) -> datetime:
        """The time, to be asked only without a refusal; exactly as it was if untouched."""
        if (self.day.day, self.time.time()) == self._shown:
            return self._original
        return from_local(self.day.last_day, self.time.time(), self._zone)

    @property
    def refusal(self) -> str:
        """Why this time cannot be, or ""."""
        day = self.day.day
        if day is None:
            return refusals.no_day(write_day(self._today()))
        if day.year() < YEARS.low:
            return refusals.too_early()
        if day > self._today().addDays(1) or self.moment > self._now() + _LENIENCE:
            return refusals.in_the_future()
        return ""

    def _lay_out(self, name: str) -> None:
        day = QCoreApplication.translate("WhenField", "{name}: day").format(name=name)
        time = QCoreApplication.translate("WhenField", "{name}: time").format(name=name)
        self.calendar = CalendarButton(self.day, name, self._today)
        days = Stepper(self.day, day, self.day.step)
        self.earlier = days.less
        fields = WrappingRow([days, self.calendar, Stepper(self.time, time, self.time.stepBy)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        box.addWidget(fields)
        box.addWidget(self.reason)

    def _today(self) -> QDate:
        now = self._now()
        return QDate(now.year, now.month, now.day)

    def _remark(self) -> str:
        """Return what to know of a day that is likely a slip, as it is years ago, or ""."""
        day = self.day.last_day
        years = self._today().year() - day.year()
        if years <= _USUAL_YEARS or day == self._shown[0]:
            return ""
        return QCoreApplication.translate("WhenField", "{day}: {years} years ago.").format(
            day=long_day(date(*day.getDate())), years=years
        )

    def _zone_remark(self) -> str:
        """Return by which clock the time is told, as that is another one than here."""
        text = QCoreApplication.translate("WhenField", "Noted in another time zone ({zone}).")
        return text.format(zone=zone_text(self._original))

    @Slot()
    def _typed(self) -> None:
        refusal, remark = self.refusal, self._remark()
        reason = refusal or remark
        look(self.reason, "strong" if remark and not refusal else "rest")
        if not reason and self._zone is not None:
            reason = self._zone_remark()
            look(self.reason, "small")
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for field in (self.day, self.time):
            field.setAccessibleDescription(reason)
        self.changed.emit()
