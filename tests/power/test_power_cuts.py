"""Real power cuts: no acknowledged save is lost, and no file is torn."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Amount, Figure
from tests.fleet import CHECKOUT
from tests.power.disk import KINDS
from tests.power.saving import OURS, Verdict

_ALONE = ["unshare", "--mount", "--propagation", "private"]  # what is mounted ends with the process
_CAUGHT_WITHIN = 100  # cuts


@dataclass(frozen=True)
class Cut:
    """One power cut: how the journal was found, at which save, and which ones were known of."""

    verdict: str
    moment: str
    number: int
    acknowledged: int
    begun: int


@pytest.fixture
def disk_folder(tmp_path: Path, kind: str) -> Path:
    """Return a folder for a disk, where the power of disks of that kind can be cut."""
    reason = _why_not(tmp_path / "tried", kind)
    if reason:
        pytest.skip(f"no power cuts on {kind} here: {reason}")
    folder = tmp_path / "cut"
    folder.mkdir()
    return folder


def _why_not(folder: Path, kind: str) -> str | None:
    if not sys.platform.startswith("linux"):
        return "the shutdown call is Linux's"
    if os.geteuid() != 0:
        return "only root may mount a disk"
    for tool in ("unshare", "mount", f"mkfs.{KINDS[kind].system}"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    folder.mkdir()
    command = [*_ALONE, sys.executable, "-m", "tests.power.disk", str(folder), kind]
    tried = subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=300
    )
    return tried.stderr.strip() if tried.returncode else None


def _cuts(folder: Path, kind: str, saver: str, count: int, seed: int) -> Generator[Cut, None, None]:
    """Cut the power that often; whoever wants no more of it closes this."""
    what = [str(folder), kind, saver, str(count), str(seed)]
    command = [*_ALONE, sys.executable, "-m", "tests.power.cutter", *what]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as cutter:
        assert cutter.stdout is not None
        try:
            for line in cutter.stdout:
                yield Cut(**json.loads(line))
            assert cutter.wait(timeout=300) == 0
        finally:
            cutter.kill()


@pytest.mark.parametrize("kind", KINDS)
def test_a_power_cut_at_any_moment_loses_no_acknowledged_save(
    disk_folder: Path, kind: str, amount: Amount, figure: Figure
) -> None:
    wanted = amount(30, 10_000)
    cuts = []
    for cut in _cuts(disk_folder, kind, OURS, wanted, seed=time.time_ns()):
        assert cut.verdict == Verdict.WHOLE, cut
        cuts.append(cut)
    assert len(cuts) == wanted
    saved = sum(cut.acknowledged > 0 for cut in cuts)
    unfinished = sum(cut.number > cut.acknowledged for cut in cuts)
    assert saved > wanted / 2, "there was something to lose"
    figure(
        f"{kind}: {wanted:,} power cuts, {saved:,} with acknowledged saves to lose, "
        f"{unfinished:,} with one on its way that survived: 0 lost, 0 torn"
    )


# A plain ext4 flushes the data of a file that is renamed over another (auto_da_alloc).
CAUGHT = [
    ("no_folder_sync", "ext4", Verdict.LOST),
    ("no_folder_sync", "xfs", Verdict.LOST),
    ("rename_without_sync", "ext4-noauto_da_alloc", Verdict.TORN),
    ("rename_without_sync", "xfs", Verdict.TORN),
    ("delete_then_move", "ext4", Verdict.TORN),
    ("delete_then_move", "xfs", Verdict.TORN),
    ("qsavefile", "ext4", Verdict.LOST),
    ("qsavefile", "xfs", Verdict.LOST),
]


@pytest.mark.parametrize(("saver", "kind", "verdict"), CAUGHT)
def test_power_cuts_catch_a_broken_saver(
    disk_folder: Path, saver: str, kind: str, verdict: Verdict
) -> None:
    with closing(_cuts(disk_folder, kind, saver, _CAUGHT_WITHIN, seed=1)) as cuts:
        assert any(cut.verdict == verdict for cut in cuts)


@pytest.mark.parametrize("kind", ["ext4"])
def test_a_killed_run_leaves_no_loop_device(disk_folder: Path, kind: str) -> None:
    with closing(_cuts(disk_folder, kind, OURS, _CAUGHT_WITHIN, seed=1)) as cuts:
        next(cuts)
        assert _loops(disk_folder)
    end = time.monotonic() + 20
    while _loops(disk_folder):  # the kernel clears up after the process is gone
        assert time.monotonic() < end


def _loops(folder: Path) -> str:
    command = ["losetup", "--associated", str(folder / "image")]
    return subprocess.check_output(command, text=True, timeout=300)
