"""The window's language: Qt's translations, and the user's numbers, days and times."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from itband_gui.ui.text.dates import clock_time, day_as, number_locale, short_day_text
from itband_gui.wording.translation import Language


class QtLanguage(Language):
    """Translates the texts of `wording` as the window translates its own."""

    def translate(self, context: str, text: str, comment: str, count: int) -> str:
        """Return a text as translated by Qt."""
        said = QCoreApplication.translate(context, text, comment, count)
        if "%Ln" not in text:
            return said
        # Qt writes the count in the user's own digits.
        return said.replace(QLocale().toString(count), number_locale().toString(count))

    def number(self, value: float) -> str:
        """Return a number without a sign, with at most two decimals: "1", "0.5", "1.25"."""
        return number_locale().toString(float(abs(value)), "g", 4)

    def count(self, value: int) -> str:
        """Return a whole number with its thousands apart: "10,000", "10.000"."""
        return number_locale().toString(value)

    def weekday(self, day: date) -> str:
        """Return "Friday"."""
        return day_as(day, "dddd")

    def short_day(self, day: date, today: date) -> str:
        """Return "12 Nov" or "Nov 12"."""
        return short_day_text(day, today)

    def time(self, hour: int, minute: int) -> str:
        """Return "07:10" or "7:10 AM"."""
        return clock_time(hour, minute)
