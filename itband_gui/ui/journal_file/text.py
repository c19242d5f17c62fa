"""Sentences about the journal's file: its copies, restoring one, an export."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import day_of
from itband_gui.journal.backups import Why
from itband_gui.journal.entries import Entry
from itband_gui.journal.exchange import CopyChange, CopyContents, OwnFileError
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.routine.library import Library
from itband_gui.ui.text.dates import day_text, local_date, short_day_text, time_text
from itband_gui.ui.text.entries import said
from itband_gui.wording.journal_file import (
    choose_another_text,
    damaged_text,
    entries_counted,
    newer_not_exported_text,
    own_file_text,
    restore_lines,
    same_text,
    why_text,
)
from itband_gui.wording.plain import one_line
from itband_gui.wording.saving import not_written_text
from itband_gui.wording.translation import language

_NAMED = 3  # entries that go


def when_text(at: datetime, now: datetime) -> str:
    """Return "Today, 07:10"."""
    return QCoreApplication.translate("JournalFile", "{day}, {time}").format(
        day=day_text(local_date(at), local_date(now)), time=time_text(at)
    )


def beside_text(at: datetime, name: str, now: datetime) -> str:
    """Return when another journal in the folder was changed, and its name."""
    return QCoreApplication.translate(
        "JournalFile", "{when}: “{name}” next to your journal"
    ).format(when=when_text(at, now), name=one_line(name))


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
    """Say that there are no copies."""
    return QCoreApplication.translate(
        "JournalFile", "No copy is kept yet. The first one is made with the next change."
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
        count=language().count(inside.entries)
    )
    span = span_text(inside.first, inside.last, now)
    if not span:
        return held
    return QCoreApplication.translate("JournalFile", "{held}, {span}").format(held=held, span=span)


def reading_text() -> str:
    """Say that something is being read."""
    return QCoreApplication.translate("JournalFile", "Reading…")


def chosen_text(chosen: CopyChange | None, library: Library, today: date) -> str:
    """Return what bringing a copy back would do, naming the newest entries that it removes."""
    if chosen is None:
        return f"{damaged_text()}. {choose_another_text()}"
    if not chosen.changes:
        return same_text()
    compared = chosen.compared
    return "\n".join(restore_lines(compared, _named(compared.missing, library, today)))


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
    """Say that a copy was brought back, and the ways back."""
    return QCoreApplication.translate(
        "JournalFile",
        "Your journal has been restored to this state: {when}. Undo or Ctrl+Z reverses "
        "that; a copy of what was there "
        "before is kept, too.",
    ).format(when=when_text(at, now))


def taken_text(count: int, beside: int) -> str:
    """Return how many entries an import brought, and how many it left for the user to decide."""
    told = []
    if count:
        told.append(
            QCoreApplication.translate(
                "JournalFile",
                "Entries imported: {n}. Undo or Ctrl+Z reverses that; a copy of your journal as it "
                "was is kept, too.",
            ).format(n=language().count(count))
        )
    if beside:
        told.append(
            QCoreApplication.translate(
                "JournalFile", "Entries with another version, for you to decide: {n}. See Journal."
            ).format(n=language().count(beside))
        )
    return " ".join(told)


def undone_text(count: int) -> str:
    """Say that a restore or an import was undone."""
    text = QCoreApplication.translate("JournalFile", "Undone: {entries}")
    return text.format(entries=entries_counted(count))


def not_exported_text(error: Exception) -> str:
    """Return why there is no export, and what to do."""
    if isinstance(error, OwnFileError):
        return own_file_text()
    if isinstance(error, NotSavedError) and error.code is not NotSavedCode.NEWER:
        return not_written_text(error, one_line)
    return newer_not_exported_text()
