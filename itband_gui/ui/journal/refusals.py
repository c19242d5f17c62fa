"""Every sentence that the journal page says when it does not take something."""

from PySide6.QtCore import QCoreApplication

from itband_gui.journal.check import EntryInvalidError, Wrong
from itband_gui.journal.entries import NOTE_LENGTH, YEARS, Span
from itband_gui.ui.formats import number_locale


def in_the_future() -> str:
    """Say that a time has not come yet."""
    return QCoreApplication.translate(
        "JournalRefusals", "This is in the future. Choose now or an earlier time."
    )


def no_day(today: str) -> str:
    """Say that a text is no day; `today` shows how one is written."""
    return QCoreApplication.translate(
        "JournalRefusals", "This is not a date. Write it like {today}."
    ).format(today=today)


def no_time(now: str) -> str:
    """Say that a text is no time of day; `now` shows how one is written."""
    return QCoreApplication.translate(
        "JournalRefusals", "This is not a time of day. Write it like {now}."
    ).format(now=now)


def too_early() -> str:
    """Say that a date is absurdly long ago."""
    return QCoreApplication.translate(
        "JournalRefusals", "The journal begins in {year}. Choose a later date."
    ).format(year=YEARS.low)


def over_before_it_began() -> str:
    """Say that a warning sign cannot be over before it began."""
    return QCoreApplication.translate(
        "JournalRefusals", "It cannot be over before it began. Choose a later time."
    )


def note_too_long(length: int) -> str:
    """Say by how much a note of `length` characters is too long."""
    return QCoreApplication.translate(
        "JournalRefusals", "A note can have {limit} characters; {over} must go."
    ).format(limit=_number(NOTE_LENGTH.high), over=_number(length - NOTE_LENGTH.high))


def paste_too_long(length: int) -> str:
    """Say that a text of `length` characters was not pasted."""
    return QCoreApplication.translate(
        "JournalRefusals",
        "Not pasted: that text has {length} characters, and a note can have {limit}.",
    ).format(length=_number(length), limit=_number(NOTE_LENGTH.high))


def run_day() -> str:
    """Say that a day with a run is no rest day."""
    return QCoreApplication.translate(
        "JournalRefusals", "There is a run in the journal on that day. Choose another day."
    )


def no_leg() -> str:
    """Say that the leg is missing."""
    return QCoreApplication.translate("JournalRefusals", "Choose a leg.")


def no_score() -> str:
    """Say that the score is missing."""
    return QCoreApplication.translate("JournalRefusals", "Choose a score.")


def no_minutes() -> str:
    """Say that the length of a run is missing."""
    return QCoreApplication.translate("JournalRefusals", "Say how long the run was.")


def no_effort() -> str:
    """Say that the effort is missing."""
    return QCoreApplication.translate("JournalRefusals", "Say how hard the run was.")


def no_sport() -> str:
    """Say that the sport of an activity is missing."""
    return QCoreApplication.translate("JournalRefusals", "Choose a sport.")


def no_activity_minutes() -> str:
    """Say that the length of an activity is missing."""
    return QCoreApplication.translate("JournalRefusals", "Say how long it took.")


def no_activity_effort() -> str:
    """Say that the effort of an activity is missing."""
    return QCoreApplication.translate("JournalRefusals", "Say how hard it was.")


def no_number(name: str, span: Span, *, decimals: bool) -> str:
    """Say what a field of that name takes."""
    text = (
        QCoreApplication.translate(
            "JournalRefusals", "{name}: a number from {low} to {high}, with two decimals at most."
        )
        if decimals
        else QCoreApplication.translate(
            "JournalRefusals", "{name}: a whole number from {low} to {high}."
        )
    )
    return text.format(name=name, low=_number(span.low), high=_number(span.high))


def refused(error: EntryInvalidError) -> str:
    """Say why the journal itself did not take an entry."""
    if error.code is Wrong.IN_THE_FUTURE:
        return in_the_future()
    if error.code is Wrong.TOO_EARLY:
        return too_early()
    if error.code is Wrong.NOT_TEXT:
        return QCoreApplication.translate(
            "JournalRefusals", "There are characters in it that cannot be saved. Remove them."
        )
    if error.allowed is None:
        return QCoreApplication.translate(
            "JournalRefusals", "The journal did not take this ({field})."
        ).format(field=error.field)
    return QCoreApplication.translate(
        "JournalRefusals", "Between {low} and {high} is allowed here ({field})."
    ).format(low=_number(error.allowed.low), high=_number(error.allowed.high), field=error.field)


def _number(value: int) -> str:
    return number_locale().toString(value)
