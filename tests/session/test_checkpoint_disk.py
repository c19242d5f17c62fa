"""A failing disk costs a checkpoint but does not affect the session."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui.journal.safe_file import NotSavedCode
from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import Plan, make_plan
from itband_gui.session.checkpoint import SessionHead, decode, make_head
from itband_gui.session.checkpoint_store import (
    CheckpointKeeper,
    CheckpointWriter,
    Found,
    load_checkpoint,
)
from itband_gui.session.engine import Engine
from itband_gui.session.leftovers import SESSIONS_DIR

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHECK_IN = CheckIn({Leg.LEFT: 3, Leg.RIGHT: 4})
SOON_S = 60.0  # how long a test waits at most for a thread


@pytest.fixture(scope="module")
def plan(anatomy: Anatomy) -> Plan:
    full = load_library(anatomy, None).get("full")
    assert full is not None
    return make_plan(full, CHECK_IN, anatomy)


@pytest.fixture(scope="module")
def head(plan: Plan) -> SessionHead:
    return make_head("a-session", NOON, CHECK_IN, plan)


@contextmanager
def no_file_may_grow(_folder: Path) -> Iterator[None]:
    """Let no file of this process become longer than some bytes, as on a full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def a_file_for_a_folder(folder: Path) -> Iterator[None]:
    (folder / SESSIONS_DIR).write_text("no folder")
    yield
    (folder / SESSIONS_DIR).unlink()


@contextmanager
def broken(_folder: Path) -> Iterator[None]:
    def fail(_opened: int) -> None:
        raise OSError(errno.EIO, "broken")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        yield


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    with suppress(OSError):
        (folder / "ballast").write_bytes(b"x" * 1_000_000)
    yield
    (folder / "ballast").unlink()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 64 KiB, if this machine lets us."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(folder)]
    mounted = (
        shutil.which("mount")
        and not subprocess.run(command, check=False, capture_output=True, timeout=300).returncode
    )
    if not mounted:
        pytest.skip("no leave to mount a small disk: run as root, outside a container")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True, timeout=300)


Trouble = Callable[[Path], AbstractContextManager[None]]


def play_in(
    trouble: Trouble, code: NotSavedCode, state: Path, plan: Plan, head: SessionHead
) -> None:
    """Play a session in trouble; nothing else may notice, and after it is over it is written."""
    undisturbed = Engine(plan, 0)
    engine, writer = Engine(plan, 0), CheckpointWriter(state)
    keeper = CheckpointKeeper(head, engine, writer, lambda: NOON)
    with trouble(state):
        for at in range(0, 300_001, 100):
            keeper.look(at, engine.advance_to(at))
            undisturbed.advance_to(at)
            if at % 50_000 == 0:
                assert writer.settle(SOON_S)
                assert writer.problem is not None
                assert writer.problem.code is code
    assert engine.snapshot() == undisturbed.snapshot()
    keeper.look(305_000, engine.advance_to(305_000))
    assert writer.settle(SOON_S)
    assert writer.problem is None
    (file,) = (state / SESSIONS_DIR).glob("*.json")
    assert decode(file.read_bytes()).snapshot == engine.snapshot()
    writer.remove()
    assert writer.settle(SOON_S)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (no_file_may_grow, NotSavedCode.FULL),
        (a_file_for_a_folder, NotSavedCode.GONE),
        (broken, NotSavedCode.BROKEN),
    ],
)
def test_a_disk_that_refuses_does_not_disturb_the_session_and_is_tried_again(
    plan: Plan, head: SessionHead, tmp_path: Path, trouble: Trouble, code: NotSavedCode
) -> None:
    play_in(trouble, code, tmp_path, plan, head)


def test_a_full_disk_does_not_disturb_the_session_and_is_tried_again(
    plan: Plan, head: SessionHead, small_disk: Path
) -> None:
    play_in(filled, NotSavedCode.FULL, small_disk, plan, head)


def test_a_disk_that_fills_up_leaves_the_checkpoint_before(
    plan: Plan, head: SessionHead, small_disk: Path
) -> None:
    engine, writer = Engine(plan, 0), CheckpointWriter(small_disk)
    keeper = CheckpointKeeper(head, engine, writer, lambda: NOON)
    engine.advance_to(90_000)
    keeper.look(90_000)
    assert writer.settle(SOON_S)
    before = engine.snapshot()
    with filled(small_disk):
        keeper.look(95_000, engine.advance_to(95_000))
        writer.close()
        assert writer.settle(SOON_S)
        found = load_checkpoint(small_disk)
        assert found.checkpoint is not None
        assert found.file is not None
        assert found.checkpoint.snapshot == before
        found.file.remove()
        assert load_checkpoint(small_disk) == Found()
