"""Times as the user's clock shows them, and back.

They are shown by Qt's zone, as Python's fails on Windows for years before 1970.
"""

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from itband_gui.local_clock import local_instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local(moment: datetime) -> QDateTime:
    """Return an aware time in the local zone."""
    return QDateTime.fromSecsSinceEpoch((moment - _EPOCH) // timedelta(seconds=1))


def local_date(moment: datetime) -> date:
    """Return the local day of an aware time."""
    return _plain_date(local(moment).date())


def from_local(day: QDate, clock: QTime) -> datetime:
    """Return a local day and time as an aware time; its year must be one that Python knows."""
    time_of_day = time(clock.hour(), clock.minute(), clock.second())
    return local_instant(datetime.combine(_plain_date(day), time_of_day))


def day_start(moment: datetime) -> datetime:
    """Return the first instant of the local day that `moment` lies in."""
    there = local(moment)
    guess = moment - timedelta(milliseconds=there.time().msecsSinceStartOfDay())
    midnight = local(guess)
    if midnight.date() == there.date() and midnight.time() == QTime(0, 0):
        return guess
    # The clocks were changed on that day. Qt's own answer is right always, but slow.
    return _EPOCH + timedelta(seconds=there.date().startOfDay().toSecsSinceEpoch())


def time_text(moment: datetime) -> str:
    """Return the local time of day, "07:10"."""
    return QLocale().toString(local(moment).time(), QLocale.FormatType.ShortFormat)


def noted_time_text(moment: datetime) -> str:
    """Return an entry's time of day; "" for midnight sharp, which stands for a day without one."""
    return "" if moment.time() == time.min else time_text(moment)


def day_text(day: date, today: date) -> str:
    """Return "Today", "Yesterday" or the long date."""
    if day == today:
        return QCoreApplication.translate("JournalDays", "Today")
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("JournalDays", "Yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def day_text_within(day: date, today: date) -> str:
    """Return a day as within a sentence: "today", "yesterday" or the long date as it is."""
    text = day_text(day, today)
    return text.lower() if today - timedelta(days=1) <= day <= today else text


def short_day_text(day: date, today: date) -> str:
    """Return "12 Nov", or "Nov 12" as the locale has it, with the year where it is another one."""
    order = QLocale().dateFormat(QLocale.FormatType.LongFormat).replace("dddd", "")  # weekday
    month_first = order.find("M") < order.find("d")
    if day.year == today.year:
        if month_first:
            pattern = QCoreApplication.translate("JournalDays", "MMM d")
        else:
            pattern = QCoreApplication.translate("JournalDays", "d MMM")
    elif not month_first:
        pattern = QCoreApplication.translate("JournalDays", "d MMM yyyy")
    elif order.find("y") < order.find("M"):
        pattern = QCoreApplication.translate("JournalDays", "yyyy MMM d")
    else:
        pattern = QCoreApplication.translate("JournalDays", "MMM d, yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def _plain_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
