"""Days and times as people say them; days within a week of today go by their names."""

from collections.abc import Sequence
from datetime import date, datetime

from itband_gui.insight.days import DAY, WEEK_DAYS, day_of
from itband_gui.journal.entries import Entry, Run
from itband_gui.wording.translation import language, translate


def day_name(day: date, today: date) -> str:
    """Return "today", "yesterday", "tomorrow", "Friday" or "12 Nov"."""
    near = _near(day, today)
    if near:
        return near
    if abs((day - today).days) < WEEK_DAYS:
        return language().weekday(day)
    return language().short_day(day, today)


def on_day(day: date, today: date) -> str:
    """Return "today", "yesterday", "tomorrow", "on Friday" or "on 12 Nov"."""
    near = _near(day, today)
    if near:
        return near
    return translate("When", "on {day}").format(day=day_name(day, today))


def until_text(moment: datetime, now: datetime) -> str:
    """Return when something is over: "midnight", "the end of Friday", "tomorrow at 18:30"."""
    moment = moment.astimezone(now.tzinfo)  # future times are in local time
    if moment.hour == moment.minute == 0:
        last = (moment - DAY).date()
        if last == now.date():
            return translate("When", "midnight")
        return translate("When", "the end of {day}").format(day=day_name(last, now.date()))
    return translate("When", "{day} at {time}").format(
        day=day_name(moment.date(), now.date()), time=language().time(moment.hour, moment.minute)
    )


def on_run(entries: Sequence[Entry], day: date, today: date) -> str:
    """Return "on Friday's run"; a run rated but not logged has the day of its rating."""
    if not any(isinstance(entry, Run) for entry in entries):
        return translate("When", "on the run that you rated {day}").format(day=on_day(day, today))
    if day == today:
        return translate("When", "on today’s run")
    if day == today - DAY:
        return translate("When", "on yesterday’s run")
    if (today - day).days < WEEK_DAYS:
        return translate("When", "on {weekday}’s run").format(weekday=day_name(day, today))
    return translate("When", "on your run on {day}").format(day=day_name(day, today))


def day_by_today(entry: Entry, today: date) -> date:
    """Return an entry's day; if it was written further east and says tomorrow, return today."""
    return by_today(day_of(entry), today)


def by_today(day: date, today: date) -> date:
    """Return a day that an entry names; if it was written further east as tomorrow, today."""
    return today if day == today + DAY else day


def begin(text: str) -> str:
    """Return a sentence with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """Return a sentence with its first letter in lower case, for the middle of another."""
    return text[:1].lower() + text[1:]


def _near(day: date, today: date) -> str:
    if day == today:
        return translate("When", "today")
    if day == today - DAY:
        return translate("When", "yesterday")
    if day == today + DAY:
        return translate("When", "tomorrow")
    return ""
