"""The engine crosses every boundary at its own instant, however irregular the ticks."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from itband_gui.routine.plan import Phase, Plan
from itband_gui.session.engine import Engine
from itband_gui.session.events import (
    EndReason,
    Event,
    HalfWay,
    Paused,
    PauseReason,
    PhaseStarted,
    Resumed,
    SessionEnded,
    StrokeStarted,
    StrokeTurned,
    TimeLeft,
)

Plans = st.SearchStrategy[Plan]
Command = Callable[[Engine, int], tuple[Event, ...]]
COMMANDS: dict[str, Command] = {
    "pause": Engine.pause,
    "go on": Engine.go_on,
    "skip": Engine.skip,
    "again": Engine.again,
    "easier": Engine.easier,
    "tick": Engine.advance_to,
}
BEGIN = 1_000  # the session clock need not begin at nought


def at_its_own_instant(plan: Plan) -> Iterator[Event]:
    """Return what an undisturbed session must say, straight from the plan."""
    for index, phase in enumerate(plan.phases):
        start = BEGIN + phase.start_ms
        yield PhaseStarted(start, index, phase)
        yield from sorted(within(phase, start), key=lambda event: event.at_ms)
    yield SessionEnded(BEGIN + plan.total_ms, EndReason.FINISHED)


def within(phase: Phase, start: int) -> Iterator[Event]:
    """Yield what happens in a phase, strokes first, then half-way, then the seconds left."""
    total = len(phase.strokes)
    for number, stroke in enumerate(phase.strokes, 1):
        yield StrokeStarted(start + stroke.start_ms, number, total)
        yield StrokeTurned(start + stroke.turn_ms, number, total)
    if phase.work:
        yield HalfWay(start + phase.length_ms // 2)
    for seconds in (10, 3):
        if phase.length_ms >= 2000 * seconds:
            yield TimeLeft(start + phase.length_ms - 1000 * seconds, seconds)


def run(plan: Plan, ticks: list[int]) -> tuple[Engine, list[Event]]:
    engine = Engine(plan, BEGIN)
    events = [*engine.begin()]
    for tick in ticks:
        events += engine.advance_to(tick)
    return engine, events


@given(data=st.data())
def test_one_tick_a_millisecond_meets_every_boundary_of_the_plan(
    data: st.DataObject, short_plans: Plans
) -> None:
    plan = data.draw(short_plans)
    every = list(range(BEGIN, BEGIN + plan.total_ms + 3))
    engine, events = run(plan, every)
    assert events == list(at_its_own_instant(plan))
    assert engine.elapsed_ms == plan.total_ms


@given(data=st.data())
def test_late_and_uneven_ticks_lose_nothing(data: st.DataObject, long_plans: Plans) -> None:
    plan = data.draw(long_plans)
    end = BEGIN + plan.total_ms
    ticks = sorted(data.draw(st.lists(st.integers(BEGIN, end + 9_000), max_size=20)))
    engine, events = run(plan, [*ticks, end + 10_000])
    assert events == list(at_its_own_instant(plan))
    assert engine.ended is EndReason.FINISHED
    assert engine.elapsed_ms == plan.total_ms


@given(data=st.data())
def test_one_tick_at_the_very_end_is_enough(data: st.DataObject, long_plans: Plans) -> None:
    plan = data.draw(long_plans)
    _, early = run(plan, [BEGIN + plan.total_ms - 1])
    assert not any(isinstance(event, SessionEnded) for event in early)
    _, events = run(plan, [BEGIN + plan.total_ms])
    assert events == list(at_its_own_instant(plan))


commands = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(list(COMMANDS))), max_size=12)


def follow(
    plan: Plan, script: list[tuple[int, str]], ticks: set[int]
) -> tuple[Engine, list[Event]]:
    """Give each command at its instant, with ticks between; the clock goes on to the end."""
    engine = Engine(plan, BEGIN)
    events, now = [*engine.begin()], BEGIN
    for wait, name in script:
        for tick in sorted(t for t in ticks if now <= t <= now + wait):
            events += engine.advance_to(tick)
        now += wait
        events += COMMANDS[name](engine, now)
    for tick in sorted(t for t in ticks if t > now):
        events += engine.advance_to(tick)
    events += engine.advance_to(now + 2 * plan.total_ms)
    return engine, events


@given(data=st.data(), script=commands)
def test_commands_at_given_instants_have_the_same_effect_whatever_the_ticks(
    data: st.DataObject, script: list[tuple[int, str]], short_plans: Plans
) -> None:
    plan = data.draw(short_plans)
    last = BEGIN + sum(wait for wait, _ in script) + 2 * plan.total_ms
    every = set(range(BEGIN, last))
    some = data.draw(st.sets(st.integers(BEGIN, last), max_size=15))
    one, events = follow(plan, script, every)
    other, later = follow(plan, script, some)
    assert later == events
    assert other.tally.work == one.tally.work
    assert (other.skips, other.repeats, other.eases) == (one.skips, one.repeats, one.eases)
    assert (other.paused, other.ended, other.elapsed_ms) == (one.paused, one.ended, one.elapsed_ms)
    assert other.position(last) == one.position(last)


@given(data=st.data(), script=commands)
def test_events_come_in_the_order_of_their_instants_and_never_from_the_future(
    data: st.DataObject, script: list[tuple[int, str]], short_plans: Plans
) -> None:
    engine = Engine(data.draw(short_plans), BEGIN)
    events, now = [*engine.begin()], BEGIN
    for wait, name in script:
        now += wait
        new = COMMANDS[name](engine, now)
        assert all(event.at_ms <= now for event in new)
        events += new
    assert all(a.at_ms <= b.at_ms for a, b in pairwise(events))


@given(data=st.data())
def test_pauses_shift_everything_and_neither_drop_nor_repeat(
    data: st.DataObject, long_plans: Plans
) -> None:
    plan = data.draw(long_plans)
    instants = st.lists(st.integers(0, plan.total_ms - 1), min_size=1, max_size=5, unique=True)
    engine = Engine(plan, BEGIN)
    events, shift = [*engine.begin()], 0
    for instant in sorted(data.draw(instants, label="pauses, on the plan's own time")):
        length = data.draw(st.integers(0, 100_000), label="length")
        events += engine.pause(BEGIN + instant + shift, PauseReason.GAP)
        events += engine.advance_to(BEGIN + instant + shift + length // 2)
        shift += length
        events += engine.go_on(BEGIN + instant + shift)
    events += engine.advance_to(BEGIN + plan.total_ms + shift)
    assert list(without_pauses(events)) == list(at_its_own_instant(plan))
    assert engine.elapsed_ms == plan.total_ms + shift
    assert engine.tally.work == run(plan, [BEGIN + plan.total_ms])[0].tally.work


def without_pauses(events: list[Event]) -> Iterator[Event]:
    """Give each event the instant that it would have had without the pauses before it."""
    shift = paused_at = 0
    for event in events:
        if isinstance(event, Paused):
            assert event.reason is PauseReason.GAP
            paused_at = event.at_ms
        elif isinstance(event, Resumed):
            shift += event.at_ms - paused_at
        else:
            kind, values = type(event), dict(vars(event))
            yield kind(**{**values, "at_ms": event.at_ms - shift})


@given(data=st.data())
def test_nothing_happens_in_a_pause(data: st.DataObject, long_plans: Plans) -> None:
    plan = data.draw(long_plans)
    instant = BEGIN + data.draw(st.integers(0, plan.total_ms - 1))
    engine = Engine(plan, BEGIN)
    engine.pause(instant)
    before = engine.position(instant)
    work = engine.tally.work
    for later in (1, 10_000, 9_000_000):
        assert engine.advance_to(instant + later) == ()
        assert engine.pause(instant + later) == ()
        assert engine.position(instant + later) == before
    assert engine.tally.work == work
    assert engine.paused is PauseReason.USER
    assert engine.go_on(instant + 9_000_000) == (Resumed(instant + 9_000_000),)
    assert engine.position(instant + 9_000_000) == before
    assert engine.go_on(instant + 9_000_001) == ()


@given(data=st.data(), script=commands)
def test_after_the_end_nothing_happens(
    data: st.DataObject, script: list[tuple[int, str]], short_plans: Plans
) -> None:
    plan = data.draw(short_plans)
    instant = BEGIN + data.draw(st.integers(0, plan.total_ms + 5))
    reason = data.draw(st.sampled_from([EndReason.STOPPED, EndReason.ENDED_EARLY]))
    engine = Engine(plan, BEGIN)
    events = engine.end(instant, reason)
    finished = instant >= BEGIN + plan.total_ms
    assert engine.ended is (EndReason.FINISHED if finished else reason)
    assert isinstance(events[-1], SessionEnded)
    kept = (engine.tally.work, engine.elapsed_ms, engine.skips, engine.repeats, engine.eases)
    where, now = engine.position(instant), instant
    for wait, name in script:
        now += wait
        assert COMMANDS[name](engine, now) == ()
        assert engine.end(now, EndReason.STOPPED) == ()
        assert engine.position(now) == where
    assert kept == (
        *(engine.tally.work, engine.elapsed_ms, engine.skips, engine.repeats, engine.eases),
    )
    assert not engine.running
