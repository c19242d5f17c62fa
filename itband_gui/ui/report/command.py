"""`report`: the page for a physiotherapist as a PDF, without a screen."""

import argparse
import sys
from datetime import date
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from itband_gui.commands.export import STDOUT, write_file
from itband_gui.commands.opened import absent, opened
from itband_gui.commands.shared import journal_file, show_line, store_of
from itband_gui.insight.days import Period, known_by, last_day
from itband_gui.journal.store import LoadCode
from itband_gui.machine.local_clock import local_now
from itband_gui.machine.terminal import BAD_USAGE, FAILED, say, writing
from itband_gui.safety.signs import load_safety
from itband_gui.ui.report.content import Content, page_content
from itband_gui.ui.report.page import Paper, pdf_bytes


def run(args: argparse.Namespace) -> int:
    """Write the page durably to a file of mode 0600, or to stdout; an empty page is refused."""
    path, moment = journal_file(args), local_now()
    today, since = moment.date(), args.since
    until = args.until or today
    if until > today or since > until:
        say(_wrong_days(since, until, today))
        return BAD_USAGE
    loaded = opened(store_of(path))
    if loaded.code in (LoadCode.NEW, LoadCode.UNREADABLE):
        say(absent(path, loaded))
        return FAILED
    entries = known_by(list(loaded.book), moment)
    period = Period(since, args.until or last_day(entries, moment))
    content = page_content(entries, period, today, load_safety()).named(args.name)
    hindered = _hindered(content, args)
    if hindered:
        say(hindered)
        return FAILED
    code = _write(args, pdf_bytes(content, Paper(args.paper)), path)
    if loaded.code is LoadCode.DAMAGED and not code:
        say(f"{path} is damaged. The page shows what can be read. See journal check.")
        return FAILED
    return code


def _wrong_days(since: date, until: date, today: date) -> str:
    """Say which of the days is wrong."""
    for name, day in (("--since", since), ("--until", until)):
        if day > today:
            return f"{name} {day} is after today ({today}); give an earlier day."
    return f"--since {since} is after --until {until}; give an earlier first day."


def _hindered(content: Content, args: argparse.Namespace) -> str:
    if content.empty:
        until = args.until or "today"
        return (
            f"Nothing is logged from {args.since} to {until}, so no page was made; try other dates."
        )
    if not QFontDatabase.families():
        return "This machine has no font to write the page with; install one, such as DejaVu."
    return ""


def _write(args: argparse.Namespace, data: bytes, journal: Path) -> int:
    if args.out == STDOUT:
        if sys.stdout:  # None if the caller closed it
            with writing():
                sys.stdout.buffer.write(data)
        return 0
    code = write_file(Path(args.out), data, journal, replace=args.force)
    if not code:
        show_line(f"One page in {args.out}. Only you can read it; it is not encrypted.")
    return code
