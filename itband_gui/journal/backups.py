"""Compressed backups of the journal: when one is due, which are kept, each verified.

A copy is named after its time in UTC and its reason, as in
`journal-20261122T071000Z.timed.json.gz`; a second copy within the same second has `_2` after the Z.
Files with any other name are never listed or removed.
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
from itband_gui.journal.safe_file import JOURNAL_LIMIT, NotSavedCode, NotSavedError, read_file

RECENT = timedelta(hours=48)
DAILY, WEEKLY, MONTHLY = 12, 10, 9  # as in Anki
PINNED_NEWEST = 20  # our choice
PINNED_FOR = timedelta(days=180)  # our choice


def kept(times: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Return those of the aware `times` at which timed copies are kept.

    All copies from the last 48 hours are kept, and all from the future (a clock was wrong). Of the
    older ones, newest first, 12 are kept from different days, then 10 from different weeks, then 9
    from different months: always the newest of its day, week or month, and none from one with a
    newer copy that is kept. Over time, the copy left of a week is from its last day, and of a month
    from its last Sunday. Days without a copy do not count, so a year's absence loses nothing, and a
    clock that runs ahead never removes all copies. The newest is always kept.
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
    """Return those of the aware `times` at which pinned copies for one reason are kept.

    The newest 20 are kept whatever their age, and for 180 days the first of each day: it has the
    journal from before all actions of this kind on that day. Copies from the future (a clock was
    wrong) are kept in addition.
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
_GZIP = 31  # zlib's number for gzip; without time or name, so equal bytes compress equally
_TRAILER = 8  # bytes at the end of gzip: the CRC-32 and the length of the data


class Why(StrEnum):
    """The reasons for a copy; all but the first are pinned: thinned by a separate rule."""

    TIMED = "timed"
    IMPORT = "import"  # made before the import, as with the next two
    RESTORE = "restore"
    MIGRATION = "migration"
    MERGE = "merge"  # of two files' entries
    EDITED = "edited"  # another program changed the file
    SHRINK = "shrink"  # the user agreed to remove many entries
    ACKNOWLEDGED = "acknowledged"  # the journal as last saved here, after the file disappeared


class BackupError(Exception):
    """A copy could not be made, listed or read; gives the reason and the errno, if any.

    UNREADABLE: the disk or permissions refuse access; the copy itself may be fine. DAMAGED: the
    file is not valid gzip or, with EFBIG, larger than any journal.
    """

    def __init__(self, code: NotSavedCode, path: Path, number: int | None = None) -> None:
        super().__init__(code, path, number)
        self.code = code
        self.path = path
        self.errno = number


class Copy(NamedTuple):
    """A saved copy: `at` in UTC, `size` in compressed bytes."""

    path: Path
    at: datetime
    why: Why
    size: int


class _Name(NamedTuple):
    """The parts of a copy's name; sorts by time."""

    at: datetime
    number: int  # from 1, within its second
    why: Why

    def __str__(self) -> str:
        second = "" if self.number == 1 else f"_{self.number}"
        return f"journal-{self.at:%Y%m%dT%H%M%SZ}{second}.{self.why}.json.gz"


class Backups:
    """The copies in one folder, which is created when needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._timed: datetime | None = None  # the last known timed copy; saves listing the folder

    def copies(self) -> list[Copy]:
        """Return the copies, newest first.

        Raises:
            BackupError: the folder exists but cannot be listed.

        """
        found = []
        for name in sorted(self._names(), reverse=True):
            path = self.folder / str(name)
            with _reading(path), suppress(FileNotFoundError):
                found.append(Copy(path, name.at, name.why, path.lstat().st_size))
        return found

    def due(self, at: datetime) -> bool:
        """Return whether there is no timed copy in the 30 minutes up to `at`.

        Raises:
            BackupError: the folder exists but cannot be listed.

        """
        if self._timed is None or not at - EVERY < self._timed <= at:
            timed = (name.at for name in self._names() if name.why is Why.TIMED)
            self._timed = max((time for time in timed if time <= at), default=None)
        return self._timed is None or self._timed <= at - EVERY

    def keep(self, data: bytes, at: datetime, why: Why) -> Copy | None:
        """Save a copy durably and return it; hold the journal's lock to call this.

        None if the newest copy up to `at` has the same bytes and is kept at least as long.

        Raises:
            BackupError: no copy was made, or it may not survive a power cut.

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
        """Return the copied journal file's bytes.

        Raises:
            BackupError: the copy cannot be read or is damaged.

        """
        return _unpacked(copy.path)

    def thin(self, now: datetime) -> None:
        """Remove the copies that `kept` or `kept_pinned` does not keep, separately for each reason.

        A copy that cannot be removed is tried again next time.

        Raises:
            BackupError: the folder exists but cannot be listed.

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
        """Return the names of the copies, unordered; links do not count."""
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
    """Return the parts of a name; None if this program would not have written it exactly so."""
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
    """Write compressed `data` to the new file `path`, which appears only after it is verified."""
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
        data = unpacker.decompress(packed, JOURNAL_LIMIT + 1)
    except zlib.error as error:
        raise BackupError(NotSavedCode.DAMAGED, path) from error
    if len(data) > JOURNAL_LIMIT:
        raise BackupError(NotSavedCode.DAMAGED, path, errno.EFBIG)
    if not unpacker.eof or unpacker.unused_data:  # cut short, or followed by other data
        raise BackupError(NotSavedCode.DAMAGED, path)
    return data


def _ending(path: Path) -> bytes:
    with path.open("rb") as stream:
        stream.seek(-_TRAILER, os.SEEK_END)
        return stream.read()


def _ending_of(data: bytes) -> bytes:
    """Return the bytes that gzip puts after `data`, to compare copies without unpacking them."""
    return struct.pack("<II", zlib.crc32(data), len(data))


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn an OSError into a BackupError; a file that is too large is not a copy of ours."""
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
    """The copies to make before the next save, by reason; without `backups` none are made.

    `trusted` is True while no load has failed; only then are timed copies made and old ones
    removed.
    """

    def __init__(self, backups: Backups | None) -> None:
        self._backups = backups
        self._due: dict[Why, bytes] = {}
        self.trusted = True

    def add(self, why: Why, data: bytes) -> None:
        """Ask for a copy of a journal; of two with the same reason, the first is kept."""
        self._due.setdefault(why, data)

    def holds(self, why: Why) -> bool:
        """Return whether a copy for this reason is still due."""
        return why in self._due

    def reasons(self) -> frozenset[Why]:
        """Return the reasons of the copies that are due."""
        return frozenset(self._due)

    def forget_but(self, reasons: Collection[Why]) -> None:
        """Drop the copies that are due for any other reason."""
        self._due = {why: data for why, data in self._due.items() if why in reasons}

    def keep(self, target: Path, now: datetime) -> BackupError | None:
        """Make the copies that are due, including the timed one; return the error, if any."""
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
