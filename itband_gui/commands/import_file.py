"""Runs `journal import`, which imports a journal or a table after showing the changes."""

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from itband_gui.commands.opened import (
    file_of,
    looked_at,
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
from itband_gui.journal.book import Book, EntryExistsError
from itband_gui.journal.exchange import keep_first, read_file_to_import
from itband_gui.journal.importing import Importable, ImportOutcome, ImportPreview, preview, take_in
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.store import Store
from itband_gui.machine.local_clock import local_instant, local_now
from itband_gui.machine.terminal import FAILED, say
from itband_gui.wording.importing import place_text, preview_lines, reason_text, unusable_text
from itband_gui.wording.journal_file import entries_counted
from itband_gui.wording.saving import not_accepted_text, not_kept_text, unchanged_text

_STDIN = "-"
_SHOWN = 20  # refused rows


def run(args: argparse.Namespace) -> int:
    """Preview a file and import it; return 1 if any of it could not be imported."""
    found = _found(args.file)
    if found is None:
        return FAILED
    store = store_of(journal_file(args))
    loaded, has_saved = (looked_at(store), False) if args.dry_run else opened_and_saved(store)
    if loaded.read_only:
        say(read_only(store.path, loaded))
        return FAILED
    chosen = preview(loaded.book, found, take_doubles=args.take_doubles)
    show_line(f"{_named(args.file)} holds {entries_counted(len(found.entries))}:")
    for line in _previewed(found, chosen):
        show_line(f"  {line}")
    some_refused = FAILED if found.refused else 0
    if args.dry_run or not chosen.changes:
        show_line(unchanged_text(has_saved=has_saved))
        return some_refused
    if not args.yes and not asked("Import this?", otherwise=True):
        show_line(unchanged_text(has_saved=has_saved))
        return FAILED
    return _take(args, store, loaded.book, chosen, has_saved=has_saved) or some_refused


def _found(name: str) -> Importable | None:
    """Read the file; if nothing in it can be used, say so and return None."""
    piped = sys.stdin.buffer if sys.stdin else BytesIO()
    source = piped if name == _STDIN else Path(name)
    found = read_file_to_import(source, local_now(), local_instant)
    if isinstance(found, Importable):
        return found
    say(f"{_named(name)}: {unusable_text(found)}")
    return None


def _named(name: str) -> str:
    return "Standard input" if name == _STDIN else name


def _previewed(found: Importable, chosen: ImportPreview) -> Iterator[str]:
    """Yield what an import would do, and why some of the file cannot be imported."""
    yield from preview_lines(found, chosen)
    if chosen.ways[ImportOutcome.DOUBLE]:
        yield "Add --take-doubles to import entries that look like yours, too."
    elif chosen.doubles:
        yield f"New, though like one of yours: {chosen.doubles:,}"
    for refused in found.refused[:_SHOWN]:
        yield ": ".join(filter(None, (place_text(refused), reason_text(refused))))
    more = len(found.refused) - _SHOWN
    if more > 0:
        yield f"and {more:,} more that cannot be imported"


def _take(
    args: argparse.Namespace, store: Store, book: Book, chosen: ImportPreview, *, has_saved: bool
) -> int:
    """Import the entries after making a copy of the journal; return the exit code."""
    kept = keep_first(file_of(store.path), local_now(), Why.IMPORT)
    if isinstance(kept, Exception):
        say(not_kept_text(kept, has_saved=has_saved))
        return FAILED
    try:
        saved = store.write(take_in(book, chosen), extra_lines=chosen.extra_lines)
    except EntryExistsError as error:
        say(not_accepted_text(error, has_saved=has_saved))
        return FAILED
    except NotSavedError as error:
        say(not_saved(error))
        return FAILED
    show_line(f"Imported: {entries_counted(chosen.changes)}.{undo_told(kept, args.data_dir)}")
    tell_siblings(saved)
    warn_about_save(saved)
    return 0
