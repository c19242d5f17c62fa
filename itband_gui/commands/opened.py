"""Opens the journal for a command, and lists and makes its copies."""

from contextlib import suppress
from pathlib import Path
from shlex import quote

from itband_gui.commands.shared import backups_of, log_of
from itband_gui.journal import recovery
from itband_gui.journal.backups import BackupError, Why
from itband_gui.journal.changes import Saved
from itband_gui.journal.recovery import JournalCopy
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.store import LoadCode, Loaded, Store
from itband_gui.machine.local_clock import local_now
from itband_gui.machine.terminal import PROG, say
from itband_gui.wording.journal_file import gone, unreadable
from itband_gui.wording.notices import beside_sentences, missed_sentences, missing_sentences
from itband_gui.wording.saving import not_saved, shortcomings

__all__ = ["JournalCopy", "has_copies", "keep_present", "kept_of", "undo_told"]


def kept_of(journal: Path) -> list[JournalCopy]:
    """Return the copies of a journal, newest first; see `kept_copies.kept_of`."""
    return recovery.copies_of(journal, backups_of(journal), log_of(journal))


def has_copies(journal: Path) -> bool:
    """Return whether there is a copy of a journal or another journal in its folder."""
    try:
        return bool(kept_of(journal))
    except (BackupError, NotSavedError):
        return False


def keep_present(journal: Path, why: Why) -> Path | None:
    """Make a copy of the present journal; see `kept_copies.keep_present`."""
    return recovery.keep_present(journal, backups_of(journal), local_now(), why)


def undo_told(kept: Path | None, given: Path | None) -> str:
    """Return a sentence that says how to go back to the copy just made; "" without one.

    `given` is the data folder if it was given on the command line.
    """
    where = f" --data-dir {quote(str(given))}" if given else ""
    return f" To undo it: {PROG}{where} journal restore {kept.name}" if kept else ""


_WRITABLE = (LoadCode.SOUND, LoadCode.EDITED)


def opened(store: Store) -> Loaded:
    """Open a journal and put back entries that this computer saved and the file lacks.

    Entries from other journals in the folder are merged, too. All this is reported. If there is no
    journal, none is started.
    """
    loaded, _ = opened_and_saved(store)
    return loaded


def opened_and_saved(store: Store) -> tuple[Loaded, bool]:
    """Open a journal as `opened` does; also return whether that changed the file."""
    loaded, has_saved = store.load(), False
    if loaded.code not in _WRITABLE:
        return loaded, has_saved
    news = None
    try:
        news = store.refresh(loaded.book)
        tell_beside(news)
        if loaded.missed or news.needs_write:
            saved = store.save(loaded.book)
            has_saved = True
            tell_missed(saved)
            tell_beside(saved)
            for line in shortcomings(saved):
                say(line)
    except NotSavedError as error:
        for sentence in missing_sentences(loaded.missed):
            say(sentence)
        if news and news.merged_external:  # it is shown, and the next command tries again
            say(not_saved(error))
    return loaded, has_saved


def looked_at(store: Store) -> Loaded:
    """Open a journal merged as for a save, but save nothing."""
    loaded = store.load()
    if loaded.code in _WRITABLE:
        with suppress(NotSavedError):
            tell_beside(store.refresh(loaded.book))
    return loaded


def absent(path: Path, loaded: Loaded) -> str:
    """Return a sentence that a journal is missing or cannot be read, and what to do."""
    is_gone = loaded.code is LoadCode.NEW and has_copies(path)
    return gone(path) if is_gone else unreadable(path, loaded)


def tell_beside(saved: Saved) -> None:
    """Report what happened to other journals in the folder."""
    for sentence in beside_sentences(saved.beside):
        say(sentence)


def tell_begun(journal: Path) -> None:
    """Report that a new journal was started, and whether there are copies of an earlier one."""
    say(f"A new journal was started: {journal}.")
    with suppress(BackupError, NotSavedError):
        if any(not copy.beside for copy in kept_of(journal)):
            say("There are copies of an earlier journal; journal restore --list shows them.")


def tell_missed(saved: Saved) -> None:
    """Report entries that a save put back or found missing."""
    for sentence in missed_sentences(saved.missed):
        say(sentence)
    if saved.missed.gone and not saved.backup_error:
        say("A copy of the journal as last saved here was made; journal restore --list shows it.")
