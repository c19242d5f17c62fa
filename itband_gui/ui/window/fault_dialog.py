"""The dialog about an uncaught error: what happened, and whether the journal is safe."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.journal.backups import Backups
from itband_gui.journal.recovery import RecoverySource
from itband_gui.journal.snapshot import FILE_NAME, FileSnapshot
from itband_gui.journal.store import LoadCode, Loaded, Store
from itband_gui.journal.sync_tools import backups_dir
from itband_gui.machine.crash import Fault, FaultKind, report
from itband_gui.machine.folders import user_state_dir
from itband_gui.machine.log import LogFile
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.dialogs import TextDialog
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.saving import newer_text


@dataclass(frozen=True)
class JournalCheck:
    """How the journal file was found.

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


def look(file: Path, known: FileSnapshot | None) -> JournalCheck:
    """Read the journal's file and compare it with what is known of it, if anything is.

    Nothing is changed.
    """
    try:
        loaded = Store(file, Backups(backups_dir(file.parent, user_state_dir(os.environ)))).load()
        found = JournalCheck(loaded.code, len(loaded.book), copies=_has_copies(loaded))
        if known is None:
            return found
        entries = known.entries_by_id()
        lost = sum(1 for entry_id in entries if entry_id not in loaded.snapshot.lines)
        return replace(found, known=len(entries), lost=lost)
    except Exception:  # noqa: BLE001 - something is broken already: say that it is not known
        return JournalCheck(None)


def _has_copies(loaded: Loaded) -> bool:
    return any(offer.source is not RecoverySource.SALVAGE for offer in loaded.recovery_options)


def safe_text(found: JournalCheck, pending: int, file: Path) -> str:
    """Return what is certain about the journal.

    Args:
        found: how the file was found.
        pending: how many entries of the window are not in it yet.
        file: the journal.

    """
    texts = [
        _file_text(found).format(file=file, known=found.known, lost=found.lost, n=found.entries)
    ]
    if found.copies:
        texts.append(
            QCoreApplication.translate(
                "Unexpected", "Copies of it are kept: type “itband-gui journal restore”."
            )
        )
    if pending == 1:
        texts.append(
            QCoreApplication.translate(
                "Unexpected",
                "1 entry is not saved yet. It is only in this window, so leave the window open.",
            )
        )
    elif pending:
        text = QCoreApplication.translate(
            "Unexpected",
            "{n} entries are not saved yet. They are only in this window, so leave the "
            "window open.",
        )
        texts.append(text.format(n=pending))
    return " ".join(texts)


def _file_text(found: JournalCheck) -> str:
    if found.code is LoadCode.NEW:
        return _missing_text(found)
    if found.code is LoadCode.NEWER:
        return newer_text()
    problem = {
        None: QCoreApplication.translate(
            "Unexpected", "Your journal could not be checked: {file}."
        ),
        LoadCode.UNREADABLE: QCoreApplication.translate(
            "Unexpected", "The journal file cannot be read at the moment: {file}."
        ),
        LoadCode.DAMAGED: QCoreApplication.translate(
            "Unexpected", "The journal file is damaged: {file}. Entries that can be read: {n}."
        ),
    }.get(found.code, "")
    if problem or found.safe:
        return problem or QCoreApplication.translate(
            "Unexpected",
            "Your journal is safe: the file was read again just now, and everything you saved is "
            "in it. Entries: {n}.",
        )
    if found.known is None:
        return QCoreApplication.translate(
            "Unexpected", "Your journal can be read: {file}. Entries: {n}."
        )
    return QCoreApplication.translate(
        "Unexpected",
        "Saved entries that are no longer in the journal file: {lost}. To look for copies, type "
        "“itband-gui journal restore”.",
    )


def _missing_text(found: JournalCheck) -> str:
    if found.known is None:
        return QCoreApplication.translate("Unexpected", "There is no journal file: {file}.")
    if found.safe:
        return QCoreApplication.translate(
            "Unexpected", "Your journal was checked: nothing was saved in it yet, nothing is lost."
        )
    return QCoreApplication.translate(
        "Unexpected",
        "The journal file is no longer there: {file}. Entries that were in it: {known}.",
    )


_WIDE_EM, _HIGH_EM = 44, 34  # in letters M and lines: our choice
_LINES = 6  # least number of visible lines of the report


class FaultDialog(TextDialog):
    """Says what happened, whether the journal is safe, and where the log is.

    Args:
        parent: the window, or None if there is none.
        happened: what went wrong, in plain words.
        log: the log; its path is shown if it could be written.
        end: closes the program; None if there is no window to close.

    """

    def __init__(
        self, parent: QWidget | None, happened: str, log: LogFile, end: Callable[[], object] | None
    ) -> None:
        name = QCoreApplication.translate("Unexpected", "Report")
        copied = QCoreApplication.translate(
            "Unexpected", "Copied. It contains nothing from your journal."
        )
        super().__init__(parent, name, _LINES, copied)
        self.setWindowTitle(
            QCoreApplication.translate("Unexpected", "Something unexpected went wrong")
        )
        self.happened = TextLabel(happened)
        self.journal = TextLabel(
            QCoreApplication.translate("Unexpected", "Checking your journal…"), "strong"
        )
        self.log = TextLabel(_log_text(log), "small")
        self.log.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        stay = QCoreApplication.translate("Unexpected", "Continue")
        leave = QCoreApplication.translate("Unexpected", "Close")
        self.go_on = button(leave if end is None else stay, self.reject, "primary")
        self.end = button(QCoreApplication.translate("Unexpected", "Close the program"))
        self.end.setVisible(end is not None)
        if end is not None:
            self.end.clicked.connect(lambda _checked=False: self._leave(end))
        headline = TextLabel(self.windowTitle(), "headline")
        labels = (headline, self.happened, self.journal, self.log)
        self.lay_out(labels, (self.go_on, self.copy, self.end), _WIDE_EM, _HIGH_EM)
        self.go_on.setFocus()

    def show_report(self, text: str) -> None:
        """Show the current text for a bug report."""
        if text != self.box.toPlainText():
            self.box.setPlainText(text)

    def _leave(self, end: Callable[[], object]) -> None:
        self.reject()
        end()


def _log_text(log: LogFile) -> str:
    if not log.written:
        return QCoreApplication.translate(
            "Unexpected", "No log could be written. Copy the report if you want to keep it."
        )
    return QCoreApplication.translate(
        "Unexpected", "The log, without your notes and scores: {file}"
    ).format(file=log.path)


def happened_text(faults: tuple[Fault, ...]) -> str:
    """Return in plain words what went wrong last, and how often if more than once."""
    what = {
        FaultKind.DISK_FULL: QCoreApplication.translate(
            "Unexpected", "The disk is full, and something could not be written."
        ),
        FaultKind.MEMORY: QCoreApplication.translate(
            "Unexpected", "This computer’s memory is full. Close other programs."
        ),
        FaultKind.PART_MISSING: QCoreApplication.translate(
            "Unexpected",
            "A part of the program is missing. To see which, type “itband-gui doctor”.",
        ),
        FaultKind.OTHER: QCoreApplication.translate(
            "Unexpected",
            "The program has a fault, and something could not be finished. Everything else still "
            "works.",
        ),
    }[faults[-1].sort if faults else FaultKind.OTHER]
    times = sum(each.times for each in faults)
    if times < 2:
        return what
    often = QCoreApplication.translate("Unexpected", "It has happened {n} times.").format(n=times)
    return f"{what} {often}"


def ended_text() -> str:
    """Say that the program crashed before this start."""
    return QCoreApplication.translate(
        "Unexpected", "The program crashed last time. The log shows where."
    )


def tell_failed_start(fault: Fault, folder: Path, log: LogFile) -> None:
    """Report that the window could not open, if there is a QApplication; block until it is read."""
    if QApplication.instance() is None:
        return
    happened = QCoreApplication.translate("Unexpected", "IT Band Guide could not open its window.")
    if fault.sort is not FaultKind.OTHER:
        happened = f"{happened} {happened_text((fault,))}"
    dialog = FaultDialog(None, happened, log, None)
    file = folder / FILE_NAME
    dialog.journal.setText(safe_text(look(file, None), 0, file))
    dialog.show_report(report((fault,)))
    dialog.exec()
