"""A day as people type it: read without guessing, written back in one way."""

import re
from unicodedata import decimal

from PySide6.QtCore import QDate, QLocale, Qt

from itband_gui.ui.formats import digits_pattern

_DAY_FIRST = re.compile(r"(\d{1,2})(?:\. ?| )(\d{1,2})(?:\. ?| )(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_UNSEEN = re.compile(
    "[\u200e\u200f]"
)  # direction marks: some locales write them, nobody types them


def read_day(text: str, today: QDate) -> QDate | None:
    """Return the day that `text` says, or None if it says none.

    Taken are the locale's short form (a year of two digits is never one after `today`'s),
    `d.m.yyyy`, `d m yyyy` and ISO 8601's yyyy-mm-dd.
    """
    text = _tidy(text)
    short = _tidy(QLocale().dateFormat(QLocale.FormatType.ShortFormat))
    # One letter takes the leading zero but does not ask for it.
    forms = [re.sub(r"\bdd\b", "d", re.sub(r"\bMM\b", "M", f)) for f in (digits_pattern(), short)]
    for pattern in (each for form in forms for each in (_whole_year(form), form)):
        # Digits are plain by now; the locale itself knows the names of months.
        for locale in (QLocale.c(), QLocale()):
            day = locale.toDate(text, pattern, today.year() - 99)
            if day.isValid():
                return day
    for known, order in ((_DAY_FIRST, (2, 1, 0)), (_ISO, (0, 1, 2))):
        found = known.fullmatch(text)
        if found:
            numbers = [int(each) for each in found.groups()]
            day = QDate(*(numbers[place] for place in order))
            return day if day.isValid() else None
    return None


def write_day(day: QDate) -> str:
    """Return the user's short form, in plain digits and always with the whole year."""
    if QLocale().language() is QLocale.Language.C:  # knows no way of its own: Qt has "22 11 2026"
        return day.toString(Qt.DateFormat.ISODate)
    return QLocale.c().toString(day, _whole_year(digits_pattern()))


def _whole_year(pattern: str) -> str:
    return pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")


def _tidy(text: str) -> str:
    """Return text without what is not seen, and with plain digits (Qt reads some others not)."""
    text = "".join(str(decimal(each)) if each.isdecimal() else each for each in text)
    return " ".join(_UNSEEN.sub("", text).split())
