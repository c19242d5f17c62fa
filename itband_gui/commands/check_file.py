"""Runs `journal check`, which reports whether and where a journal is damaged."""

import argparse
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from itband_gui.commands.opened import JournalCopy, kept_of, opened
from itband_gui.commands.shared import journal_file, show_line, store_of
from itband_gui.journal.backups import BackupError
from itband_gui.journal.book import Book
from itband_gui.journal.safe_file import NotSavedError, real_target
from itband_gui.journal.sibling_merge import siblings_of
from itband_gui.journal.siblings import Fate
from itband_gui.journal.store import LoadCode, Loaded, Store
from itband_gui.machine.local_clock import local_now
from itband_gui.machine.terminal import FAILED, say
from itband_gui.wording.journal_file import entries_counted, gone, problem_told, unreadable
from itband_gui.wording.notices import ahead_of, ahead_text, beside_sentences

CANNOT_BE_READ = 2
_SHOWN = 20
_SHOWN_COPIES = 3


def run(args: argparse.Namespace) -> int:
    """Print whether a journal is sound; return 0 if so, 1 if damaged, 2 if it cannot be read."""
    path = args.file or journal_file(args)
    kept = [] if args.file else _kept(path)
    loaded = Store(path).load() if args.file else opened(store_of(path))
    if loaded.code in (LoadCode.NEW, LoadCode.UNREADABLE):
        missed = unreadable(path, loaded, "the FILE, or the --data-dir")
        say(gone(path) if kept and loaded.code is LoadCode.NEW else missed)
        return CANNOT_BE_READ
    size = entries_counted(len(loaded.book))
    if loaded.code is LoadCode.NEWER:
        say(f"{path} belongs to a newer version of this program; {size} can be read here.")
        return CANNOT_BE_READ
    if loaded.code is LoadCode.DAMAGED:
        told = f"{size} can be saved; {loaded.lost:,} cannot be read"
        if loaded.lost and not len(loaded.book):
            told = "No entry in it can be read"
        show_line(f"Damaged: {path}. {told}:")
    else:
        show_line(f"Sound: {path}, {size}.")
    _show([problem_told(problem) for problem in loaded.problems], loaded.unlisted)
    moment = local_now()
    if in_future := ahead_of(loaded.book, moment):
        show_line(f"  {ahead_text(in_future, moment)}")
    if loaded.code is not LoadCode.DAMAGED:
        _show([] if args.file else list(_beside(path, loaded)))
        return 0
    for line in islice(_richer(kept, loaded.book), _SHOWN_COPIES):
        show_line(line)
    return FAILED


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
        found = list(siblings_of(real_target(path), loaded.holding))
    except NotSavedError:
        return
    for each in (each for each in found if each.fate is Fate.TAKEN_IN):
        yield f"{each.path.name} in the same folder is also a journal; this one has all its entries"
    for each in (each for each in found if each.fate is Fate.OTHER):
        more = f"entries or changes that this one lacks: {each.more:,}"
        yield f"{each.path.name} in the same folder has {more}; see journal import"
    rest = (each for each in found if each.fate not in (Fate.TAKEN_IN, Fate.OTHER))
    yield from beside_sentences(rest)


def _kept(path: Path) -> list[JournalCopy]:
    try:
        return kept_of(path)
    except (BackupError, NotSavedError):
        return []  # only the journal itself was asked about


def _richer(kept: list[JournalCopy], book: Book) -> Iterator[str]:
    """Yield how many entries each copy has that a damaged journal lacks, newest copy first."""
    for copy in kept:
        decoded = copy.decoded()
        more = sum(entry.id not in book for entry in decoded.entries) if decoded else 0
        if more:
            size = entries_counted(more)
            yield f"  {copy.path.name} has {size} that your journal lacks; see journal restore"
