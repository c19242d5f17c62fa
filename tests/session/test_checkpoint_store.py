"""Interrupted sessions are found, owned by one process, and moved away if damaged."""

import errno
import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import make_plan
from itband_gui.session.checkpoint import CHECKPOINT_LIMIT, Encoder, make_head
from itband_gui.session.checkpoint_store import (
    NAMES,
    CheckpointFile,
    Found,
    load_checkpoint,
    new_file,
)
from itband_gui.session.engine import Engine
from itband_gui.session.leftovers import SESSIONS_DIR

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(anatomy: Anatomy) -> Engine:
    routine = load_library(anatomy, None).get("first-time")
    assert routine is not None
    engine = Engine(make_plan(routine, CheckIn({Leg.LEFT: 3}), anatomy), 0)
    engine.advance_to(70_000)
    return engine


def data(engine: Engine, name: str = "a", minute: int = 0) -> bytes:
    head = make_head(name, NOON, CheckIn({Leg.LEFT: 3}), engine.plan)
    return Encoder(head).encode(engine.snapshot(), NOON + timedelta(minutes=minute))


def left_behind(state: Path, content: bytes) -> Path:
    """Write a file as a session that is gone has left it."""
    file = new_file(state)
    file.write(content)
    file.release()
    return file.path


def in_folder(state: Path) -> list[str]:
    names = sorted(path.name for path in (state / SESSIONS_DIR).iterdir())
    locks = {name for name in names if name.endswith(".lock")}
    assert locks <= {name.replace(".json", ".lock") for name in names}, "none without its file"
    return [name for name in names if name not in locks]


def test_without_a_folder_there_is_nothing_and_none_is_made(tmp_path: Path) -> None:
    assert load_checkpoint(tmp_path / "state") == Found()
    assert not (tmp_path / "state").exists()


def test_what_a_session_left_is_found_and_owned(tmp_path: Path, engine: Engine) -> None:
    path = left_behind(tmp_path, data(engine))
    found = load_checkpoint(tmp_path)
    assert found.checkpoint is not None
    assert found.file is not None
    assert found.checkpoint.snapshot == engine.snapshot()
    assert found.file.path == path
    assert load_checkpoint(tmp_path) == Found(), "nobody else is offered it meanwhile"
    found.file.release()
    again = load_checkpoint(tmp_path)
    assert again.checkpoint == found.checkpoint, "not decided: it is offered again"
    assert again.file is not None
    again.file.remove()
    assert load_checkpoint(tmp_path) == Found()
    assert in_folder(tmp_path) == []
    anew = new_file(tmp_path)
    assert anew.path == path, "the name is free again"
    anew.release()


@pytest.mark.parametrize("mask", [0, 0o077, 0o777])
def test_file_and_folder_are_the_user_s_own(tmp_path: Path, engine: Engine, mask: int) -> None:
    before = os.umask(mask)
    try:
        path = left_behind(tmp_path / "state", data(engine))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


def test_a_running_session_is_not_offered_and_another_may_run_beside_it(
    tmp_path: Path, engine: Engine
) -> None:
    one, other = new_file(tmp_path), new_file(tmp_path)
    assert one.path != other.path
    one.write(data(engine, "one"))
    other.write(data(engine, "other"))
    assert load_checkpoint(tmp_path) == Found()
    other.release()
    found = load_checkpoint(tmp_path)
    assert found.checkpoint is not None
    assert found.file is not None
    assert found.checkpoint.head.session == "other"
    one.remove()
    found.file.remove()


def test_a_new_session_leaves_an_undecided_one_alone(tmp_path: Path, engine: Engine) -> None:
    path = left_behind(tmp_path, data(engine, "old"))
    old = path.read_bytes()
    file = new_file(tmp_path)
    file.write(data(engine, "new"))
    assert path.read_bytes() == old
    file.remove()


def test_the_newest_is_offered_first_then_the_others(tmp_path: Path, engine: Engine) -> None:
    for minute in (3, 9, 1):
        left_behind(tmp_path, data(engine, str(minute), minute))
    offered = []
    while (found := load_checkpoint(tmp_path)).checkpoint is not None:
        assert found.file is not None
        offered.append(found.checkpoint.head.session)
        found.file.remove()
    assert offered == ["9", "3", "1"]


def test_there_is_an_end_to_the_names(tmp_path: Path, engine: Engine) -> None:
    for _ in range(NAMES):
        left_behind(tmp_path, data(engine))
    with pytest.raises(NotSavedError):
        new_file(tmp_path)


# Ruins


@pytest.mark.parametrize("content", [b"", b"\0" * 9, b'{"format":"other"}', b"x" * 4096])
def test_what_cannot_be_understood_is_set_aside_by_name_untouched(
    tmp_path: Path, engine: Engine, content: bytes
) -> None:
    path = left_behind(tmp_path, content)
    found = load_checkpoint(tmp_path)
    assert (found.checkpoint, found.file) == (None, None)
    (aside,) = found.set_aside
    assert aside.read_bytes() == content
    assert aside.parent == path.parent
    assert load_checkpoint(tmp_path) == Found(), "said once"
    left_behind(tmp_path, content)
    (second,) = load_checkpoint(tmp_path).set_aside
    assert second != aside
    assert aside.read_bytes() == second.read_bytes() == content


def test_a_sound_one_beside_a_damaged_one_is_offered(tmp_path: Path, engine: Engine) -> None:
    left_behind(tmp_path, data(engine)[:-9])
    left_behind(tmp_path, data(engine, "sound"))
    found = load_checkpoint(tmp_path)
    assert found.checkpoint is not None
    assert found.file is not None
    assert found.checkpoint.head.session == "sound"
    assert len(found.set_aside) == 1
    found.file.release()


def test_a_huge_file_is_set_aside_without_being_read_whole(tmp_path: Path) -> None:
    path = left_behind(tmp_path, b"")
    with path.open("wb") as stream:
        stream.truncate(2**40)  # more than any memory
    assert len(load_checkpoint(tmp_path).set_aside) == 1


def test_beyond_the_limit_even_a_sound_one_is_set_aside(tmp_path: Path, engine: Engine) -> None:
    left_behind(tmp_path, data(engine).ljust(CHECKPOINT_LIMIT))
    found = load_checkpoint(tmp_path)
    assert found.file is not None
    found.file.remove()
    left_behind(tmp_path, data(engine).ljust(CHECKPOINT_LIMIT + 1))
    assert len(load_checkpoint(tmp_path).set_aside) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes with names in folders")
def test_a_folder_or_a_pipe_in_its_place_is_passed_over(tmp_path: Path, engine: Engine) -> None:
    path = left_behind(tmp_path, b"")
    path.unlink()
    path.mkdir()
    os.mkfifo(path.with_name("session-2.json"))
    left_behind(tmp_path, data(engine))
    found = load_checkpoint(tmp_path)
    assert found.checkpoint is not None
    assert found.file is not None
    assert found.file.path.name == "session-3.json"
    found.file.release()
    assert in_folder(tmp_path) == ["session-1.json", "session-2.json", "session-3.json"]


@pytest.mark.parametrize("kind", ["file", "circle"])
def test_a_state_folder_that_is_none_gives_nothing(tmp_path: Path, kind: str) -> None:
    state = tmp_path / "state"
    if kind == "file":
        state.write_text("no folder")
    else:
        state.mkdir()
        (state / SESSIONS_DIR).symlink_to(state / SESSIONS_DIR)
    assert load_checkpoint(state) == Found()
    with pytest.raises(NotSavedError):
        new_file(state)


def test_removing_from_a_folder_that_is_gone_is_no_error(tmp_path: Path, engine: Engine) -> None:
    file = new_file(tmp_path / "state")
    file.write(data(engine))
    (tmp_path / "state").rename(tmp_path / "away")
    with pytest.raises(NotSavedError) as failed:
        file.write(data(engine))
    assert failed.value.code is NotSavedCode.GONE
    file.remove()


def test_a_file_that_may_not_be_read_stays_and_is_not_offered(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = left_behind(tmp_path, data(engine))
    real = os.open

    def refuse(name: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(name) == path:
            raise PermissionError(errno.EACCES, "no")
        return real(name, flags, mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        assert load_checkpoint(tmp_path) == Found()
    found = load_checkpoint(tmp_path)
    assert found.checkpoint is not None
    assert found.file is not None
    found.file.release()


def test_a_session_beside_keeps_its_temporary_file(tmp_path: Path, engine: Engine) -> None:
    """Leftovers are swept only while nobody is writing."""
    running: CheckpointFile = new_file(tmp_path)
    running.write(data(engine))
    with safe_file.staged(running.path, b"being written") as (temporary, _):
        load_checkpoint(tmp_path)
        assert temporary.exists()
    running.release()
    found = load_checkpoint(tmp_path)
    assert not temporary.exists()
    assert found.file is not None
    found.file.release()
