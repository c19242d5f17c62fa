"""Runs `journal restore`, which lists the copies of the journal and restores one."""

import argparse
from pathlib import Path

from itband_gui.commands.opened import (
    JournalCopy,
    keep_present,
    kept_of,
    opened_and_saved,
    tell_beside,
    undo_told,
)
from itband_gui.commands.shared import asked, journal_file, show_line, store_of
from itband_gui.journal.backups import BackupError, Why
from itband_gui.journal.book import EntryExistsError
from itband_gui.journal.entries import Entry
from itband_gui.journal.merge import Difference, difference, needs_consent
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.store import LoadCode, Loaded, Store
from itband_gui.journal.validation import EntryInvalidError
from itband_gui.machine.terminal import BAD_USAGE, FAILED, say
from itband_gui.wording.journal_file import WHY_KEPT, entries_counted, read_only
from itband_gui.wording.saving import not_kept, not_saved, shortcomings, unchanged

_LONGEST_NUMBER = 6  # digits; Python refuses to read thousands of them


def run(args: argparse.Namespace) -> int:
    """List the copies, or restore the journal from one of them."""
    if args.list and args.copy is not None:
        say("--list does not restore anything; leave out either --list or the copy.")
        return BAD_USAGE
    journal = journal_file(args)
    try:
        kept = kept_of(journal)
    except (BackupError, NotSavedError) as error:
        say(f"The copies can't be listed: {error.path} can't be read; fix that and try again.")
        return FAILED
    if args.list or args.copy is None:
        return _list(kept, journal)
    chosen = _chosen(kept, args.copy)
    if chosen is None:
        say(f"There is no copy {args.copy}; journal restore --list shows all copies.")
        return BAD_USAGE
    decoded = chosen.decoded()
    if decoded is None:
        say(f"{chosen.path} is damaged or can't be read; choose another copy.")
        return FAILED
    return _restore(args, store_of(journal), chosen, decoded.entries)


def _list(kept: list[JournalCopy], journal: Path) -> int:
    if not kept:
        say(f"There are no copies of {journal} yet.")
    for number, copy in enumerate(kept, 1):
        when = f"{copy.at.astimezone():%Y-%m-%d %H:%M}"
        why = "in the journal's folder" if copy.beside else WHY_KEPT[copy.why]
        show_line(f"{number:>3}  {when}  {_held(copy):<42}  {why:<24}  {copy.path.name}")
    if kept:
        show_line("journal restore NUMBER (or NAME) restores one.")
    return 0


def _held(copy: JournalCopy) -> str:
    decoded = copy.decoded()
    if decoded is None:
        return "damaged or can't be read"
    times = [entry.at for entry in decoded.entries]
    span = f", {min(times):%Y-%m-%d} to {max(times):%Y-%m-%d}" if times else ""
    return f"{entries_counted(len(times))}{span}"


def _chosen(kept: list[JournalCopy], wanted: str) -> JournalCopy | None:
    if wanted.isascii() and wanted.isdigit() and len(wanted) < _LONGEST_NUMBER:
        return kept[int(wanted) - 1] if 0 < int(wanted) <= len(kept) else None
    return next((copy for copy in kept if copy.path.name == wanted), None)


def _restore(
    args: argparse.Namespace, store: Store, copy: JournalCopy, entries: list[Entry]
) -> int:
    loaded, has_saved = opened_and_saved(store)
    if loaded.code in (LoadCode.UNREADABLE, LoadCode.NEWER):
        say(read_only(store.path, loaded))
        return FAILED
    compared = difference(loaded.book, entries)
    if loaded.code is not LoadCode.DAMAGED and not _changes(compared):
        told = unchanged(has_saved=has_saved).lower()
        show_line(f"The journal is already the same; {told}.")
        return 0
    when = f"{copy.at.astimezone():%Y-%m-%d %H:%M}"
    show_line(f"The copy of {when} has {entries_counted(len(entries))}. Compared with the journal:")
    for count, what in (
        (len(compared.new), "will come back"),
        (len(compared.different), "will change back"),
        (len(compared.missing), "will be removed"),
        (len(compared.same), "will stay the same"),
    ):
        if count:
            show_line(f"  {count:,} {what}")
    held, going = len(loaded.book), len(compared.missing)
    shrinks = needs_consent(held, held - going, 0)
    if not args.yes and not asked("Restore this copy?", otherwise=not shrinks):
        if shrinks:
            start = unchanged(has_saved=has_saved)
            say(f"{start}, as many entries would be removed; add --yes if you want that.")
        return FAILED
    return _bring_back(args, store, loaded, entries, has_saved=has_saved)


def _changes(compared: Difference) -> bool:
    return bool(compared.new or compared.different or compared.missing)


def _bring_back(
    args: argparse.Namespace,
    store: Store,
    loaded: Loaded,
    entries: list[Entry],
    *,
    has_saved: bool,
) -> int:
    """Replace the journal's entries after making a copy of it; return the exit code."""
    try:
        if loaded.code is LoadCode.DAMAGED:
            loaded = store.load(set_aside=True)
            has_saved = loaded.set_aside is not None
            if loaded.set_aside:
                show_line(f"The damaged journal is now {loaded.set_aside}.")
        kept = keep_present(store.path, Why.RESTORE)
        loaded.book.replace_all(entries)
        saved = store.save(loaded.book)
    except (BackupError, OSError) as error:
        say(not_kept(error, has_saved=has_saved))
        return FAILED
    except (EntryInvalidError, EntryExistsError) as error:
        say(f"An entry of that copy can't be restored ({error.args[0]}); choose another copy.")
        return FAILED
    except NotSavedError as error:
        say(not_saved(error))
        return FAILED
    show_line(f"Restored: {entries_counted(len(entries))}.{undo_told(kept, args.data_dir)}")
    tell_beside(saved)
    for line in shortcomings(saved):
        say(line)
    return 0
