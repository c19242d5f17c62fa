"""Days as one speaks of them; the week around today goes by its names."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from itband_gui.insight.days import WEEK_DAYS, day_of
from itband_gui.journal.entries import Entry, Run
from itband_gui.ui.local_time import short_day_text

_DAY = timedelta(days=1)


def day_name(day: date, today: date) -> str:
    """Return "today", "yesterday", "tomorrow", "Friday" or "12 Nov"."""
    near = _near(day, today)
    if near:
        return near
    if abs((day - today).days) < WEEK_DAYS:
        return QLocale().dayName(day.isoweekday())
    return short_day_text(day, today)


def on_day(day: date, today: date) -> str:
    """Return "today", "yesterday", "tomorrow", "on Friday" or "on 12 Nov"."""
    near = _near(day, today)
    if near:
        return near
    return QCoreApplication.translate("When", "on {day}").format(day=day_name(day, today))


def on_run(entries: Sequence[Entry], day: date, today: date) -> str:
    """Return "on Friday's run"; a run that was rated but not logged is of the day of its rating."""
    if not any(isinstance(entry, Run) for entry in entries):
        return QCoreApplication.translate("When", "on the run that you rated {day}").format(
            day=on_day(day, today)
        )
    if day == today:
        return QCoreApplication.translate("When", "on today’s run")
    if day == today - _DAY:
        return QCoreApplication.translate("When", "on yesterday’s run")
    if (today - day).days < WEEK_DAYS:
        return QCoreApplication.translate("When", "on {weekday}’s run").format(
            weekday=day_name(day, today)
        )
    return QCoreApplication.translate("When", "on the run of {day}").format(
        day=day_name(day, today)
    )


def day_by_today(entry: Entry, today: date) -> date:
    """Return an entry's day; one written further east, "tomorrow", is of today."""
    return min(day_of(entry), today)


def begin(text: str) -> str:
    """Return a sentence with its first letter made a capital."""
    return text[:1].upper() + text[1:]


def _near(day: date, today: date) -> str:
    if day == today:
        return QCoreApplication.translate("When", "today")
    if day == today - _DAY:
        return QCoreApplication.translate("When", "yesterday")
    if day == today + _DAY:
        return QCoreApplication.translate("When", "tomorrow")
    return ""
