"""A button that opens a calendar for a date field."""

from PySide6.QtCore import QCoreApplication, QDate, Qt, Slot
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QDialog, QPushButton, QVBoxLayout

from itband_gui.ui.style import SPACE


class CalendarButton(QPushButton):
    """Sets the day of `field`."""

    def __init__(self, field: QDateEdit, name: str) -> None:
        super().__init__(QCoreApplication.translate("CalendarButton", "Calendar…"))
        self.setAccessibleName(
            QCoreApplication.translate("CalendarButton", "{name}: calendar").format(name=name)
        )
        self.setAutoDefault(False)
        self._field = field
        self.clicked.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Show the calendar; a click on a day, or Enter, takes it."""
        window = QDialog(self)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.setWindowTitle(self.accessibleName())
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        weekend = QTextCharFormat()  # as any other day: red means something else here
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, weekend)
        calendar.setSelectedDate(self._field.date())
        box = QVBoxLayout(window)
        box.setContentsMargins(SPACE["m"], SPACE["m"], SPACE["m"], SPACE["m"])
        box.addWidget(calendar)
        calendar.clicked.connect(lambda day: self._take(day, window))
        calendar.activated.connect(lambda day: self._take(day, window))
        calendar.setFocus()
        window.open()

    def _take(self, day: QDate, window: QDialog) -> None:
        self._field.setDate(day)
        window.accept()
