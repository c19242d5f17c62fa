"""The entries that bear on today, out of many years."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from itband_gui.insight.days import DAY, WEEK_DAYS
from itband_gui.insight.evidence import LOOK_BACK_DAYS
from itband_gui.journal.entries import Entry, Moment, Rating, Run, Sign

# The light looks at each of the last three weeks' days as it was then.
_DAYS = LOOK_BACK_DAYS + 3 * WEEK_DAYS + 1


def bearing_on(entries: Sequence[Entry], now: datetime) -> list[Entry]:
    """Return the entries, given oldest first, that today's light and questions can look at.

    They are the last weeks, every older sign, and the first run: `readiness` and `due` answer the
    same to them as to all.
    """
    start = bisect_left(entries, now - _DAYS * DAY, key=lambda entry: entry.at)
    older = entries[:start]
    first_run = next((each for each in older if _tells_of_running(each)), None)
    signs = [each for each in older if isinstance(each, Sign)]
    return [*([first_run] if first_run else []), *signs, *entries[start:]]


def _tells_of_running(entry: Entry) -> bool:
    return isinstance(entry, Run) or (isinstance(entry, Rating) and entry.moment is Moment.LAST_RUN)
