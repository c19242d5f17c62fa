"""`itband-gui journal`: add, list and check, and their sentences."""

import argparse
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from itband_gui.folders import data_dir
from itband_gui.journal import check as limits
from itband_gui.journal.book import Book
from itband_gui.journal.check import EntryInvalidError, Wrong
from itband_gui.journal.codec import entry_line
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.entries import (
    Entry,
    Rating,
    Run,
    Session,
    Sign,
    new_id,
)
from itband_gui.journal.reading import Fault, Problem
from itband_gui.journal.store import FILE_NAME, LoadCode, Loaded, Store
from itband_gui.plain_text import plain
from itband_gui.terminal import BAD_USAGE, drop_output, say

FAILED = 1
_SHOWN_PROBLEMS = 20
_NOT_SAVED = {
    NotSavedCode.FULL: "the disk is full; free some space and try again",
    NotSavedCode.READ_ONLY: "{path} cannot be written; allow it, or choose a --data-dir",
    NotSavedCode.GONE: "the folder of {path} is not there; bring it back, or choose a --data-dir",
    NotSavedCode.BROKEN: "the disk reports an error at {path}; check it, or choose a --data-dir",
    NotSavedCode.BUSY: "another program is holding {path}; try again",
    NotSavedCode.NEWER: "{path} belongs to a newer version of this program; update it",
    NotSavedCode.DAMAGED: "{path} is damaged and was left as it is; see journal check, or open "
    "the window, which sets it aside and keeps what can be saved",
    NotSavedCode.UNREADABLE: "{path} cannot be read ({reason}); mend that, or choose a --data-dir",
    NotSavedCode.OTHER: "{path} cannot be written ({reason}); choose another --data-dir",
}
_FAULTS = {
    Fault.EMPTY: "the file is empty",
    Fault.NOT_TEXT: "not text in UTF-8",
    Fault.NOT_JSON: "cut short, or not JSON",
    Fault.NOT_A_JOURNAL: "not a journal of this program",
    Fault.UNKNOWN_KEY: "an unknown key beside the entries",
    Fault.REPEATED_KEY: "a key stands twice",
    Fault.REPEATED_ID: "an id stands twice; both entries are kept",
    Fault.BAD_ENTRY: "an entry cannot be read",
    Fault.NEEDS_NEWER: "a newer version of this program is needed to write it",
    Fault.CHECKSUM: "the checksum differs: something else changed the file",
}


def add(args: argparse.Namespace) -> int:
    """Add a rating and print its id once it is durable."""
    now = datetime.now().astimezone()
    rating = Rating(
        id=new_id(),
        at=args.at or now,
        leg=args.leg,
        moment=args.moment,
        score=args.score,
        places=tuple(dict.fromkeys(args.place)),
        note=args.note,
    )
    book = Book()
    try:
        limits.check(rating, now)
        book.add(rating)
        Store(_journal(args)).save(book)  # which takes in what the file holds
    except EntryInvalidError as error:
        say(_refusal(error))
        return BAD_USAGE
    except NotSavedError as error:
        say(_not_saved(error))
        return FAILED
    try:
        print(rating.id, flush=True)  # noqa: T201 - the command's output
    except OSError:  # whoever repeats the command now would have the rating twice
        drop_output()
        say(f"Saved as {rating.id}, but this could not be written to the output.")
        return FAILED
    return 0


def show(args: argparse.Namespace) -> int:
    """Print the entries: newest first to read, or oldest first as the file's own lines."""
    path = _journal(args)
    loaded = Store(path).load()
    if loaded.code is LoadCode.UNREADABLE:
        say(_unreadable(path, loaded))
        return FAILED
    if loaded.code is LoadCode.NEW:
        say(f"There is no journal at {path} yet; journal add starts one.")
    entries = loaded.book.query(since=args.since, leg=args.leg)
    if args.json:
        for entry in entries:
            _print(plain(entry_line(loaded.book, entry).decode()))
    else:
        for entry in reversed(entries):
            _print(described(entry))
    if loaded.code is LoadCode.DAMAGED:
        say(f"{path} is damaged; this is what can be read. See journal check.")
        return FAILED
    return 0


def check(args: argparse.Namespace) -> int:
    """Print whether a journal is sound; 0 sound, 1 damaged, 2 cannot be read."""
    path = args.file or _journal(args)
    loaded = Store(path).load()
    if loaded.code in (LoadCode.NEW, LoadCode.UNREADABLE):
        say(_unreadable(path, loaded))
        return 2
    size = "1 entry" if len(loaded.book) == 1 else f"{len(loaded.book):,} entries"
    if loaded.code is LoadCode.NEWER:
        say(f"{path} belongs to a newer version of this program; {size} can be read here.")
        return 2
    if loaded.code is LoadCode.DAMAGED:
        _print(plain(f"Damaged: {path}. {size} can be saved; {loaded.lost:,} cannot be read:"))
    else:
        _print(plain(f"Sound: {path}, {size}."))
    for problem in loaded.problems[:_SHOWN_PROBLEMS]:
        _print(plain(f"  {_told(problem)}"))
    more = len(loaded.problems) - _SHOWN_PROBLEMS
    if more > 0:
        _print(f"  and {more:,} more")
    return FAILED if loaded.code is LoadCode.DAMAGED else 0


def described(entry: Entry) -> str:
    """Return an entry as one line for the terminal."""
    parts = [f"{entry.at:%Y-%m-%d %H:%M %z}", f"{entry.kind:<8}", *_details(entry)]
    if entry.note:
        parts.append(f'"{entry.note}"')
    return plain("  ".join(parts))


def _details(entry: Entry) -> Iterator[str]:
    yield f"{'+'.join(entry.about) or '-':<5}"
    if isinstance(entry, Rating):
        yield f"{entry.moment:<8}"
        yield f"{entry.score}/10"
        yield from ((", ".join(entry.places),) if entry.places else ())
    elif isinstance(entry, Session):
        yield entry.routine
        yield f"{entry.ended}, {_minutes(entry.hands_on_seconds)} hands on"
    elif isinstance(entry, Run):
        yield f"{entry.minutes} min, effort {entry.effort}/10"
        yield from (() if entry.distance_km is None else (f"{entry.distance_km:g} km",))
        yield from (() if entry.worst is None else (f"worst {entry.worst}/10",))
        yield from (("changed stride",) if entry.changed_stride else ())
    elif isinstance(entry, Sign):
        yield entry.sign
        yield f"resolved: {entry.resolution}" if entry.resolution else "open"


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02} min"


def _journal(args: argparse.Namespace) -> Path:
    return data_dir(args.data_dir, os.environ) / FILE_NAME


def _print(line: str) -> None:
    print(line)  # noqa: T201 - a command's output


def _refusal(error: EntryInvalidError) -> str:
    name = f"--{error.field}"
    if error.code is Wrong.IN_THE_FUTURE:
        return f"{name} lies in the future; give the time at which it was rated."
    if error.code is Wrong.TOO_EARLY:
        return f"{name} lies before 1900; give the time at which it was rated."
    if error.code is Wrong.NOT_TEXT:
        return f"{name} holds bytes that are no text in this terminal's encoding; leave them out."
    if error.allowed:
        unit = " characters" if error.code is Wrong.WRONG_LENGTH else ""
        return f"{name} must be from {error.allowed.low} to {error.allowed.high:,}{unit}."
    return f"{name} cannot be taken ({error.code})."


def _not_saved(error: NotSavedError) -> str:
    reason = os.strerror(error.errno) if error.errno else error.code
    what = _NOT_SAVED[error.code].format(path=error.path, reason=reason)
    if error.confirmed:
        return f"Not saved: {what}."
    return f"Not confirmed: {what}; the entry may be in the journal, see journal list."


def _unreadable(path: Path, loaded: Loaded) -> str:
    if loaded.code is LoadCode.NEW:
        return f"There is no journal at {path}; give the FILE, or the --data-dir that holds it."
    reason = os.strerror(loaded.errno) if loaded.errno else "unknown reason"
    return f"{path} cannot be read ({reason}); mend that, or choose another --data-dir."


def _told(problem: Problem) -> str:
    where = "" if problem.line is None else f"line {problem.line}: "
    return f"{where}{_FAULTS[problem.fault]}{f' ({problem.detail})' if problem.detail else ''}"
