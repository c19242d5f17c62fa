"""Lists the copies of a journal and what each can bring back.

Only `keep_previous` changes anything. A file that the disk or its permissions keep from being read
is neither damaged nor missing: do not ask for offers then.
"""

import errno
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from functools import partial
from itertools import islice
from operator import itemgetter
from pathlib import Path

import msgspec
from msgspec.structs import replace

from itband_gui.journal import safe_file
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.codec import decode
from itband_gui.journal.conflict_copies import unpacked
from itband_gui.journal.entries import Entry
from itband_gui.journal.lock import locked
from itband_gui.journal.safe_file import changed_at, moment, read_file, renamed
from itband_gui.journal.salvage import Decoded, JournalVerdict
from itband_gui.journal.siblings import Finder
from itband_gui.journal.snapshot import named

_SUFFIX = ".bak"
_WHOLE = (JournalVerdict.SOUND, JournalVerdict.EDITED)
MOST_COPIES = 4  # the newest; reading every backup would take seconds


class RecoverySource(StrEnum):
    """The sources of offered entries."""

    SALVAGE = "salvage"  # the damaged file itself
    PREVIOUS = "previous"  # the journal as it was before its last save
    BACKUP = "backup"
    ACKNOWLEDGED = "acknowledged"  # the journal as it was last saved on this computer
    BESIDE = "beside"  # another journal in its folder


class RecoveryOption(msgspec.Struct, frozen=True):
    """A copy whose entries can be restored.

    Attributes:
        source: the kind of copy.
        at: when the copy was made; None for salvaged entries.
        entries: the number of its entries.
        first: the time of its oldest entry.
        last: the time of its newest entry.
        missing: its entries that the damaged file lacks.
        name: the file's name if it is another journal in the folder.

    """

    source: RecoverySource
    at: datetime | None
    entries: int
    first: datetime
    last: datetime
    missing: tuple[Entry, ...]
    name: str = ""


_Copy = tuple[datetime, RecoverySource, Callable[[], bytes]]


def offers(
    target: Path,
    here: Decoded | None,
    backups: Backups | None,
    log: Acknowledged | None = None,
) -> Iterator[RecoveryOption]:
    """Yield the copies that can be restored, newest first; each is read only when requested.

    Args:
        target: the journal.
        here: its readable entries, which are the first offer; None if it is missing.
        backups: its backups; None if none are kept.
        log: this computer's record of saves; None if there is none.

    """
    known = here.holding.lines.keys() if here else ()  # removed entries are not missing
    if here and here.entries:
        yield _offer(RecoverySource.SALVAGE, None, here.entries, known)
    if not known:  # otherwise they are merged without asking
        yield from _beside(target)
    copies = sorted(_copies(target, backups, log), key=_time, reverse=True)
    yield from islice(_whole(copies, known), MOST_COPIES)


def is_previous(target: Path, name: str) -> bool:
    """Return whether a file is named like the journal as it was before a save (`.bak`)."""
    return name.startswith(f"{target.name}.") and name.endswith(_SUFFIX)


def previous_of(target: Path) -> Path:
    """Return the path at which a save keeps the journal that it replaces."""
    return target.with_name(target.name + _SUFFIX)


def keep_previous(target: Path) -> None:
    """Rename the previous journal so that later saves do not replace it.

    Call this with the journal's lock held before writing a journal where none could be read: the
    new one may have far fewer entries, and the save after it replaces the previous one.

    Raises:
        NotSavedError: it could not be renamed or, if not confirmed, may have both names.

    """
    previous = previous_of(target)
    with safe_file.refusing(previous):
        try:
            renamed(previous, f"{target.name}.", _SUFFIX)
        except FileNotFoundError:
            return
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:  # then there is no previous one either
                return
            raise
    safe_file.flush_folder(target.parent)


def _copies(target: Path, backups: Backups | None, log: Acknowledged | None) -> Iterator[_Copy]:
    if log is not None:
        with suppress(OSError):
            yield log.at(), RecoverySource.ACKNOWLEDGED, log.read
    with suppress(OSError):
        for path in target.parent.iterdir():
            if is_previous(target, path.name):
                yield changed_at(path.lstat()), RecoverySource.PREVIOUS, partial(_bytes, path)
    if backups is not None:
        with suppress(BackupError):
            for copy in backups.copies():
                yield copy.at, RecoverySource.BACKUP, partial(backups.read, copy)


def _whole(copies: Iterable[_Copy], known: Collection[str]) -> Iterator[RecoveryOption]:
    """Yield the undamaged copies that have entries; each is read only when requested."""
    for at, source, get in copies:
        try:
            decoded = decode(get())
        except (OSError, BackupError):
            continue
        if decoded.entries and decoded.verdict in _WHOLE:
            yield _offer(source, at, decoded.entries, known)


def _beside(target: Path) -> Iterator[RecoveryOption]:
    """Yield offers from the other journals in the folder, newest first."""
    for path, at in reversed(beside(target)):
        for offer in _whole([(at, RecoverySource.BESIDE, partial(unpacked, path))], ()):
            yield replace(offer, name=path.name)


def beside(target: Path) -> list[tuple[Path, datetime]]:
    """Return the other journals in the folder, without `.bak` files, and when they changed."""
    found = [
        (neighbour.path, moment(neighbour.look.mtime_ns / 1e9))
        for neighbour in Finder().find(target)
        if not is_previous(target, neighbour.path.name)
    ]
    return sorted(found, key=itemgetter(1))


def _time(copy: _Copy) -> datetime:
    return copy[0]


def _bytes(path: Path) -> bytes:
    return read_file(path)[0]


def _offer(
    source: RecoverySource, at: datetime | None, entries: list[Entry], known: Collection[str]
) -> RecoveryOption:
    missing = tuple(entry for entry in entries if entry.id not in known)
    return RecoveryOption(source, at, len(entries), entries[0].at, entries[-1].at, missing)


_READABLE = (JournalVerdict.SOUND, JournalVerdict.EDITED)


class JournalCopy(msgspec.Struct, frozen=True):
    """A copy; `why` is None for the journal as it was before a save, and for one `beside` it."""

    path: Path
    at: datetime
    why: Why | None
    read: Callable[[], bytes]
    beside: bool = False

    def decoded(self) -> Decoded | None:
        """Return the decoded copy; None if it cannot be read or is damaged."""
        try:
            decoded = decode(self.read())
        except (OSError, BackupError):
            return None
        return decoded if decoded.verdict in _READABLE else None


def copies_of(
    journal: Path, backups: Backups, log: Acknowledged | None = None
) -> list[JournalCopy]:
    """Return the copies of a journal, newest first, without reading them.

    The journal recorded in `log` is one of them if it differs from the file.

    Raises:
        BackupError: the backups folder cannot be listed.
        NotSavedError: the links to the journal form a loop, or a copy cannot be accessed.

    """
    target = safe_file.real_target(journal)
    kept = [
        JournalCopy(copy.path, copy.at, copy.why, partial(backups.read, copy))
        for copy in backups.copies()
    ]
    with safe_file.refusing(target):
        kept += [
            JournalCopy(path, changed_at(path.lstat()), None, partial(_bytes, path))
            for path in target.parent.glob("*")
            if is_previous(target, path.name)
        ]
    kept += [
        JournalCopy(path, at, None, partial(unpacked, path), beside=True)
        for path, at in beside(target)
    ]
    if log:
        kept += _remembered(target, log)
    return sorted(kept, key=_copy_time, reverse=True)


def keep_present(journal: Path, backups: Backups, at: datetime, why: Why) -> Path | None:
    """Make a backup of the present journal and return its path; None if there is no journal.

    Raises:
        BackupError: no copy could be made.
        NotSavedError: another program is holding the journal.
        OSError: the journal cannot be read.

    """
    target = safe_file.real_target(journal)
    if not target.parent.exists():
        return None
    with locked(target):
        try:
            data = _bytes(target)
        except FileNotFoundError:
            return None
        copy = backups.keep(data, at, why) or backups.copies()[0]  # it has the same bytes
    return copy.path


def _remembered(target: Path, log: Acknowledged) -> Iterator[JournalCopy]:
    last = log.last()
    with suppress(OSError):
        with suppress(OSError):
            if last is None or last == named(_bytes(target)):
                return
        yield JournalCopy(log.file, log.at(), Why.ACKNOWLEDGED, log.read)


def _copy_time(kept: JournalCopy) -> datetime:
    return kept.at
