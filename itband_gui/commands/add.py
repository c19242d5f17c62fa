"""Runs `journal add`, which saves one rating durably before it prints the id.

It must be fast for scripts, so only the necessary modules are imported.
"""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from itband_gui.commands.shared import (
    backups_of,
    journal_file,
    log_of,
    not_saved,
    show_line,
    store_of,
    warn_about_save,
)
from itband_gui.journal.entries import Rating, new_id
from itband_gui.journal.fast_append import Appended, append
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.validation import EntryInvalidError, check
from itband_gui.machine.local_clock import local_now
from itband_gui.machine.terminal import BAD_USAGE, FAILED, drop_output, say
from itband_gui.wording.saving import entry_fault_text

if TYPE_CHECKING:
    from itband_gui.journal.changes import Saved


def run(args: argparse.Namespace) -> int:
    """Add a rating and print its id once it is durable."""
    time = local_now()
    rating = Rating(
        id=new_id(),
        at=args.at or time,
        leg=args.leg,
        moment=args.moment,
        score=args.score,
        places=tuple(dict.fromkeys(args.place)),
        note=args.note,
    )
    try:
        check(rating, time)
        saved = _saved(rating, journal_file(args), time)
    except EntryInvalidError as error:
        say(entry_fault_text(error.code, f"--{error.field}", error.allowed))
        return BAD_USAGE
    except NotSavedError as error:
        say(not_saved(error))
        return FAILED
    try:
        show_line(rating.id, flush=True)
    except OSError:  # repeating the command would add the rating twice
        drop_output()
        say(f"Saved as {rating.id}, but the id could not be written to the output.")
        return FAILED
    warn_about_save(saved)
    return 0


def _saved(rating: Rating, journal: Path, time: datetime) -> "Appended | Saved":
    """Save a rating durably."""
    appended = append(journal, rating, backups_of(journal), time, log_of(journal))
    if appended:
        return appended
    from itband_gui.commands.opened import (  # noqa: PLC0415 - rarely needed, slow to import
        tell_begun,
        tell_missed,
        tell_siblings,
    )
    from itband_gui.journal.book import Book  # noqa: PLC0415 - rarely needed, slow to import

    book = Book()
    book.add(rating)
    saved = store_of(journal).save(book)  # merges with the file
    if saved.begun:
        tell_begun(journal)
    tell_missed(saved)
    tell_siblings(saved)
    return saved
