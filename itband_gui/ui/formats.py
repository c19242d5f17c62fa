"""How days, times and numbers are written: in the program's words, in the user's order and signs.

The names of days and months, AM and PM are those of the language of the texts, and the digits too:
what Qt's own locale says would stand in the middle of an English sentence. Which order a date has,
12 or 24 hours, the decimal sign and the first day of the week are the user's, by the system.
"""

import re
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, QTime

_QUOTED = r"'[^']*'"  # no compiled pattern here or below: a start can do without
_NARROW_SPACE = "\u202f"  # before AM and PM, as Qt itself has it
_SIGNS = r"[^dMy./\- ]"  # what is no part of a date in digits


def words() -> QLocale:
    """Return the locale of the language of the texts; a translation brings its own."""
    code = QCoreApplication.translate("Language", "en", "the code of this language, such as pt_BR")
    return QLocale(code)


def number_locale() -> QLocale:
    """Return the locale that writes numbers: the user's, unless its digits are others."""
    user = QLocale()
    return user if user.zeroDigit() == words().zeroDigit() else words()


def day_as(day: date, pattern: str) -> str:
    """Return a day by a pattern of Qt's, such as "ddd d MMMM"."""
    return words().toString(QDate(day.year, day.month, day.day), pattern)


def long_day(day: date) -> str:
    """Return "Thursday, 19 November 2026", or as the user's order is."""
    pattern = in_order(
        QCoreApplication.translate("JournalDays", "dddd, d MMMM yyyy"),
        QCoreApplication.translate("JournalDays", "dddd, MMMM d, yyyy"),
        QCoreApplication.translate("JournalDays", "dddd, yyyy MMMM d"),
    )
    return day_as(day, pattern)


def in_order(day_first: str, month_first: str, year_first: str) -> str:
    """Return the one of three patterns that has the user's order of a date in words."""
    return {"Mdy": month_first, "yMd": year_first}.get(_order(), day_first)


def _order() -> str:
    pattern = re.sub(_QUOTED, "", QLocale().dateFormat(QLocale.FormatType.LongFormat))
    pattern = re.sub(r"d{3,}", "", pattern)  # the name of the weekday
    return "".join(sorted("dMy", key=pattern.find))


def digits_pattern() -> str:
    """Return the user's pattern of a date in digits, "dd.MM.yy", without words and marks."""
    pattern = re.sub(_QUOTED, "", QLocale().dateFormat(QLocale.FormatType.ShortFormat))
    return re.sub(_SIGNS, "", pattern).strip()


def clock_time(hour: int, minute: int) -> str:
    """Return "07:10", "7.10" or "7:10 AM", as the user's times are."""
    return words().toString(QTime(hour, minute), time_pattern())


def time_pattern() -> str:
    """Return the pattern of `clock_time`."""
    pattern = re.sub(_QUOTED, "", QLocale().timeFormat(QLocale.FormatType.ShortFormat))
    sign = "." if re.search(r"[hH]\.m", pattern) else ":"
    if "a" in pattern.lower():
        return f"h{sign}mm{_NARROW_SPACE}AP"
    return f"HH{sign}mm" if "HH" in pattern or "hh" in pattern else f"H{sign}mm"


def first_day() -> Qt.DayOfWeek:
    """Return with which day the user's week begins."""
    return QLocale().firstDayOfWeek()
