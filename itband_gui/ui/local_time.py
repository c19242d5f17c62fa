"""Times as the user's clock shows them, and back; an entry's time is told by its own clock.

Moments of this machine are shown in Qt's zone, because Python's fails on Windows for years before
1970; `local_clock` makes the way back.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QTime

from itband_gui.journal.entries import has_time
from itband_gui.local_clock import local_instant
from itband_gui.ui.formats import clock_time, day_as, in_order, long_day

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local(moment: datetime) -> QDateTime:
    """Return an aware time in the local zone."""
    return QDateTime.fromSecsSinceEpoch((moment - _EPOCH) // timedelta(seconds=1))


def local_date(moment: datetime) -> date:
    """Return the local day of an aware time."""
    return _plain_date(local(moment).date())


def from_local(
    day: QDate, clock: QTime, zone: tzinfo | None = None, offset: timedelta | None = None
) -> datetime:
    """Return a day and time in a zone, None for the one here, as an aware time.

    Of a time that is there twice here, the one with `offset` is meant, or else the first. Its year
    must be one that Python knows.
    """
    time_of_day = time(clock.hour(), clock.minute(), clock.second())
    wall = datetime.combine(_plain_date(day), time_of_day)
    return local_instant(wall, offset) if zone is None else wall.replace(tzinfo=zone)


def time_text(moment: datetime) -> str:
    """Return the local time of day, "07:10"."""
    here = local(moment).time()
    return clock_time(here.hour(), here.minute())


def noted_time_text(at: datetime) -> str:
    """Return an entry's time of day by its own clock; "" for a day without one."""
    if not has_time(at):
        return ""
    return clock_time(at.hour, at.minute)


def zoned_time_text(at: datetime) -> str:
    """Return an entry's time of day, "07:10, UTC+13" where another clock than this one told it."""
    text = noted_time_text(at)
    if not text or is_of_this_clock(at):
        return text
    return QCoreApplication.translate("JournalDays", "{time}, {zone}").format(
        time=text, zone=zone_text(at)
    )


def is_of_this_clock(at: datetime) -> bool:
    """Whether the clock here told the same at that time, or would be kept as that."""
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
    """Return a day as within a sentence: "today", "yesterday" or the long date as it is."""
    text = day_text(day, today)
    return text.lower() if today - timedelta(days=1) <= day <= today else text


def short_day_text(day: date, today: date) -> str:
    """Return "12 Nov", or "Nov 12" as the locale has it, with the year where it is another one."""
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
    """Return by which clock an entry's time is told: "UTC+13" or "UTC+5:30"."""
    minutes = (at.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    sign = "\u2212" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _plain_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
