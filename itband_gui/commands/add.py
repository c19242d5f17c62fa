"""`journal add`: one rating, durable before its id is printed.

Started by scripts and from bed: nothing is imported here that it does not need.
"""

import argparse
from datetime import datetime
from pathlib import Path

from itband_gui.commands.save_sentences import backup_failed, not_saved, refusal
from itband_gui.commands.shared import backups_of, journal_file, show_line, store_of
from itband_gui.journal.appending import append
from itband_gui.journal.check import EntryInvalidError, check
from itband_gui.journal.durable import NotSavedError
from itband_gui.journal.entries import Rating, new_id
from itband_gui.local_clock import local_now
from itband_gui.terminal import BAD_USAGE, FAILED, drop_output, say


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
        backup_error = _saved(rating, journal_file(args), time)
    except EntryInvalidError as error:
        say(refusal(error))
        return BAD_USAGE
    except NotSavedError as error:
        say(not_saved(error))
        return FAILED
    try:
        show_line(rating.id, flush=True)
    except OSError:  # whoever repeats the command now would have the rating twice
        drop_output()
        say(f"Saved as {rating.id}, but this could not be written to the output.")
        return FAILED
    if backup_error:
        say(backup_failed(backup_error))
    return 0


def _saved(rating: Rating, journal: Path, time: datetime) -> Exception | None:
    """Make a rating durable; return why the copy that was due with it failed, if it did."""
    appended = append(journal, rating, backups_of(journal), time)
    if appended:
        return appended.backup_error
    from itband_gui.journal.book import Book  # noqa: PLC0415 - rarely needed here

    book = Book()
    book.add(rating)
    return store_of(journal).save(book).backup_error  # which takes in what the file holds
