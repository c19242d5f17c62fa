"""Sentences of an import: the preview, and why rows or files cannot be imported."""

from collections.abc import Iterator

from itband_gui.journal.csv_reader import ROW_LIMIT
from itband_gui.journal.entries import Entry
from itband_gui.journal.import_errors import FileUnusableError, ImportFault, RefusedRow, RowFault
from itband_gui.journal.importing import SIZE_LIMIT, Importable, ImportOutcome, ImportPreview
from itband_gui.journal.salvage import JournalProblem
from itband_gui.journal.validation import EntryFault
from itband_gui.wording.journal_file import entries_counted, problem_told

_SHOWN = 20
_SHOWN_CELL = 40  # characters
_UNUSABLE = {
    ImportFault.TOO_BIG: f"is beyond {SIZE_LIMIT // 1024**2} MB; import it in parts",
    ImportFault.TOO_MANY: f"has more than {ROW_LIMIT:,} entries; import it in parts",
    ImportFault.EMPTY: "is empty; choose another file",
    ImportFault.NOT_TEXT: "is no text in UTF-8; save it as CSV in UTF-8",
    ImportFault.NO_COLUMNS: "must name its columns in its first row, at least: date, leg, score",
    ImportFault.REPEATED_COLUMN: 'names the column "{detail}" twice; remove one',
    ImportFault.NOT_A_JOURNAL: "is neither a journal of this program nor a table; choose another "
    "file",
    ImportFault.NEWER: "belongs to a newer version of this program; update it",
}
_REFUSED = {
    RowFault.NOT_A_ROW: 'its quotes do not match; the rows after it, up to the next ", are in it',
    RowFault.TOO_MANY_CELLS: "it has more cells than there are columns",
    RowFault.MISSING: "{column} is missing",
    RowFault.MISPLACED: "{column} does not belong to this kind of entry: {cell}",
    RowFault.NO_KIND: "{column} is missing; without one it is a rating, which has no {other}",
    RowFault.UNKNOWN_WORD: "{column} is not a word that is known there: {cell}",
    RowFault.NOT_A_DATE: "{column} must be a date like 2026-11-22 or 2026-11-22 07:10, not {cell}",
    RowFault.TWO_DATES: "{column} can mean two different days: {cell}; write it like 2026-11-22",
    RowFault.SERIAL_DATE: "{column} is a spreadsheet's number for a day: {cell}; make it a date "
    "there",
    RowFault.NOT_A_TIME: "{column} must be a time like 07:10, not {cell}",
    RowFault.CONTRADICTS: "{column} says {cell}, but {other} says {other_cell}; make them "
    "agree, or "
    "empty one of them",
    RowFault.OVER_TOO_SOON: "{column} {cell} is before {other} {other_cell}",
    RowFault.NOT_A_NUMBER: "{column} must be a number, not {cell}",
    RowFault.NOT_WHOLE: "{column} must be a whole number, not {cell}",
    RowFault.NOT_YES_OR_NO: "{column} must be yes or no, not {cell}",
    RowFault.NOT_WORK: '{column} must be like "left band-upper light 12 strokes 60 s", not {cell}',
    RowFault.NOT_MARKS: "{column} was changed; it must stay as it was exported",
    RowFault.REPEATED_ID: "an earlier row has the same id and says something else: {cell}",
    EntryFault.IN_THE_FUTURE: "{column} is in the future: {cell}",
    EntryFault.TOO_EARLY: "{column} is before 1900: {cell}",
    EntryFault.HALF_RESOLVED: "{column} is missing; {other} is filled in, and they belong together",
    EntryFault.OUT_OF_RANGE: "{column} must be from {low} to {high}, not {cell}",
    EntryFault.WRONG_LENGTH: "{column} must have from {low} to {high} characters or words",
}
_WAYS = {
    ImportOutcome.NEW: "new{span}",
    ImportOutcome.DOUBLE: "{look} (same kind and leg, at the same time or on the same day): "
    "skipped; "
    "add --take-doubles to import {them}",
    ImportOutcome.SAME: "the same",
    ImportOutcome.OLDER: "amended in the journal since: left as they are there",
    ImportOutcome.NEWER: "amended in the file: they replace the journal's",
    ImportOutcome.THEIRS_WINS: "changed here and there: the file's stand, the journal's are kept "
    "beside them",
    ImportOutcome.OURS_WINS: "changed here and there: the journal's stay, the file's are kept "
    "beside them",
    ImportOutcome.CONFLICT_KEPT: "kept beside others in the file: kept beside them here too",
}


def unusable(name: str, error: FileUnusableError) -> str:
    """Return why nothing in a file can be imported and what to do."""
    return f"{name} {_UNUSABLE[error.code].format(detail=error.detail)}."


def previewed(name: str, found: Importable, chosen: ImportPreview) -> Iterator[str]:
    """Yield the lines of the preview."""
    yield f"{name} holds {entries_counted(len(found.entries))}:"
    for way, entries in chosen.ways.items():
        if entries:
            yield f"  {len(entries):,} {_way_told(way, entries)}"
    if chosen.doubles and not chosen.ways[ImportOutcome.DOUBLE]:
        yield f"  {chosen.doubles:,} of them {_look_alike(chosen.doubles)}"
    if found.left_out:
        yield f"  {found.left_out:,} hold what only a newer version can read; that is skipped"
    if found.unknown:
        yield f"  columns skipped: {', '.join(found.unknown)}"
    for refused in found.refused[:_SHOWN]:
        yield f"  cannot be imported: {_told(refused)}"
    more = len(found.refused) - _SHOWN
    if more > 0:
        yield f"  and {more:,} more cannot be imported"


def _told(refused: RefusedRow | JournalProblem) -> str:
    if isinstance(refused, JournalProblem):
        return problem_told(refused)
    low, high = refused.allowed or (0, 0)
    why = _REFUSED.get(refused.why, f"{refused.column}: {refused.why}").format(
        column=refused.column,
        cell=_shown(refused.cell),
        other=refused.other,
        other_cell=_shown(refused.other_cell),
        low=low,
        high=f"{high:,}",
    )
    return f"row {refused.row}: {why}"


def _shown(cell: str) -> str:
    return f'"{cell}"' if len(cell) <= _SHOWN_CELL else f'"{cell[:_SHOWN_CELL]}…"'


def _way_told(way: ImportOutcome, entries: tuple[Entry, ...]) -> str:
    count = len(entries)
    return _WAYS[way].format(
        span=_span(entries), look=_look_alike(count), them="it" if count == 1 else "them"
    )


def _look_alike(count: int) -> str:
    return (
        "looks like one that is already there"
        if count == 1
        else "look like ones that are already there"
    )


def _span(entries: tuple[Entry, ...]) -> str:
    times = [entry.at for entry in entries]
    return f", {min(times):%Y-%m-%d} to {max(times):%Y-%m-%d}"
