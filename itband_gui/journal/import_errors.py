"""Why something of a file that is to be imported cannot be taken."""

from dataclasses import dataclass
from enum import StrEnum

from itband_gui.journal.entries import Limits
from itband_gui.journal.validation import EntryFault


class RowFault(StrEnum):
    """Why a row of a table is no entry; beside it, `check.Wrong` says why an entry is refused."""

    NOT_A_ROW = "not-a-row"  # its quotes do not match
    TOO_MANY_CELLS = "too-many-cells"
    MISSING = "missing"  # a column that this kind of entry needs is empty
    MISPLACED = "misplaced"  # a column is filled in that this kind of entry does not have
    UNKNOWN_WORD = "unknown-word"
    NO_KIND = "no-kind"  # its kind is empty, and it is no rating
    NOT_A_DATE = "not-a-date"
    TWO_DATES = "two-dates"  # 11/12/2026: nobody knows which is the month
    SERIAL_DATE = "serial-date"  # a spreadsheet's number for a day, by an unknown calendar
    NOT_A_TIME = "not-a-time"
    CONTRADICTS = "contradicts"  # another column of the row says something else
    OVER_TOO_SOON = "over-too-soon"  # a sign that was resolved on a day before it was there
    NOT_A_NUMBER = "not-a-number"
    NOT_WHOLE = "not-whole"
    NOT_YES_OR_NO = "not-yes-or-no"
    NOT_WORK = "not-work"
    NOT_MARKS = "not-marks"  # of earlier versions
    REPEATED_ID = "repeated-id"  # an earlier row of the file has the id and differs


class CellError(ValueError):
    """A cell that has no meaning in its column."""

    def __init__(self, why: RowFault) -> None:
        super().__init__(why)
        self.why = why


class RowError(ValueError):
    """A row that is no entry: why, the column to blame, and another that has to do with it."""

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
    """A row (from 1, the header included) that cannot be taken: its column, if one, and why.

    `other` and `other_cell` are a second column that has to do with it, and what that says.
    """

    row: int
    why: RowFault | EntryFault
    column: str = ""
    cell: str = ""
    allowed: Limits | None = None
    other: str = ""
    other_cell: str = ""


class ImportFault(StrEnum):
    """Why nothing at all of a file can be imported."""

    TOO_BIG = "too-big"
    TOO_MANY = "too-many"  # rows
    EMPTY = "empty"
    NOT_TEXT = "not-text"  # not UTF-8
    NO_COLUMNS = "no-columns"  # the first row does not name the columns
    REPEATED_COLUMN = "repeated-column"
    NOT_A_JOURNAL = "not-a-journal"  # JSON of something else
    NEWER = "newer"  # a newer version of this program is needed


class FileUnusableError(ValueError):
    """A file of which nothing can be imported: why, and what exactly if that can be said."""

    def __init__(self, code: ImportFault, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
