"""Sentences for an import: its effect, and why something cannot be imported."""

import errno

from itband_gui.journal.csv_reader import ROW_LIMIT
from itband_gui.journal.import_errors import FileUnusableError, ImportFault, RefusedRow, RowFault
from itband_gui.journal.importing import IMPORT_LIMIT, Importable, ImportOutcome, ImportPreview
from itband_gui.journal.salvage import JournalProblem
from itband_gui.journal.validation import EntryFault
from itband_gui.wording.journal_file import problem_place, problem_text
from itband_gui.wording.plain import quoted
from itband_gui.wording.saving import entry_fault_text, reason_of
from itband_gui.wording.translation import language, translate

_MB = 1024 * 1024
_COLUMNS_SHOWN = 12


def unusable_text(error: FileUnusableError | OSError) -> str:
    """Return why a file cannot be imported, and what to do."""
    if isinstance(error, FileUnusableError):
        code, detail = error.code, error.detail
    elif error.errno == errno.EFBIG:
        code, detail = ImportFault.TOO_BIG, ""
    else:
        text = translate("Import", "The file cannot be read ({reason}). Choose another one.")
        return text.format(reason=reason_of(error.errno))
    count = language().count
    return _file_faults()[code].format(
        mb=count(IMPORT_LIMIT // _MB), rows=count(ROW_LIMIT), column=quoted(detail)
    )


def _file_faults() -> dict[ImportFault, str]:
    return {
        ImportFault.TOO_BIG: translate(
            "Import", "The file is larger than {mb} MB. Split it and import the parts."
        ),
        ImportFault.TOO_MANY: translate(
            "Import", "The file has more than {rows} entries. Split it and import the parts."
        ),
        ImportFault.EMPTY: translate("Import", "The file is empty. Choose another one."),
        ImportFault.NOT_TEXT: translate(
            "Import", "The file is not text in UTF-8. Save it as CSV in UTF-8."
        ),
        ImportFault.NO_COLUMNS: translate(
            "Import", "The first row must name the columns, at least: date, leg, score."
        ),
        ImportFault.REPEATED_COLUMN: translate(
            "Import", "There are two columns called “{column}”. Remove one."
        ),
        ImportFault.NOT_A_JOURNAL: translate(
            "Import",
            "The file is neither a journal of this program nor a table. Choose another one.",
        ),
        ImportFault.NEWER: translate(
            "Import", "A newer version of this program wrote the file. Use that version."
        ),
    }


def _outcomes() -> dict[ImportOutcome, tuple[str, str]]:
    """Return a name for each outcome, and what else there is to know about it."""
    decide = translate("Import", "the other version is kept for you to decide")
    return {
        ImportOutcome.NEW: (translate("Import", "New"), ""),
        ImportOutcome.DOUBLE: (
            translate("Import", "Looks like one of yours"),
            translate("Import", "skipped: same kind and leg, at the same time or on the same day"),
        ),
        ImportOutcome.NEWER: (translate("Import", "Newer than yours; replaces it"), ""),
        ImportOutcome.THEIRS_WINS: (translate("Import", "Different; replaces yours"), decide),
        ImportOutcome.OURS_WINS: (translate("Import", "Different; yours stays"), decide),
        ImportOutcome.CONFLICT_KEPT: (
            translate("Import", "Another version"),
            translate("Import", "undecided in the file; kept for you to decide"),
        ),
        ImportOutcome.OLDER: (translate("Import", "Older than yours; yours stays"), ""),
        ImportOutcome.SAME: (translate("Import", "Same as yours"), ""),
    }


def outcome_text(outcome: ImportOutcome | None) -> str:
    """Return what happens to an entry; None: it cannot be imported."""
    return translate("Import", "Not imported") if outcome is None else _outcomes()[outcome][0]


def preview_lines(found: Importable, chosen: ImportPreview) -> list[str]:
    """Return what an import would do."""
    lines = [] if chosen.changes else [translate("Import", "There is nothing new in it.")]
    for outcome, (name, more) in _outcomes().items():
        if entries := chosen.ways[outcome]:
            lines.append(_counted(f"{name} ({more})" if more else name, len(entries)))
    if found.refused:
        lines.append(_counted(translate("Import", "Cannot be imported"), len(found.refused)))
    if found.left_out:
        newer = translate("Import", "Skipped because only a newer version can read them")
        lines.append(_counted(newer, found.left_out))
    if found.unknown:
        names = ", ".join(map(quoted, found.unknown[:_COLUMNS_SHOWN]))
        more = "…" if len(found.unknown) > _COLUMNS_SHOWN else ""
        lines.append(translate("Import", "Columns skipped: {names}").format(names=names + more))
    return lines


def _counted(text: str, count: int) -> str:
    return translate("Import", "{text}: {n}").format(text=text, n=language().count(count))


def place_text(refused: RefusedRow | JournalProblem) -> str:
    """Return where in the file something is that cannot be imported."""
    if isinstance(refused, JournalProblem):
        return problem_place(refused)
    return translate("Import", "Row {n}").format(n=language().count(refused.row))


def reason_text(refused: RefusedRow | JournalProblem) -> str:
    """Return why something cannot be imported."""
    if isinstance(refused, JournalProblem):
        return problem_text(refused)
    column, cell = quoted(refused.column), quoted(refused.cell)
    if isinstance(refused.why, EntryFault):
        name = f"{column} “{cell}”" if cell else column
        return entry_fault_text(refused.why, name, refused.allowed, quoted(refused.other))
    faults = _date_faults() | _row_faults()
    return faults[refused.why].format(
        column=column, cell=cell, other=quoted(refused.other), other_cell=quoted(refused.other_cell)
    )


def _date_faults() -> dict[RowFault, str]:
    return {
        RowFault.NOT_A_DATE: translate(
            "Import", "{column} must look like 2026-11-22 or 2026-11-22 07:10, not “{cell}”."
        ),
        RowFault.TWO_DATES: translate(
            "Import", "{column} can mean two different days: “{cell}”. Write it like 2026-11-22."
        ),
        RowFault.SERIAL_DATE: translate(
            "Import",
            "{column} is a spreadsheet’s number for a day: “{cell}”. Format that column as a date "
            "there.",
        ),
        RowFault.NOT_A_TIME: translate(
            "Import", "{column} must be a time like 07:10, not “{cell}”."
        ),
        RowFault.CONTRADICTS: translate(
            "Import",
            "{column} says “{cell}”, but {other} says “{other_cell}”. Make them agree, or clear "
            "one of them.",
        ),
        RowFault.OVER_TOO_SOON: translate(
            "Import", "{column} “{cell}” is before {other} “{other_cell}”."
        ),
    }


def _row_faults() -> dict[RowFault, str]:
    return {
        RowFault.NOT_A_ROW: translate(
            "Import",
            "Its quotes do not match, so the rows up to the next quote are read as part of it.",
        ),
        RowFault.TOO_MANY_CELLS: translate("Import", "It has more cells than there are columns."),
        RowFault.MISSING: translate("Import", "{column} is missing."),
        RowFault.MISPLACED: translate(
            "Import", "{column} does not belong to this kind of entry: “{cell}”."
        ),
        RowFault.NO_KIND: translate(
            "Import",
            "{column} is missing. Without it the row is a rating, and a rating has no {other}.",
        ),
        RowFault.UNKNOWN_WORD: translate("Import", "{column} has an unknown word: “{cell}”."),
        RowFault.NOT_A_NUMBER: translate("Import", "{column} must be a number, not “{cell}”."),
        RowFault.NOT_WHOLE: translate("Import", "{column} must be a whole number, not “{cell}”."),
        RowFault.NOT_YES_OR_NO: translate("Import", "{column} must be yes or no, not “{cell}”."),
        RowFault.NOT_WORK: translate(
            "Import", "{column} must be like “left band-upper light 12 strokes 60 s”, not “{cell}”."
        ),
        RowFault.NOT_MARKS: translate(
            "Import", "{column} was changed; it must stay as it was exported."
        ),
        RowFault.REPEATED_ID: translate(
            "Import", "An earlier row has the same id but says something else: “{cell}”."
        ),
    }
