"""Reads a table of entries: one that this program wrote, or one that somebody typed.

Columns go by name, in any order; a row without a kind is a rating, one without a moment is of
`other`, one without an id gets one made from what it says, so that it is the same each time.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import fields

from itband_gui.journal.check import EntryInvalidError, Wrong, check
from itband_gui.journal.csv_file import COLUMNS, ENCODING
from itband_gui.journal.csv_values import CellError, value_of
from itband_gui.journal.entries import ENTRY_TYPES, Entry, Kind, Moment, Span, stamped
from itband_gui.journal.refused import FileUnusableError, Refused, Unfit, Unusable
from itband_gui.journal.versions import derived_id

ROW_LIMIT = 100_000  # some 50 years of five entries a day
ROW_LENGTH = (
    256 * 1024
)  # characters, more than any entry has; a file of one endless row is no table
_TEXTS = {"id", "session", "routine", "stopped_for", "sign", "note"}  # blanks count in these
_TIMES = {"at", "date", "time"}
_KNOWN = {*COLUMNS, *_TIMES}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FIELDS = {  # of each kind, and whether they are required
    kind: {field.name: field.required for field in fields(entry_type)}
    for kind, entry_type in ENTRY_TYPES.items()
}
Localize = Callable[[datetime], datetime]
_Cells = dict[str, str]


@dataclass(frozen=True)
class Table:
    """What a table holds.

    `unknown` are the columns that were left out; `made_ids` those of rows that named none.
    """

    entries: tuple[Entry, ...]
    refused: tuple[Refused, ...] = ()
    unknown: tuple[str, ...] = ()
    made_ids: frozenset[str] = frozenset()


def read_csv(data: bytes, now: datetime, localize: Localize) -> Table:
    """Read a table with `,`, `;` or tabs between its cells.

    Args:
        data: the whole file, UTF-8, or UTF-16 with its mark.
        now: the time after which nothing can have been noted.
        localize: gives a time without an offset the one of this place.

    Raises:
        FileUnusableError: none of it can be read.

    """
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else ENCODING
    try:
        text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
        return _Reading(text, now, localize).table()
    except UnicodeError as error:
        raise FileUnusableError(Unusable.NOT_TEXT) from error


class _Reading:
    def __init__(self, text: io.TextIOWrapper, now: datetime, localize: Localize) -> None:
        self._text = text
        self._length = 0  # of the row that is being read, in characters
        self._rows = csv.reader(self._lines(), delimiter=_delimiter(text), strict=True)
        self._now = now
        self._localize = localize
        self._entries: dict[str, Entry] = {}
        self._refused: list[Refused] = []
        self._made_ids: set[str] = set()
        self._seen: Counter[bytes] = Counter()  # rows without an id, by what they say

    def table(self) -> Table:
        try:
            names = [_name(cell) for cell in next(self._rows, [])]
        except csv.Error as error:
            raise FileUnusableError(Unusable.NO_COLUMNS) from error
        _check_names(names)
        for number, row in self._numbered():
            self._take(number, names, row)
        unknown = tuple(name for name in names if name and name not in _KNOWN)
        entries, refused = tuple(self._entries.values()), tuple(self._refused)
        return Table(entries, refused, unknown, frozenset(self._made_ids))

    def _numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with its number as a spreadsheet counts; the header is 1."""
        number = 2
        while (row := self._next(number)) is not None:
            if number > ROW_LIMIT + 1:
                raise FileUnusableError(Unusable.TOO_MANY)
            if any(map(str.strip, row)):
                yield number, row
            number += 1

    def _lines(self) -> Iterator[str]:
        while line := self._text.readline(ROW_LENGTH + 1):
            self._length += len(line)
            if self._length > ROW_LENGTH:
                raise FileUnusableError(Unusable.NOT_A_JOURNAL)
            yield line

    def _next(self, number: int) -> list[str] | None:
        self._length = 0
        try:
            return next(self._rows, None)
        except csv.Error:
            self._refuse(number, Unfit.NOT_A_ROW, "", {})
            return []

    def _take(self, number: int, names: list[str], row: list[str]) -> None:
        """Take a row in, or note why not."""
        if any(map(str.strip, row[len(names) :])):
            self._refuse(number, Unfit.TOO_MANY_CELLS, "", {})
            return
        cells = {name: cell for name, cell in zip(names, row, strict=False) if name in _KNOWN}
        try:
            entry = self._entry(cells)
        except _RowError as error:
            self._refuse(number, error.why, error.column, cells)
        except EntryInvalidError as error:
            self._refuse(number, error.code, _column(error.field), cells, error.allowed)
        else:
            if self._entries.setdefault(entry.id, entry) != entry:
                self._refuse(number, Unfit.REPEATED_ID, "id", cells)

    def _refuse(
        self,
        row: int,
        why: Unfit | Wrong,
        column: str,
        cells: _Cells,
        allowed: Span | None = None,
    ) -> None:
        if column == "at" and not cells.get("at", "").strip():
            column = "date"
        self._refused.append(Refused(row, why, column, cells.get(column, ""), allowed))

    def _entry(self, cells: _Cells) -> Entry:
        kind = _value(cells, "kind", "kind") if cells.get("kind", "").strip() else Kind.RATING
        entry_type = ENTRY_TYPES[kind]
        values: dict[str, Any] = {"moment": Moment.OTHER} if kind is Kind.RATING else {}
        known = _FIELDS[kind]
        for column in cells.keys() - _TIMES - {"kind"}:
            field = "legs" if column == "leg" and "legs" in known else column
            if not (cells[column] if column in _TEXTS else cells[column].strip()):
                continue
            if field in known:
                values[field] = _value(cells, column, field)
            elif cells[column].strip():
                raise _RowError(Unfit.MISPLACED, column)
        values["at"] = _when(cells)
        if "id" not in values:
            values["id"] = self._made_id(kind, values)
        for field, required in known.items():
            if required and field not in values:
                raise _RowError(Unfit.MISSING, _column(field))
        return self._checked(entry_type(**self._placed(values)))

    def _made_id(self, kind: Kind, values: dict[str, Any]) -> str:
        """Return an id made from what a row says, and how often it was said before it."""
        said = msgspec.json.encode({"kind": kind, **dict(sorted(values.items()))})
        self._seen[said] += 1
        made = derived_id(b"%b %d" % (said, self._seen[said]))
        self._made_ids.add(made)
        return made

    def _placed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Give times without an offset the one of this place."""
        placed = dict(values)
        for field in ("at", "resolved"):
            moment = values.get(field)
            if moment is not None and moment.utcoffset() is None:
                try:
                    placed[field] = self._localize(moment)
                except (OverflowError, OSError, ValueError) as error:
                    raise _RowError(Unfit.NOT_A_DATE, field) from error
        return placed

    def _checked(self, entry: Entry) -> Entry:
        check(entry, self._now)
        return stamped(entry)


class _RowError(ValueError):
    def __init__(self, why: Unfit, column: str) -> None:
        super().__init__(why, column)
        self.why = why
        self.column = column


def _delimiter(text: io.TextIOWrapper) -> str:
    """Return what stands most often in the first line."""
    first = text.readline(ROW_LENGTH)
    text.seek(0)
    return max(",;\t", key=first.count)


def _name(cell: str) -> str:
    return "_".join(cell.casefold().split())


def _check_names(names: list[str]) -> None:
    if not {"at", "date"} & set(names) or not {"score", "kind"} & set(names):
        raise FileUnusableError(Unusable.NO_COLUMNS if any(names) else Unusable.EMPTY)
    for name in names:
        if name in _KNOWN and names.count(name) > 1:
            raise FileUnusableError(Unusable.REPEATED_COLUMN, name)


def _column(field: str) -> str:
    return "leg" if field == "legs" else field


def _value(cells: _Cells, column: str, field: str) -> Any:  # noqa: ANN401 - see value_of
    try:
        return value_of(field, cells[column])
    except CellError as error:
        raise _RowError(error.why, column) from None


def _when(cells: _Cells) -> datetime:
    """Return when it was: `at`, or else `date` with `time` if there is one; naive if so given."""
    if cells.get("at", "").strip():
        moment: datetime = _value(cells, "at", "at")
        return moment
    day, time = cells.get("date", "").strip(), cells.get("time", "").strip()
    if not day:
        raise _RowError(Unfit.MISSING, "date")
    try:
        moment = value_of("at", f"{day} {time}")
    except CellError as error:
        raise _RowError(error.why, "date") from None
    return moment
