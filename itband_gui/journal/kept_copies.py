"""The copies of a journal: its backups, what was there before a save, other journals beside it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from itband_gui.journal import durable
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.codec import decode
from itband_gui.journal.conflict_copies import unpacked
from itband_gui.journal.lock import locked
from itband_gui.journal.reading import Decoded, Verdict
from itband_gui.journal.regular import changed_at, read_regular
from itband_gui.journal.rescue import beside, is_previous
from itband_gui.journal.whole import named

_READABLE = (Verdict.SOUND, Verdict.EDITED)


@dataclass(frozen=True)
class Kept:
    """A copy; `why` is None for the journal as it was before a save, and for one `beside` it."""

    path: Path
    at: datetime
    why: Why | None
    read: Callable[[], bytes]
    beside: bool = False

    def decoded(self) -> Decoded | None:
        """Return what it holds; None where it cannot be read, or not whole."""
        try:
            decoded = decode(self.read())
        except (OSError, BackupError):
            return None
        return decoded if decoded.verdict in _READABLE else None


def kept_of(journal: Path, backups: Backups, log: Acknowledged | None = None) -> list[Kept]:
    """Return the copies of a journal, newest first; none of them is read.

    What is remembered in `log` is one of them where it differs from the journal.

    Raises:
        BackupError: the folder of the backups cannot be listed.
        NotSavedError: the links to the journal go round in a circle, or a copy cannot be looked at.

    """
    target = durable.real_target(journal)
    kept = [
        Kept(copy.path, copy.at, copy.why, partial(backups.read, copy)) for copy in backups.copies()
    ]
    with durable.refusing(target):
        kept += [
            Kept(path, changed_at(path.lstat()), None, partial(_bytes, path))
            for path in target.parent.glob("*")
            if is_previous(target, path.name)
        ]
    kept += [
        Kept(path, at, None, partial(unpacked, path), beside=True) for path, at in beside(target)
    ]
    if log:
        kept += _remembered(target, log)
    return sorted(kept, key=_time, reverse=True)


def keep_present(journal: Path, backups: Backups, at: datetime, why: Why) -> Path | None:
    """Keep a copy of the journal as it is and return where; None where there is no journal.

    Raises:
        BackupError: nothing was kept.
        NotSavedError: another program is holding the journal.
        OSError: the journal cannot be read.

    """
    target = durable.real_target(journal)
    if not target.parent.exists():
        return None
    with locked(target):
        try:
            data = _bytes(target)
        except FileNotFoundError:
            return None
        copy = backups.keep(data, at, why) or backups.copies()[0]  # which has the same bytes
    return copy.path


def _remembered(target: Path, log: Acknowledged) -> Iterator[Kept]:
    last = log.last()
    with suppress(OSError):
        with suppress(OSError):
            if last is None or last == named(_bytes(target)):
                return
        yield Kept(log.file, log.at(), Why.ACKNOWLEDGED, log.read)


def _bytes(path: Path) -> bytes:
    return read_regular(path)[0]


def _time(kept: Kept) -> datetime:
    return kept.at
