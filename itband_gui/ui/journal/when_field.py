"""When something was: a day and time by the clock that told it, never in the future."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QTime, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.journal.entries import YEARS
from itband_gui.ui.formats import long_day
from itband_gui.ui.journal import refusals
from itband_gui.ui.journal.calendar_button import CalendarButton
from itband_gui.ui.journal.day_field import DayField
from itband_gui.ui.journal.stepper import Stepper
from itband_gui.ui.journal.time_field import TimeField
from itband_gui.ui.journal.typed_day import write_day
from itband_gui.ui.journal.typed_time import write_time
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
        self.time = TimeField(_clock(at))
        self._shown = (self.day.last, self.time.last)
        self.reason = TextLabel(name="rest")
        room = self.reason.sizePolicy()  # kept for it, so that nothing moves while one types
        room.setRetainSizeWhenHidden(True)
        self.reason.setSizePolicy(room)
        self.day.value_changed.connect(self._typed)
        self.time.value_changed.connect(self._typed)
        self._lay_out(name)
        self._typed()

    @property
    def moment(self) -> datetime:
        """The time, to be asked only without a refusal; exactly as it was if untouched."""
        day, clock = self.day.last, self.time.last
        if (day, clock) == self._shown:
            return self._original
        at = QTime(clock.hour, clock.minute, clock.second)
        return from_local(day, at, self._zone, self._original.utcoffset())

    @property
    def refusal(self) -> str:
        """Why this time cannot be, or ""."""
        day = self.day.value
        if day is None:
            return refusals.no_day(write_day(self._today()))
        if day.year() < YEARS.low:
            return refusals.too_early()
        if self.time.value is None:
            return refusals.no_time(write_time(_clock(self._now())))
        if day > self._today().addDays(1) or self.moment > self._now() + _LENIENCE:
            return refusals.in_the_future()
        return ""

    def _lay_out(self, name: str) -> None:
        day = QCoreApplication.translate("WhenField", "{name}: day").format(name=name)
        clock = QCoreApplication.translate("WhenField", "{name}: time").format(name=name)
        self.calendar = CalendarButton(self.day, name, self._today)
        days = Stepper(self.day, day, self.day.step)
        self.earlier = days.less
        fields = WrappingRow([days, self.calendar, Stepper(self.time, clock, self.time.step)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        box.addWidget(fields)
        box.addWidget(self.reason)

    def _today(self) -> QDate:
        now = self._now()
        return QDate(now.year, now.month, now.day)

    def _remark(self) -> str:
        """Return what to know of a time that was skipped, or of a day that is years ago, or ""."""
        moment = self.moment
        if moment is not self._original and moment.time() != self.time.last:
            return QCoreApplication.translate(
                "WhenField", "The clocks went forward then, so this is saved as {time}."
            ).format(time=write_time(moment.time()))
        day = self.day.last
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
        refusal = self.refusal
        remark = "" if refusal else self._remark()
        has_zone = self._zone is not None and not refusal and not remark
        zone = self._zone_remark() if has_zone else ""
        reason = refusal or remark or zone
        look(self.reason, "strong" if remark else "small" if zone else "rest")
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for field in (self.day, self.time):
            field.setAccessibleDescription(reason)
        self.changed.emit()


def _clock(moment: datetime) -> time:
    """Return the time of day without what nobody types."""
    return time(moment.hour, moment.minute, moment.second)
