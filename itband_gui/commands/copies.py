"""The kept copies of a journal, as the commands list and make them."""

from pathlib import Path
from shlex import quote

from itband_gui.commands.shared import backups_of, log_of
from itband_gui.journal import kept_copies
from itband_gui.journal.backups import BackupError, Why
from itband_gui.journal.durable import NotSavedError
from itband_gui.journal.kept_copies import Kept
from itband_gui.local_clock import local_now
from itband_gui.terminal import PROG

__all__ = ["Kept", "has_copies", "keep_present", "kept_of", "undo_told"]


def kept_of(journal: Path) -> list[Kept]:
    """Return the copies of a journal, newest first; see `kept_copies.kept_of`."""
    return kept_copies.kept_of(journal, backups_of(journal), log_of(journal))


def has_copies(journal: Path) -> bool:
    """Whether there is a copy of a journal, or another journal beside it."""
    try:
        return bool(kept_of(journal))
    except (BackupError, NotSavedError):
        return False


def keep_present(journal: Path, why: Why) -> Path | None:
    """Keep a copy of the journal as it is; see `kept_copies.keep_present`."""
    return kept_copies.keep_present(journal, backups_of(journal), local_now(), why)


def undo_told(kept: Path | None, given: Path | None) -> str:
    """Say how to go back to the journal as it was kept, as the rest of a line.

    `given` is the data folder, if one was named on the command line.
    """
    where = f" --data-dir {quote(str(given))}" if given else ""
    return f" To undo it: {PROG}{where} journal restore {kept.name}" if kept else ""
