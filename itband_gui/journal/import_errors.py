"""Errors of a file to import: cells, rows and whole files that cannot be used."""

from dataclasses import dataclass
from enum import StrEnum

from itband_gui.journal.entries import Limits
from itband_gui.journal.validation import EntryFault


class RowFault(StrEnum):
    """Why a row of a table is not an entry; see also `validation.EntryFault`."""

    NOT_A_ROW = "not-a-row"  # its quotes do not match
    TOO_MANY_CELLS = "too-many-cells"
    MISSING = "missing"  # a column that this kind of entry needs is empty
    MISPLACED = "misplaced"  # a column that this kind of entry does not have is filled
    UNKNOWN_WORD = "unknown-word"
    NO_KIND = "no-kind"  # the kind is empty, but the row is not a rating
    NOT_A_DATE = "not-a-date"
    TWO_DATES = "two-dates"  # 11/12/2026: either number may be the month
    SERIAL_DATE = "serial-date"  # a spreadsheet's day number, counted from an unknown epoch
    NOT_A_TIME = "not-a-time"
    CONTRADICTS = "contradicts"  # another column of the row disagrees
    OVER_TOO_SOON = "over-too-soon"  # a sign resolved on a day before it was noted
    NOT_A_NUMBER = "not-a-number"
    NOT_WHOLE = "not-whole"
    NOT_YES_OR_NO = "not-yes-or-no"
    NOT_WORK = "not-work"
    NOT_MARKS = "not-marks"  # not marks of earlier versions
    REPEATED_ID = "repeated-id"  # an earlier row has the same id but differs


class CellError(ValueError):
    """A cell is not valid in its column."""

    def __init__(self, why: RowFault) -> None:
        super().__init__(why)
        self.why = why


class RowError(ValueError):
    """A row is not an entry: the reason, the column at fault, and a second one if involved."""

    def __init__(
        self,
        why: RowFault | EntryFault,
        column: str,
        other: str = "",
        allowed: Limits | None = None,
    ) -> None:
        super().__init__(why, column)
        self.why = why
        self.column = column
        self.other = other
        self.allowed = allowed


@dataclass(frozen=True)
class RefusedRow:
    """A row (from 1, including the header) that was refused: the reason and the column, if any.

    `other` and `other_cell` are a second column involved and its contents.
    """

    row: int
    why: RowFault | EntryFault
    column: str = ""
    cell: str = ""
    allowed: Limits | None = None
    other: str = ""
    other_cell: str = ""


class ImportFault(StrEnum):
    """Why nothing in a file can be imported."""

    TOO_BIG = "too-big"
    TOO_MANY = "too-many"  # rows
    EMPTY = "empty"
    NOT_TEXT = "not-text"  # not UTF-8
    NO_COLUMNS = "no-columns"  # the first row does not name the columns
    REPEATED_COLUMN = "repeated-column"
    NOT_A_JOURNAL = "not-a-journal"  # JSON of something else
    NEWER = "newer"  # a newer version of this program is needed


class FileUnusableError(ValueError):
    """Nothing in a file can be imported: the reason, and a detail if known."""

    def __init__(self, code: ImportFault, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
