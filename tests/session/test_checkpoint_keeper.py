"""Checkpoints are written in time and in order and never delay the session."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event as Gate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import Plan, make_plan
from itband_gui.session.checkpoint import Encoder, SessionHead, make_head
from itband_gui.session.checkpoint_store import (
    EVERY_MS,
    CheckpointKeeper,
    CheckpointWriter,
    due,
    load_checkpoint,
)
from itband_gui.session.engine import Engine
from itband_gui.session.events import (
    Eased,
    EndReason,
    Event,
    Paused,
    PauseReason,
    PhaseStarted,
    RefusalReason,
    RequestRefused,
    Resumed,
    SessionEnded,
    StrokeStarted,
    StrokeTurned,
    ZoneLeft,
)
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


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[CheckpointWriter]:
    writer = CheckpointWriter(tmp_path)
    yield writer
    writer.close()
    assert writer.settle(SOON_S)


def instants(
    head: SessionHead, engine: Engine, writer: CheckpointWriter, ticks: list[int]
) -> list[int]:
    """Run a session by its ticks; return when checkpoints were made."""
    keeper = CheckpointKeeper(head, engine, writer, lambda: NOON)
    made = []
    events = engine.begin()
    for tick in ticks:
        events += engine.advance_to(tick)
        if keeper.look(tick, events):
            made.append(tick)
        events = ()
    return made


# When


def test_the_first_is_due_at_once() -> None:
    assert due(None, 0)


@given(last=st.integers(0, 10**9), passed=st.integers(0, 20_000))
def test_without_a_boundary_one_is_due_after_five_seconds(last: int, passed: int) -> None:
    assert due(last, last + passed) is (passed >= EVERY_MS)


@pytest.mark.parametrize(
    "event",
    [
        PhaseStarted(5, 0, None),  # type: ignore[arg-type] # only its kind is looked at
        Paused(5, PauseReason.USER),
        Resumed(5),
        Eased(5),
        ZoneLeft(5),
        SessionEnded(5, EndReason.STOPPED),
    ],
)
def test_at_a_boundary_one_is_due(event: Event) -> None:
    assert due(5, 5, [StrokeStarted(5, 1, 2), event])


@pytest.mark.parametrize(
    "event",
    [StrokeStarted(5, 1, 2), StrokeTurned(5, 1, 2), RequestRefused(5, RefusalReason.ZONE_LIMIT)],
)
def test_a_stroke_or_a_refusal_is_no_boundary(event: Event) -> None:
    assert not due(5, 6, [event])


def test_a_running_session_is_kept_at_every_boundary_and_every_five_seconds(
    plan: Plan, head: SessionHead, writer: CheckpointWriter
) -> None:
    ticks = list(range(0, plan.total_ms + 34, 33))
    made = instants(head, Engine(plan, 0), writer, ticks)
    for phase in plan.phases:
        assert any(phase.start_ms <= at < phase.start_ms + 33 for at in made)
    assert max(b - a for a, b in pairwise(made)) < EVERY_MS + 33
    assert len(made) < len(plan.phases) + plan.total_ms / EVERY_MS + 2, "and not more often"


def test_in_a_pause_nothing_is_written_and_going_on_is(
    plan: Plan, head: SessionHead, writer: CheckpointWriter
) -> None:
    engine = Engine(plan, 0)
    keeper = CheckpointKeeper(head, engine, writer, lambda: NOON)
    assert keeper.look(0, engine.begin())
    assert keeper.look(9_000, engine.pause(9_000))
    assert not any(keeper.look(at, engine.advance_to(at)) for at in range(9_000, 99_000, 33))
    assert keeper.look(100_000, engine.go_on(100_000))
    assert not keeper.look(104_999, engine.advance_to(104_999))
    assert keeper.look(105_000, engine.advance_to(105_000))


def test_the_last_one_says_how_the_session_ended(
    plan: Plan, head: SessionHead, writer: CheckpointWriter, tmp_path: Path
) -> None:
    engine = Engine(plan, 0)
    keeper = CheckpointKeeper(head, engine, writer, lambda: NOON)
    keeper.look(0, engine.begin())
    keeper.look(90_000, engine.end(90_000, EndReason.STOPPED))
    writer.close()
    assert writer.settle(SOON_S)
    found = load_checkpoint(tmp_path)
    assert found.checkpoint is not None
    assert found.file is not None
    assert found.checkpoint.snapshot.ended is EndReason.STOPPED
    assert found.checkpoint.snapshot == engine.snapshot()
    assert found.checkpoint.written == NOON
    found.file.release()


# In order, and without waiting


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Gate, Gate]]:
    """Hold the next sync until told; return what says that one has begun, and what lets go."""
    begun, go = Gate(), Gate()
    fsync = os.fsync

    def slow(opened: int) -> None:
        begun.set()
        assert go.wait(SOON_S)
        fsync(opened)

    monkeypatch.setattr(os, "fsync", slow)
    yield begun, go
    go.set()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return what is put in place, in order, as it happens."""
    found: list[bytes] = []
    replace = os.replace

    def noting(source: Path, target: Path) -> None:
        found.append(Path(source).read_bytes())
        replace(source, target)

    monkeypatch.setattr(os, "replace", noting)
    return found


def contents(head: SessionHead, plan: Plan, *seconds: int) -> list[bytes]:
    """Return checkpoints of one session at some seconds."""
    engine, encoder = Engine(plan, 0), Encoder(head)
    found = []
    for second in seconds:
        engine.advance_to(second * 1000)
        found.append(encoder.encode(engine.snapshot(), NOON + timedelta(seconds=second)))
    return found


def test_while_the_disk_is_slow_nobody_waits_and_only_the_newest_is_written_after(
    plan: Plan,
    head: SessionHead,
    tmp_path: Path,
    slow_disk: tuple[Gate, Gate],
    written: list[bytes],
) -> None:
    begun, go = slow_disk
    first, *more = contents(head, plan, 5, 10, 15, 20)
    (tmp_path / SESSIONS_DIR).mkdir()  # so that the first sync is that of a checkpoint
    writer = CheckpointWriter(tmp_path)
    writer.put(first)
    assert begun.wait(SOON_S)
    for data in more:
        writer.put(data)  # returns, although the disk does not
    assert not writer.settle(0)
    go.set()
    assert writer.settle(SOON_S)
    assert written == [first, more[-1]]
    writer.close()
    assert writer.settle(SOON_S)
    found = load_checkpoint(tmp_path)
    assert found.checkpoint is not None
    assert found.file is not None
    assert found.checkpoint.written == NOON + timedelta(seconds=20)
    found.file.release()


def test_removed_while_the_disk_is_slow_nothing_comes_back(
    plan: Plan,
    head: SessionHead,
    tmp_path: Path,
    slow_disk: tuple[Gate, Gate],
    written: list[bytes],
) -> None:
    begun, go = slow_disk
    first, second = contents(head, plan, 5, 10)
    (tmp_path / SESSIONS_DIR).mkdir()
    writer = CheckpointWriter(tmp_path)
    writer.put(first)
    assert begun.wait(SOON_S)
    writer.put(second)
    writer.remove()  # returns as well
    writer.put(second)
    writer.close()
    go.set()
    assert writer.settle(SOON_S)
    writer.put(second)
    assert writer.settle(SOON_S)
    assert written == [first]
    assert list((tmp_path / SESSIONS_DIR).iterdir()) == []


def test_closed_at_once_what_waits_is_still_written(
    plan: Plan, head: SessionHead, tmp_path: Path
) -> None:
    (data,) = contents(head, plan, 30)
    writer = CheckpointWriter(tmp_path)
    writer.put(data)
    writer.close()
    assert writer.settle(SOON_S)
    found = load_checkpoint(tmp_path)
    assert found.checkpoint is not None
    assert found.file is not None
    found.file.release()


def test_a_session_that_never_wrote_leaves_no_file(tmp_path: Path) -> None:
    writer = CheckpointWriter(tmp_path / "state")
    writer.remove()
    assert writer.settle(SOON_S)
    assert not (tmp_path / "state").exists()


def test_gone_on_with_it_writes_to_the_same_file(
    plan: Plan, head: SessionHead, tmp_path: Path
) -> None:
    first, second = contents(head, plan, 30, 40)
    one = CheckpointWriter(tmp_path)
    one.put(first)
    one.close()
    assert one.settle(SOON_S)
    found = load_checkpoint(tmp_path)
    other = CheckpointWriter(tmp_path, found.file)
    other.put(second)
    assert other.settle(SOON_S)
    assert [p.read_bytes() for p in (tmp_path / SESSIONS_DIR).glob("*.json")] == [second]
    assert load_checkpoint(tmp_path).checkpoint is None, "it is running again"
    other.remove()
    assert other.settle(SOON_S)
    assert list((tmp_path / SESSIONS_DIR).iterdir()) == []
