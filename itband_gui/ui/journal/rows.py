"""The rows of the list: entries newest first, each day under its heading."""

from collections.abc import Iterable, Sequence
from datetime import date

from itband_gui.insight.days import day_of
from itband_gui.journal.entries import Entry

Row = date | Entry  # a heading, or an entry of that day


def rows_of(newest_first: Iterable[Entry]) -> list[Row]:
    """Return headings and entries, each entry under its own day.

    On a journey one day may begin before another has ended, so the days are put in order first.
    """
    rows: list[Row] = []
    shown = None
    for entry in sorted(newest_first, key=day_of, reverse=True):  # stable: each day newest first
        day = day_of(entry)
        if day != shown:
            rows.append(day)
            shown = day
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
