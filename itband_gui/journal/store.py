"""Loads and saves the journal's file; a file that can't be read is never overwritten."""

import os
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec.structs import replace

from itband_gui.journal import recovery, safe_file
from itband_gui.journal.acknowledged import Acknowledged, Missed
from itband_gui.journal.backups import Backups, DueCopies, Why
from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.codec import decode
from itband_gui.journal.lock import locked
from itband_gui.journal.memory import JournalMemory
from itband_gui.journal.merge import applied, merge, without_old_removals
from itband_gui.journal.recovery import RecoveryOption
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError, quarantine, read_file
from itband_gui.journal.salvage import Decoded, JournalProblem, JournalVerdict
from itband_gui.journal.sibling_merge import Siblings
from itband_gui.journal.siblings_seen import SeenSiblings
from itband_gui.journal.snapshot import FileImage, FileSnapshot
from itband_gui.journal.tracked_file import TrackedFile, digest_of
from itband_gui.journal.versions import EncodingError


class LoadCode(StrEnum):
    """The ways in which opening the journal can end."""

    NEW = "new"  # there is no file yet
    SOUND = "sound"
    EDITED = "edited-outside"  # valid, but last changed by another program
    NEWER = "newer-read-only"  # only a newer version of this program can write it
    DAMAGED = "damaged"  # the book has the entries that could be recovered
    UNREADABLE = "cannot-be-read"  # the disk or permissions refuse access; it may be fine


LOAD_CODES = {
    JournalVerdict.SOUND: LoadCode.SOUND,
    JournalVerdict.EDITED: LoadCode.EDITED,
    JournalVerdict.NEWER: LoadCode.NEWER,
    JournalVerdict.DAMAGED: LoadCode.DAMAGED,
}


class Loaded(msgspec.Struct, frozen=True):
    """An opened journal.

    Attributes:
        code: the result.
        book: the entries that could be read.
        problems: the first problems of a damaged file.
        lost: the number of entries that could not be read.
        unlisted: the number of problems beyond `problems`.
        set_aside: the new path of a damaged file that was moved.
        errno: why the file cannot be read (EFBIG: larger than JOURNAL_LIMIT, EISDIR: not a file).
        migrated_from: the file's schema if it is an older one.
        recovery_options: ways to restore what is damaged or missing, best first.
        missed: what the file lacked of this computer's record; the book has it.

    """

    code: LoadCode
    book: Book
    problems: tuple[JournalProblem, ...] = ()
    lost: int = 0
    unlisted: int = 0
    set_aside: Path | None = None
    errno: int | None = None
    migrated_from: int | None = None
    recovery_options: tuple[RecoveryOption, ...] = ()
    missed: Missed = Missed()

    @property
    def snapshot(self) -> FileSnapshot:
        """The file's contents as read."""
        return self.book.snapshot

    @property
    def read_only(self) -> bool:
        """Whether saving is refused while the file stays as it is."""
        refused = (LoadCode.NEWER, LoadCode.UNREADABLE)
        return self.code in refused or (self.code is LoadCode.DAMAGED and not self.set_aside)


CONFLICTS = "conflict-copies"  # for merged conflict copies, in the backups folder


class Store:
    """The journal file at `path`, a file or a link; one store serves one book.

    Use it from one thread at a time.

    Args:
        path: the journal.
        backups: keeps the copies; None to make none.
        now: the clock; without it, a removal gets the time of the newest line.
        log: this computer's record of saves; None to keep none.

    """

    def __init__(
        self,
        path: Path,
        backups: Backups | None = None,
        now: Callable[[], datetime] | None = None,
        log: Acknowledged | None = None,
    ) -> None:
        self.path = path
        self._backups = backups
        self._clock = now
        self._log = log
        self._folder_was_there = False
        self._start(FileSnapshot())

    def _start(self, held: FileSnapshot) -> None:
        """Start again with a file's contents."""
        self._due = DueCopies(self._backups)
        self._memory = JournalMemory(self._log)
        self._file = TrackedFile(self.path, self._due, held, self._memory)
        conflicts = self._backups.folder / CONFLICTS if self._backups else None
        self._beside = Siblings(conflicts, SeenSiblings(self._log)) if conflicts else None
        # As last returned: the contents, and whether they still had to be written.
        self._told = (held, False)

    def load(self, *, set_aside: bool = False) -> Loaded:
        """Open the journal; with `set_aside`, a damaged file is renamed and replaced.

        The new file has the entries that can still be read. Never raises: see `Loaded.code`.
        """
        self._start(FileSnapshot())
        with suppress(OSError, NotSavedError):
            self._folder_was_there = safe_file.real_target(self.path).parent.is_dir()
        try:
            data, status = read_file(self.path)
        except FileNotFoundError:
            return Loaded(LoadCode.NEW, Book(), recovery_options=self._offers(None))
        except OSError as error:
            self._due.trusted = False
            return Loaded(LoadCode.UNREADABLE, Book(), errno=error.errno)
        decoded = decode(data)
        code = LOAD_CODES[decoded.verdict]
        if code is LoadCode.DAMAGED:
            self._due.trusted = False
            return self._rescued(data, decoded) if set_aside else self._damaged(decoded)
        held = decoded.snapshot
        if code is not LoadCode.NEWER:  # a newer version's file must never be overwritten
            self._meet(data, status, decoded)
            held = self._file.held
        book = Book(held)
        book.accept(Saved(held, needs_write=self._file.needs_write))
        return Loaded(
            code,
            book,
            decoded.problems,
            unlisted=decoded.unlisted,
            migrated_from=decoded.migrated_from,
            missed=self._file.missed,
        )

    def write(
        self,
        changes: tuple[Change, ...],
        *,
        extra_lines: FileSnapshot | None = None,
        consent: str | None = None,
    ) -> Saved:
        """Save changes durably, merged with those made elsewhere, and return the new contents.

        Args:
            changes: the changes to save.
            extra_lines: lines to add besides the changes, for example from an import.
            consent: the digest (`ShrunkError.found`) of the file from which the user agreed to lose
                many entries.

        Raises:
            ShrunkError: many entries were removed elsewhere and the user has not agreed to that.
            NotSavedError: `confirmed` says whether the file is certainly still the old one; changes
                made elsewhere may have been merged even so and are returned by `look`.

        """
        if not (changes or extra_lines or consent or self._file.needs_write):
            return Saved(self._file.held)
        target = safe_file.real_target(self.path)
        self._ensure_folder(target.parent)
        with locked(target) as is_alone:
            safe_file.sweep(target)
            self._take_in(changes, consent)
            begun = not self._file.met
            backup_error = self._keep_copies(target)
            held = self._joined(changes, extra_lines)
            whole = self._put(target, held, changes)
            is_remembered = self._due.holds(Why.ACKNOWLEDGED) or self._memory.keep(whole, held)
            if self._beside:
                self._beside.settle(held, begun=begun)
        saved = self._told_saved(held.as_in(whole), extra_lines)
        return replace(
            saved,
            changes=changes,
            backup_error=backup_error,
            unlocked=not is_alone,
            unremembered=not is_remembered,
            begun=begun,
        )

    def remember(
        self, changes: tuple[Change, ...], extra_lines: FileSnapshot | None = None
    ) -> bool:
        """Record changes that could not be saved, so that the next start has them; see `write`.

        Return whether that worked: there may be no record.
        """
        with suppress(NotSavedError):
            self._take_in(changes)
        try:
            target = safe_file.real_target(self.path)
            # If the folder is gone, there is nothing to lock and nobody else can save there.
            with locked(target) if target.parent.is_dir() else nullcontext():
                held, news = self._joined(changes, extra_lines), self._memory.news(None)
                held = merge(held, news) if news else held
                is_kept = self._memory.keep(held.encoded(), held, synced=True)
                return is_kept and self._log is not None
        except NotSavedError:
            return False

    def save(self, book: Book, *, consent: str | None = None) -> Saved:
        """Save all pending changes of a book durably; see `write`.

        Raises:
            NotSavedError: the changes stay pending.

        """
        try:
            saved = self.write(book.pending, consent=consent)
        except NotSavedError:
            news = self._news()
            if news:
                book.accept(news)
            raise
        book.accept(saved)
        return saved

    def look(self) -> Saved | None:
        """Return the file's contents if it was changed elsewhere since the last look; fast if not.

        Raises:
            NotSavedError: the file cannot be read, is damaged or has lost too many entries.

        """
        self._take_in()
        return self._news()

    def refresh(self, book: Book) -> Saved:
        """Update a book with changes saved elsewhere since the last look.

        Raises:
            NotSavedError: see `look`; the book is unchanged.

        """
        news = self.look()
        if news is None:
            return Saved(self._file.held)
        book.accept(news)
        return news

    def _put(self, target: Path, held: FileSnapshot, changes: tuple[Change, ...]) -> FileImage:
        """Replace the file with `held`."""
        whole = held.encoded()
        try:
            written = safe_file.save_file(target, whole.data)
        except NotSavedError as error:
            if not error.confirmed:
                self._reread(changes, whole.checksum)
            raise
        self._file.wrote(written.status, whole)
        return whole

    def _told_saved(self, held: FileSnapshot, extra_lines: FileSnapshot | None) -> Saved:
        """Note the contents just written, and return them with everything not yet reported."""
        self._file.needs_write = False
        saved = self._told_now(held, extra_lines)
        self._file.held = held
        self._told = held, False
        missed, self._file.missed = self._file.missed, Missed()
        return replace(saved, missed=missed, beside=self._beside.told() if self._beside else ())

    def _meet(self, data: bytes, status: os.stat_result, decoded: Decoded) -> None:
        """Start with a file that was just read, merged with this computer's record."""
        self._start(FileSnapshot())
        if not self._memory.agrees(digest_of(data, decoded)):
            with suppress(NotSavedError):
                self._file.take_in((), self._now(), None)
                self._told = self._file.held, self._file.needs_write
                return
        self._start(decoded.snapshot)
        self._file.opened(data, status, decoded)

    def _now(self) -> datetime:
        if self._clock is not None:
            return self._clock()
        order = self._file.held.order
        return order[-1][0] if order else datetime.fromtimestamp(0, UTC)

    def _news(self) -> Saved | None:
        beside = self._beside.told() if self._beside else ()
        if self._told == (self._file.held, self._file.needs_write) and not beside:
            return None
        news = replace(self._told_now(self._file.held), beside=beside)
        self._told = news.snapshot, news.needs_write
        return news

    def _told_now(self, held: FileSnapshot, extra_lines: FileSnapshot | None = None) -> Saved:
        told, _ = self._told
        known = (told.lines, extra_lines.lines if extra_lines else ())
        lost = tuple(line for line in held.overruled() if not any(line.id in ids for ids in known))
        merged_external = bool(lost) or self._file.held is not told
        return Saved(
            held,
            merged_external=merged_external,
            overruled=lost,
            needs_write=self._file.needs_write,
        )

    def _ensure_folder(self, folder: Path) -> None:
        # If the folder existed and is gone, most likely a disk was unplugged.
        if not self._folder_was_there:
            safe_file.make_folder(folder)
        self._folder_was_there = True

    def _take_in(self, changes: tuple[Change, ...] = (), consent: str | None = None) -> None:
        """Merge changes made elsewhere: those of the file and of other journals in its folder."""
        self._file.take_in(changes, self._now(), consent)
        if self._beside:
            self._beside.take_in(safe_file.real_target(self.path), self._file)

    def _keep_copies(self, target: Path) -> Exception | None:
        """Make the copies that are due before a save; return the error, if any."""
        with safe_file.refusing(target):
            is_missing = not target.exists()
        if is_missing:  # the new file may have fewer entries than the one before
            recovery.keep_previous(target)
        left_out = self._memory.left_out() if is_missing else None
        if left_out:
            self._due.add(Why.ACKNOWLEDGED, left_out)
        backup_error = self._due.keep(target, self._now())
        if left_out and not backup_error:
            self._memory.forget()
        return backup_error

    def _joined(
        self, changes: tuple[Change, ...], extra_lines: FileSnapshot | None
    ) -> FileSnapshot:
        """Return the contents to write."""
        now = self._now()
        try:
            held = applied(self._file.held, changes, now)
            held = merge(held, extra_lines) if extra_lines else held
        except EncodingError as error:
            raise NotSavedError(NotSavedCode.OTHER, self.path) from error
        return without_old_removals(held, now)

    def _reread(self, changes: tuple[Change, ...], checksum: str) -> None:
        """Read the file again after an unconfirmed save of a file with this checksum."""
        due = self._due.reasons()
        self._file.seen = None
        with suppress(NotSavedError):
            self._file.take_in(changes, self._now(), None)
        if self._file.looks_like(checksum):
            self._due.forget_but(due)  # the others are due to our own changes
        self._file.needs_write = True

    def _rescued(self, data: bytes, decoded: Decoded) -> Loaded:
        """Move the damaged file away and write its readable entries in its place."""
        try:
            target = safe_file.real_target(self.path)
            with locked(target):
                if read_file(self.path)[0] != data:
                    return self.load()  # another window was faster
                moved = quarantine(target)
        except (OSError, NotSavedError):
            return self._salvaged(decoded)
        loaded = self._salvaged(decoded)
        with suppress(NotSavedError):  # stays unsaved: the window says so and tries again
            self.save(loaded.book)
        return replace(loaded, set_aside=moved)

    def _salvaged(self, decoded: Decoded) -> Loaded:
        """Hold the readable entries of a damaged file, which are still to be saved."""
        self._file = TrackedFile(self.path, self._due, decoded.snapshot, self._memory)
        self._file.needs_write = True
        self._told = decoded.snapshot, True
        book = Book(decoded.snapshot)
        book.accept(Saved(decoded.snapshot, needs_write=True))
        return replace(self._damaged(decoded), book=book)

    def _damaged(self, decoded: Decoded) -> Loaded:
        return Loaded(
            LoadCode.DAMAGED,
            Book(decoded.snapshot),
            decoded.problems,
            decoded.lost,
            decoded.unlisted,
            recovery_options=self._offers(decoded),
        )

    def _offers(self, here: Decoded | None) -> tuple[RecoveryOption, ...]:
        target = Path(os.path.realpath(self.path))
        return tuple(recovery.recovery_options(target, here, self._backups, self._log))
