"""`journal check`: whether a journal is sound, and where it is not."""

import argparse

from itband_gui.commands.sentences import problem_told, unreadable
from itband_gui.commands.shared import FAILED, entries_counted, journal_file, show_line
from itband_gui.journal.store import LoadCode, Store
from itband_gui.terminal import say

CANNOT_BE_READ = 2
_SHOWN_PROBLEMS = 20


def run(args: argparse.Namespace) -> int:
    """Print whether a journal is sound; 0 sound, 1 damaged, 2 cannot be read."""
    path = args.file or journal_file(args)
    loaded = Store(path).load()
    if loaded.code in (LoadCode.NEW, LoadCode.UNREADABLE):
        say(unreadable(path, loaded))
        return CANNOT_BE_READ
    size = entries_counted(len(loaded.book))
    if loaded.code is LoadCode.NEWER:
        say(f"{path} belongs to a newer version of this program; {size} can be read here.")
        return CANNOT_BE_READ
    if loaded.code is LoadCode.DAMAGED:
        show_line(f"Damaged: {path}. {size} can be saved; {loaded.lost:,} cannot be read:")
    else:
        show_line(f"Sound: {path}, {size}.")
    for problem in loaded.problems[:_SHOWN_PROBLEMS]:
        show_line(f"  {problem_told(problem)}")
    more = len(loaded.problems) - _SHOWN_PROBLEMS
    if more > 0:
        show_line(f"  and {more:,} more")
    return FAILED if loaded.code is LoadCode.DAMAGED else 0
