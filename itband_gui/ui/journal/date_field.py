"""A date and time field: typed, stepped or picked from a calendar, never in the future."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from unicodedata import decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QRect, Qt, QTime, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCalendarWidget,
    QDialog,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from itband_gui.journal.clock_text import read_time
from itband_gui.journal.entries import YEARS
from itband_gui.ui.journal.fields import Stepper, TypedField
from itband_gui.ui.look.style import SPACE, look
from itband_gui.ui.text import entries
from itband_gui.ui.text.dates import (
    clock_time,
    digits_pattern,
    first_day,
    from_local,
    is_of_this_clock,
    long_day,
    words,
    zone_text,
)
from itband_gui.ui.widgets.layout import WrappingRow
from itband_gui.ui.widgets.text import TextLabel

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
_TIME_STEPS: dict[Qt.Key, Callable[[time], time]] = {
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
        super().__init__(clock, _TIME_STEPS)
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


_DAY_FIRST = re.compile(r"(\d{1,2})(?:\. ?| )(\d{1,2})(?:\. ?| )(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# Direction marks: some locales write them, but nobody types them.
_UNSEEN = re.compile("[\u200e\u200f]")


def read_day(text: str, today: QDate) -> QDate | None:
    """Return the day in `text`, or None if it cannot be read.

    Accepts the locale's short form (a two-digit year is never after `today`'s), `d.m.yyyy`,
    `d m yyyy` and ISO 8601's yyyy-mm-dd.
    """
    text = _tidy(text)
    short = _tidy(QLocale().dateFormat(QLocale.FormatType.ShortFormat))
    # A single letter accepts a leading zero but does not require it.
    forms = [re.sub(r"\bdd\b", "d", re.sub(r"\bMM\b", "M", f)) for f in (digits_pattern(), short)]
    for pattern in (each for form in forms for each in (_whole_year(form), form)):
        # Digits are ASCII by now; month names need the locale itself.
        for locale in (QLocale.c(), QLocale()):
            day = locale.toDate(text, pattern, today.year() - 99)
            if day.isValid():
                return day
    for known, order in ((_DAY_FIRST, (2, 1, 0)), (_ISO, (0, 1, 2))):
        found = known.fullmatch(text)
        if found:
            numbers = [int(each) for each in found.groups()]
            day = QDate(*(numbers[place] for place in order))
            return day if day.isValid() else None
    return None


def write_day(day: QDate) -> str:
    """Return the locale's short form, with ASCII digits and a four-digit year."""
    if QLocale().language() is QLocale.Language.C:  # no form of its own: Qt would give "22 11 2026"
        return day.toString(Qt.DateFormat.ISODate)
    return QLocale.c().toString(day, _whole_year(digits_pattern()))


def _whole_year(pattern: str) -> str:
    return pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")


def _tidy(text: str) -> str:
    """Return text without invisible marks and with ASCII digits, as Qt cannot read all others."""
    text = "".join(str(decimal(each)) if each.isdecimal() else each for each in text)
    return " ".join(_UNSEEN.sub("", text).split())


_DAY_STEPS: dict[Qt.Key, Callable[[QDate], QDate]] = {
    Qt.Key.Key_Up: lambda day: day.addDays(1),
    Qt.Key.Key_Down: lambda day: day.addDays(-1),
    Qt.Key.Key_PageUp: lambda day: day.addMonths(1),
    Qt.Key.Key_PageDown: lambda day: day.addMonths(-1),
}


class DayField(TypedField[QDate]):
    """A field for a day; arrow keys step by a day, Page Up and Page Down by a month."""

    def __init__(self, day: QDate, today: Callable[[], QDate]) -> None:
        super().__init__(day, _DAY_STEPS)
        self._today = today

    def step(self, days: int) -> None:
        """Move forward or back from the last valid day."""
        self.show_value(self.last.addDays(days))

    def _read(self, text: str) -> QDate | None:
        return read_day(text, self._today())

    def _written(self, value: QDate) -> str:
        return write_day(value)


# Qt paints the bar behind month and year in the highlight colour, visible at their corners.
_CALM = "QWidget#qt_calendar_navigationbar { background: palette(window); }"
_FRAME_EM = 12  # room for a window frame's buttons next to its title, in letters M; our choice
_FADED = 0.5  # opacity of days that cannot be chosen; our choice


class _Calendar(QCalendarWidget):
    """A calendar that greys out the days that cannot be chosen, which Qt does not."""

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate) -> None:  # noqa: N802 - Qt's name
        """Paint one day."""
        if self.minimumDate() <= day <= self.maximumDate():
            super().paintCell(painter, rect, day)
            return
        grey = self.palette().color(QPalette.ColorRole.PlaceholderText)
        grey.setAlphaF(_FADED)
        painter.save()
        painter.setPen(grey)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words().toString(day.day()))
        painter.restore()


class CalendarButton(QPushButton):
    """Set the day of `field`, up to `today`."""

    def __init__(self, field: DayField, name: str, today: Callable[[], QDate]) -> None:
        super().__init__(QCoreApplication.translate("CalendarButton", "Calendar…"))
        self.setAccessibleName(
            QCoreApplication.translate("CalendarButton", "{name}: calendar").format(name=name)
        )
        self.setAutoDefault(False)
        self._field, self._today = field, today
        self.clicked.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Show the calendar; a click on a day, or Enter, chooses it."""
        window = QDialog(self)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.accessibleName()
        window.setWindowTitle(title)
        # The frame cuts off a title that is wider than the window without the frame's buttons.
        em = window.fontMetrics().horizontalAdvance("M")
        window.setMinimumWidth(window.fontMetrics().horizontalAdvance(title) + _FRAME_EM * em)
        calendar = self._calendar()
        _name_parts(calendar, self.accessibleName())
        box = QVBoxLayout(window)
        box.setContentsMargins(SPACE["m"], SPACE["m"], SPACE["m"], SPACE["m"])
        box.addWidget(calendar)
        calendar.clicked.connect(lambda day: self._take(day, window))
        calendar.activated.connect(lambda day: self._take(day, window))
        calendar.setFocus()
        window.open()

    def _calendar(self) -> QCalendarWidget:
        calendar = _Calendar()
        calendar.setStyleSheet(_CALM)
        calendar.setLocale(words())
        calendar.setFirstDayOfWeek(first_day())
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setDateEditEnabled(False)  # Qt reads "2025" typed here as 20 December
        weekend = QTextCharFormat()  # like any other day, as red means something else here
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, weekend)
        calendar.setDateRange(QDate(YEARS.low, 1, 1), self._today())
        calendar.setSelectedDate(self._field.last)
        return calendar

    def _take(self, day: QDate, window: QDialog) -> None:
        self._field.show_value(day)
        window.accept()


def _name_parts(calendar: QCalendarWidget, name: str) -> None:
    """Name the parts of the calendar for screen readers, as Qt leaves them unnamed."""
    calendar.setAccessibleName(name)
    for days in calendar.findChildren(QAbstractItemView):
        days.setAccessibleName(name)
    year = QCoreApplication.translate("CalendarButton", "Year")
    names = {
        "qt_calendar_prevmonth": QCoreApplication.translate("CalendarButton", "Previous month"),
        "qt_calendar_nextmonth": QCoreApplication.translate("CalendarButton", "Next month"),
    }
    for each in calendar.findChildren(QToolButton):
        if each.objectName() in names:
            each.setAccessibleName(names[each.objectName()])
            each.setToolTip(names[each.objectName()])
    for spin in calendar.findChildren(QSpinBox):
        spin.setAccessibleName(year)
    for menu in calendar.findChildren(QMenu):
        menu.setAccessibleName(QCoreApplication.translate("CalendarButton", "Month"))


_USUAL_YEARS = 1  # calendar years; older days get a remark, as they may be slips; our choice
_LENIENCE = timedelta(minutes=1)  # into the future, as the journal itself allows


class WhenField(QWidget):
    """A day with a calendar and a time; shows why they are refused or may be slips."""

    changed = Signal()

    def __init__(self, name: str, at: datetime, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._original, self._now = at, now
        # An entry from another time zone keeps it.
        self._zone = None if is_of_this_clock(at) else at.tzinfo
        self.day = DayField(QDate(at.year, at.month, at.day), self._today)
        self.time = TimeField(_clock(at))
        self._shown = (self.day.last, self.time.last)
        self.reason = TextLabel(name="rest")
        room = self.reason.sizePolicy()  # kept free, so that nothing moves while typing
        room.setRetainSizeWhenHidden(True)
        self.reason.setSizePolicy(room)
        self.day.value_changed.connect(self._typed)
        self.time.value_changed.connect(self._typed)
        self._lay_out(name)
        self._typed()

    @property
    def moment(self) -> datetime:
        """The moment, unchanged if untouched; use it only without a refusal."""
        day, clock = self.day.last, self.time.last
        if (day, clock) == self._shown:
            return self._original
        at = QTime(clock.hour, clock.minute, clock.second)
        return from_local(day, at, self._zone, self._original.utcoffset())

    @property
    def refusal(self) -> str:
        """Why this time is refused, or ""."""
        day = self.day.value
        if day is None:
            return entries.no_day(write_day(self._today()))
        if day.year() < YEARS.low:
            return entries.too_early()
        if self.time.value is None:
            return entries.no_time(write_time(_clock(self._now())))
        if day > self._today().addDays(1) or self.moment > self._now() + _LENIENCE:
            return entries.in_the_future()
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
        """Return a remark on a skipped time or a day years ago, or ""."""
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
        """Name the entry's time zone, which is not the local one."""
        text = QCoreApplication.translate("WhenField", "Recorded in another time zone ({zone}).")
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
    """Return the time of day without fractions of a second."""
    return time(moment.hour, moment.minute, moment.second)
