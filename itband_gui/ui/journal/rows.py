"""The rows of the list: entries newest first, each day under its heading."""

from collections.abc import Iterable, Sequence
from datetime import date

from itband_gui.journal.entries import Entry
from itband_gui.ui.local_time import day_start, local_date

Row = date | Entry  # a heading, or an entry of that day


def rows_of(newest_first: Iterable[Entry]) -> list[Row]:
    """Return headings and entries; the local zone is asked once a day, not once an entry."""
    rows: list[Row] = []
    start = None
    for entry in newest_first:
        if start is None or entry.at < start:
            day = local_date(entry.at)
            start = day_start(entry.at)
            rows.append(day)
        rows.append(entry)
    return rows


def changed_span(old: Sequence[Row], new: Sequence[Row]) -> tuple[int, int, int]:
    """Return (first, old end, new end): outside of these, both are the same row by row."""
    shorter = min(len(old), len(new))
    first = 0
    while first < shorter and old[first] == new[first]:
        first += 1
    same = 0
    while same < shorter - first and old[-1 - same] == new[-1 - same]:
        same += 1
    return first, len(old) - same, len(new) - same
