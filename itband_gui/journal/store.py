"""The journal's file: opened whole, saved whole, never overwritten where it cannot be read."""

import errno
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from itband_gui.journal import durable
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.entries import Entry
from itband_gui.journal.lock import locked
from itband_gui.journal.reading import Decoded, Problem, Verdict

FILE_NAME = "journal.json"
SIZE_LIMIT = 256 * 1024 * 1024  # bytes: some 200 years of five entries a day


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
    EISDIR: it is no file).
    """

    code: LoadCode
    book: Book
    problems: tuple[Problem, ...] = ()
    lost: int = 0
    set_aside: Path | None = None
    errno: int | None = None

    @property
    def read_only(self) -> bool:
        """Whether saving will be refused for as long as the file stays as it is."""
        refused = (LoadCode.NEWER, LoadCode.UNREADABLE)
        return self.code in refused or (self.code is LoadCode.DAMAGED and not self.set_aside)


@dataclass(frozen=True)
class Saved:
    """A durable save; `took_in`: another program's entries came in, `overruled`: lost to ours."""

    took_in: bool = False
    overruled: tuple[Entry, ...] = ()


class _Seen(NamedTuple):
    """How the file looked when it was last read or written."""

    inode: int
    size: int
    mtime_ns: int
    digest: bytes


class Store:
    """The journal file at `path`, a link or a file; one store serves one book."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: _Seen | None = None
        self._folder_was_there = False

    def load(self, *, set_aside: bool = False) -> Loaded:
        """Open the journal; with `set_aside`, a damaged file is first moved out of the way.

        It then gets a name of its own beside the journal, and the book, which holds what can be
        saved of it, is written in its place. Never raises: see `Loaded.code`.
        """
        self._seen = None
        with suppress(OSError, NotSavedError):
            self._folder_was_there = durable.real_target(self.path).parent.is_dir()
        try:
            data, seen = self._read()
        except FileNotFoundError:
            return Loaded(LoadCode.NEW, Book())
        except OSError as error:
            return Loaded(LoadCode.UNREADABLE, Book(), errno=error.errno)
        decoded = decode(data)
        code = _LOAD_CODES[decoded.verdict]
        if code is LoadCode.DAMAGED:
            return self._rescued(data, decoded) if set_aside else _damaged(decoded)
        if code is not LoadCode.NEWER:  # only what was seen and may be written is written over
            self._seen = seen
        return Loaded(code, Book(decoded.entries, decoded.luggage), decoded.problems)

    def save(self, book: Book) -> Saved:
        """Make every pending change durable, after taking in what others saved meanwhile.

        Raises:
            NotSavedError: the changes stay pending; `confirmed` tells whether the file is
                certainly the old one.

        """
        if not book.dirty:
            return Saved()
        target = durable.real_target(self.path)
        self._ensure_folder(target.parent)
        with locked(target):
            durable.sweep(target.parent)
            saved = self._take_in(book)
            data = encode(book)
            try:
                written = durable.replace_file(target, data)
            except NotSavedError as error:
                if not error.confirmed:  # learn what the file holds now
                    with suppress(NotSavedError):
                        self._take_in(book)
                raise
            self._seen = _seen(written, data)
        book.mark_saved()
        return saved

    def refresh(self, book: Book) -> Saved:
        """Take in what others saved since the last look; cheap if nothing changed.

        Raises:
            NotSavedError: the file there now cannot be read or is damaged; the book is unchanged.

        """
        return self._take_in(book)

    def _ensure_folder(self, folder: Path) -> None:
        # A folder that was there and is gone is most likely a disk that was unplugged.
        if not self._folder_was_there:
            durable.make_folder(folder)
        self._folder_was_there = True

    def _take_in(self, book: Book) -> Saved:
        try:
            if self._is_unchanged():
                return Saved()
            data, seen = self._read()
        except FileNotFoundError:
            return Saved()  # it is written anew from the book
        except OSError as error:
            gone = isinstance(error, NotADirectoryError)  # the data folder is a file
            code = NotSavedCode.GONE if gone else NotSavedCode.UNREADABLE
            raise NotSavedError(code, self.path, error.errno) from error
        if self._seen and self._seen.digest == seen.digest:
            self._seen = seen
            return Saved()
        decoded = decode(data)
        if decoded.verdict is Verdict.DAMAGED:
            raise NotSavedError(NotSavedCode.DAMAGED, self.path)
        if decoded.verdict is Verdict.NEWER:
            raise NotSavedError(NotSavedCode.NEWER, self.path)
        overruled = book.rebase(decoded.entries, decoded.luggage)
        self._seen = seen
        return Saved(took_in=True, overruled=overruled)

    def _is_unchanged(self) -> bool:
        if self._seen is None:
            return False
        now = self.path.stat()
        return (now.st_ino, now.st_size, now.st_mtime_ns) == self._seen[:3]

    def _read(self) -> tuple[bytes, _Seen]:
        """Read the whole file; a pipe or a device in its place is refused, not waited for."""
        with open(self.path, "rb", opener=_open_at_once) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EISDIR, "not a file")
            if status.st_size > SIZE_LIMIT:
                raise OSError(errno.EFBIG, "beyond the limit")
            data = stream.read()
        return data, _seen(status, data)

    def _rescued(self, data: bytes, decoded: Decoded) -> Loaded:
        """Move the damaged file away and write what it still holds in its place."""
        try:
            target = durable.real_target(self.path)
            with locked(target):
                if self._read()[0] != data:
                    return self.load()  # another window was faster
                moved = _move_aside(target)
        except (OSError, NotSavedError):
            return _damaged(decoded)
        book = Book.unsaved(decoded.entries, decoded.luggage)
        with suppress(NotSavedError):  # it stays pending: the window tries again and says so
            self.save(book)
        return replace(_damaged(decoded), book=book, set_aside=moved)


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _seen(status: os.stat_result, data: bytes) -> _Seen:
    digest = sha256(data).digest()
    return _Seen(status.st_ino, status.st_size, status.st_mtime_ns, digest)


def _damaged(decoded: Decoded) -> Loaded:
    book = Book(decoded.entries, decoded.luggage)
    return Loaded(LoadCode.DAMAGED, book, decoded.problems, decoded.lost)


def _move_aside(target: Path) -> Path:
    """Rename a damaged file after the time of its last change, beside where it was."""
    changed = datetime.fromtimestamp(target.stat().st_mtime, UTC)
    stem = f"{target.stem}.corrupt-{changed:%Y%m%dT%H%M%SZ}"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}{target.suffix}" for n in count(1))
    moved = next(path for name in names if not os.path.lexists(path := target.with_name(name)))
    target.rename(moved)
    durable.flush_folder(target.parent)
    return moved
