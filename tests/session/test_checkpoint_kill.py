"""Real processes killed in mid-session leave a sound checkpoint that can be continued."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui.journal.validation import check
from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import Plan, make_plan
from itband_gui.session.checkpoint import Encoder, make_head
from itband_gui.session.checkpoint_store import Found, load_checkpoint, new_file
from itband_gui.session.engine import Engine
from itband_gui.session.events import EndReason
from itband_gui.session.leftovers import SESSIONS_DIR
from itband_gui.session.record import interrupted_entry
from itband_gui.session.tally import Snapshot

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="knows no such kill, and no fork")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHECK_IN = CheckIn({Leg.LEFT: 3, Leg.RIGHT: 4})


@pytest.fixture(scope="module")
def plan(anatomy: Anatomy) -> Plan:
    full = load_library(anatomy, None).get("full")
    assert full is not None
    return make_plan(full, CHECK_IN, anatomy)


def data(plan: Plan, session: str) -> bytes:
    head = make_head(session, NOON, CHECK_IN, plan)
    return Encoder(head).encode(Engine(plan, 0).snapshot(), NOON)


KEYS = {66_000: "easier", 120_000: "again", 150_000: "pause", 190_000: "go_on", 260_000: "skip"}
TICK_MS = 40

# Runs a session on a told clock, some keys pressed, and prints the elapsed time of each
# checkpoint that is known to be on the disk.
DRIVER = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import make_plan
from itband_gui.session.checkpoint import make_head
from itband_gui.session.checkpoint_store import CheckpointKeeper, CheckpointWriter
from itband_gui.session.engine import Engine

anatomy = load_anatomy()
noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
answers = CheckIn({Leg.LEFT: 3, Leg.RIGHT: 4})
plan = make_plan(load_library(anatomy, None).get("full"), answers, anatomy)
tick_ms, keys = int(sys.argv[2]), json.loads(sys.argv[3])
engine, writer = Engine(plan, 0), CheckpointWriter(Path(sys.argv[1]))
head = make_head("killed", noon, answers, plan)
keeper = CheckpointKeeper(head, engine, writer, lambda: noon)
events = engine.begin()
now = 0
while engine.ended is None:
    if keeper.look(now, events):
        kept = engine.elapsed_ms
        if not writer.settle(20):
            sys.exit("not written")
        print(kept, flush=True)
    now += tick_ms
    events = engine.advance_to(now)
    if str(now) in keys:
        events += getattr(engine, keys[str(now)])(now)
"""


def as_driven(plan: Plan) -> Iterator[Snapshot]:
    """Yield what the driver's session was at every tick."""
    engine, now = Engine(plan, 0), 0
    while engine.ended is None:
        yield engine.snapshot()
        now += TICK_MS
        engine.advance_to(now)
        if now in KEYS:
            getattr(engine, KEYS[now])(now)
    yield engine.snapshot()


def test_killed_in_mid_session_all_but_the_last_seconds_is_kept_and_can_be_gone_on_with(
    tmp_path: Path, plan: Plan
) -> None:
    kept, driven = [], list(as_driven(plan))
    for number in range(8):
        state = tmp_path / str(number)
        command = [sys.executable, "-c", DRIVER, str(state), str(TICK_MS), json.dumps(KEYS)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            assert load_checkpoint(state).checkpoint is None, "it is still running"
            with suppress(subprocess.TimeoutExpired):  # to meet any part of the session
                process.wait(random.uniform(0, 0.3))  # noqa: S311 - no secret
            process.send_signal(signal.SIGKILL)
            known = [int(line) for line in process.stdout]
        found = load_checkpoint(state)
        assert found.checkpoint is not None
        assert found.file is not None
        assert found.set_aside == ()
        snapshot = found.checkpoint.snapshot
        assert snapshot.elapsed_ms >= max(known, default=0)
        assert snapshot in driven, "exactly as it was at one of its instants"
        check(interrupted_entry(found.checkpoint, NOON), NOON)
        engine = found.checkpoint.engine(7)
        engine.go_on(7)
        engine.advance_to(7 + plan.total_ms)
        assert engine.ended is EndReason.FINISHED
        assert found.checkpoint.plan == plan
        kept.append(snapshot.elapsed_ms)
        found.file.remove()
        assert list((state / SESSIONS_DIR).iterdir()) == []
    assert len(set(kept)) > 1, "not always at the same instant"


# Holds a session's file, as a program does while its session runs.
HOLDER = """
import signal, sys
from pathlib import Path
from itband_gui.session.checkpoint_store import new_file
file = new_file(Path(sys.argv[1]))
file.write(sys.stdin.buffer.read())
print("ready", flush=True)
signal.pause()
"""


@pytest.fixture
def holder(tmp_path: Path, plan: Plan) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(data(plan, "a"))
        process.stdin.close()
        assert process.stdout.readline() == b"ready\n"
        yield process
        process.kill()


def test_a_session_of_another_process_is_offered_once_that_is_killed(
    tmp_path: Path, holder: subprocess.Popen[bytes]
) -> None:
    assert load_checkpoint(tmp_path) == Found()
    holder.send_signal(signal.SIGKILL)
    holder.wait(timeout=300)
    found = load_checkpoint(tmp_path)
    assert found.checkpoint is not None
    assert found.file is not None
    found.file.remove()


def test_killed_at_every_step_it_is_the_old_the_new_or_gone(tmp_path: Path, plan: Plan) -> None:
    """Two checkpoints and the removal; then the next start must see one of the three."""
    first, second = data(plan, "first"), data(plan, "second")
    seen = []
    for step in range(1, 400):
        state = tmp_path / str(step)
        child = os.fork()
        if not child:
            _die_at(step)
            file = new_file(state)
            file.write(first)
            file.write(second)
            file.remove()
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        found = load_checkpoint(state)
        assert found.set_aside == ()
        seen.append(found.checkpoint.head.session if found.checkpoint else None)
        if found.file:
            found.file.remove()
        if (state / SESSIONS_DIR).is_dir():
            assert list((state / SESSIONS_DIR).iterdir()) == [], "what the kill left is swept"
        if code == 0:
            break
    assert code == 0, "every step was tried"
    assert list(dict.fromkeys(seen)) == [None, "first", "second"]
    assert seen[-1] is None


def _die_at(step: int) -> None:
    """Kill this process at its n-th audited call to the operating system, or half a write later."""
    left = [step]

    def audit(event: str, _args: object) -> None:
        if event.startswith(("open", "os.", "fcntl", "glob", "pathlib")):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    write, fsync = os.write, os.fsync

    def torn(opened: int, content: bytes) -> int:
        audit("os.write", ())
        done = write(opened, bytes(content)[: len(content) // 2 + 1])
        audit("os.write", ())
        return done

    def synced(opened: int) -> None:
        audit("os.fsync", ())
        fsync(opened)
        audit("os.fsync", ())

    os.write, os.fsync = torn, synced  # type: ignore[assignment] # only in the forked child
    sys.addaudithook(audit)
