"""The journal as a table for spreadsheets: one row an entry, all kinds, nothing left out.

UTF-8 with a byte order mark, without which Excel takes it for another encoding; every text in
quotes, every number bare; commas between the cells, or semicolons where a comma is the decimal
one. `csv_reading` reads it back, and tables typed by hand.
"""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from itband_gui.journal.csv_cells import harmless
from itband_gui.journal.entries import Entry, Work

ENCODING = "utf-8-sig"
COLUMNS = (
    *("at", "date", "kind", "leg"),
    *("moment", "score", "places", "session"),
    *("sport", "minutes", "effort", "distance_km", "worst", "changed_stride"),
    *("routine", "work", "hands_on_seconds", "total_seconds"),
    *("skipped", "repeated", "eased", "ended", "stopped_for", "stopped_leg"),
    *("sign", "resolved", "resolution"),
    *("note", "id", "rev", "was"),
)
MARK_SIGN = "#"  # before a mark of an earlier version, or a spreadsheet takes some for numbers


class _DecimalComma(float):
    """A number that is written with a decimal comma."""

    def __str__(self) -> str:
        return float.__repr__(self).replace(".", ",")


def write_csv(entries: Iterable[Entry], *, semicolons: bool = False) -> bytes:
    """Return the whole table. The `date` is there to sort and draw by; `at` is what counts.

    `semicolons`: between the cells, with decimal commas, as spreadsheets want them in languages
    that write 7,5.
    """
    text = io.StringIO(newline="")
    separator = ";" if semicolons else ","
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    for entry in entries:
        cells = [_cell(entry, column) for column in COLUMNS]
        if semicolons:
            cells = [_DecimalComma(cell) if isinstance(cell, float) else cell for cell in cells]
        writer.writerow(cells)
    return text.getvalue().encode(ENCODING)


def _cell(entry: Entry, column: str) -> str | int | float:
    if column == "date":
        return entry.at.date().isoformat()
    if column == "leg":
        return ", ".join(entry.about)
    value: object = getattr(entry, column, None)
    if column == "work" and isinstance(value, tuple):
        return "; ".join(map(_work, value))
    if column == "was" and isinstance(value, tuple):
        return " ".join(f"{MARK_SIGN}{mark}" for mark in value)
    return _plain_cell(value)


def _plain_cell(value: object) -> str | int | float:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(value)
    return harmless(value) if isinstance(value, str) else ""


def _work(work: Work) -> str:
    return f"{work.leg} {work.zone} {work.technique} {work.strokes} strokes {work.seconds} s"
