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
from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import count
from os.path import lexists
from pathlib import Path
from typing import NamedTuple

from itband_gui.journal import safe_file
from itband_gui.journal.safe_file import SIZE_LIMIT, NotSavedCode, NotSavedError, read_file

RECENT = timedelta(hours=48)
DAILY, WEEKLY, MONTHLY = 12, 10, 9  # Anki's
PINNED_NEWEST = 20  # our choice, as is the next
PINNED_FOR = timedelta(days=180)


def kept(times: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Return those of `times`, aware, at which a copy made by the clock stays.

    All of the last 48 hours stay, and all that lie in the future (a clock was wrong). Of the older
    ones, newest first, 12 stay that are each of another day, then 10 each of another week, then 9
    each of another month: always the newest there is of its day, week or month, and none of one
    from which a newer one stays already. Done again and again, what is left of a week is of its
    last day, and of a month of its last Sunday. Days without a copy do not count, so that a year
    away costs nothing, and a clock that runs ahead thins the copies but never removes all. The
    newest always stays.
    """
    places = [_day] * DAILY + [_week] * WEEKLY + [_month] * MONTHLY
    places.reverse()
    stay: list[datetime] = []
    for time in sorted((time.astimezone(UTC) for time in times), reverse=True):
        if time >= now - RECENT:
            stay.append(time)
        elif places and (not stay or places[-1](time) != places[-1](stay[-1])):
            stay.append(time)
            places.pop()
    return frozenset(stay)


def kept_pinned(times: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Return those of `times`, aware, at which a copy made for one reason, not by the clock, stays.

    The 20 newest by now stay whatever their age, and for 180 days the first of each day: it holds
    the journal as it was before anything of the kind was done on that day. All that lie in the
    future stay too (a clock was wrong): they push no newer one out.
    """
    ordered = sorted(time.astimezone(UTC) for time in times)
    firsts: dict[Hashable, datetime] = {}
    for time in ordered:
        firsts.setdefault(_day(time), time)
    young = (time for time in firsts.values() if time >= now - PINNED_FOR)
    past = bisect_right(ordered, now)
    return frozenset((*ordered[max(0, past - PINNED_NEWEST) :], *young))


def _day(time: datetime) -> Hashable:
    return time.date()


def _week(time: datetime) -> Hashable:
    return time.isocalendar()[:2]


def _month(time: datetime) -> Hashable:
    return time.year, time.month


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
            safe_file.make_folder(self.folder)
            safe_file.sweep_folder(self.folder)
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
    with safe_file.staged(path, packed) as (staged, _):
        _prove(staged, data)
        staged.rename(path)
    safe_file.flush_folder(path.parent)
    return len(packed)


def _prove(path: Path, data: bytes) -> None:
    if _unpacked(path) != data:
        raise BackupError(NotSavedCode.BROKEN, path)


def _unpacked(path: Path) -> bytes:
    with _reading(path):
        packed, _ = read_file(path)
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
        with safe_file.refusing(path):
            yield
    except NotSavedError as error:
        raise BackupError(error.code, error.path, error.errno) from error


class DueCopies:
    """What is to be kept before the next save, and why; `backups` None: nothing is ever kept.

    `trusted`: no load has failed, so that copies may be made by the clock, and thinned.
    """

    def __init__(self, backups: Backups | None) -> None:
        self._backups = backups
        self._due: dict[Why, bytes] = {}
        self.trusted = True

    def add(self, why: Why, data: bytes) -> None:
        """Have a journal kept as it is, or was; of two for one reason the first counts."""
        self._due.setdefault(why, data)

    def holds(self, why: Why) -> bool:
        """Whether something is still to be kept for this reason."""
        return why in self._due

    def reasons(self) -> frozenset[Why]:
        """Return for which reasons something is to be kept."""
        return frozenset(self._due)

    def forget_but(self, reasons: Collection[Why]) -> None:
        """Forget what was to be kept for another reason than these."""
        self._due = {why: data for why, data in self._due.items() if why in reasons}

    def keep(self, target: Path, now: datetime) -> BackupError | None:
        """Make the copies that are due, of the journal's file too; return what went wrong."""
        if self._backups is None:
            self._due.clear()
            return None
        try:
            for why in list(self._due):
                self._backups.keep(self._due[why], now, why)
                del self._due[why]
            if self.trusted and self._backups.due(now) and target.exists():
                self._backups.keep(read_file(target)[0], now, Why.TIMED)
                self._backups.thin(now)
        except BackupError as error:
            return error
        except OSError as error:
            return BackupError(NotSavedCode.UNREADABLE, target, error.errno)
        return None
