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
        """Return the decoded copy; None if it cannot be read or is damaged."""
        try:
            decoded = decode(self.read())
        except (OSError, BackupError):
            return None
        return decoded if decoded.verdict in _WHOLE else None


def recovery_options(
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
    known = here.snapshot.lines.keys() if here else ()  # removed entries are not missing
    if here and here.entries:
        yield _offer(RecoverySource.SALVAGE, None, here.entries, known)
    if not known:  # otherwise they are merged without asking
        yield from _whole(reversed(_neighbours(target)), ())
    copies = sorted(_copies(target, backups, log), key=attrgetter("at"), reverse=True)
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
    """Yield the undamaged copies that have entries; each is read only when requested."""
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
    """Return the copies of a journal, newest first, without reading them.

    The journal recorded in `log` is one of them if it differs from the file.

    Raises:
        BackupError: the backups folder cannot be listed.
        NotSavedError: the links to the journal form a loop, or a copy cannot be accessed.

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
