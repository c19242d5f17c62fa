"""The leg, the place and when to stop are said with any voice, however late."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.cues.sound_settings import Rate, VoiceSource
from itband_gui.cues.voice import Voice
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.model import Routine, RoutineFile, Settle, Step
from itband_gui.routine.plan import PhaseKind, Plan, make_plan
from itband_gui.session.cues import Talk
from itband_gui.session.script_lines import zones
from tests.cues.told_voices import ToldSession, ToldTime, recorded, spoken

pytestmark = pytest.mark.usefixtures("qapp")
Chain = Callable[[ToldTime, int, Rate, float], Mapping[VoiceSource, Voice]]


def _system_alone(
    time: ToldTime, ms: int, rate: Rate, factor: float
) -> Mapping[VoiceSource, Voice]:
    """The desktop's speech, of speech-dispatcher or of an engine, and no recordings."""
    return {VoiceSource.SYSTEM: spoken(time, ms, rate, factor)}


def _system_first(
    time: ToldTime, ms: int, rate: Rate, factor: float
) -> Mapping[VoiceSource, Voice]:
    return {**_system_alone(time, ms, rate, factor), VoiceSource.RECORDED: recorded(time)}


def _recordings(
    time: ToldTime, ms: int, _rate: Rate, _factor: float
) -> Mapping[VoiceSource, Voice]:
    return {VoiceSource.RECORDED: recorded(time, ms)}


def _recordings_in_need(
    time: ToldTime, ms: int, rate: Rate, factor: float
) -> Mapping[VoiceSource, Voice]:
    """The desktop's speech fails at the time when it should be ready."""
    system = spoken(time, 60_000, rate, factor)
    time.after(ms, system.fail)
    return {VoiceSource.SYSTEM: system, VoiceSource.RECORDED: recorded(time)}


CHAINS: dict[str, Chain] = {
    "system alone": _system_alone,
    "system first": _system_first,
    "recordings": _recordings,
    "recordings in need": _recordings_in_need,
}


def _plans() -> dict[str, Plan]:
    anatomy, answers = load_anatomy(), CheckIn({Leg.LEFT: 3, Leg.RIGHT: 4})
    return {
        routine.id: make_plan(routine, answers, anatomy)
        for routine in load_library(anatomy, None).routines
    }


def _short(get_ready_s: int, seconds: int) -> Plan:
    """Return a plan of one's own, as short as the format allows or a little longer."""
    step = Step(Technique.HEEL_OF_HAND, (Zone.FRONT_EDGE,), seconds, 10, 2, pressure=(3, 4))
    settle = Settle((Zone.FRONT_EDGE,), 10, 10)
    content = RoutineFile("X", settle, (step,), get_ready_s=get_ready_s)
    return make_plan(Routine("x", content), CheckIn({Leg.LEFT: 3}), load_anatomy())


PLANS = _plans()
RATES, TALKS = st.sampled_from(Rate), st.sampled_from([Talk.FULL, Talk.BRIEF])
WARM_UPS = st.integers(0, 5_000)
FACTORS = st.floats(0.7, 1.05)  # how true the pace is before anything was learnt


def needed(plan: Plan) -> set[str]:
    """Return what has to be said of the first leg before it is worked on."""
    first = plan.next_work(0)
    assert first is not None
    assert first.work is not None
    return {f"{first.leg}-leg", *zones(first.work.zones), "stop-if"}


def end_ms(plan: Plan, kind: PhaseKind) -> int:
    """Return when the first phase of a kind is over."""
    return next(p.start_ms + p.length_ms for p in plan.phases if p.kind is kind)


@pytest.mark.parametrize("warm_up_ms", [0, 2_300, 5_000])
@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("name", PLANS)
def test_all_of_it_is_said_while_one_gets_ready(name: str, chain: str, warm_up_ms: int) -> None:
    plan = PLANS[name]
    for rate in Rate:
        time = ToldTime()
        session = ToldSession(plan, time, CHAINS[chain](time, warm_up_ms, rate, 1.0))
        session.until(end_ms(plan, PhaseKind.GET_READY))
        assert needed(plan) <= session.heard, rate


@given(
    name=st.sampled_from(list(PLANS)),
    chain=st.sampled_from(list(CHAINS)),
    warm_up_ms=WARM_UPS,
    rate=RATES,
    factor=FACTORS,
    talk=TALKS,
)
def test_it_is_said_whatever_the_voice_and_however_late(
    name: str, chain: str, warm_up_ms: int, rate: Rate, factor: float, talk: Talk
) -> None:
    plan, time = PLANS[name], ToldTime()
    session = ToldSession(plan, time, CHAINS[chain](time, warm_up_ms, rate, factor), talk)
    session.until(end_ms(plan, PhaseKind.GET_READY))
    assert needed(plan) <= session.heard


@given(name=st.sampled_from(list(PLANS)), warm_up_ms=WARM_UPS, factor=st.floats(1.05, 1.8))
def test_a_voice_that_is_much_slower_than_was_thought_says_it_before_the_first_firm_stroke(
    name: str, warm_up_ms: int, factor: float
) -> None:
    plan, time = PLANS[name], ToldTime()
    session = ToldSession(plan, time, _system_first(time, warm_up_ms, Rate.NORMAL, factor))
    session.until(end_ms(plan, PhaseKind.SETTLE))
    assert needed(plan) <= session.heard


@given(
    chain=st.sampled_from(list(CHAINS)),
    warm_up_ms=WARM_UPS,
    rate=RATES,
    get_ready_s=st.integers(5, 30),
    seconds=st.integers(10, 40),
)
def test_a_short_routine_of_one_s_own_says_it_as_soon_as_there_is_room(
    chain: str, warm_up_ms: int, rate: Rate, get_ready_s: int, seconds: int
) -> None:
    plan, time = _short(get_ready_s, seconds), ToldTime()
    session = ToldSession(plan, time, CHAINS[chain](time, warm_up_ms, rate, 1.0))
    session.until(plan.total_ms)
    assert needed(plan) <= session.heard


@given(
    name=st.sampled_from(list(PLANS)),
    skipped_ms=st.lists(st.integers(0, 9_000), min_size=1, max_size=3),
    warm_up_ms=WARM_UPS,
    rate=RATES,
)
def test_it_is_said_to_someone_who_skips_on_early(
    name: str, skipped_ms: list[int], warm_up_ms: int, rate: Rate
) -> None:
    plan, time = PLANS[name], ToldTime()
    session = ToldSession(plan, time, _system_first(time, warm_up_ms, rate, 1.0))
    for wait_ms in skipped_ms:
        session.until(time.now_ms + wait_ms)
        session.skip()
    session.until(time.now_ms + 40_000)
    assert {f"{plan.phases[0].leg}-leg", "stop-if"} <= session.heard


@given(
    name=st.sampled_from(list(PLANS)),
    dies_ms=st.integers(0, 20_000),
    warm_up_ms=WARM_UPS,
    rate=RATES,
)
def test_it_is_said_though_the_voice_dies_in_the_middle_of_it(
    name: str, dies_ms: int, warm_up_ms: int, rate: Rate
) -> None:
    plan, time = PLANS[name], ToldTime()
    system = spoken(time, warm_up_ms, rate)
    time.after(dies_ms, system.fail)
    session = ToldSession(
        plan, time, {VoiceSource.SYSTEM: system, VoiceSource.RECORDED: recorded(time)}
    )
    session.until(end_ms(plan, PhaseKind.SETTLE))
    assert needed(plan) <= session.heard
