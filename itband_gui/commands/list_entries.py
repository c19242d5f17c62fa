"""`journal list`: prints the entries, to read or as lines of the file."""

import argparse
from collections.abc import Iterator
from datetime import datetime

from itband_gui.commands.opened import absent, gone, has_copies, opened
from itband_gui.commands.shared import journal_file, show_line, store_of
from itband_gui.insight.days import day_of
from itband_gui.journal.codec import entry_line
from itband_gui.journal.entries import Activity, Entry, Rating, Run, Session, Sign, has_time
from itband_gui.journal.store import LoadCode
from itband_gui.leg.names import Leg
from itband_gui.machine.terminal import FAILED, say


def described(entry: Entry) -> str:
    """Return an entry as one line for the terminal."""
    day = f"{entry.at:%Y-%m-%d}"
    when = f"{entry.at:%Y-%m-%d %H:%M}" if has_time(entry.at) else f"{day:<16}"
    parts = [f"{when} {entry.at:%z}", f"{entry.kind:<8}", *_details(entry)]
    if entry.note:
        parts.append(f'"{entry.note}"')
    return "  ".join(parts)


def _details(entry: Entry) -> Iterator[str]:
    yield f"{'+'.join(entry.about) or '-':<5}"
    if isinstance(entry, Rating):
        yield f"{entry.moment:<8}"
        yield f"{entry.score}/10"
        yield from ((", ".join(entry.places),) if entry.places else ())
    elif isinstance(entry, Session):
        yield entry.routine
        leg = f" ({entry.stopped_leg} leg)" if isinstance(entry.stopped_leg, Leg) else ""
        yield f"{entry.ended}{leg}, {_minutes(entry.hands_on_seconds)} hands on"
    elif isinstance(entry, Run):
        yield f"{entry.minutes} min, effort {entry.effort}/10"
        yield from (() if entry.distance_km is None else (f"{entry.distance_km:g} km",))
        yield from (() if entry.worst is None else (f"worst {entry.worst}/10",))
        yield from (("changed stride",) if entry.changed_stride else ())
    elif isinstance(entry, Activity):
        yield f"{entry.sport}, {entry.minutes} min, effort {entry.effort}/10"
    elif isinstance(entry, Sign):
        yield entry.sign
        yield f"resolved: {entry.resolution}" if entry.resolution else "open"


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02} min"


def run(args: argparse.Namespace) -> int:
    """Print the entries, newest first as text, or oldest first as lines of the file."""
    path = journal_file(args)
    loaded = opened(store_of(path))
    if loaded.code is LoadCode.UNREADABLE:
        say(absent(path, loaded))
        return FAILED
    if loaded.code is LoadCode.NEW and has_copies(path):
        say(gone(path))
        return FAILED
    if loaded.code is LoadCode.NEW:
        say(f"There is no journal at {path} yet. journal add starts one.")
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
        say(f"{path} is damaged. This is what can be read. See journal check.")
        return FAILED
    return 0
