"""Refuses calls of saves: `python -m tests.faults.refuser FIRST COUNT FOLDER WHOLE`.

The cases are numbered: every call of every scene's save, each error, once and from there on.
With WHOLE = "no", each call gets one error by lot. Prints what was found as JSON.
"""

import errno
import json
import random
import shutil
import sys
from itertools import product
from pathlib import Path

from itband_gui.journal.safe_file import NotSavedError
from tests.faults.killer import NEVER
from tests.faults.scenes import SCENES, judge, judge_next_save, set_out, sit_down
from tests.faults.watched import Act, Watched, failing, nothing, short_write

ERRORS = ["EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES", "EMFILE", "ESTALE", "EINTR"]
ACTS: dict[str, Act] = {name: failing(getattr(errno, name)) for name in ERRORS}
ACTS["short write"] = short_write


def cases(folder: Path, *, whole: bool) -> list[tuple[str, int, str, bool]]:
    """Return (scene, call, what happens there, from there on)."""
    found: list[tuple[str, int, str, bool]] = []
    for scene in SCENES:
        _begin(folder, scene)
        desk = sit_down(folder, scene)
        with Watched(NEVER, nothing) as watched:
            desk.save()
        found += product([scene], range(1, watched.count + 1), ACTS, [False, True])
    if whole:
        return found
    chance = random.Random()  # noqa: S311 - the case is told where one fails
    by_call = {
        (scene, at, lasting): act for scene, at, act, lasting in chance.sample(found, len(found))
    }
    return [(scene, at, act, lasting) for (scene, at, lasting), act in by_call.items()]


def attempt(home: Path, scene: str, at: int, act: str, *, lasting: bool) -> tuple[str, str | None]:
    """Return how the save ended, and what is wrong with that, if anything is."""
    _begin(home, scene)
    desk = sit_down(home, scene)
    ended = "saved"
    with Watched(at, ACTS[act], lasting=lasting):
        try:
            desk.save()
        except NotSavedError as error:
            ended = "not saved" if error.confirmed else "not confirmed"
        except Exception as error:  # noqa: BLE001 - nothing else may come out of a save
            return "raised", f"raised {error!r}"
    saved = ended == "saved"
    wrong = judge(home, scene, acknowledged=saved, refused=ended == "not saved")
    if wrong is None and desk.book.dirty == saved:
        wrong = f"{ended}, but dirty={desk.book.dirty}"
    if wrong is None and not saved:
        desk.save()  # the disk is well again: what was pending goes in
        wrong = judge(home, scene, acknowledged=True)
    return ended, wrong or judge_next_save(home, scene)


def main(first: int, count: int, folder: Path, *, whole: bool) -> None:
    home = folder / f"refuser{first}"
    todo = cases(home, whole=whole)
    ends: dict[str, int] = {}
    violations = []
    for scene, at, act, lasting in todo[
        len(todo) * first // 100 : len(todo) * (first + count) // 100
    ]:
        ended, wrong = attempt(home, scene, at, act, lasting=lasting)
        ends[ended] = ends.get(ended, 0) + 1
        if wrong:
            violations.append(f"{scene}, call {at}, {act}, {lasting=}: {wrong}")
    shutil.rmtree(home)
    print(json.dumps({"ends": ends, "violations": violations}))  # noqa: T201 - read by the test


def _begin(home: Path, scene: str) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    set_out(home, scene)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), whole=sys.argv[4] == "yes")
