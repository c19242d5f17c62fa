"""Compressed copies of the journal file in a folder of their own, each read back before it counts.

A copy is named after its time in UTC and the reason for it, as in
`journal-20261122T071000Z.timed.json.gz`; the second of a second has `_2` after the Z. What is not
named exactly so is somebody else's: never listed, never removed.
"""

import errno
import os
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import count
from os.path import lexists
from pathlib import Path
from typing import NamedTuple

from itband_gui.journal import durable
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.regular import SIZE_LIMIT, read_regular
from itband_gui.journal.thinning import kept, kept_pinned

EVERY = timedelta(minutes=30)
_GZIP = 31  # zlib's number for gzip; it writes no time and no name, so equal bytes pack equally
_TRAILER = 8  # bytes at the end of gzip: the CRC-32 of what is packed, and its length


class Why(StrEnum):
    """The reasons for a copy; every one but the first is pinned: thinned by a rule of its own."""

    TIMED = "timed"
    IMPORT = "import"  # before it, as with the next two
    RESTORE = "restore"
    MIGRATION = "migration"
    MERGE = "merge"  # of two files' entries
    EDITED = "edited"  # the file was changed by something else
    SHRINK = "shrink"  # many entries went, and the user agreed
    ACKNOWLEDGED = "acknowledged"  # as last saved on this computer, when the journal was gone


class BackupError(Exception):
    """A copy that could not be made, listed or read: why, as for a save, and the disk's errno.

    UNREADABLE: the disk or its permissions refuse, which is no damage. DAMAGED: it is no gzip any
    more, or, with EFBIG, holds more than any journal.
    """

    def __init__(self, code: NotSavedCode, path: Path, number: int | None = None) -> None:
        super().__init__(code, path, number)
        self.code = code
        self.path = path
        self.errno = number


class Copy(NamedTuple):
    """A kept copy: `at` in UTC, `size` in bytes as packed."""

    path: Path
    at: datetime
    why: Why
    size: int


class _Name(NamedTuple):
    """A copy's name, taken apart; in order of time."""

    at: datetime
    number: int  # from 1, within its second
    why: Why

    def __str__(self) -> str:
        second = "" if self.number == 1 else f"_{self.number}"
        return f"journal-{self.at:%Y%m%dT%H%M%SZ}{second}.{self.why}.json.gz"


class Backups:
    """The copies in one folder, which is made when it is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._timed: datetime | None = None  # the last known timed copy: spares listing at a save

    def copies(self) -> list[Copy]:
        """Return the copies, newest first.

        Raises:
            BackupError: the folder is there, but cannot be listed.

        """
        found = []
        for name in sorted(self._names(), reverse=True):
            path = self.folder / str(name)
            with _reading(path), suppress(FileNotFoundError):
                found.append(Copy(path, name.at, name.why, path.lstat().st_size))
        return found

    def due(self, at: datetime) -> bool:
        """Whether no timed copy is from the 30 minutes before `at`; later ones do not count.

        Raises:
            BackupError: the folder is there, but cannot be listed.

        """
        if self._timed is None or not at - EVERY < self._timed <= at:
            timed = (name.at for name in self._names() if name.why is Why.TIMED)
            self._timed = max((time for time in timed if time <= at), default=None)
        return self._timed is None or self._timed <= at - EVERY

    def keep(self, data: bytes, at: datetime, why: Why) -> Copy | None:
        """Make a copy durable, and return it; to be called with the journal's lock held.

        None: the newest copy until `at` has the same bytes and stays at least as long.

        Raises:
            BackupError: nothing was kept, or it is not certain that it would outlive a power cut.

        """
        at = at.astimezone(UTC).replace(microsecond=0)
        names = self._names()
        if self._has(data, at, why, names):
            return None
        number = max((name.number for name in names if name.at == at), default=0) + 1
        paths = (self.folder / str(_Name(at, free, why)) for free in count(number))
        path = next(path for path in paths if not lexists(path))
        with _writing(path):
            durable.make_folder(self.folder)
            durable.sweep_folder(self.folder)
            size = _write(path, data)
        return Copy(path, at, why, size)

    def read(self, copy: Copy) -> bytes:
        """Return the bytes of the journal file that was copied.

        Raises:
            BackupError: see there.

        """
        return _unpacked(copy.path)

    def thin(self, now: datetime) -> None:
        """Remove the copies that `thinning` lets go, each reason's by themselves.

        One that cannot be removed now is tried again the next time.

        Raises:
            BackupError: the folder is there, but cannot be listed.

        """
        names = self._names()
        for why in Why:
            own = [name for name in names if name.why is why]
            rule = kept if why is Why.TIMED else kept_pinned
            stay = rule({name.at for name in own}, now)
            for name in own:
                if name.at not in stay:
                    with suppress(OSError):
                        (self.folder / str(name)).unlink()

    def _names(self) -> list[_Name]:
        """Return the names of the files, no links, that are copies; in no order."""
        with _reading(self.folder), suppress(FileNotFoundError), os.scandir(self.folder) as found:
            files = (entry.name for entry in found if entry.is_file(follow_symlinks=False))
            return [name for name in map(_parsed, files) if name]
        return []

    def _has(self, data: bytes, at: datetime, why: Why, names: list[_Name]) -> bool:
        newest = max((name for name in names if name.at <= at), default=None)
        if newest is None or (newest.why is Why.TIMED and why is not Why.TIMED):
            return False
        path = self.folder / str(newest)
        with suppress(OSError, BackupError):
            return _ending(path) == _ending_of(data) and _unpacked(path) == data
        return False


_NAME = re.compile(
    rf"journal-([0-9]{{8}}T[0-9]{{6}}Z)(?:_([0-9]{{1,6}}))?\.({'|'.join(Why)})\.json\.gz"
)


def _parsed(text: str) -> _Name | None:
    """Take a name apart; None where this program would not have written exactly that."""
    match = _NAME.fullmatch(text)
    if match is None:
        return None
    try:
        at = datetime.fromisoformat(match[1])
    except ValueError:  # a 13th month
        return None
    name = _Name(at, int(match[2] or 1), Why(match[3]))
    return name if str(name) == text else None


def _write(path: Path, data: bytes) -> int:
    """Put packed `data` at `path`, where nothing is; it appears there only once it is proven."""
    packed = zlib.compress(data, level=1, wbits=_GZIP)
    with durable.staged(path, packed) as (staged, _):
        _prove(staged, data)
        staged.rename(path)
    durable.flush_folder(path.parent)
    return len(packed)


def _prove(path: Path, data: bytes) -> None:
    if _unpacked(path) != data:
        raise BackupError(NotSavedCode.BROKEN, path)


def _unpacked(path: Path) -> bytes:
    with _reading(path):
        packed, _ = read_regular(path)
    unpacker = zlib.decompressobj(wbits=_GZIP)
    try:
        data = unpacker.decompress(packed, SIZE_LIMIT + 1)
    except zlib.error as error:
        raise BackupError(NotSavedCode.DAMAGED, path) from error
    if len(data) > SIZE_LIMIT:
        raise BackupError(NotSavedCode.DAMAGED, path, errno.EFBIG)
    if not unpacker.eof or unpacker.unused_data:  # cut short, or something comes after
        raise BackupError(NotSavedCode.DAMAGED, path)
    return data


def _ending(path: Path) -> bytes:
    with path.open("rb") as stream:
        stream.seek(-_TRAILER, os.SEEK_END)
        return stream.read()


def _ending_of(data: bytes) -> bytes:
    """Return the last bytes that gzip gives `data`: a look at them spares unpacking a copy."""
    return struct.pack("<II", zlib.crc32(data), len(data))


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what the disk says into a BackupError; nothing of ours is as big as a file can be."""
    try:
        yield
    except OSError as error:
        too_big = error.errno == errno.EFBIG
        code = NotSavedCode.DAMAGED if too_big else NotSavedCode.UNREADABLE
        raise BackupError(code, path, error.errno) from error


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        with durable.refusing(path):
            yield
    except NotSavedError as error:
        raise BackupError(error.code, error.path, error.errno) from error
