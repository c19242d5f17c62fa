"""Whether the journal is safe: its file is read again and compared with what should be in it."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from itband_gui.folders import backups_dir
from itband_gui.journal.backups import Backups
from itband_gui.journal.holding import Holding
from itband_gui.journal.loaded import LoadCode, Loaded
from itband_gui.journal.rescue import Source
from itband_gui.journal.store import Store

_PLAIN = (LoadCode.NEW, LoadCode.SOUND, LoadCode.EDITED)


@dataclass(frozen=True)
class Situation:
    """What the file was found to be.

    Attributes:
        code: None where looking failed in a way nobody thought of.
        entries: how many can be read.
        known: how many the window knew to be in it; None where there was no window.
        lost: how many of these are not in it.
        copies: whether there are any to bring back what is damaged or missing.

    """

    code: LoadCode | None
    entries: int = 0
    known: int | None = None
    lost: int = 0
    copies: bool = False

    @property
    def safe(self) -> bool:
        """Whether everything that was saved is there."""
        return (
            self.known is not None
            and not self.lost
            and (
                self.code in (LoadCode.SOUND, LoadCode.EDITED)
                or (self.code is LoadCode.NEW and not self.known)
            )
        )


def look(file: Path, known: Holding | None) -> Situation:
    """Read the journal's file and compare it with what is known of it, if anything is.

    Nothing is changed.
    """
    try:
        loaded = Store(file, Backups(backups_dir(file.parent))).load()
        found = Situation(loaded.code, len(loaded.book), copies=_has_copies(loaded))
        if known is None:
            return found
        entries = known.entries_by_id()
        lost = sum(1 for entry_id in entries if entry_id not in loaded.holding.lines)
        return replace(found, known=len(entries), lost=lost)
    except Exception:  # noqa: BLE001 - something is broken already: say that it is not known
        return Situation(None)


def _has_copies(loaded: Loaded) -> bool:
    return any(offer.source is not Source.SALVAGE for offer in loaded.offers)


def safe_text(found: Situation, pending: int, file: Path) -> str:
    """Return what is certain about the journal.

    Args:
        found: how the file was found.
        pending: how many entries of the window are not in it yet.
        file: where it lies.

    """
    texts = (_file_text(found, file), _copies_text(found), _pending_text(pending))
    return " ".join(text for text in texts if text)


def _copies_text(found: Situation) -> str:
    if not found.copies:
        return ""
    return QCoreApplication.translate(
        "Unexpected", "Copies of it are kept: type “itband-gui journal restore”."
    )


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
    if found.known is None and found.code in _PLAIN:
        return _plain_text(found, file)
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
            "The journal file is damaged: {file}. Entries that can be read: {entries}.",
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


def _plain_text(found: Situation, file: Path) -> str:
    """Return what can be said where nobody knows what should be in the journal."""
    if found.code is LoadCode.NEW:
        return QCoreApplication.translate("Unexpected", "There is no journal file: {file}.").format(
            file=file
        )
    return QCoreApplication.translate(
        "Unexpected", "Your journal can be read: {file}. Entries: {n}."
    ).format(file=file, n=found.entries)


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
