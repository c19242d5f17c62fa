"""Sentences that describe entries, and say why one is refused."""

from datetime import date

import msgspec
from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import day_of
from itband_gui.journal.entries import (
    NOTE_LENGTH,
    YEARS,
    Activity,
    Ended,
    Entry,
    Limits,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Session,
    Sign,
)
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library
from itband_gui.safety.signs import ClosedBy, MassageRule, load_safety
from itband_gui.ui.text.dates import day_text_within, number_locale, short_day_text
from itband_gui.ui.text.words import leg_name, moment_name, place_name, sport_name
from itband_gui.wording.plain import quoted
from itband_gui.wording.signs import sign_text
from itband_gui.wording.when import within

_DOT = " · "


class EntryText(msgspec.Struct, frozen=True):
    """An entry in words.

    `lead` stands out; `detail` may be elided, but `tail` must stay readable.
    """

    lead: str
    detail: str = ""
    tail: str = ""
    urgent: bool = False

    @property
    def whole(self) -> str:
        """All words on one line."""
        return self.lead + self.detail + self.tail


def said(entry: Entry, library: Library, today: date) -> EntryText:
    """Return an entry in one line of words, without its time and note."""
    match entry:
        case Rating():
            return _rating(entry)
        case Session():
            return _session(entry, library)
        case Run():
            return _run(entry)
        case Activity():
            return _activity(entry)
        case RestDay():
            return EntryText(QCoreApplication.translate("JournalEntry", "Rest day"))
        case Sign():
            return _sign(entry, today)


def said_with_day(entry: Entry, library: Library, today: date) -> str:
    """Return an entry in one line of words, with its day if that is not today.

    A sign gets no day, as its own words already say since when it is over.
    """
    words, day = said(entry, library, today).whole, day_of(entry)
    if day == today or isinstance(entry, Sign):
        return words
    return QCoreApplication.translate("JournalEntry", "{entry} ({day})").format(
        entry=words, day=day_text_within(day, today)
    )


def routine_name(routine_id: str, library: Library) -> str:
    """Return a routine's name, or its id if the routine is gone."""
    routine = library.get(routine_id)
    return quoted(routine_id if routine is None else routine.content.name)


def duration(seconds: int) -> str:
    """Return "14 min"; under a minute, "45 s"."""
    if seconds < 60:
        return QCoreApplication.translate("JournalEntry", "{count} s").format(count=seconds)
    minutes = (seconds + 30) // 60
    return QCoreApplication.translate("JournalEntry", "{count} min").format(count=minutes)


def legs_text(legs: tuple[Leg, ...]) -> str:
    """Return "both legs", "left leg" or "right leg"."""
    if len(set(legs)) > 1:
        return QCoreApplication.translate("JournalEntry", "both legs")
    if legs[0] is Leg.LEFT:
        return QCoreApplication.translate("JournalEntry", "left leg")
    return QCoreApplication.translate("JournalEntry", "right leg")


def ended_text(ended: Ended) -> str:
    """Return how a session ended."""
    return {
        Ended.FINISHED: QCoreApplication.translate("JournalEntry", "finished"),
        Ended.STOPPED: QCoreApplication.translate("JournalEntry", "stopped"),
        Ended.ENDED_EARLY: QCoreApplication.translate("JournalEntry", "ended early"),
    }[ended]


def how_it_ended(session: Session) -> str:
    """Return how a session ended, with the reason and the leg if known."""
    reason = load_safety().stop.reason(session.stopped_for or None)
    if session.ended is not Ended.STOPPED or (reason is None and not session.stopped_leg):
        return ended_text(session.ended)
    hurt = QCoreApplication.translate("JournalEntry", "it hurt")
    why = within(reason.text) if reason else hurt
    text = QCoreApplication.translate("JournalEntry", "stopped ({reason})")
    if session.stopped_leg is Leg.LEFT:
        text = QCoreApplication.translate("JournalEntry", "stopped (left leg: {reason})")
    elif session.stopped_leg is Leg.RIGHT:
        text = QCoreApplication.translate("JournalEntry", "stopped (right leg: {reason})")
    return text.format(reason=why)


def _rating(rating: Rating) -> EntryText:
    score = QCoreApplication.translate("JournalEntry", "{score} out of 10")
    score = score.format(score=rating.score)
    details = [] if rating.moment is Moment.OTHER else [moment_name(rating.moment)]
    if rating.places:
        details.append(", ".join(map(place_name, rating.places)))
    lead = f"{leg_name(rating.leg)}{_DOT}{score}"
    return EntryText(lead, "".join(_DOT + detail for detail in details))


def _session(session: Session, library: Library) -> EntryText:
    detail = QCoreApplication.translate(
        "JournalEntry", ": {routine}, {legs}, {time} hands on, {ended}"
    ).format(
        routine=routine_name(session.routine, library),
        legs=legs_text(session.legs),
        time=duration(session.hands_on_seconds),
        ended=how_it_ended(session),
    )
    return EntryText(QCoreApplication.translate("JournalEntry", "Session"), detail)


def _run(run: Run) -> EntryText:
    parts = [duration(run.minutes * 60)]
    if run.distance_km is not None:
        distance = number_locale().toString(run.distance_km, "g", 4)
        km = QCoreApplication.translate("JournalEntry", "{distance} km")
        parts.append(km.format(distance=distance))
    parts.append(_effort(run.effort))
    if run.worst is not None:
        worst = QCoreApplication.translate("JournalEntry", "soreness up to {worst} out of 10")
        parts.append(worst.format(worst=run.worst))
    if run.changed_stride:
        parts.append(QCoreApplication.translate("JournalEntry", "changed stride"))
    detail = QCoreApplication.translate("JournalEntry", ": {run}").format(run=", ".join(parts))
    return EntryText(QCoreApplication.translate("JournalEntry", "Run"), detail)


def _activity(done: Activity) -> EntryText:
    parts = (sport_name(done.sport), duration(done.minutes * 60), _effort(done.effort))
    detail = QCoreApplication.translate("JournalEntry", ": {activity}")
    return EntryText(
        QCoreApplication.translate("JournalEntry", "Activity"),
        detail.format(activity=", ".join(parts)),
    )


def _effort(effort: int) -> str:
    text = QCoreApplication.translate("JournalEntry", "effort {effort} out of 10")
    return text.format(effort=effort)


def _sign(sign: Sign, today: date) -> EntryText:
    lead = QCoreApplication.translate("JournalEntry", "Warning sign")
    detail = QCoreApplication.translate("JournalEntry", ": {sign}")
    if sign.leg is Leg.LEFT:
        detail = QCoreApplication.translate("JournalEntry", ", left leg: {sign}")
    elif sign.leg is Leg.RIGHT:
        detail = QCoreApplication.translate("JournalEntry", ", right leg: {sign}")
    detail = detail.format(sign=sign_text(sign.sign))
    if sign.resolved is None:
        tail = QCoreApplication.translate("JournalEntry", ", open")
        return EntryText(lead, detail, tail, urgent=True)
    rule = load_safety().sign(sign.sign)
    if sign.resolution is Resolution.CLINICIAN_AGREED:
        tail = QCoreApplication.translate("JournalEntry", ", cleared by a clinician on {day}")
        if rule is not None and rule.massage is MassageRule.ASK:
            tail = QCoreApplication.translate("JournalEntry", ", a clinician agreed on {day}")
    elif rule is not None and rule.closes is ClosedBy.SEEN:
        tail = QCoreApplication.translate("JournalEntry", ", gone since {day}")
    else:
        tail = QCoreApplication.translate("JournalEntry", ", over since {day}")
    return EntryText(lead, detail, tail.format(day=short_day_text(sign.resolved.date(), today)))


def in_the_future() -> str:
    """Say that a time has not come yet."""
    return QCoreApplication.translate(
        "JournalRefusals", "This is in the future. Choose now or an earlier time."
    )


def no_day(today: str) -> str:
    """Say that a text is not a day; `today` is an example."""
    return QCoreApplication.translate(
        "JournalRefusals", "This is not a date. Write it like {today}."
    ).format(today=today)


def no_time(now: str) -> str:
    """Say that a text is not a time of day; `now` is an example."""
    return QCoreApplication.translate(
        "JournalRefusals", "This is not a time of day. Write it like {now}."
    ).format(now=now)


def too_early() -> str:
    """Say that a date is too long ago."""
    return QCoreApplication.translate(
        "JournalRefusals", "Dates before {year} are not accepted. Choose a later one."
    ).format(year=YEARS.low)


def over_before_it_began() -> str:
    """Say that a warning sign cannot end before it began."""
    return QCoreApplication.translate(
        "JournalRefusals", "It can’t end before it began. Choose a later time."
    )


def note_too_long(length: int) -> str:
    """Say how many characters a note of `length` characters is too long."""
    return QCoreApplication.translate(
        "JournalRefusals", "A note can have up to {limit} characters. Remove {over}."
    ).format(limit=_number(NOTE_LENGTH.high), over=_number(length - NOTE_LENGTH.high))


def paste_too_long(length: int) -> str:
    """Say that a text of `length` characters was not pasted."""
    return QCoreApplication.translate(
        "JournalRefusals",
        "Not pasted: that text has {length} characters, and a note can have up to {limit}.",
    ).format(length=_number(length), limit=_number(NOTE_LENGTH.high))


def run_day() -> str:
    """Say that a day with a run cannot be a rest day."""
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
    return QCoreApplication.translate("JournalRefusals", "Enter how long the run was.")


def no_effort() -> str:
    """Say that the effort is missing."""
    return QCoreApplication.translate("JournalRefusals", "Enter how hard the run was.")


def no_sport() -> str:
    """Say that the sport of an activity is missing."""
    return QCoreApplication.translate("JournalRefusals", "Choose a sport.")


def no_activity_minutes() -> str:
    """Say that the length of an activity is missing."""
    return QCoreApplication.translate("JournalRefusals", "Enter how long it took.")


def no_activity_effort() -> str:
    """Say that the effort of an activity is missing."""
    return QCoreApplication.translate("JournalRefusals", "Enter how hard it was.")


def no_number(name: str, span: Limits, *, decimals: bool) -> str:
    """Say which numbers the field `name` accepts."""
    text = (
        QCoreApplication.translate(
            "JournalRefusals", "{name}: a number from {low} to {high}, with at most two decimals."
        )
        if decimals
        else QCoreApplication.translate(
            "JournalRefusals", "{name}: a whole number from {low} to {high}."
        )
    )
    return text.format(name=name, low=_number(span.low), high=_number(span.high))


def _number(value: int) -> str:
    return number_locale().toString(value)
