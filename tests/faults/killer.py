"""Kills saves at random moments: `python -m tests.faults.killer FIRST COUNT FOLDER`.

Each number from FIRST on is a case of its own: a scene, a call of its save, and whether the process
dies before that call or in the middle of its write. Prints what was found as JSON.
"""

import json
import os
import random
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from itband_gui.journal.safe_file import TEMP_PREFIX
from tests.faults.scenes import SCENES, journal, judge, judge_next_save, set_out, sit_down
from tests.faults.watched import Real, Watched, nothing

NEVER = 10**9


def main(first: int, count: int, folder: Path) -> None:
    home = folder / f"killer{first}"
    lengths = {scene: _length(home, scene) for scene in SCENES}
    killed = left = 0
    violations: list[str] = []
    for number in range(first, first + count):
        chance = random.Random(number)  # noqa: S311 - repeatable, no secret
        scene = chance.choice(list(SCENES))
        at = chance.randint(1, lengths[scene] + 1)
        torn = chance.random()
        _begin(home, scene)
        code = _run(home, scene, at, torn)
        killed += code == -signal.SIGKILL
        left += any(file.name.startswith(TEMP_PREFIX) for file in journal(home).parent.glob(".*"))
        wrong = None if code in (0, -signal.SIGKILL) else f"ended with {code}"
        wrong = wrong or judge(home, scene, acknowledged=code == 0) or judge_next_save(home, scene)
        if wrong:
            violations.append(f"case {number}, {scene} killed at call {at}: {wrong}")
    shutil.rmtree(home)
    print(  # noqa: T201 - read by the test
        json.dumps({"runs": count, "killed": killed, "left": left, "violations": violations})
    )


def _begin(home: Path, scene: str) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    set_out(home, scene)


def _length(home: Path, scene: str) -> int:
    _begin(home, scene)
    desk = sit_down(home, scene)
    with Watched(NEVER, nothing) as watched:
        desk.save()
    return watched.count


def _run(home: Path, scene: str, at: int, torn: float) -> int:
    """Save in a child, killed at a call; 0 once the save is acknowledged."""

    def die(name: str, real: Real, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if name == "write":
            real(args[0], bytes(args[1])[: int(len(args[1]) * torn)])
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        desk = sit_down(home, scene)
        with Watched(at, die):
            desk.save()
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - told to the parent
        print(repr(error), file=sys.stderr, flush=True)  # noqa: T201 - read by the test
        os._exit(3)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
