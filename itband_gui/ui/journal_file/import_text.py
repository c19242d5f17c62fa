"""What is said about a file that is to be imported: what it holds, and why not all of it."""

import errno
import os

from PySide6.QtCore import QCoreApplication

from itband_gui.journal.csv_reader import ROW_LIMIT
from itband_gui.journal.entries import YEARS
from itband_gui.journal.import_errors import FileUnusableError, Refused, Unfit, Unusable
from itband_gui.journal.importing import SIZE_LIMIT, Importable, Preview, Way
from itband_gui.journal.lines import Flaw
from itband_gui.journal.salvage import Fault, Problem
from itband_gui.journal.validation import Wrong
from itband_gui.ui.journal_file.text import number
from itband_gui.wording.plain import quoted

_MB = 1024 * 1024
_WORDS_SHOWN = 12  # names of columns


def unusable_text(error: Exception) -> str:
    """Return why nothing of a file can be taken, and what to do."""
    if isinstance(error, FileUnusableError):
        code, detail = error.code, error.detail
    elif isinstance(error, OSError) and error.errno == errno.EFBIG:
        code, detail = Unusable.TOO_BIG, ""
    elif isinstance(error, OSError) and error.errno == errno.EISDIR:  # also a pipe, or a device
        return QCoreApplication.translate("Import", "That is not an ordinary file. Choose another.")
    else:
        reason = os.strerror(found) if (found := getattr(error, "errno", None)) else ""
        return QCoreApplication.translate(
            "Import", "The file cannot be read: the system says “{reason}”. Choose another one."
        ).format(reason=reason)
    return (
        {
            Unusable.TOO_BIG: QCoreApplication.translate(
                "Import", "The file is larger than {mb} MB. Import it in parts."
            ),
            Unusable.TOO_MANY: QCoreApplication.translate(
                "Import", "The file has more than {rows} entries. Import it in parts."
            ),
            Unusable.EMPTY: QCoreApplication.translate(
                "Import", "The file is empty. Choose another one."
            ),
            Unusable.NOT_TEXT: QCoreApplication.translate(
                "Import", "The file is no text in UTF-8. Save it as CSV in UTF-8."
            ),
            Unusable.NO_COLUMNS: QCoreApplication.translate(
                "Import",
                "The first row of a table must name its columns, at least: date, leg, score.",
            ),
            Unusable.REPEATED_COLUMN: QCoreApplication.translate(
                "Import", "The column {column} is there twice. Remove one."
            ),
            Unusable.NOT_A_JOURNAL: QCoreApplication.translate(
                "Import",
                "The file is neither a journal of this program nor a table. Choose another one.",
            ),
            Unusable.NEWER: QCoreApplication.translate(
                "Import", "A newer version of this program has written the file. Use that version."
            ),
        }[code]
    ).format(mb=SIZE_LIMIT // _MB, rows=number(ROW_LIMIT), column=quoted(detail))


def way_text(way: Way | None) -> str:
    """Return what becomes of an entry, for a column of a table; None: it cannot be taken."""
    return {
        None: QCoreApplication.translate("Import", "Not imported"),
        Way.NEW: QCoreApplication.translate("Import", "New"),
        Way.DOUBLE: QCoreApplication.translate("Import", "Looks like yours"),
        Way.SAME: QCoreApplication.translate("Import", "The same"),
        Way.OLDER: QCoreApplication.translate("Import", "Older than yours"),
        Way.NEWER: QCoreApplication.translate("Import", "Newer than yours"),
        Way.STANDS: QCoreApplication.translate("Import", "Different; yours is kept beside it"),
        Way.KEPT: QCoreApplication.translate("Import", "Different; kept beside yours"),
        Way.BESIDE: QCoreApplication.translate("Import", "Another version, kept beside"),
    }[way]


def preview_text(found: Importable, chosen: Preview) -> str:
    """Return what taking a file would do, one line a matter."""
    ways = {
        Way.NEW: QCoreApplication.translate("Import", "New: {n}"),
        Way.DOUBLE: QCoreApplication.translate(
            "Import",
            "Skipped, as they look like ones of yours (same kind and leg, at the same time or on "
            "the same day): {n}",
        ),
        Way.NEWER: QCoreApplication.translate(
            "Import", "Amended in the file; they replace yours: {n}"
        ),
        Way.STANDS: QCoreApplication.translate(
            "Import", "Changed here and there; the file’s count, yours are kept beside them: {n}"
        ),
        Way.KEPT: QCoreApplication.translate(
            "Import", "Changed here and there; yours count, the file’s are kept beside them: {n}"
        ),
        Way.BESIDE: QCoreApplication.translate(
            "Import", "Versions that are undecided in the file, kept beside: {n}"
        ),
        Way.OLDER: QCoreApplication.translate(
            "Import", "Amended in your journal since; yours stay: {n}"
        ),
        Way.SAME: QCoreApplication.translate("Import", "The same as yours: {n}"),
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


def place_text(refused: Refused | Problem) -> str:
    """Return where in the file something is that cannot be taken."""
    if isinstance(refused, Refused):
        return QCoreApplication.translate("Import", "Row {n}").format(n=number(refused.row))
    if refused.line is None:
        return ""
    return QCoreApplication.translate("Import", "Line {n}").format(n=number(refused.line))


def reason_text(refused: Refused | Problem) -> str:
    """Return why something cannot be taken."""
    if isinstance(refused, Problem):
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


def _date_reasons() -> dict[Unfit | Wrong, str]:
    return {
        Unfit.NOT_A_DATE: QCoreApplication.translate(
            "Import",
            "{column} must be a date like 2026-11-22 or 2026-11-22 07:10, not “{cell}”.",
        ),
        Unfit.TWO_DATES: QCoreApplication.translate(
            "Import",
            "{column} can mean two different days: “{cell}”. Write it like 2026-11-22.",
        ),
        Unfit.SERIAL_DATE: QCoreApplication.translate(
            "Import",
            "{column} is a spreadsheet’s number for a day: “{cell}”. Format that column as a date "
            "there.",
        ),
        Unfit.NOT_A_TIME: QCoreApplication.translate(
            "Import", "{column} must be a time like 07:10, not “{cell}”."
        ),
        Unfit.CONTRADICTS: QCoreApplication.translate(
            "Import",
            "{column} says “{cell}”, but {other} says “{other_cell}”. Make them agree, or clear "
            "one of them.",
        ),
        Unfit.OVER_TOO_SOON: QCoreApplication.translate(
            "Import", "{column} “{cell}” is before {other} “{other_cell}”."
        ),
    }


def _row_reasons() -> dict[Unfit | Wrong, str]:
    return _date_reasons() | {
        Unfit.NOT_A_ROW: QCoreApplication.translate(
            "Import", "Its quotes do not match; the rows after it, up to the next quote, are in it."
        ),
        Unfit.TOO_MANY_CELLS: QCoreApplication.translate(
            "Import", "It has more cells than there are columns."
        ),
        Unfit.MISSING: QCoreApplication.translate("Import", "{column} is missing."),
        Unfit.MISPLACED: QCoreApplication.translate(
            "Import", "{column} does not belong to this kind of entry: “{cell}”"
        ),
        Unfit.NO_KIND: QCoreApplication.translate(
            "Import",
            "{column} is missing. Without it the row is a rating, and a rating has no {other}.",
        ),
        Unfit.UNKNOWN_WORD: QCoreApplication.translate(
            "Import", "{column}: the word “{cell}” is not known."
        ),
        Unfit.NOT_A_NUMBER: QCoreApplication.translate(
            "Import", "{column} must be a number, not “{cell}”."
        ),
        Unfit.NOT_WHOLE: QCoreApplication.translate(
            "Import", "{column} must be a whole number, not “{cell}”."
        ),
        Unfit.NOT_YES_OR_NO: QCoreApplication.translate(
            "Import", "{column} must be yes or no, not “{cell}”."
        ),
        Unfit.NOT_WORK: QCoreApplication.translate(
            "Import",
            "{column} must be like “left band-upper light 12 strokes 60 s”, not “{cell}”.",
        ),
        Unfit.NOT_MARKS: QCoreApplication.translate(
            "Import", "{column} was changed; it must stay as it was exported."
        ),
        Unfit.REPEATED_ID: QCoreApplication.translate(
            "Import", "An earlier row has the same id and says something else: “{cell}”"
        ),
        Wrong.IN_THE_FUTURE: QCoreApplication.translate(
            "Import", "{column} is in the future: {cell}"
        ),
        Wrong.TOO_EARLY: QCoreApplication.translate("Import", "{column} is before 1900: {cell}"),
        Wrong.HALF_RESOLVED: QCoreApplication.translate(
            "Import", "{column} is missing; {other} is filled in, and they belong together."
        ),
        Wrong.OUT_OF_RANGE: QCoreApplication.translate(
            "Import", "{column} must be from {low} to {high}, not “{cell}”."
        ),
        Wrong.WRONG_LENGTH: QCoreApplication.translate(
            "Import", "{column} must have from {low} to {high} characters or words."
        ),
    }


def _fault_text(problem: Problem) -> str:
    if problem.fault is Fault.NOT_JSON:
        return QCoreApplication.translate("Import", "The file is cut short here, or broken.")
    if problem.fault is Fault.REPEATED_KEY:
        return QCoreApplication.translate("Import", "A name stands twice in it.")
    if problem.fault is Fault.UNKNOWN_KEY:
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
