"""A button that opens a calendar for a day field."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDate, QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCalendarWidget,
    QDialog,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
)

from itband_gui.journal.entries import YEARS
from itband_gui.ui.formats import first_day, words
from itband_gui.ui.journal.day_field import DayField
from itband_gui.ui.style import SPACE

# Qt paints the bar behind month and year in the highlight colour, which shows at their corners.
_CALM = "QWidget#qt_calendar_navigationbar { background: palette(window); }"
_FRAME_EM = 12  # letters M: what a window's frame needs beside its title, at most; our choice
_FADED = 0.5  # opacity of what cannot be chosen; our choice


class _Calendar(QCalendarWidget):
    """Greys the days that cannot be chosen, which Qt leaves as dark as all others."""

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
    """Sets the day of `field`, to `today` at the latest."""

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
        """Show the calendar; a click on a day, or Enter, takes it."""
        window = QDialog(self)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.accessibleName()
        window.setWindowTitle(title)
        # The frame shows a title only as wide as the window, beside its own buttons.
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
        calendar.setDateEditEnabled(False)  # Qt takes "2025" typed here for 20 December
        weekend = QTextCharFormat()  # as any other day: red means something else here
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, weekend)
        calendar.setDateRange(QDate(YEARS.low, 1, 1), self._today())
        calendar.setSelectedDate(self._field.last)
        return calendar

    def _take(self, day: QDate, window: QDialog) -> None:
        self._field.show_value(day)
        window.accept()


def _name_parts(calendar: QCalendarWidget, name: str) -> None:
    """Name what Qt made of several parts and left without names for screen readers."""
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
