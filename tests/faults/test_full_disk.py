"""Row 4: real disks, really full, at every 4 KiB of space that is left."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Figure
from tests.fleet import CHECKOUT

ALONE = ["unshare", "--mount", "--propagation", "private"]  # nothing stays mounted


def on_disk(disk: str, folder: Path, saver: str) -> dict[str, Any]:
    """Run the filler on a disk of its own; skip where that cannot be had."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    if disk != "tmpfs" and not shutil.which(f"mkfs.{disk}"):
        pytest.skip(f"needs mkfs.{disk}")
    if disk != "tmpfs" and not Path("/dev/loop-control").exists():
        pytest.skip("this machine has no loop devices")
    folder.mkdir(exist_ok=True)
    ran = subprocess.run(
        [*ALONE, sys.executable, "-m", "tests.faults.filler", disk, str(folder), saver],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if ran.returncode and ("unshare: " in ran.stderr or "mount: " in ran.stderr):
        pytest.skip(f"this machine lets root mount nothing: {ran.stderr.splitlines()[0]}")
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("disk", ["tmpfs", "ext4", "xfs", "btrfs"])
def test_a_full_disk_leaves_the_old_file_and_is_told(
    tmp_path: Path, disk: str, figure: Figure
) -> None:
    found = on_disk(disk, tmp_path / "disk", "ours")
    assert found["violations"] == []
    assert min(found["ends"].values()) > 0
    assert set(found["ends"]) == {"saved", "not saved"}
    figure(f"row 4: {disk}, {found['ends']}, 0 lost")


@pytest.mark.parametrize("saver", ["no_short_write_check", "qsavefile"])
def test_a_saver_that_a_full_disk_deceives_is_caught(tmp_path: Path, saver: str) -> None:
    found = on_disk("tmpfs", tmp_path / "disk", saver)
    assert any("saved, and it holds" in wrong for wrong in found["violations"])
