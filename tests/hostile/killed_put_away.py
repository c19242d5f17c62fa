"""Kills a process at each step of moving a conflict copy away and checks what is left.

`python -m tests.hostile.killed_put_away FOLDER` prints {"steps": …, "violations": […]}.
"""

import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.conflict_copies import put_away, read
from itband_gui.journal.entries import RestDay
from itband_gui.journal.siblings import Finder

_MOST = 200  # steps: more than there are
_DATA = encode(Book([RestDay(id="a", at=datetime(2026, 11, 22, tzinfo=UTC))]))


def main() -> None:
    """Kill before step 1, 2, 3 … until a process completes."""
    data, merged = Path(sys.argv[1], "data"), Path(sys.argv[1], "merged")
    data.mkdir()
    violations = list[str]()
    for step in range(1, _MOST):
        copy = data / "journal (1).json"
        copy.write_bytes(_DATA)
        for old in merged.glob("*"):
            old.unlink()
        child = os.fork()
        if not child:
            _die_at(step)
            _put(copy, merged)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        violations += [f"step {step}: {wrong}" for wrong in _wrongs(copy, merged)]
        if code == 0:
            break
    else:
        violations.append("it came to no end")
    print(json.dumps({"steps": step, "violations": violations}))  # noqa: T201 - read by the test


def _wrongs(copy: Path, merged: Path) -> list[str]:
    found = []
    held = [path for path in (copy, *merged.glob("*.json")) if path.exists()]
    if not held or any(path.read_bytes() != _DATA for path in held):
        found.append("not whole in one place")
    if copy.exists():
        _put(copy, merged)
    if [path.read_bytes() for path in merged.glob("*.json")] != [_DATA]:
        found.append("not kept once")
    if Finder().find(copy.with_name("journal.json")):
        found.append("not taken away")
    return found


def _put(path: Path, folder: Path) -> None:
    put_away(read(path), folder)


def _die_at(step: int) -> None:
    """Kill this process before its n-th audited call to the operating system."""
    left = [step]

    def audit(event: str, _args: object) -> None:
        if event.startswith(("open", "os.")):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    fsync = os.fsync

    def synced(opened: int) -> None:
        audit("os.fsync", ())
        fsync(opened)

    os.fsync = synced  # type: ignore[assignment] # only in the forked child
    sys.addaudithook(audit)


if __name__ == "__main__":
    main()
