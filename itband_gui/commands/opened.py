"""Opens the journal for a command, and lists and makes its copies."""

from contextlib import suppress
from pathlib import Path
from shlex import quote

from itband_gui.commands.shared import backups_of, log_of, not_saved, warn_about_save
from itband_gui.journal.changes import Saved
from itband_gui.journal.exchange import JournalFile, copies
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.store import LoadCode, Loaded, Store
from itband_gui.machine.terminal import PROG, say
from itband_gui.wording.notices import missed_sentences, missing_sentences, sibling_sentences
from itband_gui.wording.saving import reason_of


def file_of(journal: Path) -> JournalFile:
    """Return a journal with its copies and what this machine remembers of it."""
    return JournalFile(journal, backups_of(journal), log_of(journal))


def has_copies(journal: Path) -> bool:
    """Return whether there is a copy of a journal or another journal in its folder."""
    found = copies(file_of(journal))
    return isinstance(found, list) and bool(found)


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
        tell_siblings(news)
        if loaded.missed or news.needs_write:
            saved = store.save(loaded.book)
            has_saved = True
            tell_missed(saved)
            tell_siblings(saved)
            warn_about_save(saved)
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
            tell_siblings(store.refresh(loaded.book))
    return loaded


def absent(path: Path, loaded: Loaded, give: str = "the --data-dir") -> str:
    """Say that a journal is missing or cannot be read; `give` is where a command finds one."""
    if loaded.code is LoadCode.UNREADABLE:
        reason = reason_of(loaded.errno)
        return f"{path} cannot be read ({reason}). Fix that, or choose another --data-dir."
    if has_copies(path):
        return gone(path)
    return f"There is no journal at {path}. Give {give} that holds it."


def gone(path: Path) -> str:
    """Say that a journal is missing, though there are copies or other journals beside it."""
    return (
        f"There is no journal at {path}, but there are copies of it, or other journals beside it. "
        "journal restore --list names them; journal restore or the window brings one back."
    )


def read_only(path: Path, loaded: Loaded) -> str:
    """Return why a journal that is there cannot be changed."""
    if loaded.code is LoadCode.UNREADABLE:
        return absent(path, loaded)
    is_newer = loaded.code is LoadCode.NEWER
    code = NotSavedCode.NEWER if is_newer else NotSavedCode.DAMAGED
    return not_saved(NotSavedError(code, path))


def tell_siblings(saved: Saved) -> None:
    """Report what happened to other journals in the folder."""
    for sentence in sibling_sentences(saved.beside):
        say(sentence)


def tell_begun(journal: Path) -> None:
    """Report that a new journal was started, and whether there are copies of an earlier one."""
    say(f"A new journal was started: {journal}.")
    found = copies(file_of(journal))
    if isinstance(found, list) and any(not copy.beside for copy in found):
        say("There are copies of an earlier journal. journal restore --list names them.")


def tell_missed(saved: Saved) -> None:
    """Report entries that a save put back or found missing."""
    for sentence in missed_sentences(saved.missed):
        say(sentence)
    if saved.missed.gone and not saved.backup_error:
        say("A copy of the journal as saved here is kept. journal restore --list names it.")
