"""Entries that are dated in the future, as by a clock that was wrong once."""

from collections.abc import Sequence
from datetime import datetime

from itband_gui.insight.days import SKEW, day_of
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Entry
from itband_gui.wording.translation import language, translate


def ahead_of(book: Book, now: datetime) -> list[Entry]:
    """Return the entries that lie further in the future than two clocks differ, oldest first."""
    return book.query(since=now + SKEW)


def ahead_text(entries: Sequence[Entry], now: datetime) -> str:
    """Return how many entries there are in the future, and what to do; at least one is given."""
    day = language().short_day(day_of(entries[0]), now.date())
    if len(entries) == 1:
        text = translate(
            "Ahead",
            "One entry is dated in the future ({day}). Check this computer’s date, or change the "
            "date of the entry. Until then only a warning sign counts.",
        )
        return text.format(day=day)
    text = translate(
        "Ahead",
        "Entries dated in the future: {n}, the first on {day}. Check this computer’s date, or "
        "change the dates of the entries. Until then only warning signs among them count.",
    )
    return text.format(n=language().number(len(entries)), day=day)
