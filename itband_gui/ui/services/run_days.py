"""Keeps days of runs and rest days apart: a day with a run is not a rest day."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import DAY, day_of
from itband_gui.journal.entries import Entry, Kind, Run
from itband_gui.ui.services.journal_link import JournalLink


class RunDayError(ValueError):
    """A rest day was to be saved on the day of a run."""


def same_day(link: JournalLink, entry: Entry, kind: Kind) -> Sequence[Entry]:
    """Return the entries of a kind on an entry's day, each by its own clock."""
    near = link.book.query(since=entry.at - 2 * DAY, kinds={kind})
    return [each for each in near if day_of(each) == day_of(entry)]


def keep_run(link: JournalLink, run: Run) -> tuple[Sequence[Entry], str]:
    """Save a new run and remove a rest day on its day; return the run and a remark on that.

    Raises:
        EntryInvalidError: a field is not allowed, or it is in the future.

    """
    rest_days = same_day(link, run, Kind.REST_DAY)
    kept = link.take([run], gone=[each.id for each in rest_days])
    if not rest_days:
        return kept, ""
    return kept, QCoreApplication.translate(
        "RunDays", "That day’s rest day was removed: a day with a run is not a rest day."
    )
