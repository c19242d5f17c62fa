"""Runs `journal export`, which writes the entries to a table or to another journal file."""

import argparse
import sys
from pathlib import Path

from itband_gui.commands.opened import absent, opened
from itband_gui.commands.shared import journal_file, show_line, store_of
from itband_gui.journal import safe_file
from itband_gui.journal.exchange import OwnFileError, export_bytes, in_the_way
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.store import LoadCode
from itband_gui.machine.terminal import BAD_USAGE, FAILED, say, writing
from itband_gui.wording.journal_file import exported_text, newer_not_exported_text, own_file_text
from itband_gui.wording.saving import not_written_text

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
        say(f"{newer_not_exported_text()} Type --csv for a table.")
        return FAILED
    file: str = args.csv or args.json
    data = export_bytes(loaded.book, as_table=args.csv is not None, semicolons=args.semicolons)
    if file == STDOUT:
        if sys.stdout:  # None if the caller closed it
            with writing():
                sys.stdout.buffer.write(data)
    else:
        code = write_file(Path(file), data, path, replace=args.force)
        if code:
            return code
        show_line(exported_text(len(loaded.book), file))
    if loaded.code is LoadCode.DAMAGED:
        say(f"{path} is damaged. What can be read was exported. See journal check.")
        return FAILED
    return 0


def write_file(file: Path, data: bytes, journal: Path, *, replace: bool) -> int:
    """Write the file and return 0, or say why not and return the exit code."""
    try:
        with safe_file.refusing(file):
            is_there = file.exists()
            if is_there and not file.is_file():  # a pipe's real path leads nowhere
                say(f"{file} is not a file. Choose another, or - for the output.")
                return BAD_USAGE
        hindrance = in_the_way(file, journal)
        if hindrance:
            raise hindrance
        if is_there and not replace:
            say(f"{file} is there already. Choose another file, or add --force to replace it.")
            return BAD_USAGE
        safe_file.replace_file(safe_file.real_target(file), data)
    except OwnFileError:
        say(own_file_text())
        return BAD_USAGE
    except NotSavedError as error:
        say(not_written_text(error))
        return FAILED
    return 0
