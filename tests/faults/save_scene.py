"""Plays one scene's save to be traced: `python -m tests.faults.save_scene SCENE HOME`.

Prints "saved", or the reason on stderr, and exits with 1.
"""

import os
import sys
from pathlib import Path

from itband_gui.journal.safe_file import NotSavedError
from tests.faults.scenes import sit_down

BEGINS = "/the-save-begins"  # asked for just before the save, so that a trace tells where it is


def main(scene: str, home: Path) -> int:
    desk = sit_down(home, scene)
    os.access(BEGINS, os.F_OK)
    try:
        desk.save()
    except NotSavedError as error:
        print("Not saved" if error.confirmed else "Not confirmed", file=sys.stderr)  # noqa: T201 - read by the test
        return 1
    print("saved", flush=True)  # noqa: T201 - read by the test
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
