"""The journal's file: opened whole, saved whole, never overwritten where it cannot be read."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from itband_gui.journal import conflict_copies, durable, rescue
from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.book import Book, Change, Saved
from itband_gui.journal.codec import decode
from itband_gui.journal.conflict_copies import ConflictCopy
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.holding import Holding
from itband_gui.journal.lock import locked
from itband_gui.journal.merge import applied, edited_by_hand, merge, without_old_removals
from itband_gui.journal.reading import Decoded, Problem, Verdict
from itband_gui.journal.regular import read_regular
from itband_gui.journal.rescue import Offer
from itband_gui.journal.shrink import needs_consent
from itband_gui.journal.versions import EncodingError

FILE_NAME = "journal.json"
CONFLICTS = "conflict-copies"  # where merged ones are put, in the folder of the backups
MOST_OFFERS = 4  # of the newest; to look through every backup takes seconds


class LoadCode(StrEnum):
    """How opening the journal went."""

    NEW = "new"  # there is no file yet
    SOUND = "sound"
    EDITED = "edited-outside"  # valid and whole, but last changed by something else
    NEWER = "newer-read-only"  # a newer version of this program has to write it
    DAMAGED = "damaged"  # the book holds what can be saved of it
    UNREADABLE = "cannot-be-read"  # the disk or its permissions refuse; nobody says it is damaged


_LOAD_CODES = {
    Verdict.SOUND: LoadCode.SOUND,
    Verdict.EDITED: LoadCode.EDITED,
    Verdict.NEWER: LoadCode.NEWER,
    Verdict.DAMAGED: LoadCode.DAMAGED,
}


@dataclass(frozen=True)
class Loaded:
    """An opened journal.

    `problems` and `lost` (entries that could not be read) tell about damage; `set_aside` is where
    the damaged file lies now; `errno` says why a file cannot be read (EFBIG: beyond SIZE_LIMIT,
    EISDIR: it is no file); `migrated_from` is the file's schema, where that is an older one;
    `offers` are what can bring back what is damaged or missing, the best first.
    """

    code: LoadCode
    book: Book
    problems: tuple[Problem, ...] = ()
    lost: int = 0
    set_aside: Path | None = None
    errno: int | None = None
    migrated_from: int | None = None
    offers: tuple[Offer, ...] = ()

    @property
    def holding(self) -> Holding:
        """What was read of the file."""
        return self.book.holding

    @property
    def read_only(self) -> bool:
        """Whether saving will be refused for as long as the file stays as it is."""
        refused = (LoadCode.NEWER, LoadCode.UNREADABLE)
        return self.code in refused or (self.code is LoadCode.DAMAGED and not self.set_aside)


class _Seen(NamedTuple):
    """How the file looked when it was last read or written."""

    inode: int
    size: int
    mtime_ns: int
    digest: str


class Store:
    """The journal file at `path`, a link or a file; one store serves one book.

    `backups`: where copies are kept, None for nowhere. `now`: the clock; without one a removal is
    dated as the newest line is. To be used by one thread at a time.
    """

    def __init__(
        self,
        path: Path,
        backups: Backups | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.path = path
        self._backups = backups
        self._clock = now
        self._folder_was_there = False
        self._start(Holding())

    def _start(self, held: Holding) -> None:
        """Begin anew with what a file was found to hold."""
        self._held = held  # what the file, and what others know, comes to
        self._told = held  # the last that was handed out
        self._owed = False  # the file holds less than that, or may lose it at a power cut
        self._seen: _Seen | None = None
        self._copies: dict[Why, bytes] = {}  # to be kept before the next save
        self._conflicts: dict[Path, ConflictCopy] = {}  # held, to be put away after it
        self._trusted = True  # no load has failed, so that copies may be kept and thinned

    def load(self, *, set_aside: bool = False) -> Loaded:
        """Open the journal; with `set_aside`, a damaged file is first moved out of the way.

        It then gets a name of its own beside the journal, and the book, which holds what can be
        saved of it, is written in its place. Never raises: see `Loaded.code`.
        """
        self._start(Holding())
        with suppress(OSError, NotSavedError):
            self._folder_was_there = durable.real_target(self.path).parent.is_dir()
        try:
            data, status = read_regular(self.path)
        except FileNotFoundError:
            return Loaded(LoadCode.NEW, Book(), offers=self._offers(None))
        except OSError as error:
            self._trusted = False
            return Loaded(LoadCode.UNREADABLE, Book(), errno=error.errno)
        decoded = decode(data)
        code = _LOAD_CODES[decoded.verdict]
        if code is LoadCode.DAMAGED:
            self._trusted = False
            return self._rescued(data, decoded) if set_aside else self._damaged(decoded)
        if code is not LoadCode.NEWER:  # only what was seen and may be written is written over
            self._start(decoded.holding)
            self._seen = _seen(status, decoded.digest)
            self._remember(data, decoded)
        book = Book(decoded.holding)
        book.accept(Saved(decoded.holding, owed=self._owed))
        return Loaded(code, book, decoded.problems, migrated_from=decoded.migrated_from)

    def write(self, changes: tuple[Change, ...], *, consent: bool = False) -> Saved:
        """Make changes durable, joined with what others saved meanwhile; return what is held now.

        `consent`: many entries may go that were not removed in `changes`.

        Raises:
            NotSavedError: `confirmed` tells whether the file is certainly the old one; what came
                in from others all the same, `look` tells.

        """
        if not changes and not self._owed and not consent:
            return Saved(self._held)
        target = durable.real_target(self.path)
        self._ensure_folder(target.parent)
        with locked(target):
            durable.sweep(target.parent)
            self._take_in(changes, consent=consent)
            if not target.exists():  # what is written now may hold less than was here before
                rescue.keep_previous(target)
            now = self._now()
            try:
                held = without_old_removals(applied(self._held, changes, now), now)
            except EncodingError as error:
                raise NotSavedError(NotSavedCode.OTHER, self.path) from error
            whole = held.encoded()
            backup_error = self._back_up(target, now)
            try:
                written = durable.save_file(target, whole.data)
            except NotSavedError as error:
                if not error.confirmed:
                    self._reread(changes)
                raise
            self._seen = _seen(written.status, whole.checksum)
            self._put_conflict_copies_away()
        held = held.as_in(whole)
        saved = replace(self._told_now(held), changes=changes, owed=False)
        self._held = self._told = held
        self._owed = False
        return replace(saved, backup_error=backup_error)

    def save(self, book: Book, *, consent: bool = False) -> Saved:
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
            return Saved(self._held)
        book.accept(news)
        return news

    def _now(self) -> datetime:
        if self._clock is not None:
            return self._clock()
        return self._held.order[-1][0] if self._held.order else datetime.fromtimestamp(0, UTC)

    def _news(self) -> Saved | None:
        if self._held is self._told:
            return None
        news = self._told_now(self._held)
        self._told = self._held
        return news

    def _told_now(self, held: Holding) -> Saved:
        lost = tuple(line for line in held.overruled() if line.id not in self._told.lines)
        took_in = self._held is not self._told
        return Saved(held, took_in=took_in, overruled=lost, owed=self._owed)

    def _ensure_folder(self, folder: Path) -> None:
        # A folder that was there and is gone is most likely a disk that was unplugged.
        if not self._folder_was_there:
            durable.make_folder(folder)
        self._folder_was_there = True

    def _take_in(self, changes: tuple[Change, ...] = (), *, consent: bool = False) -> None:
        """Join what is held with what others wrote: the file, and copies of it in conflict."""
        self._take_in_file(changes, consent=consent)
        if self._backups is None:
            return
        for path in conflict_copies.find(durable.real_target(self.path)):
            copy = None if path in self._conflicts else conflict_copies.read(path)
            if copy:
                self._conflicts[path] = copy
                merged = merge(self._held, copy.decoded.holding)
                if merged.data != self._held.data:
                    self._hold(merged, self._held)

    def _put_conflict_copies_away(self) -> None:
        """Move aside the copies whose entries are in the journal now; what fails is tried again."""
        while self._conflicts and self._backups is not None:
            _, copy = self._conflicts.popitem()
            with suppress(NotSavedError):
                conflict_copies.put_away(copy, self._backups.folder / CONFLICTS)

    def _take_in_file(self, changes: tuple[Change, ...], *, consent: bool) -> None:
        try:
            if self._is_unchanged():
                return
            data, status = read_regular(self.path)
        except FileNotFoundError:
            return  # it is written anew from what is held
        except OSError as error:
            gone = isinstance(error, NotADirectoryError)  # the data folder is a file
            code = NotSavedCode.GONE if gone else NotSavedCode.UNREADABLE
            raise NotSavedError(code, self.path, error.errno) from error
        decoded = decode(data)
        if decoded.verdict is Verdict.DAMAGED:
            raise NotSavedError(NotSavedCode.DAMAGED, self.path)
        if decoded.verdict is Verdict.NEWER:
            raise NotSavedError(NotSavedCode.NEWER, self.path)
        seen = _seen(status, decoded.digest)
        if self._seen is None or self._seen.digest != seen.digest:
            self._join(data, decoded, changes, consent=consent)
        self._seen = seen

    def _reread(self, changes: tuple[Change, ...]) -> None:
        """Learn what the file holds after a save that was not confirmed."""
        self._seen = None
        with suppress(NotSavedError):
            self._take_in(changes, consent=True)
        self._copies.clear()  # these are our own changes, not another's
        self._owed = True

    def _join(
        self, data: bytes, decoded: Decoded, changes: tuple[Change, ...], *, consent: bool
    ) -> None:
        theirs, by_hand = decoded.holding, decoded.verdict is Verdict.EDITED
        if by_hand:
            theirs = edited_by_hand(self._held, theirs, self._now())
        merged = merge(self._held, theirs)
        if by_hand and self._shrinks(merged, changes):
            if not consent:
                raise NotSavedError(NotSavedCode.SHRINK, self.path)
            self._copies.setdefault(Why.SHRINK, self._held.encoded().data)
        self._remember(data, decoded)
        self._hold(merged, decoded.holding)

    def _hold(self, merged: Holding, theirs: Holding) -> None:
        """Hold what we and they come to, and keep what we held if that is not all in it."""
        if not self._held.data.items() <= merged.data.items():
            self._copies.setdefault(Why.MERGE, self._held.encoded().data)
        self._owed = self._owed or merged.data != theirs.data
        self._held = merged

    def _shrinks(self, merged: Holding, changes: tuple[Change, ...]) -> bool:
        """Whether more entries were taken out by hand than anybody would without a word."""
        before = self._held.lines.keys() - self._held.others
        after = merged.lines.keys() - merged.others
        removed = {change.entry.id for change in changes if change.after is None}
        staying = len(before & after)
        return needs_consent(len(before), staying, len((before - after) & removed))

    def _remember(self, data: bytes, decoded: Decoded) -> None:
        """Keep what is not as we wrote it until the next save has made a copy of it."""
        if decoded.verdict is Verdict.EDITED:
            self._copies.setdefault(Why.EDITED, data)
        if decoded.migrated_from is not None:
            self._copies.setdefault(Why.MIGRATION, data)
            self._owed = True

    def _back_up(self, target: Path, now: datetime) -> BackupError | None:
        """Keep the copies that are due of what is about to be replaced; return what went wrong."""
        if self._backups is None:
            return None
        try:
            for why in list(self._copies):
                self._backups.keep(self._copies[why], now, why)
                del self._copies[why]
            if self._trusted and target.exists() and self._backups.due(now):
                self._backups.keep(read_regular(target)[0], now, Why.TIMED)
                self._backups.thin(now)
        except BackupError as error:
            return error
        except OSError as error:
            return BackupError(NotSavedCode.UNREADABLE, target, error.errno)
        return None

    def _is_unchanged(self) -> bool:
        if self._seen is None:
            return False
        now = self.path.stat()
        return (now.st_ino, now.st_size, now.st_mtime_ns) == self._seen[:3]

    def _rescued(self, data: bytes, decoded: Decoded) -> Loaded:
        """Move the damaged file away and write what it still holds in its place."""
        try:
            target = durable.real_target(self.path)
            with locked(target):
                if read_regular(self.path)[0] != data:
                    return self.load()  # another window was faster
                moved = _move_aside(target)
        except (OSError, NotSavedError):
            return self._damaged(decoded)
        self._held = self._told = decoded.holding
        self._owed = True
        loaded = self._damaged(decoded)
        book = Book(decoded.holding)
        book.accept(Saved(decoded.holding, owed=True))
        with suppress(NotSavedError):  # it stays unsaved: the window tries again and says so
            self.save(book)
        return replace(loaded, book=book, set_aside=moved)

    def _damaged(self, decoded: Decoded) -> Loaded:
        return Loaded(
            LoadCode.DAMAGED,
            Book(decoded.holding),
            decoded.problems,
            decoded.lost,
            offers=self._offers(decoded),
        )

    def _offers(self, here: Decoded | None) -> tuple[Offer, ...]:
        target = Path(os.path.realpath(self.path))
        return tuple(islice(rescue.offers(target, here, self._backups), MOST_OFFERS))


def _seen(status: os.stat_result, digest: str) -> _Seen:
    return _Seen(status.st_ino, status.st_size, status.st_mtime_ns, digest)


def _move_aside(target: Path) -> Path:
    """Rename a damaged file after the time of its last change, beside where it was."""
    changed = datetime.fromtimestamp(target.stat().st_mtime, UTC)
    stem = f"{target.stem}.corrupt-{changed:%Y%m%dT%H%M%SZ}"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}{target.suffix}" for n in count(1))
    moved = next(path for name in names if not os.path.lexists(path := target.with_name(name)))
    target.rename(moved)
    durable.flush_folder(target.parent)
    return moved
