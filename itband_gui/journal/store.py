"""The journal's file: opened whole, saved whole, never overwritten where it cannot be read."""

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
from itband_gui.journal.snapshot import FILE_NAME, FileImage, FileSnapshot
from itband_gui.journal.tracked_file import TrackedFile, digest_of
from itband_gui.journal.versions import EncodingError


class LoadCode(StrEnum):
    """How opening the journal went."""

    NEW = "new"  # there is no file yet
    SOUND = "sound"
    EDITED = "edited-outside"  # valid and whole, but last changed by something else
    NEWER = "newer-read-only"  # a newer version of this program has to write it
    DAMAGED = "damaged"  # the book holds what can be saved of it
    UNREADABLE = "cannot-be-read"  # the disk or its permissions refuse; nobody says it is damaged


LOAD_CODES = {
    JournalVerdict.SOUND: LoadCode.SOUND,
    JournalVerdict.EDITED: LoadCode.EDITED,
    JournalVerdict.NEWER: LoadCode.NEWER,
    JournalVerdict.DAMAGED: LoadCode.DAMAGED,
}


class Loaded(msgspec.Struct, frozen=True):
    """An opened journal.

    `problems`, `unlisted` (how many more there are) and `lost` (entries that could not be read)
    tell about damage; `set_aside` is where
    the damaged file lies now; `errno` says why a file cannot be read (EFBIG: beyond SIZE_LIMIT,
    EISDIR: it is no file); `migrated_from` is the file's schema, where that is an older one;
    `offers` are what can bring back what is damaged or missing, the best first; `missed` is what
    the file lacked of what this machine has acknowledged: the book has it, the file still has not.
    """

    code: LoadCode
    book: Book
    problems: tuple[JournalProblem, ...] = ()
    lost: int = 0
    unlisted: int = 0
    set_aside: Path | None = None
    errno: int | None = None
    migrated_from: int | None = None
    offers: tuple[RecoveryOption, ...] = ()
    missed: Missed = Missed()

    @property
    def holding(self) -> FileSnapshot:
        """What was read of the file."""
        return self.book.holding

    @property
    def read_only(self) -> bool:
        """Whether saving will be refused for as long as the file stays as it is."""
        refused = (LoadCode.NEWER, LoadCode.UNREADABLE)
        return self.code in refused or (self.code is LoadCode.DAMAGED and not self.set_aside)


__all__ = ["FILE_NAME", "LoadCode", "Loaded", "Store"]
CONFLICTS = "conflict-copies"  # where merged ones are put, in the folder of the backups


class Store:
    """The journal file at `path`, a link or a file; one store serves one book.

    `backups`: where copies are kept, None for nowhere. `now`: the clock; without one a removal is
    dated as the newest line is. `log`: what this machine has acknowledged, None for nothing. To be
    used by one thread at a time.
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
        """Begin anew with what a file was found to hold."""
        self._due = DueCopies(self._backups)
        self._memory = JournalMemory(self._log)
        self._file = TrackedFile(self.path, self._due, held, self._memory)
        conflicts = self._backups.folder / CONFLICTS if self._backups else None
        self._beside = Siblings(conflicts, SeenSiblings(self._log)) if conflicts else None
        self._told = held, False  # what was held, and whether that was owed, when last handed out

    def load(self, *, set_aside: bool = False) -> Loaded:
        """Open the journal; with `set_aside`, a damaged file is first moved out of the way.

        It then gets a name of its own beside the journal, and the book, which holds what can be
        saved of it, is written in its place. Never raises: see `Loaded.code`.
        """
        self._start(FileSnapshot())
        with suppress(OSError, NotSavedError):
            self._folder_was_there = safe_file.real_target(self.path).parent.is_dir()
        try:
            data, status = read_file(self.path)
        except FileNotFoundError:
            return Loaded(LoadCode.NEW, Book(), offers=self._offers(None))
        except OSError as error:
            self._due.trusted = False
            return Loaded(LoadCode.UNREADABLE, Book(), errno=error.errno)
        decoded = decode(data)
        code = LOAD_CODES[decoded.verdict]
        if code is LoadCode.DAMAGED:
            self._due.trusted = False
            return self._rescued(data, decoded) if set_aside else self._damaged(decoded)
        held = decoded.holding
        if code is not LoadCode.NEWER:  # only what was seen and may be written is written over
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
        """Make changes durable, joined with what others saved meanwhile; return what is held now.

        `extra_lines`: lines that come in beside the changes, as of an import; `consent`: what was
        found where the user was asked (`ShrunkError.found`) and agreed to lose many entries.

        Raises:
            ShrunkError: others took many entries out, and this was not agreed to.
            NotSavedError: `confirmed` tells whether the file is certainly the old one; what came
                in from others all the same, `look` tells.

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
        """Remember what could not be saved, so that the next start has it; see `write`.

        Return whether that went well: there may be nowhere to remember it.
        """
        with suppress(NotSavedError):
            self._take_in(changes)
        try:
            target = safe_file.real_target(self.path)
            # Where the folder is gone there is nothing to lock, and nobody else saves there.
            with locked(target) if target.parent.is_dir() else nullcontext():
                held, news = self._joined(changes, extra_lines), self._memory.news(None)
                held = merge(held, news) if news else held
                is_kept = self._memory.keep(held.encoded(), held, synced=True)
                return is_kept and self._log is not None
        except NotSavedError:
            return False

    def save(self, book: Book, *, consent: str | None = None) -> Saved:
        """Make every pending change of a book durable; see `write`.

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
        """Return what the file holds if others changed it since the last look; cheap if not.

        Raises:
            NotSavedError: the file there now cannot be read, is damaged or has lost too much.

        """
        self._take_in()
        return self._news()

    def refresh(self, book: Book) -> Saved:
        """Take what others saved since the last look into a book.

        Raises:
            NotSavedError: see `look`; the book is unchanged.

        """
        news = self.look()
        if news is None:
            return Saved(self._file.held)
        book.accept(news)
        return news

    def _put(self, target: Path, held: FileSnapshot, changes: tuple[Change, ...]) -> FileImage:
        """Replace the file with what is held."""
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
        """Hold what was just written, and return it with what is told once."""
        self._file.needs_write = False
        saved = self._told_now(held, extra_lines)
        self._file.held = held
        self._told = held, False
        missed, self._file.missed = self._file.missed, Missed()
        return replace(saved, missed=missed, beside=self._beside.told() if self._beside else ())

    def _meet(self, data: bytes, status: os.stat_result, decoded: Decoded) -> None:
        """Begin with a file that was just read, and with what is remembered beyond it."""
        self._start(FileSnapshot())
        if not self._memory.agrees(digest_of(data, decoded)):
            with suppress(NotSavedError):
                self._file.take_in((), self._now(), None)
                self._told = self._file.held, self._file.needs_write
                return
        self._start(decoded.holding)
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
        self._told = news.holding, news.needs_write
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
        # A folder that was there and is gone is most likely a disk that was unplugged.
        if not self._folder_was_there:
            safe_file.make_folder(folder)
        self._folder_was_there = True

    def _take_in(self, changes: tuple[Change, ...] = (), consent: str | None = None) -> None:
        """Join what is held with what others wrote: the file, and the journals beside it."""
        self._file.take_in(changes, self._now(), consent)
        if self._beside:
            self._beside.take_in(safe_file.real_target(self.path), self._file)

    def _keep_copies(self, target: Path) -> Exception | None:
        """Keep what is due before a save, and what it may not hold; return what went wrong."""
        with safe_file.refusing(target):
            is_missing = not target.exists()
        if is_missing:  # what is written now may hold less than was here before
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
        """Return what is to be written."""
        now = self._now()
        try:
            held = applied(self._file.held, changes, now)
            held = merge(held, extra_lines) if extra_lines else held
        except EncodingError as error:
            raise NotSavedError(NotSavedCode.OTHER, self.path) from error
        return without_old_removals(held, now)

    def _reread(self, changes: tuple[Change, ...], checksum: str) -> None:
        """Learn what the file holds after a save, of this checksum, that was not confirmed."""
        due = self._due.reasons()
        self._file.seen = None
        with suppress(NotSavedError):
            self._file.take_in(changes, self._now(), None)
        if self._file.looks_like(checksum):
            self._due.forget_but(due)  # the rest is of our own changes, not of another's
        self._file.needs_write = True

    def _rescued(self, data: bytes, decoded: Decoded) -> Loaded:
        """Move the damaged file away and write what it still holds in its place."""
        try:
            target = safe_file.real_target(self.path)
            with locked(target):
                if read_file(self.path)[0] != data:
                    return self.load()  # another window was faster
                moved = quarantine(target)
        except (OSError, NotSavedError):
            return self._salvaged(decoded)
        loaded = self._salvaged(decoded)
        with suppress(NotSavedError):  # it stays unsaved: the window tries again and says so
            self.save(loaded.book)
        return replace(loaded, set_aside=moved)

    def _salvaged(self, decoded: Decoded) -> Loaded:
        """Hold what a damaged file still has: it is owed to the disk, there or once it is away."""
        self._file = TrackedFile(self.path, self._due, decoded.holding, self._memory)
        self._file.needs_write = True
        self._told = decoded.holding, True
        book = Book(decoded.holding)
        book.accept(Saved(decoded.holding, needs_write=True))
        return replace(self._damaged(decoded), book=book)

    def _damaged(self, decoded: Decoded) -> Loaded:
        return Loaded(
            LoadCode.DAMAGED,
            Book(decoded.holding),
            decoded.problems,
            decoded.lost,
            decoded.unlisted,
            offers=self._offers(decoded),
        )

    def _offers(self, here: Decoded | None) -> tuple[RecoveryOption, ...]:
        target = Path(os.path.realpath(self.path))
        return tuple(recovery.offers(target, here, self._backups, self._log))
