"""Writes the journal as a table for spreadsheets: one row an entry, of every kind.

The table is UTF-8 with a byte order mark, without which Excel assumes another encoding. Texts are
quoted and numbers are not. Commas separate the cells, or semicolons if the decimal point is a
comma. `csv_reader` reads such tables back, and those typed by hand.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from itband_gui.journal.entries import Entry, Work

_QUOTE = "'"
_STARTS_FORMULA = set("=+-@\u2212")  # the last is a minus sign, not a hyphen
_STARTS_CELL_ANEW = set("\t\r\n\0")
_SEPARATORS = re.compile("([,;|\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029])")  # of cells and of rows
_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"[^\W\d_]+")
_MOST_WORDS = 4  # "Sunday, 22 November 2026, 7:10 AM" has 3 (our choice)
_IN_NUMBERS = set(".,:;/\\-+()%'\u2019\u2010\u2013\u2030\u2212\u066a\u066b\u066c")
_TRUTH_VALUES = {  # as spreadsheets write them in many languages
    *("true", "wahr", "vrai", "vero", "verdadero", "verdadeiro", "waar", "prawda", "pravda"),
    *("tosi", "sant", "sann", "sand", "igaz", "doğru", "adevărat", "истина", "αληθής"),
    *("false", "falsch", "faux", "falso", "onwaar", "fałsz", "nepravda", "epätosi", "falskt"),
    *("usann", "falsk", "hamis", "yanlış", "fals", "ложь", "ψευδής"),
}


def harmless(text: str) -> str:
    """Return `text` with an apostrophe before anything that a spreadsheet could change.

    An existing apostrophe gets another one, so that `as_written` always restores `text`.
    """
    if text.isalpha() and text.casefold() not in _TRUTH_VALUES:
        return text  # most cells are a single word
    first, *others = _SEPARATORS.split(text)
    guard = _QUOTE if _is_risky(text) else ""
    return guard + first + "".join(_QUOTE + each if _computes(each) else each for each in others)


def as_written(cell: str) -> str:
    """Return the text that `harmless` escaped; an apostrophe that somebody typed stays."""
    first, *others = _SEPARATORS.split(cell)
    rest = "".join(
        each.removeprefix(_QUOTE) if each[:1] == _QUOTE and _computes(each) else each
        for each in others
    )
    bare = first.removeprefix(_QUOTE) + rest
    return bare if first[:1] == _QUOTE and _is_risky(bare) else first + rest


def _is_risky(text: str) -> bool:
    first = _first_shown(text)
    return (
        text[:1] in _STARTS_CELL_ANEW
        or first == _QUOTE
        or _starts_formula(first)
        or _looks_like_a_value(text)
    )


def _computes(piece: str) -> bool:
    """Return whether a piece starts a formula if a spreadsheet splits before it."""
    return _starts_formula(_first_shown(piece.lstrip(_QUOTE)))


def _starts_formula(first: str) -> bool:
    return unicodedata.normalize("NFKC", first) in _STARTS_FORMULA  # full-width signs, too


def _first_shown(text: str) -> str:
    """Return the first character that no spreadsheet skips as blank, control or quote; or ""."""
    return next((each for each in text if each != '"' and not _is_unseen(each)), "")


def _looks_like_a_value(text: str) -> bool:
    """Return whether a text could be a number, amount, date, time or truth value in any locale."""
    if _DIGIT.search(text) is None:
        return text.strip().casefold() in _TRUTH_VALUES
    return all(map(_is_in_values, set(text))) and len(_WORD.findall(text)) <= _MOST_WORDS


def _is_in_values(character: str) -> bool:
    return (
        character.isalnum()
        or character in _IN_NUMBERS
        or _is_unseen(character)
        or unicodedata.category(character)
        in {"Sc", "Mn", "Mc"}  # currencies; vowel signs in names of months
    )


def _is_unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character).startswith("C")


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
MARK_SIGN = "#"  # put before each mark of an earlier version; some look like numbers


class _DecimalComma(float):
    """A number written with a decimal comma."""

    def __str__(self) -> str:
        return float.__repr__(self).replace(".", ",")


def write_csv(entries: Iterable[Entry], *, semicolons: bool = False) -> bytes:
    """Return the whole table; `date` is only for sorting and charts, `at` is read back.

    `semicolons` separates cells with semicolons and writes decimal commas, as spreadsheets expect
    in languages that write 7,5.
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
