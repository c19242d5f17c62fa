"""Which form an entry gets, and under what title."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from itband_gui.journal.entries import (
    RUN_MINUTES,
    SCORE,
    Activity,
    Entry,
    Kind,
    Moment,
    Rating,
    RestDay,
    Run,
    Session,
    Sign,
    Sport,
    new_id,
)
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library
from itband_gui.ui.journal.activity_form import ActivityForm
from itband_gui.ui.journal.form import EntryForm, Now
from itband_gui.ui.journal.plain_form import PlainForm
from itband_gui.ui.journal.rating_form import RatingForm
from itband_gui.ui.journal.run_form import RunForm
from itband_gui.ui.journal.sentences import said
from itband_gui.ui.journal.sign_form import SignForm


def form_to_add(kind: Kind, now: Now, leg: Leg | None = None) -> EntryForm:
    """Return an empty form for what a user adds; for a rating of `leg`, if that is known.

    Raises:
        ValueError: the program itself writes that kind.

    """
    at, entry_id = now(), new_id()
    match kind:
        case Kind.RATING:
            title = QCoreApplication.translate("EntryForms", "Add a rating")
            draft = Rating(id=entry_id, at=at, leg=Leg.LEFT, moment=Moment.OTHER, score=0)
            form = RatingForm(title, draft, now, new=True)
            if leg is not None:
                form.leg.choose(leg)
            return form
        case Kind.RUN:
            title = QCoreApplication.translate("EntryForms", "Add a run")
            run = Run(id=entry_id, at=at, minutes=RUN_MINUTES.low, effort=SCORE.low)
            return RunForm(title, run, now, new=True)
        case Kind.ACTIVITY:
            title = QCoreApplication.translate("EntryForms", "Add an activity")
            done = Activity(
                id=entry_id,
                at=at,
                sport=Sport.OTHER,
                minutes=RUN_MINUTES.low,
                effort=SCORE.low,
            )
            return ActivityForm(title, done, now, new=True)
        case Kind.REST_DAY:
            title = QCoreApplication.translate("EntryForms", "Add a rest day")
            return PlainForm(title, RestDay(id=entry_id, at=at), "", now)
    raise ValueError(kind)


def form_to_amend(entry: Entry, library: Library, today: date, now: Now) -> EntryForm:
    """Return a form filled with an entry."""
    match entry:
        case Rating():
            title = QCoreApplication.translate("EntryForms", "Change a rating")
            return RatingForm(title, entry, now, new=False)
        case Run():
            title = QCoreApplication.translate("EntryForms", "Change a run")
            return RunForm(title, entry, now, new=False)
        case Activity():
            title = QCoreApplication.translate("EntryForms", "Change an activity")
            return ActivityForm(title, entry, now, new=False)
        case RestDay():
            title = QCoreApplication.translate("EntryForms", "Change a rest day")
            return PlainForm(title, entry, "", now)
        case Session():
            title = QCoreApplication.translate("EntryForms", "Change a session's time or note")
            return PlainForm(title, entry, said(entry, library, today).whole, now)
        case Sign():
            return SignForm(QCoreApplication.translate("EntryForms", "Warning sign"), entry, now)
