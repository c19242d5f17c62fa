"""Copies, restore, import and export of the journal, for commands and the window's threads.

What the window runs in a thread takes frozen values; errors are returned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from itband_gui.journal import safe_file
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.csv_reader import Localize
from itband_gui.journal.csv_writer import write_csv
from itband_gui.journal.entries import Entry
from itband_gui.journal.import_errors import FileUnusableError
from itband_gui.journal.importing import (
    IMPORT_LIMIT,
    Importable,
    ImportPreview,
    preview,
    read_import,
)
from itband_gui.journal.merge import Difference, difference
from itband_gui.journal.recovery import JournalCopy, copies_of, keep_present, previous_of
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError, read_file
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.journal.snapshot import FileSnapshot

_REFUSED = {JournalVerdict.NEWER: NotSavedCode.NEWER, JournalVerdict.DAMAGED: NotSavedCode.DAMAGED}


class OwnFileError(Exception):
    """The file is the journal itself, or its previous state."""


@dataclass(frozen=True)
class JournalFile:
    """The journal's file, where its copies are kept, and what this machine remembers of it."""

    path: Path
    backups: Backups
    log: Acknowledged | None = None


@dataclass(frozen=True)
class BookState:
    """The journal at an instant; the book itself belongs to the window's thread."""

    snapshot: FileSnapshot
    pending: tuple[Change, ...]

    def book(self) -> Book:
        """Return a book of one's own that holds the same."""
        book = Book(self.snapshot)
        book.take_over(change.after for change in self.pending if change.after)
        for change in self.pending:
            if change.after is None:
                book.remove(change.entry.id)
        return book


def state_of(book: Book) -> BookState:
    """Return what a book holds, saved or not."""
    return BookState(book.snapshot, book.pending)


@dataclass(frozen=True)
class CopyContents:
    """The contents of a copy: the number of entries and the oldest and newest times."""

    entries: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class CopyChange:
    """A copy's entries, and what bringing them back would do."""

    entries: tuple[Entry, ...]
    compared: Difference

    @property
    def changes(self) -> bool:
        """Whether it would do anything."""
        return bool(self.compared.new or self.compared.different or self.compared.missing)


def copies(file: JournalFile) -> list[JournalCopy] | Exception:
    """Return the copies of the journal, newest first."""
    try:
        return copies_of(file.path, file.backups, file.log)
    except (BackupError, NotSavedError) as error:
        return error


def inside(kept: JournalCopy) -> CopyContents | None:
    """Return what a copy holds; None where it cannot be read, or not whole."""
    decoded = kept.decoded()
    return None if decoded is None else _inside(decoded.entries)


def compare_copy(kept: JournalCopy, picture: BookState) -> CopyChange | None:
    """Return what bringing a copy back would do; None where it cannot be read, or not whole."""
    decoded = kept.decoded()
    if decoded is None:
        return None
    entries = decoded.entries
    return CopyChange(tuple(entries), difference(picture.book(), entries))


def keep_first(file: JournalFile, at: datetime, why: Why) -> Path | Exception | None:
    """Keep a copy of the journal as it is, and return its path; None where there is no journal."""
    try:
        target = safe_file.real_target(file.path)
        if target.exists():
            verdict = decode(read_file(target)[0]).verdict
            if verdict in _REFUSED:
                return NotSavedError(_REFUSED[verdict], target)
        return keep_present(file.path, file.backups, at, why)
    except (BackupError, OSError, NotSavedError) as error:
        return error


def read_file_to_import(
    source: Path | BinaryIO, now: datetime, localize: Localize
) -> Importable | FileUnusableError | OSError:
    """Return what a file to be imported holds; `localize` gives a time its offset."""
    try:
        if isinstance(source, Path):
            data, _ = read_file(source, IMPORT_LIMIT)
        else:
            data = source.read(IMPORT_LIMIT + 1)
        return read_import(data, now, localize)
    except (OSError, FileUnusableError) as error:
        return error


def preview_import(found: Importable, picture: BookState, *, take_doubles: bool) -> ImportPreview:
    """Return what taking a file's entries would do."""
    return preview(picture.book(), found, take_doubles=take_doubles)


def in_the_way(target: Path, journal: Path) -> OwnFileError | NotSavedError | None:
    """Return what forbids writing a file there: links in a circle, or the journal itself."""
    try:
        real = safe_file.real_target(target)
        with safe_file.refusing(real):
            present = safe_file.real_target(journal)
            for own in (present, previous_of(present)):
                if own.exists() and real.exists() and real.samefile(own):
                    return OwnFileError()
    except NotSavedError as error:
        return error
    return None


def export_bytes(book: Book, *, as_table: bool, semicolons: bool) -> bytes:
    """Return all entries as a table or a journal; `semicolons`: see `csv_writer.write_csv`."""
    return write_csv(book, semicolons=semicolons) if as_table else encode(book)


def write_export(
    picture: BookState, target: Path, file: JournalFile, *, as_table: bool, semicolons: bool
) -> int | Exception:
    """Write all entries into a file of mode 0600, durably, and return how many there are."""
    try:
        book = picture.book()
        if not as_table and _is_newer(file):
            return NotSavedError(NotSavedCode.NEWER, file.path)
        data = export_bytes(book, as_table=as_table, semicolons=semicolons)
        safe_file.replace_file(safe_file.real_target(target), data)
    except NotSavedError as error:
        return error
    return len(book)


def _is_newer(file: JournalFile) -> bool:
    try:
        return decode(read_file(file.path)[0]).verdict is JournalVerdict.NEWER
    except OSError:
        return False  # then what is known of it is all there is


def _inside(entries: Iterable[Entry]) -> CopyContents:
    times = [entry.at for entry in entries]
    return CopyContents(len(times), min(times, default=None), max(times, default=None))
