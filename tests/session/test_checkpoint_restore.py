"""Continuing from a snapshot loses and repeats nothing."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.routine.plan import Plan
from itband_gui.session.engine import Engine
from itband_gui.session.events import EndReason, Event, Paused, PauseReason, PhaseStarted, Resumed
from itband_gui.session.tally import Snapshot

Plans = st.SearchStrategy[Plan]
Command = Callable[[Engine, int], tuple[Event, ...]]
COMMANDS: dict[str, Command] = {
    "pause": Engine.pause,
    # While it runs, going on does nothing, and is not told the time either.
    "go on": lambda engine, now: (*engine.advance_to(now), *engine.go_on(now)),
    "skip": Engine.skip,
    "again": Engine.again,
    "easier": Engine.easier,
    "stop": lambda engine, now: engine.end(now, EndReason.STOPPED),
    "tick": Engine.advance_to,
}
BEGIN = 1_000
Script = list[tuple[float, str]]
# Waits as shares of the plan's length, so that short and long plans are both walked through.
waits = st.floats(0, 0.2) | st.just(0.0)
often = sorted(COMMANDS) + ["tick"] * 6
scripts = st.lists(st.tuples(waits, st.sampled_from(often)), max_size=15)


def follow(engine: Engine, script: Script, now: int) -> tuple[list[Event], int]:
    """Give each command after its wait; return the events and the time."""
    events: list[Event] = []
    for share, name in script:
        now += int(share * engine.plan.total_ms)
        events += COMMANDS[name](engine, now)
    return events, now


def through_a_file(engine: Engine) -> Snapshot:
    return msgspec.json.decode(msgspec.json.encode(engine.snapshot()), type=Snapshot)


def seen(engine: Engine, now: int) -> tuple[object, ...]:
    """Return all that can be asked of an engine."""
    firm = engine.snapshot().tally.firm
    counts = (engine.skips, engine.repeats, engine.eases)
    done = (engine.tally.work, engine.tally.hands_on_ms, firm)
    return (*counts, *done, engine.ended, engine.phase, engine.upcoming, engine.position(now))


@given(data=st.data(), before=scripts, after=scripts)
def test_going_on_from_a_snapshot_is_as_never_having_been_interrupted(
    data: st.DataObject, before: Script, after: Script, short_plans: Plans, long_plans: Plans
) -> None:
    plan = data.draw(short_plans | long_plans)
    one = Engine(plan, BEGIN)
    _, now = follow(one, before, BEGIN)
    later = data.draw(st.integers(0, 10**9), label="on the clock of another process")
    other = Engine.restored(plan, through_a_file(one), later)
    assert other.snapshot() == one.snapshot()
    assert seen(other, later) == seen(one, now)
    if one.running:
        assert other.paused is PauseReason.USER
        assert other.go_on(later) == (Resumed(later),)
    assert other.running == one.running
    shift = later - now
    # How long it had been paused by then is not known to a snapshot; that time counts in
    # `elapsed_ms` as soon as a session goes on.
    paused_ms = 0 if one.running or one.ended else now - BEGIN - one.elapsed_ms
    resumed = False
    for share, name in [*after, (0.0, "go on"), (1.0, "tick"), (1.0, "tick")]:
        now += int(share * plan.total_ms)
        expected = COMMANDS[name](one, now)
        events = COMMANDS[name](other, now + shift)
        late = [replace(e, at_ms=e.at_ms + shift) for e in expected]
        assert list(events) == late
        assert seen(other, now + shift) == seen(one, now)
        resumed = resumed or any(isinstance(event, Resumed) for event in events)
        assert one.elapsed_ms - other.elapsed_ms == (paused_ms if resumed else 0)


@given(data=st.data(), before=scripts, wait=st.integers(0, 100_000))
def test_the_time_before_going_on_is_a_pause(
    data: st.DataObject, before: Script, wait: int, long_plans: Plans
) -> None:
    plan = data.draw(long_plans)
    one = Engine(plan, BEGIN)
    _, now = follow(one, before, BEGIN)
    one.advance_to(now)
    other = Engine.restored(plan, through_a_file(one), now)
    if not one.running:
        return
    one.pause(now)
    for engine in (one, other):
        assert engine.advance_to(now + wait // 2) == ()
        assert engine.go_on(now + wait) == (Resumed(now + wait),)
    end = now + wait + plan.total_ms
    assert other.advance_to(end) == one.advance_to(end)
    assert seen(other, end) == seen(one, end)
    assert other.elapsed_ms == one.elapsed_ms


@given(data=st.data(), before=scripts)
def test_a_restored_engine_begins_by_saying_where_it_stands(
    data: st.DataObject, before: Script, long_plans: Plans
) -> None:
    one = Engine(data.draw(long_plans), BEGIN)
    _, now = follow(one, before, BEGIN)
    other = Engine.restored(one.plan, one.snapshot(), 7_000)
    offset = one.snapshot().offset_ms
    index = one.position(now).index
    started, *rest = other.begin()
    assert started == PhaseStarted(7_000 - offset, index, one.phase)
    assert rest == ([] if one.ended else [Paused(7_000, PauseReason.USER)])


@given(data=st.data(), before=scripts)
def test_taking_a_snapshot_changes_nothing(
    data: st.DataObject, before: Script, long_plans: Plans
) -> None:
    plan = data.draw(long_plans)
    watched, alone = Engine(plan, BEGIN), Engine(plan, BEGIN)
    for i in range(len(before)):
        now = BEGIN + sum(int(share * plan.total_ms) for share, _ in before[:i])
        step = [before[i]]
        assert follow(watched, step, now) == follow(alone, step, now)
        watched.snapshot()
    assert watched.snapshot() == alone.snapshot()
