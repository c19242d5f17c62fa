"""Dates, times and numbers in the user's format and time zone.

Local times use Qt's time zone, because Python's fails on Windows before 1970; `local_clock`
converts back.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt, QTime

from itband_gui.journal.entries import has_time
from itband_gui.machine.local_clock import local_instant

_QUOTED = r"'[^']*'"  # not compiled, here or below: a start does not need the patterns
_NARROW_SPACE = "\u202f"  # before AM and PM, as in Qt
_SIGNS = r"[^dMy./\- ]"  # characters that are not part of a date in digits


def words() -> QLocale:
    """Return the locale of the texts' language; each translation sets its own."""
    code = QCoreApplication.translate("Language", "en", "the code of this language, such as pt_BR")
    return QLocale(code)


def number_locale() -> QLocale:
    """Return the locale for numbers: the user's, unless its digits differ from the texts'."""
    user = QLocale()
    return user if user.zeroDigit() == words().zeroDigit() else words()


def day_as(day: date, pattern: str) -> str:
    """Return a day in one of Qt's patterns, such as "ddd d MMMM"."""
    return words().toString(QDate(day.year, day.month, day.day), pattern)


def long_day(day: date) -> str:
    """Return "Thursday, 19 November 2026", in the user's order."""
    pattern = in_order(
        QCoreApplication.translate("JournalDays", "dddd, d MMMM yyyy"),
        QCoreApplication.translate("JournalDays", "dddd, MMMM d, yyyy"),
        QCoreApplication.translate("JournalDays", "dddd, yyyy MMMM d"),
    )
    return day_as(day, pattern)


def in_order(day_first: str, month_first: str, year_first: str) -> str:
    """Return the pattern in the user's order of a date in words."""
    return {"Mdy": month_first, "yMd": year_first}.get(_order(), day_first)


def _order() -> str:
    pattern = re.sub(_QUOTED, "", QLocale().dateFormat(QLocale.FormatType.LongFormat))
    pattern = re.sub(r"d{3,}", "", pattern)  # the name of the weekday
    return "".join(sorted("dMy", key=pattern.find))


def digits_pattern() -> str:
    """Return the user's pattern for a date in digits, such as "dd.MM.yy", without other text."""
    pattern = re.sub(_QUOTED, "", QLocale().dateFormat(QLocale.FormatType.ShortFormat))
    return re.sub(_SIGNS, "", pattern).strip()


def clock_time(hour: int, minute: int) -> str:
    """Return "07:10", "7.10" or "7:10 AM", as the user writes times."""
    return words().toString(QTime(hour, minute), time_pattern())


def time_pattern() -> str:
    """Return the pattern of `clock_time`."""
    pattern = re.sub(_QUOTED, "", QLocale().timeFormat(QLocale.FormatType.ShortFormat))
    sign = "." if re.search(r"[hH]\.m", pattern) else ":"
    if "a" in pattern.lower():
        return f"h{sign}mm{_NARROW_SPACE}AP"
    return f"HH{sign}mm" if "HH" in pattern or "hh" in pattern else f"H{sign}mm"


def first_day() -> Qt.DayOfWeek:
    """Return the first day of the user's week."""
    return QLocale().firstDayOfWeek()


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local(moment: datetime) -> QDateTime:
    """Return an aware time in the local zone."""
    return QDateTime.fromSecsSinceEpoch((moment - _EPOCH) // timedelta(seconds=1))


def local_date(moment: datetime) -> date:
    """Return the local date of an aware time."""
    return _plain_date(local(moment).date())


def from_local(
    day: QDate, clock: QTime, zone: tzinfo | None = None, offset: timedelta | None = None
) -> datetime:
    """Return a day and time as an aware time, in the local zone if `zone` is None.

    If a local time occurs twice, the one with `offset` is meant, or else the first. The year must
    be in Python's range.
    """
    time_of_day = time(clock.hour(), clock.minute(), clock.second())
    wall = datetime.combine(_plain_date(day), time_of_day)
    return local_instant(wall, offset) if zone is None else wall.replace(tzinfo=zone)


def time_text(moment: datetime) -> str:
    """Return the local time of day, "07:10"."""
    here = local(moment).time()
    return clock_time(here.hour(), here.minute())


def noted_time_text(at: datetime) -> str:
    """Return an entry's time of day by its own clock; "" if it has only a day."""
    if not has_time(at):
        return ""
    return clock_time(at.hour, at.minute)


def zoned_time_text(at: datetime) -> str:
    """Return an entry's time of day, such as "07:10, UTC+13" if it is from another time zone."""
    text = noted_time_text(at)
    if not text or is_of_this_clock(at):
        return text
    return QCoreApplication.translate("JournalDays", "{time}, {zone}").format(
        time=text, zone=zone_text(at)
    )


def is_of_this_clock(at: datetime) -> bool:
    """Whether the local clock showed the same time then, or would store it the same."""
    here = timedelta(seconds=local(at).offsetFromUtc())
    return at.utcoffset() in (here, local_instant(at.replace(tzinfo=None)).utcoffset())


def day_text(day: date, today: date) -> str:
    """Return "Today", "Yesterday" or the long date."""
    if day == today:
        return QCoreApplication.translate("JournalDays", "Today")
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("JournalDays", "Yesterday")
    return long_day(day)


def day_text_within(day: date, today: date) -> str:
    """Return a day for use within a sentence: "today", "yesterday" or the long date."""
    text = day_text(day, today)
    return text.lower() if today - timedelta(days=1) <= day <= today else text


def short_day_text(day: date, today: date) -> str:
    """Return "12 Nov" or "Nov 12", as in the user's locale, with the year if it is another one."""
    if day.year == today.year:
        month_first = QCoreApplication.translate("JournalDays", "MMM d")
        day_first = QCoreApplication.translate("JournalDays", "d MMM")
        return day_as(day, in_order(day_first, month_first, month_first))
    pattern = in_order(
        QCoreApplication.translate("JournalDays", "d MMM yyyy"),
        QCoreApplication.translate("JournalDays", "MMM d, yyyy"),
        QCoreApplication.translate("JournalDays", "yyyy MMM d"),
    )
    return day_as(day, pattern)


def zone_text(at: datetime) -> str:
    """Return an entry's UTC offset, such as "UTC+13" or "UTC+5:30"."""
    minutes = (at.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    sign = "\u2212" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _plain_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
