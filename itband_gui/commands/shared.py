"""Shared by the journal's commands: its place, its store, printing, asking, save errors."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.backups import Backups
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.snapshot import FILE_NAME
from itband_gui.journal.sync_tools import backups_dir
from itband_gui.machine.folders import acknowledged_file, data_dir, user_state_dir
from itband_gui.machine.local_clock import local_now
from itband_gui.machine.terminal import plain, say, writing
from itband_gui.wording.saving import (
    failure_text,
    no_backup_text,
    not_saved_text,
    unlocked_text,
    unremembered_text,
)

if TYPE_CHECKING:
    from itband_gui.journal.store import Store


def journal_file(args: argparse.Namespace) -> Path:
    """Return the path of the journal to use."""
    return data_dir(args.data_dir, os.environ) / FILE_NAME


def backups_of(journal: Path) -> Backups:
    """Return the copies that are kept of a journal."""
    return Backups(backups_dir(journal.parent, user_state_dir(os.environ)))


def log_of(journal: Path) -> Acknowledged:
    """Return this computer's record of a journal's saves."""
    return Acknowledged(acknowledged_file(journal, os.environ))


def store_of(journal: Path) -> "Store":
    """Return a store for a journal, with its backups."""
    from itband_gui.journal.store import Store  # noqa: PLC0415 - slow; `add` rarely needs it

    return Store(journal, backups_of(journal), local_now, log_of(journal))


_TYPED = {
    NotSavedCode.DAMAGED: "journal check says what can be saved, journal restore sets it aside.",
    NotSavedCode.SHRINK: "See journal check and journal restore.",
    NotSavedCode.NEWER: "",
    NotSavedCode.BUSY: "",
}


def not_saved(error: NotSavedError) -> str:
    """Return why the journal was not saved, and what to type."""
    typed = _TYPED.get(error.code, "You can also choose another --data-dir.")
    if not error.confirmed:
        typed = "The entry may be in the journal: see journal list."
    return f"{not_saved_text(error)} {typed}".rstrip()


class _Ended(Protocol):
    """A save that went well; see `journal.changes.Saved`."""

    @property
    def backup_error(self) -> Exception | None: ...

    @property
    def unlocked(self) -> bool: ...

    @property
    def unremembered(self) -> bool: ...


def warn_about_save(saved: _Ended) -> None:
    """Say what a save that went well lacks: its copy, a lock, or a note of it elsewhere."""
    if saved.backup_error:
        say(f"{no_backup_text()} {failure_text(saved.backup_error)}")
    if saved.unlocked:
        say(unlocked_text())
    if saved.unremembered:
        say(unremembered_text())


def show_line(line: str, *, flush: bool = False) -> None:
    """Print a line of a command's output, with unsafe characters escaped."""
    with writing():
        print(plain(line), flush=flush)  # noqa: T201 - a command's output


def asked(question: str, *, otherwise: bool) -> bool:
    """Ask a question and return the answer; `otherwise` if there is no terminal to ask at."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        return otherwise
    with writing():
        print(f"{question} [y/N] ", end="", flush=True)  # noqa: T201 - `input` asks on stderr
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
