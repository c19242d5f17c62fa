"""The backups that a save makes of what it is about to replace."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.durable import NotSavedCode
from itband_gui.journal.regular import read_regular


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
                self._backups.keep(read_regular(target)[0], now, Why.TIMED)
                self._backups.thin(now)
        except BackupError as error:
            return error
        except OSError as error:
            return BackupError(NotSavedCode.UNREADABLE, target, error.errno)
        return None
