"""What is said about a file that is to be imported: what it holds, and why not all of it."""

import errno
import os

from PySide6.QtCore import QCoreApplication

from itband_gui.journal.csv_reader import ROW_LIMIT
from itband_gui.journal.entries import YEARS
from itband_gui.journal.import_errors import FileUnusableError, ImportFault, RefusedRow, RowFault
from itband_gui.journal.importing import SIZE_LIMIT, Importable, ImportOutcome, ImportPreview
from itband_gui.journal.lines import Flaw
from itband_gui.journal.salvage import JournalFault, JournalProblem
from itband_gui.journal.validation import EntryFault
from itband_gui.ui.journal_file.text import number
from itband_gui.wording.plain import quoted

_MB = 1024 * 1024
_WORDS_SHOWN = 12  # names of columns


def unusable_text(error: Exception) -> str:
    """Return why nothing of a file can be taken, and what to do."""
    if isinstance(error, FileUnusableError):
        code, detail = error.code, error.detail
    elif isinstance(error, OSError) and error.errno == errno.EFBIG:
        code, detail = ImportFault.TOO_BIG, ""
    elif isinstance(error, OSError) and error.errno == errno.EISDIR:  # also a pipe, or a device
        return QCoreApplication.translate("Import", "That is not an ordinary file. Choose another.")
    else:
        reason = os.strerror(found) if (found := getattr(error, "errno", None)) else ""
        return QCoreApplication.translate(
            "Import", "The file cannot be read: the system says “{reason}”. Choose another one."
        ).format(reason=reason)
    return (
        {
            ImportFault.TOO_BIG: QCoreApplication.translate(
                "Import", "The file is larger than {mb} MB. Import it in parts."
            ),
            ImportFault.TOO_MANY: QCoreApplication.translate(
                "Import", "The file has more than {rows} entries. Import it in parts."
            ),
            ImportFault.EMPTY: QCoreApplication.translate(
                "Import", "The file is empty. Choose another one."
            ),
            ImportFault.NOT_TEXT: QCoreApplication.translate(
                "Import", "The file is no text in UTF-8. Save it as CSV in UTF-8."
            ),
            ImportFault.NO_COLUMNS: QCoreApplication.translate(
                "Import",
                "The first row of a table must name its columns, at least: date, leg, score.",
            ),
            ImportFault.REPEATED_COLUMN: QCoreApplication.translate(
                "Import", "The column {column} is there twice. Remove one."
            ),
            ImportFault.NOT_A_JOURNAL: QCoreApplication.translate(
                "Import",
                "The file is neither a journal of this program nor a table. Choose another one.",
            ),
            ImportFault.NEWER: QCoreApplication.translate(
                "Import", "A newer version of this program has written the file. Use that version."
            ),
        }[code]
    ).format(mb=SIZE_LIMIT // _MB, rows=number(ROW_LIMIT), column=quoted(detail))


def way_text(way: ImportOutcome | None) -> str:
    """Return what becomes of an entry, for a column of a table; None: it cannot be taken."""
    return {
        None: QCoreApplication.translate("Import", "Not imported"),
        ImportOutcome.NEW: QCoreApplication.translate("Import", "New"),
        ImportOutcome.DOUBLE: QCoreApplication.translate("Import", "Looks like yours"),
        ImportOutcome.SAME: QCoreApplication.translate("Import", "The same"),
        ImportOutcome.OLDER: QCoreApplication.translate("Import", "Older than yours"),
        ImportOutcome.NEWER: QCoreApplication.translate("Import", "Newer than yours"),
        ImportOutcome.THEIRS_WINS: QCoreApplication.translate(
            "Import", "Different; yours is kept beside it"
        ),
        ImportOutcome.OURS_WINS: QCoreApplication.translate(
            "Import", "Different; kept beside yours"
        ),
        ImportOutcome.CONFLICT_KEPT: QCoreApplication.translate(
            "Import", "Another version, kept beside"
        ),
    }[way]


def preview_text(found: Importable, chosen: ImportPreview) -> str:
    """Return what taking a file would do, one line a matter."""
    ways = {
        ImportOutcome.NEW: QCoreApplication.translate("Import", "New: {n}"),
        ImportOutcome.DOUBLE: QCoreApplication.translate(
            "Import",
            "Skipped, as they look like ones of yours (same kind and leg, at the same time or on "
            "the same day): {n}",
        ),
        ImportOutcome.NEWER: QCoreApplication.translate(
            "Import", "Amended in the file; they replace yours: {n}"
        ),
        ImportOutcome.THEIRS_WINS: QCoreApplication.translate(
            "Import", "Changed here and there; the file’s count, yours are kept beside them: {n}"
        ),
        ImportOutcome.OURS_WINS: QCoreApplication.translate(
            "Import", "Changed here and there; yours count, the file’s are kept beside them: {n}"
        ),
        ImportOutcome.CONFLICT_KEPT: QCoreApplication.translate(
            "Import", "Versions that are undecided in the file, kept beside: {n}"
        ),
        ImportOutcome.OLDER: QCoreApplication.translate(
            "Import", "Amended in your journal since; yours stay: {n}"
        ),
        ImportOutcome.SAME: QCoreApplication.translate("Import", "The same as yours: {n}"),
    }
    lines = [
        text.format(n=number(len(chosen.ways[way])))
        for way, text in ways.items()
        if chosen.ways[way]
    ]
    if found.refused:
        refused = QCoreApplication.translate("Import", "Cannot be imported: {n}")
        lines.append(refused.format(n=number(len(found.refused))))
    if found.left_out:
        newer = QCoreApplication.translate(
            "Import", "Skipped, as only a newer version can read it: {n}"
        )
        lines.append(newer.format(n=number(found.left_out)))
    if found.unknown:
        names = ", ".join(map(quoted, found.unknown[:_WORDS_SHOWN]))
        more = "…" if len(found.unknown) > _WORDS_SHOWN else ""
        columns = QCoreApplication.translate("Import", "Columns skipped: {names}")
        lines.append(columns.format(names=names + more))
    if not chosen.changes:
        lines.insert(0, QCoreApplication.translate("Import", "There is nothing new in it."))
    return "\n".join(lines)


def place_text(refused: RefusedRow | JournalProblem) -> str:
    """Return where in the file something is that cannot be taken."""
    if isinstance(refused, RefusedRow):
        return QCoreApplication.translate("Import", "Row {n}").format(n=number(refused.row))
    if refused.line is None:
        return ""
    return QCoreApplication.translate("Import", "Line {n}").format(n=number(refused.line))


def reason_text(refused: RefusedRow | JournalProblem) -> str:
    """Return why something cannot be taken."""
    if isinstance(refused, JournalProblem):
        return _fault_text(refused)
    low, high = refused.allowed or (0, 0)
    text = _row_reasons().get(
        refused.why, QCoreApplication.translate("Import", "{column} cannot be imported.")
    )
    return text.format(
        column=quoted(refused.column),
        cell=quoted(refused.cell),
        other=quoted(refused.other),
        other_cell=quoted(refused.other_cell),
        low=number(low),
        high=number(high),
    )


def _date_reasons() -> dict[RowFault | EntryFault, str]:
    return {
        RowFault.NOT_A_DATE: QCoreApplication.translate(
            "Import",
            "{column} must be a date like 2026-11-22 or 2026-11-22 07:10, not “{cell}”.",
        ),
        RowFault.TWO_DATES: QCoreApplication.translate(
            "Import",
            "{column} can mean two different days: “{cell}”. Write it like 2026-11-22.",
        ),
        RowFault.SERIAL_DATE: QCoreApplication.translate(
            "Import",
            "{column} is a spreadsheet’s number for a day: “{cell}”. Format that column as a date "
            "there.",
        ),
        RowFault.NOT_A_TIME: QCoreApplication.translate(
            "Import", "{column} must be a time like 07:10, not “{cell}”."
        ),
        RowFault.CONTRADICTS: QCoreApplication.translate(
            "Import",
            "{column} says “{cell}”, but {other} says “{other_cell}”. Make them agree, or clear "
            "one of them.",
        ),
        RowFault.OVER_TOO_SOON: QCoreApplication.translate(
            "Import", "{column} “{cell}” is before {other} “{other_cell}”."
        ),
    }


def _row_reasons() -> dict[RowFault | EntryFault, str]:
    return _date_reasons() | {
        RowFault.NOT_A_ROW: QCoreApplication.translate(
            "Import", "Its quotes do not match; the rows after it, up to the next quote, are in it."
        ),
        RowFault.TOO_MANY_CELLS: QCoreApplication.translate(
            "Import", "It has more cells than there are columns."
        ),
        RowFault.MISSING: QCoreApplication.translate("Import", "{column} is missing."),
        RowFault.MISPLACED: QCoreApplication.translate(
            "Import", "{column} does not belong to this kind of entry: “{cell}”"
        ),
        RowFault.NO_KIND: QCoreApplication.translate(
            "Import",
            "{column} is missing. Without it the row is a rating, and a rating has no {other}.",
        ),
        RowFault.UNKNOWN_WORD: QCoreApplication.translate(
            "Import", "{column}: the word “{cell}” is not known."
        ),
        RowFault.NOT_A_NUMBER: QCoreApplication.translate(
            "Import", "{column} must be a number, not “{cell}”."
        ),
        RowFault.NOT_WHOLE: QCoreApplication.translate(
            "Import", "{column} must be a whole number, not “{cell}”."
        ),
        RowFault.NOT_YES_OR_NO: QCoreApplication.translate(
            "Import", "{column} must be yes or no, not “{cell}”."
        ),
        RowFault.NOT_WORK: QCoreApplication.translate(
            "Import",
            "{column} must be like “left band-upper light 12 strokes 60 s”, not “{cell}”.",
        ),
        RowFault.NOT_MARKS: QCoreApplication.translate(
            "Import", "{column} was changed; it must stay as it was exported."
        ),
        RowFault.REPEATED_ID: QCoreApplication.translate(
            "Import", "An earlier row has the same id and says something else: “{cell}”"
        ),
        EntryFault.IN_THE_FUTURE: QCoreApplication.translate(
            "Import", "{column} is in the future: {cell}"
        ),
        EntryFault.TOO_EARLY: QCoreApplication.translate(
            "Import", "{column} is before 1900: {cell}"
        ),
        EntryFault.HALF_RESOLVED: QCoreApplication.translate(
            "Import", "{column} is missing; {other} is filled in, and they belong together."
        ),
        EntryFault.OUT_OF_RANGE: QCoreApplication.translate(
            "Import", "{column} must be from {low} to {high}, not “{cell}”."
        ),
        EntryFault.WRONG_LENGTH: QCoreApplication.translate(
            "Import", "{column} must have from {low} to {high} characters or words."
        ),
    }


def _fault_text(problem: JournalProblem) -> str:
    if problem.fault is JournalFault.NOT_JSON:
        return QCoreApplication.translate("Import", "The file is cut short here, or broken.")
    if problem.fault is JournalFault.REPEATED_KEY:
        return QCoreApplication.translate("Import", "A name stands twice in it.")
    if problem.fault is JournalFault.UNKNOWN_KEY:
        return QCoreApplication.translate("Import", "Something unknown beside the entries.")
    detail = problem.detail
    told = _flaw_texts()[detail] if isinstance(detail, Flaw) else quoted(detail)
    return QCoreApplication.translate("Import", "An entry that cannot be read: {detail}").format(
        detail=told
    )


def _flaw_texts() -> dict[Flaw, str]:
    years = QCoreApplication.translate("Import", "its year must be from {low} to {high}")
    return {
        Flaw.ABSURD_YEAR: years.format(low=YEARS.low, high=YEARS.high),
        Flaw.NOT_ITS_VERSION: QCoreApplication.translate(
            "Import", "what it keeps is not another version of that entry"
        ),
        Flaw.REPEATED_KEY: QCoreApplication.translate("Import", "a name stands twice in it"),
        Flaw.NO_KIND: QCoreApplication.translate("Import", "only the rest of its line is there"),
        Flaw.NO_ENTRY: QCoreApplication.translate("Import", "the line does not look like one"),
        Flaw.TOO_MANY_VALUES: QCoreApplication.translate("Import", "too many values"),
    }
