"""Runs `journal export`, which writes the entries to a table or to another journal file."""

import argparse
import sys
from pathlib import Path

from itband_gui.commands.opened import absent, opened
from itband_gui.commands.shared import journal_file, show_line, store_of
from itband_gui.journal import safe_file
from itband_gui.journal.codec import encode
from itband_gui.journal.csv_writer import write_csv
from itband_gui.journal.recovery import previous_of
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.store import LoadCode, Loaded
from itband_gui.machine.terminal import BAD_USAGE, FAILED, say, writing
from itband_gui.wording.journal_file import entries_counted
from itband_gui.wording.saving import not_written

STDOUT = "-"


def run(args: argparse.Namespace) -> int:
    """Write the entries durably to a file of mode 0600, or to stdout."""
    if args.json and args.semicolons:
        say("--semicolons is for tables; leave it out or use --csv FILE instead of --json.")
        return BAD_USAGE
    path = journal_file(args)
    loaded = opened(store_of(path))
    if loaded.code in (LoadCode.NEW, LoadCode.UNREADABLE):
        say(absent(path, loaded))
        return FAILED
    if args.json and loaded.code is LoadCode.NEWER:
        say(f"{path} belongs to a newer version of this program; copy the file or use --csv.")
        return FAILED
    file: str = args.csv or args.json
    data = _data(loaded, as_table=args.csv is not None, semicolons=args.semicolons)
    if file == STDOUT:
        if sys.stdout:  # None if the caller closed it
            with writing():
                sys.stdout.buffer.write(data)
    else:
        code = write_file(Path(file), data, path, replace=args.force)
        if code:
            return code
        size = entries_counted(len(loaded.book))
        show_line(f"{size} in {file}. Only you can read the file; it is not encrypted.")
    if loaded.code is LoadCode.DAMAGED:
        say(f"{path} is damaged; the readable entries were exported. See journal check.")
        return FAILED
    return 0


def _data(loaded: Loaded, *, as_table: bool, semicolons: bool) -> bytes:
    return write_csv(loaded.book, semicolons=semicolons) if as_table else encode(loaded.book)


def write_file(file: Path, data: bytes, journal: Path, *, replace: bool) -> int:
    """Write the file and return 0, or say why not and return the exit code."""
    try:
        with safe_file.refusing(file):
            if file.exists() and not file.is_file():  # a pipe's real path does not exist
                say(f"{file} is not a file; choose another, or - for stdout.")
                return BAD_USAGE
        target = safe_file.real_target(file)
        in_the_way = _in_the_way(target, journal, replace=replace)
        if in_the_way:
            say(in_the_way)
            return BAD_USAGE
        safe_file.replace_file(target, data)
    except NotSavedError as error:
        say(not_written(error))
        return FAILED
    return 0


def _in_the_way(target: Path, journal: Path, *, replace: bool) -> str:
    with safe_file.refusing(target):
        if not target.exists():
            return ""
        for own in (journal, previous_of(journal)):
            if own.exists() and target.samefile(own):
                return f"{target} is the journal itself; choose another file."
    if not replace:
        return f"{target} already exists; choose another file, or add --force to replace it."
    return ""
