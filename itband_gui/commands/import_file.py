"""Runs `journal import`, which imports a journal or a table after showing the changes."""

import argparse
import errno
import sys
from pathlib import Path

from itband_gui.commands.opened import (
    keep_present,
    looked_at,
    opened_and_saved,
    tell_beside,
    undo_told,
)
from itband_gui.commands.shared import asked, journal_file, show_line, store_of
from itband_gui.journal.backups import BackupError, Why
from itband_gui.journal.book import Book, EntryExistsError
from itband_gui.journal.import_errors import FileUnusableError, ImportFault
from itband_gui.journal.importing import (
    SIZE_LIMIT,
    Importable,
    ImportPreview,
    preview,
    read_import,
    take_in,
)
from itband_gui.journal.safe_file import NotSavedError, read_file
from itband_gui.journal.store import Store
from itband_gui.machine.local_clock import local_instant, local_now
from itband_gui.machine.terminal import FAILED, say
from itband_gui.wording.importing import previewed, unusable
from itband_gui.wording.journal_file import entries_counted, read_only
from itband_gui.wording.saving import not_kept, not_saved, reason_of, shortcomings, unchanged

_STDIN = "-"


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
    for line in previewed(_shown(args.file), found, chosen):
        show_line(line)
    some_refused = FAILED if found.refused else 0
    if args.dry_run or not chosen.changes:
        show_line(f"{unchanged(has_saved=has_saved)}.")
        return some_refused
    if not args.yes and not asked("Import this?", otherwise=True):
        show_line(f"{unchanged(has_saved=has_saved)}.")
        return FAILED
    return _take(args, store, loaded.book, chosen, has_saved=has_saved) or some_refused


def _shown(name: str) -> str:
    return "The input" if name == _STDIN else name


def _found(name: str) -> Importable | None:
    """Read the file; if nothing in it can be used, say so and return None."""
    try:
        if name == _STDIN:
            data = sys.stdin.buffer.read(SIZE_LIMIT + 1) if sys.stdin else b""
        else:
            data, _ = read_file(Path(name), SIZE_LIMIT)
        return read_import(data, local_now(), local_instant)
    except OSError as error:
        if error.errno == errno.EFBIG:
            say(unusable(_shown(name), FileUnusableError(ImportFault.TOO_BIG)))
        else:
            say(f"{_shown(name)} can't be read ({reason_of(error.errno)}); choose another file.")
    except FileUnusableError as error:
        say(unusable(_shown(name), error))
    return None


def _take(
    args: argparse.Namespace, store: Store, book: Book, chosen: ImportPreview, *, has_saved: bool
) -> int:
    """Import the entries after making a copy of the journal; return the exit code."""
    try:
        kept = keep_present(store.path, Why.IMPORT)
        saved = store.write(take_in(book, chosen), extra_lines=chosen.extra_lines)
    except (BackupError, OSError) as error:
        say(not_kept(error, has_saved=has_saved))
        return FAILED
    except EntryExistsError as error:
        start = unchanged(has_saved=has_saved)
        say(
            f"{start}: a line from a newer version has the id {error.args[0]}; update this program."
        )
        return FAILED
    except NotSavedError as error:
        say(not_saved(error))
        return FAILED
    show_line(f"Imported: {entries_counted(chosen.changes)}.{undo_told(kept, args.data_dir)}")
    tell_beside(saved)
    for line in shortcomings(saved):
        say(line)
    return 0
