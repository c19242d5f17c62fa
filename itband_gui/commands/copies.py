"""The kept copies of a journal, as the commands list, read and make them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shlex import quote

from itband_gui.commands.shared import backups_of, now
from itband_gui.journal import durable
from itband_gui.journal.backups import BackupError, Why
from itband_gui.journal.codec import decode
from itband_gui.journal.lock import locked
from itband_gui.journal.reading import Decoded, Verdict
from itband_gui.journal.regular import read_regular
from itband_gui.journal.rescue import previous_of
from itband_gui.terminal import PROG

_READABLE = (Verdict.SOUND, Verdict.EDITED)


@dataclass(frozen=True)
class Kept:
    """A copy; `why` is None for the journal as it was before a save."""

    path: Path
    at: datetime
    why: Why | None
    read: Callable[[], bytes]

    def decoded(self) -> Decoded | None:
        """Return what it holds; None where it cannot be read, or not whole."""
        try:
            decoded = decode(self.read())
        except (OSError, BackupError):
            return None
        return decoded if decoded.verdict in _READABLE else None


def kept_of(journal: Path) -> list[Kept]:
    """Return the copies of a journal, newest first.

    Raises:
        BackupError: their folder cannot be listed.

    """
    backups, target = backups_of(journal), durable.real_target(journal)
    kept = [
        Kept(copy.path, copy.at, copy.why, partial(backups.read, copy)) for copy in backups.copies()
    ]
    for path in target.parent.glob(f"{target.name}.*"):
        if path.suffix == previous_of(target).suffix:
            at = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
            kept.append(Kept(path, at, None, partial(_bytes, path)))
    return sorted(kept, key=_time, reverse=True)


def keep_present(journal: Path, why: Why) -> Path | None:
    """Keep a copy of the journal as it is and return where; None where there is no journal.

    Raises:
        BackupError: nothing was kept.
        NotSavedError: another program is holding the journal.
        OSError: the journal cannot be read.

    """
    backups, target = backups_of(journal), durable.real_target(journal)
    with locked(target):
        try:
            data = _bytes(target)
        except FileNotFoundError:
            return None
        copy = backups.keep(data, now(), why) or backups.copies()[0]  # which has the same bytes
    return copy.path


def undo_told(kept: Path | None, given: Path | None) -> str:
    """Say how to go back to the journal as it was kept, as the rest of a line.

    `given` is the data folder, if one was named on the command line.
    """
    where = f" --data-dir {quote(str(given))}" if given else ""
    return f" To undo it: {PROG}{where} journal restore {kept.name}" if kept else ""


def _bytes(path: Path) -> bytes:
    return read_regular(path)[0]


def _time(kept: Kept) -> datetime:
    return kept.at
