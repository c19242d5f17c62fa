"""Sentences about saves that failed and entries that were refused, one line each."""

import errno
import os
from collections.abc import Iterator
from typing import Protocol

from itband_gui.journal.backups import BackupError
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.validation import EntryFault, EntryInvalidError

_NOT_SAVED = {
    NotSavedCode.FULL: "the disk is full; free some space and try again",
    NotSavedCode.READ_ONLY: "{path} cannot be written; allow it, or choose {other}",
    NotSavedCode.GONE: "the folder of {path} is not there; bring it back, or choose {other}",
    NotSavedCode.BROKEN: "the disk reports an error at {path}; check it, or choose {other}",
    NotSavedCode.BUSY: "another program is holding {path}; try again",
    NotSavedCode.NEWER: "{path} belongs to a newer version of this program; update it",
    NotSavedCode.DAMAGED: "{path} is damaged and was left as it is; journal check says what "
    "can be saved, journal restore or the window sets it aside",
    NotSavedCode.UNREADABLE: "{path} cannot be read ({reason}); fix that, or choose {other}",
    NotSavedCode.SHRINK: "{path} has lost many entries to something else; see journal check and "
    "journal restore",
    NotSavedCode.OTHER: "{path} cannot be written ({reason}); choose {other}",
}
_OTHER_FOLDER, _OTHER_FILE = "a --data-dir", "another file"


def refusal(error: EntryInvalidError) -> str:
    """Return why a rating given as arguments is refused."""
    name = f"--{error.field}"
    if error.code is EntryFault.IN_THE_FUTURE:
        return f"{name} is in the future; give the time at which it was rated."
    if error.code is EntryFault.TOO_EARLY:
        return f"{name} is before 1900; give the time at which it was rated."
    if error.code is EntryFault.NOT_TEXT:
        return f"{name} holds bytes that are no text in this terminal's encoding; leave them out."
    if error.allowed:
        unit = " characters" if error.code is EntryFault.WRONG_LENGTH else ""
        return f"{name} must be from {error.allowed.low} to {error.allowed.high:,}{unit}."
    return f"{name} cannot be taken ({error.code})."


def not_saved(error: NotSavedError) -> str:
    """Return why the journal was not saved and what to do."""
    if error.confirmed:
        return f"Not saved: {_cause(error, _OTHER_FOLDER)}."
    cause = _cause(error, _OTHER_FOLDER)
    return f"Not confirmed: {cause}; the entry may be in the journal, see journal list."


def not_written(error: NotSavedError) -> str:
    """Return why a file that the user named was not written and what to do."""
    if error.confirmed:
        return f"Not written: {_cause(error, _OTHER_FILE)}."
    return f"Not confirmed: {_cause(error, _OTHER_FILE)}; {error.path} may be lost at a power cut."


def _cause(error: NotSavedError, other: str) -> str:
    if error.errno == errno.ENOTDIR:
        return f"{error.path.parent} is not a folder; choose {other}"
    reason = reason_of(error.errno) if error.errno else error.code
    return _NOT_SAVED[error.code].format(path=error.path, reason=reason, other=other)


def unchanged(*, has_saved: bool) -> str:
    """Return that nothing was changed; `has_saved` means that opening the journal saved changes."""
    return "Nothing else was changed" if has_saved else "Nothing was changed"


def not_kept(error: BackupError | OSError, *, has_saved: bool) -> str:
    """Return that nothing was changed because no copy of the journal could be made."""
    start, what = unchanged(has_saved=has_saved), _failed(error)
    return f"{start}: the journal could not first be kept as it is ({what}); fix that."


class _Ended(Protocol):
    """A successful save; see `journal.changes.Saved`."""

    @property
    def backup_error(self) -> Exception | None: ...

    @property
    def unlocked(self) -> bool: ...

    @property
    def unremembered(self) -> bool: ...


def shortcomings(saved: _Ended) -> Iterator[str]:
    """Yield the shortcomings of a successful save: no copy, no lock or no record."""
    if saved.backup_error:
        why = _failed(saved.backup_error)
        yield f"Saved, but no copy could be kept ({why}); check that folder."
    if saved.unlocked:
        yield (
            "Saved, but this disk cannot keep two programs from saving at the same time: let one "
            "at a time save to it, or choose a --data-dir on another disk."
        )
    if saved.unremembered:
        yield (
            "Saved, but it could not be noted outside of the journal's folder: if an older file is "
            "put in its place, this entry is lost. itband-gui doctor says which folder is missing."
        )


def _failed(error: Exception) -> str:
    if isinstance(error, BackupError):
        return f"{error.path}: {reason_of(error.errno)}"
    return reason_of(error.errno) if isinstance(error, OSError) else str(error)


def reason_of(number: int | None) -> str:
    """Return the system's text for an errno."""
    if number == errno.EISDIR:  # also for a pipe or a device: see `read_regular`
        return "it is no file"
    return os.strerror(number) if number else "unknown reason"
