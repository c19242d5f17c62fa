"""Reads a table of entries: one this program wrote, or one somebody typed.

Columns are found by name, in any order. A row without a kind is a rating, and a rating without a
moment gets `other`. A row without an id gets one derived from its cells, the same each time.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from msgspec.structs import fields

from itband_gui.journal.csv_moments import (
    TIMES,
    Orders,
    day_column,
    future_column,
    orders_of,
    resolved_of,
    when_of,
)
from itband_gui.journal.csv_writer import COLUMNS, ENCODING, MARK_SIGN, as_written
from itband_gui.journal.entries import (
    EARLIER,
    ENTRY_TYPES,
    Ended,
    Entry,
    Kind,
    Moment,
    Resolution,
    Sign,
    Sport,
    Work,
    stamped,
)
from itband_gui.journal.import_errors import (
    CellError,
    FileUnusableError,
    ImportFault,
    RefusedRow,
    RowError,
    RowFault,
)
from itband_gui.journal.validation import EntryFault, EntryInvalidError, check
from itband_gui.journal.versions import derived_id
from itband_gui.leg.names import Leg, Place, Technique, Zone

ROW_LIMIT = 100_000  # more than 50 years of five entries a day
# Characters, more than any entry has; a file with a longer row is not a table.
ROW_LENGTH = 256 * 1024
Localize = Callable[[datetime], datetime]

_Word = TypeVar("_Word", bound=StrEnum)
_BETWEEN = re.compile(r"[,;+\s]+")
_WORK = re.compile(r"(\S+) (\S+) (\S+) ([0-9]{1,6}) strokes ([0-9]{1,6}) s")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,400})?(?:e-?[0-9]{1,3})?", re.IGNORECASE)
_MARK = re.compile(r"[0-9a-f]{12}")
_SPORTS = {  # other names that runners use
    **dict.fromkeys(("gym", "weights", "squats", "strength-training"), Sport.STRENGTH),
    **dict.fromkeys(("bike", "biking", "cycle", "ride"), Sport.CYCLING),
    **dict.fromkeys(("hike", "mountains"), Sport.HIKING),
    **dict.fromkeys(("swim",), Sport.SWIMMING),
    **dict.fromkeys(("walk",), Sport.WALKING),
    **dict.fromkeys(("football", "soccer", "basketball", "volleyball"), Sport.TEAM_SPORT),
    **dict.fromkeys(("another-sport", "other-sport"), Sport.OTHER),
}
_YES, _NO = {"yes", "true", "1"}, {"no", "false", "0"}


def value_of(column: str, cell: str) -> Any:  # noqa: ANN401 - depends on the column
    """Return the value of a filled cell; `csv_moments` reads columns of dates and times.

    Raises:
        CellError: the cell is not valid in this column.

    """
    return _READERS[column](cell)


def word(words: type[_Word], cell: str) -> _Word:
    """Return the word in a cell, ignoring case and with spaces for hyphens."""
    try:
        return words("-".join(cell.casefold().split()))
    except ValueError:
        raise CellError(RowFault.UNKNOWN_WORD) from None


def _one(words: type[_Word]) -> Callable[[str], _Word]:
    return lambda cell: word(words, cell)


def _sport(cell: str) -> Sport:
    known = _SPORTS.get("-".join(cell.casefold().split()))
    return word(Sport, cell) if known is None else known


def _several(words: type[_Word]) -> Callable[[str], tuple[_Word, ...]]:
    return lambda cell: tuple(word(words, part) for part in _BETWEEN.split(cell.strip()))


def _number(cell: str) -> float:
    """Return the number in a cell; a comma counts as a decimal point."""
    if _NUMBER.fullmatch(cell.strip()) is None:
        raise CellError(RowFault.NOT_A_NUMBER)
    return float(cell.strip().replace(",", "."))


def _whole(cell: str) -> int:
    """Return the whole number in a cell; spreadsheets write some as 4.0."""
    number = _number(cell)
    if not number.is_integer():
        raise CellError(RowFault.NOT_WHOLE)
    return int(number)


def _yes(cell: str) -> bool:
    answer = cell.strip().casefold()
    if answer not in _YES | _NO:
        raise CellError(RowFault.NOT_YES_OR_NO)
    return answer in _YES


def _work(cell: str) -> tuple[Work, ...]:
    return tuple(map(_one_work, cell.strip().split("; ")))


def _one_work(text: str) -> Work:
    match = _WORK.fullmatch(text)
    if match is None:
        raise CellError(RowFault.NOT_WORK)
    return Work(
        leg=word(Leg, match[1]),
        zone=word(Zone, match[2]),
        technique=word(Technique, match[3]),
        strokes=int(match[4]),
        seconds=int(match[5]),
    )


def _marks(cell: str) -> tuple[str, ...]:
    marks = [mark.removeprefix(MARK_SIGN) for mark in cell.split()]
    if len(marks) > EARLIER.high or any(_MARK.fullmatch(mark) is None for mark in marks):
        raise CellError(RowFault.NOT_MARKS)
    return tuple(marks)


_READERS: dict[str, Callable[[str], Any]] = {
    "kind": _one(Kind),
    "leg": _one(Leg),
    "legs": _several(Leg),
    "moment": _one(Moment),
    "score": _whole,
    "places": _several(Place),
    "session": as_written,
    "sport": _sport,
    "minutes": _whole,
    "effort": _whole,
    "distance_km": _number,
    "worst": _whole,
    "changed_stride": _yes,
    "routine": as_written,
    "work": _work,
    "hands_on_seconds": _whole,
    "total_seconds": _whole,
    "skipped": _whole,
    "repeated": _whole,
    "eased": _whole,
    "ended": _one(Ended),
    "stopped_for": as_written,
    "stopped_leg": _one(Leg),
    "sign": as_written,
    "resolution": _one(Resolution),
    "note": as_written,
    "id": as_written,
    "rev": _whole,
    "was": _marks,
}


_TEXTS = {"id", "session", "routine", "stopped_for", "sign", "note"}  # spaces count in these
_KNOWN = {*COLUMNS, *TIMES}
_OF_ITS_OWN = {*TIMES, "kind"}  # columns read separately from the fields
_COLUMN_OF = {"legs": "leg", "strokes": "work", "seconds": "work"}  # columns of other fields
_SEPARATOR_TOLD = re.compile(r'"?sep=([^\w\s"\']|\t)"?\s*', re.IGNORECASE)  # Excel's first line
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FIELDS = {  # the fields of each kind, and whether they are required
    kind: {field.name: field.required for field in fields(entry_type)}
    for kind, entry_type in ENTRY_TYPES.items()
}
_Cells = dict[str, str]


@dataclass(frozen=True)
class CsvTable:
    """The contents of a table.

    `unknown` are the ignored columns; `made_ids` are the ids derived for rows without one.
    """

    entries: tuple[Entry, ...]
    refused: tuple[RefusedRow, ...] = ()
    unknown: tuple[str, ...] = ()
    made_ids: frozenset[str] = frozenset()


def read_csv(data: bytes, now: datetime, localize: Localize) -> CsvTable:
    """Read a table whose cells are separated by `,`, `;` or tabs.

    Args:
        data: the whole file, in UTF-8, or in UTF-16 with a byte order mark.
        now: the current time; entries after it are refused.
        localize: adds the local offset to a time without one.

    Raises:
        FileUnusableError: the file cannot be read as a table.

    """
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else ENCODING
    try:
        text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
        return _Reading(text, now, localize).table()
    except UnicodeError as error:
        raise FileUnusableError(ImportFault.NOT_TEXT) from error


class _Reading:
    def __init__(self, text: io.TextIOWrapper, now: datetime, localize: Localize) -> None:
        self._text = text
        self._length = 0  # characters of the row being read
        self._rows = csv.reader(self._lines(), delimiter=_delimiter(text), strict=True)
        self._orders: Orders = {}
        self._now = now
        self._localize = localize
        self._entries: dict[str, Entry] = {}
        self._refused: list[RefusedRow] = []
        self._made_ids: set[str] = set()
        self._seen: Counter[bytes] = Counter()  # contents of rows without an id

    def table(self) -> CsvTable:
        try:
            names = [_name(cell) for cell in next(self._rows, [])]
        except csv.Error as error:
            raise FileUnusableError(ImportFault.NO_COLUMNS) from error
        _check_names(names)
        # Read all rows first: the other dates may show what an ambiguous one means.
        rows = [
            (number, cells)
            for number, row in self._numbered()
            if (cells := self._cells(number, names, row)) is not None
        ]
        self._orders = orders_of(cells for _, cells in rows)
        for number, cells in rows:
            self._take(number, cells)
        unknown = tuple(name for name in names if name and name not in _KNOWN)
        entries = tuple(self._entries.values())
        refused = tuple(sorted(self._refused, key=lambda refused: refused.row))
        return CsvTable(entries, refused, unknown, frozenset(self._made_ids))

    def _numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with its number as in a spreadsheet; the header is 1."""
        number = 2
        while (row := self._next(number)) is not None:
            if number > ROW_LIMIT + 1:
                raise FileUnusableError(ImportFault.TOO_MANY)
            if any(map(str.strip, row)):
                yield number, row
            number += 1

    def _lines(self) -> Iterator[str]:
        while line := self._text.readline(ROW_LENGTH + 1):
            self._length += len(line)
            if self._length > ROW_LENGTH:
                raise FileUnusableError(ImportFault.NOT_A_JOURNAL)
            yield line

    def _next(self, number: int) -> list[str] | None:
        self._length = 0
        try:
            return next(self._rows, None)
        except csv.Error:
            self._refused.append(RefusedRow(number, RowFault.NOT_A_ROW))
            return []

    def _cells(self, number: int, names: list[str], row: list[str]) -> _Cells | None:
        """Return the filled cells of known columns; None, and refuse the row, if it is too long."""
        if any(map(str.strip, row[len(names) :])):
            self._refused.append(RefusedRow(number, RowFault.TOO_MANY_CELLS))
            return None
        cells = zip(names, row, strict=False)
        return {name: cell for name, cell in cells if cell and name in _KNOWN}

    def _take(self, number: int, cells: _Cells) -> None:
        """Add a row's entry, or note why it is refused."""
        try:
            self._keep(self._entry(cells))
        except RowError as error:
            self._refused.append(
                RefusedRow(
                    number,
                    error.why,
                    error.column,
                    cells.get(error.column, ""),
                    error.allowed,
                    error.other,
                    cells.get(error.other, ""),
                )
            )

    def _keep(self, entry: Entry) -> None:
        if self._entries.setdefault(entry.id, entry) != entry:
            raise RowError(RowFault.REPEATED_ID, "id")

    def _entry(self, cells: _Cells) -> Entry:
        kind = _value(cells, "kind", "kind") if cells.get("kind", "").strip() else Kind.RATING
        entry_type = ENTRY_TYPES[kind]
        values: dict[str, Any] = {"moment": Moment.OTHER} if kind is Kind.RATING else {}
        known = _FIELDS[kind]
        for column, cell in cells.items():
            if column in _OF_ITS_OWN or not (cell if column in _TEXTS else cell.strip()):
                continue
            field = "legs" if column == "leg" and "legs" in known else column
            if field in known:
                values[field] = _value(cells, column, field)
            elif cell.strip():
                raise _misplaced(cells, column)
        values["at"] = when_of(cells, self._orders)
        if cells.get("resolved", "").strip():
            if "resolved" not in known:
                raise _misplaced(cells, "resolved")
            values["resolved"] = resolved_of(cells, self._orders)
        if "id" not in values:
            values["id"] = self._made_id(kind, values)
        for field, required in known.items():
            if required and field not in values:
                raise RowError(RowFault.MISSING, _column(field))
        return self._checked(entry_type(**self._placed(cells, values)), cells)

    def _made_id(self, kind: Kind, values: dict[str, Any]) -> str:
        """Return an id derived from a row's values and the number of equal rows so far."""
        said = msgspec.json.encode({"kind": kind, **dict(sorted(values.items()))})
        self._seen[said] += 1
        made = derived_id(b"%b %d" % (said, self._seen[said]))
        self._made_ids.add(made)
        return made

    def _placed(self, cells: _Cells, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values with the local offset for times without one."""
        placed = dict(values)
        for field in ("at", "resolved"):
            moment = values.get(field)
            if moment is not None and moment.utcoffset() is None:
                try:
                    placed[field] = self._localize(moment)
                except (OverflowError, OSError, ValueError) as error:
                    column = day_column(cells) if field == "at" else field
                    raise RowError(RowFault.NOT_A_DATE, column) from error
        return placed

    def _checked(self, entry: Entry, cells: _Cells) -> Entry:
        try:
            check(entry, self._now)
        except EntryInvalidError as error:
            raise self._blamed(error, entry, cells) from error
        if entry.id in self._made_ids and _is_over_too_soon(entry):
            raise RowError(RowFault.OVER_TOO_SOON, "resolved", other=day_column(cells))
        return stamped(entry)

    def _blamed(self, error: EntryInvalidError, entry: Entry, cells: _Cells) -> RowError:
        """Return a row error that names the column at fault for an invalid entry."""
        column, other = _column(error.field), ""
        if error.code is EntryFault.HALF_RESOLVED:  # the empty column is at fault
            column, other = "resolved", "resolution"
            if cells.get(column, "").strip():
                column, other = other, column
        elif column == "at":
            is_ahead = error.code is EntryFault.IN_THE_FUTURE
            column = future_column(cells, entry.at, self._now) if is_ahead else day_column(cells)
        return RowError(error.code, column, other, error.allowed)


def _delimiter(text: io.TextIOWrapper) -> str:
    """Return the separator named in a `sep=` line, which is skipped, or the most frequent one."""
    first = text.readline(ROW_LENGTH)
    told = _SEPARATOR_TOLD.fullmatch(first)
    if told:
        return told[1]
    text.seek(0)
    return max(",;\t", key=first.count)


def _name(cell: str) -> str:
    return "_".join(cell.casefold().split())


def _check_names(names: list[str]) -> None:
    if not {"at", "date"} & set(names) or not {"score", "kind"} & set(names):
        raise FileUnusableError(ImportFault.NO_COLUMNS if any(names) else ImportFault.EMPTY)
    for name in names:
        if name in _KNOWN and names.count(name) > 1:
            raise FileUnusableError(ImportFault.REPEATED_COLUMN, name)


def _column(field: str) -> str:
    return _COLUMN_OF.get(field, field)


def _is_over_too_soon(entry: Entry) -> bool:
    """Return whether a sign was resolved on a day before it was noted."""
    if not isinstance(entry, Sign) or entry.resolved is None:
        return False
    return entry.resolved < entry.at and entry.resolved.date() < entry.at.date()


def _misplaced(cells: _Cells, column: str) -> RowError:
    """Return the error for a filled column that this kind of entry does not have."""
    if cells.get("kind", "").strip():
        return RowError(RowFault.MISPLACED, column, other="kind")
    return RowError(RowFault.NO_KIND, "kind", other=column)


def _value(cells: _Cells, column: str, field: str) -> Any:  # noqa: ANN401 - depends on the column
    try:
        return value_of(field, cells[column])
    except CellError as error:
        raise RowError(error.why, column) from None
