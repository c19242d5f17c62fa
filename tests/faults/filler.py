"""Saves on a disk with ever less space: `python -m tests.faults.filler DISK FOLDER SAVER`.

To be run by root in a mount namespace of its own. For 0, 1, 2 … blocks of 4 KiB that are left, a
file is saved with the saver; with ours, the scenes' journals too. Prints what was found as JSON.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from tests.faults.save_once import NEW, OLD
from tests.faults.savers import SAVERS
from tests.faults.scenes import SCENES, judge, set_out, sit_down

BLOCK = 4096
STEPS = 60  # from none to more than enough for the 54 KB, with what the file systems take
MIB = 1024 * 1024
SIZES = {"ext4": 16, "xfs": 320, "btrfs": 128}  # MiB: about the smallest that they allow


def mount(disk: str, folder: Path) -> Path:
    """Mount a new, small file system."""
    at = folder / "mounted"
    at.mkdir()
    if disk == "tmpfs":
        subprocess.run(["mount", "-t", disk, "-o", "size=2m", disk, at], check=True, timeout=300)
        return at
    image = folder / "image"
    with image.open("wb") as stream:
        stream.truncate(SIZES[disk] * MIB)
    subprocess.run([f"mkfs.{disk}", "-q", image], check=True, stdout=sys.stderr, timeout=300)
    subprocess.run(["mount", "-o", "loop", image, at], check=True, timeout=300)
    return at


class Space:
    """Controls the free space on a disk with a file that takes the rest."""

    def __init__(self, disk: Path) -> None:
        self._filler = disk / "filler"

    def leave(self, blocks: int) -> None:
        """Take all space, then free this many blocks."""
        with self._filler.open("wb") as stream:
            size, chunk = 0, 64 * MIB
            while chunk >= BLOCK:
                try:
                    os.posix_fallocate(stream.fileno(), size, chunk)
                    size += chunk
                except OSError:
                    chunk //= 2
            stream.truncate(max(0, size - blocks * BLOCK))
            os.fsync(stream.fileno())

    def free(self) -> None:
        self._filler.unlink()
        os.sync()  # some give space back late


def save_file(disk: Path, space: Space, blocks: int, saver: str) -> tuple[str, str | None]:
    """Return how a save in this little space ended, and what is wrong with that, if anything."""
    target = disk / "file"
    target.write_bytes(OLD)
    os.sync()
    space.leave(blocks)
    told = NotSavedCode.FULL
    try:
        SAVERS[saver](target, NEW)
        ended, allowed = "saved", [NEW]
    except NotSavedError as error:
        told = error.code
        ended, allowed = "not saved", [OLD] if error.confirmed else [OLD, NEW]
    except OSError:
        ended, allowed = "not saved", [OLD, NEW]
    held = target.read_bytes() if target.exists() else b""
    space.free()
    if held not in allowed:
        return ended, f"{ended}, and it holds {len(held)} bytes"
    return ended, None if told is NotSavedCode.FULL else f"told as {told}"


def save_journal(disk: Path, space: Space, blocks: int, scene: str) -> tuple[str, str | None]:
    home = disk / f"{scene}{blocks}"
    home.mkdir()
    set_out(home, scene)
    desk = sit_down(home, scene)
    space.leave(blocks)
    ended, confirmed = "saved", False
    try:
        desk.save()
    except NotSavedError as error:
        ended, confirmed = "not saved", error.confirmed
    saved = ended == "saved"
    wrong = judge(home, scene, acknowledged=saved, refused=confirmed)
    space.free()
    if not saved:
        desk.save()
    return ended, wrong or judge(home, scene, acknowledged=True)


def main(name: str, folder: Path, saver: str) -> None:
    disk = mount(name, folder)
    space = Space(disk)
    ends: Counter[str] = Counter()
    violations = []
    cases = [(blocks, saver) for blocks in range(STEPS)]
    if saver == "ours":
        cases += [(blocks, scene) for blocks in range(6) for scene in SCENES]
    for blocks, what in cases:
        attempt = save_journal if what in SCENES else save_file
        ended, wrong = attempt(disk, space, blocks, what)
        ends[ended] += 1
        if wrong:
            violations.append(f"{blocks} blocks left, {what}: {wrong}")
    print(json.dumps({"ends": ends, "violations": violations}))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
