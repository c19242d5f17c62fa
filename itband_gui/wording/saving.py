"""Why something was not saved or not accepted, and how to fix it."""

import errno
import os
from collections.abc import Callable

from itband_gui.journal.backups import BackupError
from itband_gui.journal.entries import Limits
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.validation import EntryFault, EntryInvalidError
from itband_gui.wording.translation import language, translate


def failure_text(error: Exception, shown: Callable[[str], str] = str) -> str:
    """Return why a file could not be read or written, and how to fix that.

    `shown` makes a path, which may hold anything, fit to be shown.
    """
    number: int | None = getattr(error, "errno", None)
    if not isinstance(error, NotSavedError | BackupError):
        text = translate("Saving", "The system says: {reason}.")
        return text.format(reason=reason_of(number))
    text, folder = _failures()[error.code], error.path.parent
    if number == errno.ENOTDIR:
        text = translate("Saving", "{folder} is not a folder. Move that file away.")
        if error.code is NotSavedCode.UNREADABLE:  # the folder itself was to be read
            folder = error.path
    return text.format(
        folder=shown(str(folder)),
        file=shown(str(error.path)),
        reason=reason_of(number),
        missing=len(getattr(error, "missing", ())),
    )


def _failures() -> dict[NotSavedCode, str]:
    return {
        NotSavedCode.FULL: translate("Saving", "The disk is full. Free some space."),
        NotSavedCode.READ_ONLY: translate(
            "Saving", "The folder {folder} cannot be written to. Allow writing there."
        ),
        NotSavedCode.GONE: translate(
            "Saving",
            "The folder {folder} does not exist. Create it, or plug its disk in again.",
        ),
        NotSavedCode.BROKEN: translate(
            "Saving",
            "The disk that holds {folder} reports an error. Copy the folder to another disk.",
        ),
        NotSavedCode.BUSY: translate(
            "Saving", "Another program is using {file}. Close it, or try again later."
        ),
        NotSavedCode.NEWER: translate(
            "Saving", "A newer version of this program wrote {file}. Use that version."
        ),
        NotSavedCode.DAMAGED: translate("Saving", "{file} is damaged and stays as it is."),
        NotSavedCode.SHRINK: translate(
            "Saving",
            "Another program removed many entries from the journal file: {missing}. Put "
            "them back, or accept that they are gone.",
        ),
        NotSavedCode.UNREADABLE: translate(
            "Saving", "{file} cannot be read ({reason}). Fix this, then try again."
        ),
        NotSavedCode.OTHER: translate(
            "Saving", "{file} cannot be written ({reason}). Fix this, then try again."
        ),
    }


def reason_of(number: int | None) -> str:
    """Return the system's text for an errno."""
    if number == errno.EISDIR:  # also for a pipe or a device: see `read_file`
        return translate("Saving", "it is not an ordinary file")
    return os.strerror(number) if number else translate("Saving", "unknown reason")


def not_saved_text(error: NotSavedError, shown: Callable[[str], str] = str) -> str:
    """Say that something was not saved, why, and how to fix that."""
    if not error.confirmed:
        return translate(
            "Saving", "Not confirmed: the disk did not report that the file is safely written."
        )
    return translate("Saving", "Not saved. {why}").format(why=failure_text(error, shown))


def not_written_text(error: NotSavedError, shown: Callable[[str], str] = str) -> str:
    """Return why a file for the user, such as an export, was not written."""
    text = translate("Saving", "{not_saved} You can also choose another place.")
    return text.format(not_saved=not_saved_text(error, shown))


def unchanged_text(*, has_saved: bool = False) -> str:
    """Say that nothing was changed; `has_saved`: except what opening the journal saved."""
    if has_saved:
        return translate("Saving", "Nothing else was changed.")
    return translate("Saving", "Nothing was changed.")


def not_kept_text(error: Exception, *, has_saved: bool = False) -> str:
    """Say that nothing was changed because the journal could not be copied first."""
    text = translate("Saving", "{unchanged} The journal could not be copied first. {why}")
    return text.format(unchanged=unchanged_text(has_saved=has_saved), why=failure_text(error))


def not_accepted_text(error: Exception, *, has_saved: bool = False) -> str:
    """Say that nothing was changed because the journal does not accept an entry."""
    if isinstance(error, EntryInvalidError):
        why = entry_fault_text(error.code, error.field, error.allowed)
    else:  # EntryExistsError: only a line of a newer version is in the way of an entry
        why = translate(
            "Saving",
            "A newer version of this program wrote an entry with the id {id}. Use that version.",
        ).format(id=error.args[0])
    return f"{unchanged_text(has_saved=has_saved)} {why}"


def not_listed_text(error: Exception) -> str:
    """Return why the copies of the journal cannot be listed."""
    text = translate("Saving", "The copies cannot be listed. {why}")
    return text.format(why=failure_text(error))


def entry_fault_text(code: EntryFault, name: str, allowed: Limits | None, other: str = "") -> str:
    """Return why an entry is refused; `name` and `other` are what its fields are called here."""
    low, high = map(language().count, allowed or (0, 0))
    return {
        EntryFault.OUT_OF_RANGE: translate("Saving", "{name} must be from {low} to {high}."),
        EntryFault.WRONG_LENGTH: translate(
            "Saving", "{name} must have {low} to {high} characters or values."
        ),
        EntryFault.NOT_A_NUMBER: translate("Saving", "{name} must be a number."),
        EntryFault.NOT_TEXT: translate(
            "Saving", "{name} has characters that cannot be saved. Remove them."
        ),
        EntryFault.NO_OFFSET: translate("Saving", "{name} has no time zone."),
        EntryFault.TOO_EARLY: translate("Saving", "{name} is before 1900. Give a later date."),
        EntryFault.IN_THE_FUTURE: translate(
            "Saving", "{name} is in the future. Give an earlier time."
        ),
        EntryFault.HALF_RESOLVED: translate(
            "Saving", "{name} is missing. It is needed because {other} is filled in."
        ),
    }[code].format(name=name, low=low, high=high, other=other)


def newer_text() -> str:
    """Say that the journal can only be read here."""
    return translate(
        "Saving",
        "A newer version of this program wrote the journal. You can read it here, but not change "
        "it.",
    )


def no_backup_text() -> str:
    """Say that the copy that was due was not made."""
    return translate("Saving", "Your journal is saved, but no backup copy could be made.")


def unlocked_text() -> str:
    """Say that this disk has no locks."""
    return translate(
        "Saving",
        "The disk that holds your journal cannot stop two programs from saving at once. Save from "
        "one program at a time, or move your journal to another disk.",
    )


def unremembered_text() -> str:
    """Say that a save could not be noted outside the journal's folder."""
    return translate(
        "Saving",
        "Your journal is saved, but this computer could not keep its own record of it. "
        "If a sync tool puts an older file there, newer entries are lost. To see which folder is "
        "missing, type “itband-gui doctor”.",
    )
