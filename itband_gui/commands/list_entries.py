"""`journal list`: the entries, to read or as the file's own lines."""

import argparse
from datetime import datetime

from itband_gui.commands.copies import has_copies
from itband_gui.commands.described import described
from itband_gui.commands.opened import opened
from itband_gui.commands.sentences import gone, unreadable
from itband_gui.commands.shared import journal_file, show_line, store_of
from itband_gui.insight.days import day_of
from itband_gui.journal.codec import entry_line
from itband_gui.journal.store import LoadCode
from itband_gui.terminal import FAILED, say


def run(args: argparse.Namespace) -> int:
    """Print the entries: newest first to read, or oldest first as the file's own lines."""
    path = journal_file(args)
    loaded = opened(store_of(path))
    if loaded.code is LoadCode.UNREADABLE:
        say(unreadable(path, loaded))
        return FAILED
    if loaded.code is LoadCode.NEW and has_copies(path):
        say(gone(path))
        return FAILED
    if loaded.code is LoadCode.NEW:
        say(f"There is no journal at {path} yet; journal add starts one.")
    since = args.since
    if isinstance(since, datetime) or since is None:
        entries = loaded.book.query(since=since, leg=args.leg)
    else:
        entries = [each for each in loaded.book.query(leg=args.leg) if day_of(each) >= since]
    if args.json:
        for entry in entries:
            show_line(entry_line(loaded.book, entry).decode())
    else:
        for entry in reversed(entries):
            show_line(described(entry))
    if loaded.code is LoadCode.DAMAGED:
        say(f"{path} is damaged; this is what can be read. See journal check.")
        return FAILED
    return 0
