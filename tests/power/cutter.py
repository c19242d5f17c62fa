"""Cuts the power at random moments while a process saves, and prints what each cut left.

Usage: python -m tests.power.cutter FOLDER KIND SAVER CUTS SEED, in a mount namespace of its own.
KIND: see disk.py. SAVER: see saving.py. Prints one JSON object a cut: verdict, moment, number,
acknowledged, begun.
"""

import ctypes
import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from itband_gui.journal.safe_file import NotSavedError
from tests.power.disk import KINDS, Disk
from tests.power.saving import Found, Verdict, find_all, saves, use_saver

_DEATH_SIGNAL = 1  # prctl
_FRESH = 8  # one cut in so many begins without a journal, and without its folder
_FAILED = -1
_LONGEST = 0.012  # seconds from the first moment of a saver to a cut: some saves


def main(folder: Path, kind: str, saver: str, cuts: int, seed: int) -> None:
    """Cut the power `cuts` times."""
    use_saver(saver)
    choose = random.Random(seed)  # noqa: S311 - no secret
    disk = Disk(folder, KINDS[kind])
    data = disk.root / "data"
    held = 0  # the number that is certainly on the disk
    for _ in range(cuts):
        if choose.randrange(_FRESH) == 0:
            shutil.rmtree(data, ignore_errors=True)
            os.sync()
            held = 0
        moment = choose.choice(("any", "acknowledged", "neighbour"))
        acknowledged, begun = _cut_while_saving(disk, data / "journal.json", moment, choose)
        acknowledged, begun = max(held, acknowledged), max(held + 1, begun)
        disk.recover()
        found = find_all(data / "journal.json", acknowledged, begun)
        _tell(found, moment, acknowledged, begun)
        if found.verdict is not Verdict.WHOLE:  # a broken saver: begin anew
            shutil.rmtree(data, ignore_errors=True)
            os.sync()
            found = Found(Verdict.WHOLE, 0)
        held = found.number


def _tell(found: Found, moment: str, acknowledged: int, begun: int) -> None:
    told = {
        "verdict": found.verdict,
        "moment": moment,
        "number": found.number,
        "acknowledged": acknowledged,
        "begun": begun,
    }
    print(json.dumps(told), flush=True)  # noqa: T201 - whoever started this reads it


def _cut_while_saving(
    disk: Disk, journal: Path, moment: str, choose: random.Random
) -> tuple[int, int]:
    """Return the last save acknowledged before the cut and the last one begun."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _save_for_ever(journal, write)
    os.close(write)
    with os.fdopen(read) as pipe:
        lines = [pipe.readline()]  # it has begun
        if moment == "any":
            time.sleep(choose.uniform(0, _LONGEST))
        else:
            lines += [pipe.readline() for _ in range(choose.randint(1, 4))]
        if moment == "neighbour":
            _sync_another_file(disk.root / "neighbour")
        at = time.monotonic_ns()
        disk.cut()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += pipe.readlines()
    told = [(int(number), int(ns)) for number, ns in (line.split() for line in lines[1:] if line)]
    if any(number == _FAILED and ns < at for number, ns in told):
        sys.exit("a save failed before the power was cut")
    before = [number for number, ns in told if ns < at]
    return max(before, default=0), max((number for number, _ in told), default=0) + 1


def _save_for_ever(journal: Path, told: int) -> None:
    """Save, and write each save's number and the time it was acknowledged, or _FAILED and when."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    number = -1
    try:
        os.write(told, b"\n")
        for number in saves(journal):
            os.write(told, b"%d %d\n" % (number, time.monotonic_ns()))
    except (OSError, NotSavedError):
        os.write(told, b"%d %d\n" % (_FAILED, time.monotonic_ns()))
    finally:
        os._exit(0)


def _sync_another_file(path: Path) -> None:
    """Sync another file, which makes the file system write its log."""
    with path.open("wb") as stream:
        stream.write(b"neighbour")
        stream.flush()
        os.fsync(stream.fileno())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
