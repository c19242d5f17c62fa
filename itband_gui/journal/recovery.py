"""The copies of a journal, and the entries that they can bring back.

Nothing is chosen or changed here, except by `keep_previous` and `keep_present`. A file that the
disk or its permissions keep from being read is neither damaged nor missing: nobody should ask for
offers then.
"""

import errno
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from functools import partial
from itertools import islice
from operator import attrgetter
from pathlib import Path

import msgspec

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
MOST_COPIES = 4  # of the newest; to look through every backup takes seconds


class RecoverySource(StrEnum):
    """Where offered entries come from."""

    SALVAGE = "salvage"  # the damaged file itself
    PREVIOUS = "previous"  # the journal as it was before its last save
    BACKUP = "backup"
    ACKNOWLEDGED = "acknowledged"  # the journal as it was last saved on this computer
    BESIDE = "beside"  # another journal in its folder


class RecoveryOption(msgspec.Struct, frozen=True):
    """Entries that can be had back.

    Attributes:
        at: when the copy was made; None for what was salvaged.
        first: the time of its oldest entry.
        last: the time of its newest entry.
        missing: those of its entries that the salvage lacks; add them and nothing is lost twice.
        name: of the file that lies beside the journal.

    """

    source: RecoverySource
    at: datetime | None
    entries: int
    first: datetime
    last: datetime
    missing: tuple[Entry, ...]
    name: str = ""


class JournalCopy(msgspec.Struct, frozen=True):
    """A copy; `why` is None for the journal as it was before a save, and for one `beside` it."""

    path: Path
    at: datetime
    why: Why | None
    read: Callable[[], bytes]
    beside: bool = False

    @property
    def source(self) -> RecoverySource:
        """Where its entries come from."""
        if self.beside:
            return RecoverySource.BESIDE
        if self.why is None:
            return RecoverySource.PREVIOUS
        is_log = self.why is Why.ACKNOWLEDGED
        return RecoverySource.ACKNOWLEDGED if is_log else RecoverySource.BACKUP

    def decoded(self) -> Decoded | None:
        """Return what it holds; None where it cannot be read, or not whole."""
        try:
            decoded = decode(self.read())
        except (OSError, BackupError):
            return None
        return decoded if decoded.verdict in _WHOLE else None


def offers(
    target: Path,
    here: Decoded | None,
    backups: Backups | None,
    log: Acknowledged | None = None,
) -> Iterator[RecoveryOption]:
    """Yield what can be had back, the newest valid copy first; each is read when it is asked for.

    Args:
        target: the journal.
        here: what could be saved of it, which is the first offer; None where it is missing.
        backups: where its backups are; None where none are kept.
        log: what this machine has acknowledged of it; None where nothing is.

    """
    known = here.holding.lines.keys() if here else ()  # what was removed is not missing
    if here and here.entries:
        yield _offer(RecoverySource.SALVAGE, None, here.entries, known)
    if not known:  # else they are taken in, without asking
        yield from _whole(reversed(_neighbours(target)), ())
    copies = sorted(_copies(target, backups, log), key=attrgetter("at"), reverse=True)
    yield from islice(_whole(copies, known), MOST_COPIES)


def is_previous(target: Path, name: str) -> bool:
    """Whether a file beside the journal is, by its name, the journal as it was before a save."""
    return name.startswith(f"{target.name}.") and name.endswith(_SUFFIX)


def previous_of(target: Path) -> Path:
    """Return where a save keeps the journal that it replaces."""
    return target.with_name(target.name + _SUFFIX)


def keep_previous(target: Path) -> None:
    """Put the previous journal out of reach of the saves to come, under a name that stays.

    To be called, with the journal's lock held, before anything is written where no journal could
    be read: what is written then may hold far less, and the save after it replaces the previous.

    Raises:
        NotSavedError: it could not be renamed, or (not confirmed) may be under both names.

    """
    previous = previous_of(target)
    with safe_file.refusing(previous):
        try:
            renamed(previous, f"{target.name}.", _SUFFIX)
        except FileNotFoundError:
            return
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:  # of such a file there is no previous
                return
            raise
    safe_file.flush_folder(target.parent)


def _copies(
    target: Path, backups: Backups | None, log: Acknowledged | None
) -> Iterator[JournalCopy]:
    """Yield all copies that can be listed."""
    if log is not None:
        with suppress(OSError):
            yield JournalCopy(log.file, log.at(), Why.ACKNOWLEDGED, log.read)
    with suppress(OSError):
        yield from _previous(target)
    if backups is not None:
        with suppress(BackupError):
            yield from _kept(backups)


def _previous(target: Path) -> Iterator[JournalCopy]:
    for path in target.parent.glob("*"):
        if is_previous(target, path.name):
            yield JournalCopy(path, changed_at(path.lstat()), None, partial(_bytes, path))


def _kept(backups: Backups) -> Iterator[JournalCopy]:
    for copy in backups.copies():
        yield JournalCopy(copy.path, copy.at, copy.why, partial(backups.read, copy))


def _neighbours(target: Path) -> list[JournalCopy]:
    """Return the journals beside the journal, but for its own copies, the oldest first."""
    found = []
    for each in Finder().find(target):
        if not is_previous(target, each.path.name):
            at, read = moment(each.look.mtime_ns / 1e9), partial(unpacked, each.path)
            found.append(JournalCopy(each.path, at, None, read, beside=True))
    return sorted(found, key=attrgetter("at"))


def _whole(copies: Iterable[JournalCopy], known: Collection[str]) -> Iterator[RecoveryOption]:
    """Yield the copies that can be read whole and hold something; each is read when asked for."""
    for copy in copies:
        decoded = copy.decoded()
        if decoded and decoded.entries:
            name = copy.path.name if copy.beside else ""
            yield _offer(copy.source, copy.at, decoded.entries, known, name)


def _bytes(path: Path) -> bytes:
    return read_file(path)[0]


def _offer(
    source: RecoverySource,
    at: datetime | None,
    entries: list[Entry],
    known: Collection[str],
    name: str = "",
) -> RecoveryOption:
    missing = tuple(entry for entry in entries if entry.id not in known)
    return RecoveryOption(source, at, len(entries), entries[0].at, entries[-1].at, missing, name)


def copies_of(
    journal: Path, backups: Backups, log: Acknowledged | None = None
) -> list[JournalCopy]:
    """Return the copies of a journal, newest first; none of them is read.

    What is remembered in `log` is one of them where it differs from the journal.

    Raises:
        BackupError: the folder of the backups cannot be listed.
        NotSavedError: the links to the journal go round in a circle, or a copy cannot be looked at.

    """
    target = safe_file.real_target(journal)
    kept = [*_kept(backups)]
    with safe_file.refusing(target):
        kept += _previous(target)
    kept += _neighbours(target)
    if log:
        kept += _remembered(target, log)
    return sorted(kept, key=attrgetter("at"), reverse=True)


def keep_present(journal: Path, backups: Backups, at: datetime, why: Why) -> Path | None:
    """Keep a copy of the journal as it is and return where; None where there is no journal.

    Raises:
        BackupError: nothing was kept.
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
        copy = backups.keep(data, at, why) or backups.copies()[0]  # which has the same bytes
    return copy.path


def _remembered(target: Path, log: Acknowledged) -> Iterator[JournalCopy]:
    last = log.last()
    with suppress(OSError):
        with suppress(OSError):
            if last is None or last == named(_bytes(target)):
                return
        yield JournalCopy(log.file, log.at(), Why.ACKNOWLEDGED, log.read)
