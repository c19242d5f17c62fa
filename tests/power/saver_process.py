"""Saves a journal several times and prints the number of each acknowledged save.

Usage: python -m tests.power.saver_process JOURNAL SAVER TIMES WORKER [SHORT]. SAVER: see saving.py.
With SHORT a write lands only in part, as it may on a disk that is nearly full.
"""

import os
import sys
from itertools import islice
from pathlib import Path

from tests.power.saving import saves, use_saver

_SHORT = 1500  # bytes


def main(journal: Path, saver: str, times: int, worker: int, *, short: bool) -> None:
    write = os.write
    use_saver(saver)
    if short:
        os.write = lambda opened, data: write(opened, bytes(data)[:_SHORT])
    for number in islice(saves(journal, worker), times):
        write(1, b"%d\n" % number)


if __name__ == "__main__":
    _, path, name, count, own, *rest = sys.argv
    main(Path(path), name, int(count), int(own), short=bool(rest))
