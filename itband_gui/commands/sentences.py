"""What is wrong, in one plain line each: the sentences of the journal's commands."""

import os
from pathlib import Path

from itband_gui.journal.backups import BackupError, Why
from itband_gui.journal.check import EntryInvalidError, Wrong
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.reading import Fault, Problem
from itband_gui.journal.store import LoadCode, Loaded

_NOT_SAVED = {
    NotSavedCode.FULL: "the disk is full; free some space and try again",
    NotSavedCode.READ_ONLY: "{path} cannot be written; allow it, or choose {other}",
    NotSavedCode.GONE: "the folder of {path} is not there; bring it back, or choose {other}",
    NotSavedCode.BROKEN: "the disk reports an error at {path}; check it, or choose {other}",
    NotSavedCode.BUSY: "another program is holding {path}; try again",
    NotSavedCode.NEWER: "{path} belongs to a newer version of this program; update it",
    NotSavedCode.DAMAGED: "{path} is damaged and was left as it is; journal check says what "
    "can be saved, journal restore or the window sets it aside",
    NotSavedCode.UNREADABLE: "{path} cannot be read ({reason}); mend that, or choose {other}",
    NotSavedCode.SHRINK: "{path} has lost many entries to something else; see journal check and "
    "journal restore",
    NotSavedCode.OTHER: "{path} cannot be written ({reason}); choose {other}",
}
_FAULTS = {
    Fault.EMPTY: "the file is empty",
    Fault.NOT_TEXT: "not text in UTF-8",
    Fault.NOT_JSON: "cut short, or not JSON",
    Fault.NOT_A_JOURNAL: "not a journal of this program",
    Fault.UNKNOWN_KEY: "an unknown key beside the entries",
    Fault.REPEATED_KEY: "a key stands twice",
    Fault.REPEATED_ID: "an id stands twice; both entries are kept",
    Fault.BAD_ENTRY: "an entry cannot be read",
    Fault.NEEDS_NEWER: "a newer version of this program is needed to write it",
    Fault.CHECKSUM: "the checksum differs: something else changed the file",
}
WHY_KEPT = {
    None: "before the last save",
    Why.TIMED: "by the clock",
    Why.IMPORT: "before an import",
    Why.RESTORE: "before a restore",
    Why.MIGRATION: "before a new format",
    Why.MERGE: "before a merge",
    Why.EDITED: "edited by something else",
    Why.SHRINK: "before many entries went",
}
_OTHER_FOLDER, _OTHER_FILE = "a --data-dir", "another file"


def refusal(error: EntryInvalidError) -> str:
    """Say why a rating given as arguments is not taken."""
    name = f"--{error.field}"
    if error.code is Wrong.IN_THE_FUTURE:
        return f"{name} lies in the future; give the time at which it was rated."
    if error.code is Wrong.TOO_EARLY:
        return f"{name} lies before 1900; give the time at which it was rated."
    if error.code is Wrong.NOT_TEXT:
        return f"{name} holds bytes that are no text in this terminal's encoding; leave them out."
    if error.allowed:
        unit = " characters" if error.code is Wrong.WRONG_LENGTH else ""
        return f"{name} must be from {error.allowed.low} to {error.allowed.high:,}{unit}."
    return f"{name} cannot be taken ({error.code})."


def not_saved(error: NotSavedError) -> str:
    """Say why the journal was not saved, and what to do."""
    if error.confirmed:
        return f"Not saved: {_cause(error, _OTHER_FOLDER)}."
    cause = _cause(error, _OTHER_FOLDER)
    return f"Not confirmed: {cause}; the entry may be in the journal, see journal list."


def not_written(error: NotSavedError) -> str:
    """Say why a file of the user's was not written, and what to do."""
    if error.confirmed:
        return f"Not written: {_cause(error, _OTHER_FILE)}."
    return f"Not confirmed: {_cause(error, _OTHER_FILE)}; {error.path} may be lost at a power cut."


def _cause(error: NotSavedError, other: str) -> str:
    reason = os.strerror(error.errno) if error.errno else error.code
    return _NOT_SAVED[error.code].format(path=error.path, reason=reason, other=other)


def not_kept(error: BackupError | OSError) -> str:
    """Say that nothing was changed, as the journal could not be kept as it was."""
    what = _failed(error)
    return f"Nothing was changed: the journal could not first be kept as it is ({what}); mend that."


def backup_failed(error: Exception) -> str:
    """Say that a save went well, but not the copy that was due with it."""
    return f"Saved, but no copy could be kept ({_failed(error)}); see to that folder."


def _failed(error: Exception) -> str:
    if isinstance(error, BackupError):
        return f"{error.path}: {reason_of(error.errno)}"
    return reason_of(error.errno) if isinstance(error, OSError) else str(error)


def read_only(path: Path, loaded: Loaded) -> str:
    """Say why a journal that is there cannot be changed."""
    if loaded.code is LoadCode.UNREADABLE:
        return unreadable(path, loaded)
    newer = loaded.code is LoadCode.NEWER
    code = NotSavedCode.NEWER if newer else NotSavedCode.DAMAGED
    return not_saved(NotSavedError(code, path))


def unreadable(path: Path, loaded: Loaded) -> str:
    """Say why there is no journal to look at."""
    if loaded.code is LoadCode.NEW:
        return f"There is no journal at {path}; give the FILE, or the --data-dir that holds it."
    reason = reason_of(loaded.errno)
    return f"{path} cannot be read ({reason}); mend that, or choose another --data-dir."


def gone(path: Path) -> str:
    """Say that a journal is missing of which there are copies."""
    return f"There is no journal at {path}, but there are copies of it; see journal restore."


def reason_of(number: int | None) -> str:
    """Return what the system says about an error."""
    return os.strerror(number) if number else "unknown reason"


def problem_told(problem: Problem) -> str:
    """Say what is wrong with a journal file, and where."""
    where = "" if problem.line is None else f"line {problem.line}: "
    return f"{where}{_FAULTS[problem.fault]}{f' ({problem.detail})' if problem.detail else ''}"
