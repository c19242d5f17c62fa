"""What is said about the journal's file: its copies, restoring one, an export."""

import errno
import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import day_of
from itband_gui.journal.backups import BackupError, Why
from itband_gui.journal.book import EntryExistsError
from itband_gui.journal.entries import Entry
from itband_gui.journal.exchange import CopyChange, CopyContents, OwnFileError
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.routine.library import Library
from itband_gui.ui.text.dates import day_text, local_date, number_locale, short_day_text, time_text
from itband_gui.ui.text.entries import said
from itband_gui.wording.plain import one_line

_NAMED = 3  # entries that go


def number(count: int) -> str:
    """Return a number as it is written here."""
    return number_locale().toString(count)


def why_text(why: Why | None) -> str:
    """Return why a copy was kept; None: it is the journal of before the last save."""
    return {
        None: QCoreApplication.translate("JournalFile", "before the last save"),
        Why.TIMED: QCoreApplication.translate("JournalFile", "automatic copy"),
        Why.IMPORT: QCoreApplication.translate("JournalFile", "before an import"),
        Why.RESTORE: QCoreApplication.translate("JournalFile", "before a restore"),
        Why.MIGRATION: QCoreApplication.translate("JournalFile", "before a new file format"),
        Why.MERGE: QCoreApplication.translate("JournalFile", "before two files were joined"),
        Why.EDITED: QCoreApplication.translate("JournalFile", "changed by something else"),
        Why.SHRINK: QCoreApplication.translate("JournalFile", "before many entries were removed"),
        Why.ACKNOWLEDGED: QCoreApplication.translate("JournalFile", "last saved on this computer"),
    }[why]


def when_text(at: datetime, now: datetime) -> str:
    """Return "Today, 07:10"."""
    return QCoreApplication.translate("JournalFile", "{day}, {time}").format(
        day=day_text(local_date(at), local_date(now)), time=time_text(at)
    )


def beside_text(at: datetime, name: str, now: datetime) -> str:
    """Return when another journal in the folder was changed, and its name."""
    return QCoreApplication.translate("JournalFile", "{when}: “{name}” beside your journal").format(
        when=when_text(at, now), name=one_line(name)
    )


def copy_text(at: datetime, why: Why | None, now: datetime) -> str:
    """Return when and why a copy was kept."""
    return QCoreApplication.translate("JournalFile", "{when}: {why}").format(
        when=when_text(at, now), why=why_text(why)
    )


def last_copy_text(at: datetime, why: Why | None, now: datetime) -> str:
    """Return when the newest copy was kept, and why."""
    return QCoreApplication.translate("JournalFile", "Last copy: {copy}.").format(
        copy=copy_text(at, why, now)
    )


def no_copy_text() -> str:
    """Return that there are no copies."""
    return QCoreApplication.translate(
        "JournalFile", "No copy is kept yet; the first one comes with the next change."
    )


def span_text(first: datetime | None, last: datetime | None, now: datetime) -> str:
    """Return from which day to which entries are; nothing where there are none."""
    if first is None or last is None:
        return ""
    days = [short_day_text(at.date(), now.date()) for at in (first, last)]
    if days[0] == days[1]:
        return days[0]
    return QCoreApplication.translate("JournalFile", "{first} to {last}").format(
        first=days[0], last=days[1]
    )


def inside_text(inside: CopyContents | None, now: datetime) -> str:
    """Return what a copy holds."""
    if inside is None:
        return damaged_text()
    held = QCoreApplication.translate("JournalFile", "Entries: {count}").format(
        count=number(inside.entries)
    )
    span = span_text(inside.first, inside.last, now)
    if not span:
        return held
    return QCoreApplication.translate("JournalFile", "{held}, {span}").format(held=held, span=span)


def reading_text() -> str:
    """Return that something is being read."""
    return QCoreApplication.translate("JournalFile", "Reading…")


def damaged_text() -> str:
    """Return that a copy is of no use."""
    return QCoreApplication.translate("JournalFile", "Damaged, or it cannot be read")


def chosen_text(chosen: CopyChange | None, library: Library, today: date) -> str:
    """Return what bringing a copy back would do, naming the newest entries that it takes out."""
    if chosen is None:
        return QCoreApplication.translate(
            "JournalFile", "This copy is damaged or cannot be read. Choose another one."
        )
    if not chosen.changes:
        return QCoreApplication.translate("JournalFile", "Your journal says the same already.")
    compared = chosen.compared
    counts = (
        (
            len(compared.new),
            QCoreApplication.translate("JournalFile", "Entries that come back: {n}"),
        ),
        (
            len(compared.different),
            QCoreApplication.translate("JournalFile", "Entries that change back: {n}"),
        ),
        (
            len(compared.missing),
            QCoreApplication.translate("JournalFile", "Entries that go: {n} ({named})"),
        ),
        (
            len(compared.same),
            QCoreApplication.translate("JournalFile", "Entries that stay as they are: {n}"),
        ),
    )
    named = _named(compared.missing, library, today)
    return "\n".join(text.format(n=number(count), named=named) for count, text in counts if count)


def _named(entries: Sequence[Entry], library: Library, today: date) -> str:
    """Return the newest entries with their days, and that there are more."""
    newest = sorted(entries, key=lambda entry: entry.at, reverse=True)[:_NAMED]
    named = [
        QCoreApplication.translate("JournalFile", "{day}, {entry}").format(
            day=short_day_text(day_of(entry), today),
            entry=one_line(said(entry, library, today).whole),
        )
        for entry in newest
    ]
    return "; ".join(named) + ("; …" if len(entries) > _NAMED else "")


def restored_text(at: datetime, now: datetime) -> str:
    """Return that a copy was brought back, and the ways back."""
    return QCoreApplication.translate(
        "JournalFile",
        "Your journal is as it was: {when}. Undo or Ctrl+Z reverses that; what was there before "
        "is also kept as a copy.",
    ).format(when=when_text(at, now))


def taken_text(count: int, beside: int) -> str:
    """Return how many entries an import brought, and how many it left for the user to decide."""
    told = []
    if count:
        told.append(
            QCoreApplication.translate(
                "JournalFile",
                "Entries imported: {n}. Undo or Ctrl+Z reverses that; your journal as it was is "
                "also kept as a copy.",
            ).format(n=number(count))
        )
    if beside:
        told.append(
            QCoreApplication.translate(
                "JournalFile", "Entries with another version, for you to decide: {n}. See Journal."
            ).format(n=number(beside))
        )
    return " ".join(told)


def undone_text(count: int) -> str:
    """Return that a restore or an import was taken back."""
    if count == 1:
        return QCoreApplication.translate("JournalFile", "Undone: 1 entry")
    return QCoreApplication.translate("JournalFile", "Undone: {n} entries").format(n=number(count))


def exported_text(count: int, file: Path) -> str:
    """Return where an export lies."""
    return QCoreApplication.translate(
        "JournalFile",
        "Exported; entries: {n}. They are in {file}, readable by you alone and not encrypted.",
    ).format(n=number(count), file=one_line(str(file)))


def not_listed_text(error: Exception) -> str:
    """Return that the copies cannot be listed."""
    return QCoreApplication.translate(
        "JournalFile", "The copies cannot be listed: {why}. Fix that and try again."
    ).format(why=_why(error))


def not_kept_text(error: Exception) -> str:
    """Return that nothing was changed, as the journal could not be kept as it was."""
    if isinstance(error, NotSavedError) and error.code is NotSavedCode.NEWER:
        return QCoreApplication.translate(
            "JournalFile",
            "Nothing was changed: a newer version of this program has written the journal. Use "
            "that version.",
        )
    return QCoreApplication.translate(
        "JournalFile",
        "Nothing was changed, for the journal could not first be kept as it is: {why}.",
    ).format(why=_why(error))


def not_taken_text(error: Exception) -> str:
    """Return that an entry is not taken by the journal."""
    if isinstance(error, EntryExistsError):
        return QCoreApplication.translate(
            "JournalFile",
            "Nothing was changed: the journal holds a line of a newer version of this program in "
            "its place. Use that version.",
        )
    return QCoreApplication.translate(
        "JournalFile", "Nothing was changed: there is an entry that the journal does not take."
    )


def not_exported_text(error: Exception) -> str:
    """Return why there is no export, and what to do."""
    if isinstance(error, OwnFileError):
        return QCoreApplication.translate(
            "JournalFile", "That is the journal itself. Choose another file."
        )
    if isinstance(error, NotSavedError) and not error.confirmed:
        return QCoreApplication.translate(
            "JournalFile",
            "Not confirmed: the disk did not say that the file is safely written. Choose another "
            "place.",
        )
    if isinstance(error, NotSavedError) and error.code is NotSavedCode.NEWER:
        return QCoreApplication.translate(
            "JournalFile",
            "A newer version of this program has written the journal. Copy the file, or export a "
            "table.",
        )
    return QCoreApplication.translate(
        "JournalFile", "Not exported: {why}. Choose another place."
    ).format(why=_why(error))


def _why(error: Exception) -> str:
    """Return a reason for the middle of a sentence."""
    code = NotSavedCode.OTHER
    if isinstance(error, NotSavedError | BackupError):
        code = error.code
    if getattr(error, "errno", None) == errno.ENOTDIR:
        return QCoreApplication.translate("JournalFile", "that is not a folder")
    reason = os.strerror(found) if (found := getattr(error, "errno", None)) else ""
    return {
        NotSavedCode.FULL: QCoreApplication.translate("JournalFile", "the disk is full"),
        NotSavedCode.READ_ONLY: QCoreApplication.translate(
            "JournalFile", "nothing may be written there"
        ),
        NotSavedCode.GONE: QCoreApplication.translate("JournalFile", "the folder is not there"),
        NotSavedCode.BROKEN: QCoreApplication.translate("JournalFile", "the disk reports an error"),
        NotSavedCode.BUSY: QCoreApplication.translate(
            "JournalFile", "another program is holding the journal"
        ),
        NotSavedCode.DAMAGED: QCoreApplication.translate(
            "JournalFile", "the journal file is damaged"
        ),
    }.get(
        code,
        QCoreApplication.translate("JournalFile", "the system says “{reason}”").format(
            reason=reason
        ),
    )
