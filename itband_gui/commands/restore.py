"""Runs `journal restore`, which lists the copies of the journal and restores one."""

import argparse
from pathlib import Path

from itband_gui.commands.opened import (
    file_of,
    opened_and_saved,
    read_only,
    tell_siblings,
    undo_told,
)
from itband_gui.commands.shared import (
    asked,
    journal_file,
    not_saved,
    show_line,
    store_of,
    warn_about_save,
)
from itband_gui.journal.backups import Why
from itband_gui.journal.book import EntryExistsError
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Entry
from itband_gui.journal.exchange import CopyChange, copies, inside, keep_first
from itband_gui.journal.merge import difference, needs_consent
from itband_gui.journal.recovery import JournalCopy
from itband_gui.journal.safe_file import NotSavedError, read_file
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.journal.store import LoadCode, Loaded, Store
from itband_gui.journal.validation import EntryInvalidError
from itband_gui.machine.local_clock import local_now
from itband_gui.machine.terminal import BAD_USAGE, FAILED, say
from itband_gui.wording.journal_file import (
    choose_another_text,
    damaged_text,
    entries_counted,
    restore_lines,
    same_text,
    why_text,
)
from itband_gui.wording.saving import (
    not_accepted_text,
    not_kept_text,
    not_listed_text,
    unchanged_text,
)

_LONGEST_NUMBER = 6  # digits; Python refuses to read thousands of them


def run(args: argparse.Namespace) -> int:
    """List the copies, or restore the journal from one of them."""
    if args.list and args.copy is not None:
        say("--list does not restore anything; leave out either --list or the copy.")
        return BAD_USAGE
    journal = journal_file(args)
    kept = copies(file_of(journal))
    if isinstance(kept, Exception):
        say(not_listed_text(kept))
        return FAILED
    if args.list or args.copy is None:
        return _list(kept, journal)
    chosen = _chosen(kept, args.copy)
    if chosen is None:
        say(f"There is no copy {args.copy}. journal restore --list names them.")
        return BAD_USAGE
    decoded = chosen.decoded()
    if decoded is None:
        say(f"{chosen.path}: {damaged_text()}. {choose_another_text()}")
        return FAILED
    return _restore(args, store_of(journal), chosen, decoded.entries)


def _list(kept: list[JournalCopy], journal: Path) -> int:
    if not kept:
        say(f"There are no copies of {journal} yet. {_set_aside_hint(journal)}".rstrip())
    for number, copy in enumerate(kept, 1):
        when = f"{copy.at.astimezone():%Y-%m-%d %H:%M}"
        why = "beside the journal" if copy.beside else why_text(copy.why)
        show_line(f"{number:>3}  {when}  {_held(copy):<42}  {why:<24}  {copy.path.name}")
    if kept:
        show_line("journal restore NUMBER (or NAME) restores one.")
    return 0


def _set_aside_hint(journal: Path) -> str:
    """Say how to go on with a damaged journal without copies; "" if it is not damaged."""
    try:
        is_damaged = decode(read_file(journal)[0]).verdict is JournalVerdict.DAMAGED
    except OSError:
        return ""
    if not is_damaged:
        return ""
    return (
        "The journal is damaged. Open the window once: it sets the file aside and keeps the "
        "entries that can be read."
    )


def _held(copy: JournalCopy) -> str:
    found = inside(copy)
    if found is None:
        return damaged_text()
    held = entries_counted(found.entries)
    if found.first is None or found.last is None:
        return held
    return f"{held}, {found.first:%Y-%m-%d} to {found.last:%Y-%m-%d}"


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
    change = CopyChange(tuple(entries), difference(loaded.book, entries))
    if loaded.code is not LoadCode.DAMAGED and not change.changes:
        show_line(f"{same_text()} {unchanged_text(has_saved=has_saved)}")
        return 0
    when = f"{copy.at.astimezone():%Y-%m-%d %H:%M}"
    show_line(f"The copy of {when} holds {entries_counted(len(entries))}:")
    for line in restore_lines(change.compared):
        show_line(f"  {line}")
    held, going = len(loaded.book), len(change.compared.missing)
    shrinks = needs_consent(held, held - going, 0)
    if not args.yes and not asked("Restore this copy?", otherwise=not shrinks):
        if shrinks:
            unchanged = unchanged_text(has_saved=has_saved)
            say(f"{unchanged} Many entries would go: add --yes to confirm that.")
        return FAILED
    return _bring_back(args, store, loaded, entries, has_saved=has_saved)


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
        kept = keep_first(file_of(store.path), local_now(), Why.RESTORE)
        if isinstance(kept, Exception):
            say(not_kept_text(kept, has_saved=has_saved))
            return FAILED
        loaded.book.replace_all(entries)
        saved = store.save(loaded.book)
    except (EntryInvalidError, EntryExistsError) as error:
        say(f"{not_accepted_text(error, has_saved=has_saved)} {choose_another_text()}")
        return FAILED
    except NotSavedError as error:
        say(not_saved(error))
        return FAILED
    show_line(f"Restored: {entries_counted(len(entries))}.{undo_told(kept, args.data_dir)}")
    tell_siblings(saved)
    warn_about_save(saved)
    return 0
