"""Whether the journal is safe: its file is read again and compared with what should be in it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from itband_gui.journal.holding import Holding
from itband_gui.journal.loaded import LoadCode
from itband_gui.journal.store import Store


@dataclass(frozen=True)
class Situation:
    """What the file was found to be.

    Attributes:
        code: None where looking failed in a way nobody thought of.
        entries: how many can be read.
        known: how many the window knew to be in it.
        lost: how many of these are not in it.

    """

    code: LoadCode | None
    entries: int = 0
    known: int = 0
    lost: int = 0

    @property
    def safe(self) -> bool:
        """Whether everything that was saved is there."""
        return not self.lost and (
            self.code in (LoadCode.SOUND, LoadCode.EDITED)
            or (self.code is LoadCode.NEW and not self.known)
        )


def look(file: Path, known: Holding) -> Situation:
    """Read the journal's file and compare it with what is known of it; changes nothing."""
    try:
        loaded = Store(file).load()
        entries = known.entries_by_id()
        lost = sum(1 for entry_id in entries if entry_id not in loaded.holding.lines)
        return Situation(loaded.code, len(loaded.book), len(entries), lost)
    except Exception:  # noqa: BLE001 - something is broken already: say that it is not known
        return Situation(None)


def safe_text(found: Situation, pending: int, file: Path) -> str:
    """Return what is certain about the journal.

    Args:
        found: how the file was found.
        pending: how many entries of the window are not in it yet.
        file: where it lies.

    """
    return " ".join(text for text in (_file_text(found, file), _pending_text(pending)) if text)


def _pending_text(pending: int) -> str:
    if not pending:
        return ""
    if pending == 1:
        return QCoreApplication.translate(
            "Unexpected", "1 entry is not saved yet. It is in this window: leave it open."
        )
    return QCoreApplication.translate(
        "Unexpected", "{n} entries are not saved yet. They are in this window: leave it open."
    ).format(n=pending)


def _file_text(found: Situation, file: Path) -> str:
    if found.safe:
        return _safe_text(found)
    told = {
        None: QCoreApplication.translate(
            "Unexpected", "Your journal could not be checked: {file}."
        ),
        LoadCode.NEW: QCoreApplication.translate(
            "Unexpected",
            "The journal file is not there any more: {file}. Entries that were in it: {known}.",
        ),
        LoadCode.NEWER: QCoreApplication.translate(
            "Unexpected",
            "A newer version of this program has written the journal. It is not changed here.",
        ),
        LoadCode.UNREADABLE: QCoreApplication.translate(
            "Unexpected", "The journal file cannot be read just now: {file}."
        ),
        LoadCode.DAMAGED: QCoreApplication.translate(
            "Unexpected",
            "The journal file is damaged: {file}. Entries that can be read: {entries}. Copies of "
            "it are kept: type “itband-gui journal restore”.",
        ),
    }.get(
        found.code,
        QCoreApplication.translate(
            "Unexpected",
            "Entries that were saved and are not in the journal file any more: {lost}. Copies of "
            "it are kept: type “itband-gui journal restore”.",
        ),
    )
    return told.format(file=file, known=found.known, entries=found.entries, lost=found.lost)


def _safe_text(found: Situation) -> str:
    if found.code is LoadCode.NEW:
        return QCoreApplication.translate(
            "Unexpected",
            "Your journal was looked at: nothing was saved in it yet, nothing is lost.",
        )
    return QCoreApplication.translate(
        "Unexpected",
        "Your journal is safe: the file was read again just now, and all that was saved is in it. "
        "Entries: {n}.",
    ).format(n=found.entries)
