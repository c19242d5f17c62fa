"""`journal add`: one rating, durable before its id is printed.

Started by scripts and from bed: nothing is imported here that it does not need.
"""

import argparse

from itband_gui.commands.sentences import backup_failed, not_saved, refusal
from itband_gui.commands.shared import FAILED, journal_file, now, show_line, store_of
from itband_gui.journal.book import Book
from itband_gui.journal.check import EntryInvalidError, check
from itband_gui.journal.durable import NotSavedError
from itband_gui.journal.entries import Rating, new_id
from itband_gui.terminal import BAD_USAGE, drop_output, say


def run(args: argparse.Namespace) -> int:
    """Add a rating and print its id once it is durable."""
    time = now()
    rating = Rating(
        id=new_id(),
        at=args.at or time,
        leg=args.leg,
        moment=args.moment,
        score=args.score,
        places=tuple(dict.fromkeys(args.place)),
        note=args.note,
    )
    book = Book()
    try:
        check(rating, time)
        book.add(rating)
        saved = store_of(journal_file(args)).save(book)  # which takes in what the file holds
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
    if saved.backup_error:
        say(backup_failed(saved.backup_error))
    return 0
