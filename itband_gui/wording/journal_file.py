"""Sentences about the journal's file for its commands, one line each."""

from pathlib import Path

from itband_gui.journal.backups import Why
from itband_gui.journal.entries import YEARS
from itband_gui.journal.lines import Flaw
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.salvage import JournalFault, JournalProblem
from itband_gui.journal.store import LoadCode, Loaded
from itband_gui.wording.saving import not_saved, reason_of

_FAULTS = {
    JournalFault.EMPTY: "the file is empty",
    JournalFault.NOT_TEXT: "not text in UTF-8",
    JournalFault.NOT_JSON: "cut short, or not JSON",
    JournalFault.NOT_A_JOURNAL: "not a journal of this program",
    JournalFault.UNKNOWN_KEY: "an unknown key beside the entries",
    JournalFault.REPEATED_KEY: "a key stands twice",
    JournalFault.REPEATED_ID: "an id stands twice; both entries are kept",
    JournalFault.BAD_ENTRY: "an entry cannot be read",
    JournalFault.NEEDS_NEWER: "a newer version of this program is needed to write it",
    JournalFault.CHECKSUM: "the checksum differs: something else changed the file",
}
_FLAWS = {
    Flaw.ABSURD_YEAR: f"its year must be from {YEARS.low} to {YEARS.high}",
    Flaw.NOT_ITS_VERSION: "what it keeps is not another version of that entry",
    Flaw.REPEATED_KEY: "a key stands twice",
    Flaw.NO_KIND: "only the rest of its line is there",
    Flaw.NO_ENTRY: "the line does not look like one",
    Flaw.TOO_MANY_VALUES: "too many values",
}
WHY_KEPT = {
    None: "before the last save",
    Why.TIMED: "automatic copy",
    Why.IMPORT: "before an import",
    Why.RESTORE: "before a restore",
    Why.MIGRATION: "before a new file format",
    Why.MERGE: "before two files were joined",
    Why.EDITED: "changed by something else",
    Why.SHRINK: "before many entries were removed",
    Why.ACKNOWLEDGED: "last saved on this computer",
}


def read_only(path: Path, loaded: Loaded) -> str:
    """Return why an existing journal cannot be changed."""
    if loaded.code is LoadCode.UNREADABLE:
        return unreadable(path, loaded)
    newer = loaded.code is LoadCode.NEWER
    code = NotSavedCode.NEWER if newer else NotSavedCode.DAMAGED
    return not_saved(NotSavedError(code, path))


def unreadable(path: Path, loaded: Loaded, give: str = "the --data-dir") -> str:
    """Return why no journal can be read; `give` is the argument with which to find one."""
    if loaded.code is LoadCode.NEW:
        return f"There is no journal at {path}; give {give} that holds it."
    reason = reason_of(loaded.errno)
    return f"{path} cannot be read ({reason}); fix that, or choose another --data-dir."


def gone(path: Path) -> str:
    """Return that a journal is missing but there are copies or other journals in its folder."""
    return (
        f"There is no journal at {path}, but there are copies of it, or other journals beside it; "
        "journal restore --list names them, and journal restore or the window brings one back."
    )


def problem_told(problem: JournalProblem) -> str:
    """Return what is wrong with a journal file, and where."""
    where = "" if problem.line is None else f"line {problem.line}: "
    detail = _FLAWS[problem.detail] if isinstance(problem.detail, Flaw) else problem.detail
    return f"{where}{_FAULTS[problem.fault]}{f' ({detail})' if detail else ''}"


def entries_counted(count: int) -> str:
    """Return a number of entries in words."""
    return "1 entry" if count == 1 else f"{count:,} entries"
