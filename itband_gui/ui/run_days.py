"""A day with a run is no rest day: what that means for both, when one of them is kept.

An activity may stand beside a rest day, which is a day without a run.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import DAY, day_of
from itband_gui.journal.entries import Entry, Kind, Run
from itband_gui.ui.journal_link import JournalLink


class RunDayError(ValueError):
    """A rest day was to be kept on the day of a run."""


def same_day(link: JournalLink, entry: Entry, kind: Kind) -> Sequence[Entry]:
    """Return the entries of a kind on the day of an entry, each day by its own clock."""
    near = link.book.query(since=entry.at - 2 * DAY, kinds={kind})
    return [each for each in near if day_of(each) == day_of(entry)]


def keep_run(link: JournalLink, run: Run) -> tuple[Sequence[Entry], str]:
    """Keep a new run, and take back its day's rest day; return it as kept and what to say of that.

    Raises:
        EntryInvalidError: a field is not allowed, or it lies in the future.

    """
    rest_days = same_day(link, run, Kind.REST_DAY)
    kept = link.take([run], gone=[each.id for each in rest_days])
    if not rest_days:
        return kept, ""
    return kept, QCoreApplication.translate(
        "RunDays", "That day’s rest day was removed: a day with a run is no rest day."
    )
