"""Runs `journal check`, which reports whether and where a journal is damaged."""

import argparse
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from itband_gui.commands.opened import absent, file_of, opened
from itband_gui.commands.shared import journal_file, show_line, store_of
from itband_gui.journal.book import Book
from itband_gui.journal.exchange import copies
from itband_gui.journal.safe_file import NotSavedError, real_target
from itband_gui.journal.salvage import JournalProblem
from itband_gui.journal.sibling_merge import siblings_of
from itband_gui.journal.siblings import Fate
from itband_gui.journal.store import LoadCode, Loaded, Store
from itband_gui.machine.local_clock import local_now
from itband_gui.machine.terminal import FAILED, say
from itband_gui.wording.journal_file import (
    entries_counted,
    problem_place,
    problem_text,
)
from itband_gui.wording.notices import ahead_of, ahead_text, sibling_sentences
from itband_gui.wording.saving import newer_text

CANNOT_BE_READ = 2
_SHOWN = 20
_SHOWN_COPIES = 3


def run(args: argparse.Namespace) -> int:
    """Print whether a journal is sound; return 0 if so, 1 if damaged, 2 if it cannot be read."""
    path = args.file or journal_file(args)
    loaded = Store(path).load() if args.file else opened(store_of(path))
    if loaded.code in (LoadCode.NEW, LoadCode.UNREADABLE):
        say(absent(path, loaded, "the FILE, or the --data-dir"))
        return CANNOT_BE_READ
    size = entries_counted(len(loaded.book))
    if loaded.code is LoadCode.NEWER:
        say(f"{path}: {newer_text()} It has {size}.")
        return CANNOT_BE_READ
    if loaded.code is LoadCode.DAMAGED:
        told = f"{size} can be read; {loaded.lost:,} cannot"
        if loaded.lost and not len(loaded.book):
            told = "No entry in it can be read"
        show_line(f"Damaged: {path}. {told}:")
    else:
        show_line(f"Sound: {path}, {size}.")
    _show(list(map(_told, loaded.problems)), loaded.unlisted)
    moment = local_now()
    if in_future := ahead_of(loaded.book, moment):
        show_line(f"  {ahead_text(in_future, moment)}")
    if loaded.code is not LoadCode.DAMAGED:
        _show([] if args.file else list(_beside(path, loaded)))
        return 0
    richer = () if args.file else _richer(path, loaded.book)
    for line in islice(richer, _SHOWN_COPIES):
        show_line(line)
    return FAILED


def _told(problem: JournalProblem) -> str:
    place, text = problem_place(problem), problem_text(problem)
    return f"{place}: {text}" if place else text


def _show(lines: list[str], unlisted: int = 0) -> None:
    """Print the first lines and the number of further ones."""
    for line in lines[:_SHOWN]:
        show_line(f"  {line}")
    more = len(lines) + unlisted - _SHOWN
    if more > 0:
        show_line(f"  and {more:,} more")


def _beside(path: Path, loaded: Loaded) -> Iterator[str]:
    """Yield what the other journals in the folder have that this one lacks, as sentences."""
    try:
        found = list(siblings_of(real_target(path), loaded.snapshot))
    except NotSavedError:
        return
    for each in (each for each in found if each.fate is Fate.TAKEN_IN):
        yield f"{each.path.name} in the same folder is also a journal; this one has all its entries"
    for each in (each for each in found if each.fate is Fate.OTHER):
        more = f"entries or changes that this one lacks: {each.more:,}"
        yield f"{each.path.name} in the same folder has {more}; see journal import"
    rest = (each for each in found if each.fate not in (Fate.TAKEN_IN, Fate.OTHER))
    yield from sibling_sentences(rest)


def _richer(journal: Path, book: Book) -> Iterator[str]:
    """Yield how many entries each copy has that a damaged journal lacks, newest copy first."""
    found = copies(file_of(journal))
    for copy in found if isinstance(found, list) else ():  # the journal is what was asked for
        decoded = copy.decoded()
        more = sum(entry.id not in book for entry in decoded.entries) if decoded else 0
        if more:
            size = entries_counted(more)
            yield f"  {copy.path.name} has {size} that your journal lacks; see journal restore"
