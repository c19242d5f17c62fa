"""Each event's line is enough for closed eyes, kind, and no longer than requested."""

from collections.abc import Callable

import pytest

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import BUILT_IN, load_library
from itband_gui.routine.model import Routine, RoutineFile, Settle, Step
from itband_gui.routine.plan import PhaseKind, Plan, make_plan
from itband_gui.session.cues import Count, Cue, Talk, Tone
from itband_gui.session.engine import Engine
from itband_gui.session.events import EndReason, Event, PauseReason, PhaseStarted
from itband_gui.session.script import Script
from itband_gui.session.script_lines import ScriptScene, number, opening, pressure, where, zones
from tests.session.paces import EstimatedPace, RecordedPace, text_of

FRONT, BACK = (Zone.FRONT_EDGE,), (Zone.BACK_EDGE,)
RECORDED = RecordedPace()


@pytest.fixture
def plan(anatomy: Anatomy) -> Plan:
    """Two legs; each: settle 20 s, front edge 2 x 30 s with rests of 15 s, back edge 30 s."""
    heel = Technique.HEEL_OF_HAND
    steps = (
        Step(heel, FRONT, 30, 7, 2, pressure=(3, 4)),
        Step(heel, BACK, 30, 7, pressure=(2, 3)),
    )
    content = RoutineFile("X", Settle((Zone.BAND_UPPER,), 20, 5), steps)
    return make_plan(Routine("x", content), CheckIn({Leg.LEFT: 3, Leg.RIGHT: 3}), anatomy)


# That plan, in seconds: get ready 0, settle 20, set 40, rest 70, set 85, rest 115, set 130,
# switch 160, settle 180, set 200, rest 230, set 245, rest 275, set 290, finish 320.


class Session:
    """An engine and its script; holds the cues by the second."""

    def __init__(self, plan: Plan, talk: Talk = Talk.FULL, count: Count = Count.NONE) -> None:
        self.engine = Engine(plan, 0)
        self.script = Script(plan, talk, count, RECORDED)
        self.cues: list[Cue] = []
        self.take(self.engine.begin())

    def take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            cue = self.script.take(event)
            self.cues += filter(None, [cue])
            if cue is not None and cue.line is not None:
                self.script.said(cue.line, cue.line.phrases)

    def until(self, second: float) -> "Session":
        self.take(self.engine.advance_to(round(second * 1000)))
        return self

    def press(self, key: Callable[[Engine, int], tuple[Event, ...]], second: float) -> str:
        """Press a key and return what is said at that instant."""
        self.take(key(self.engine, round(second * 1000)))
        return self.at(second)

    def at(self, second: float) -> str:
        lines = [cue.line for cue in self.cues if cue.line and cue.at_ms == round(second * 1000)]
        return text_of(lines[-1].phrases) if lines else ""

    def tones(self, second: float) -> list[Tone | None]:
        return [cue.tone for cue in self.cues if cue.at_ms == round(second * 1000) and cue.tone]


def test_get_ready_says_which_leg_how_to_sit_where_with_what_and_when_to_stop(plan: Plan) -> None:
    session = Session(plan).until(20)
    assert session.at(0) == (
        "Left leg. Sit with the knee relaxed and the foot supported. Upper band. "
        "From a hand's width below the outer hip bone, a third of the way to the knee. "
        "Flat hand. The whole hand rests and glides. No pressure. "
        "Stop if it hurts more than five out of ten, or feels sharp or numb."
    )
    assert session.at(17) == "Ready. Hand on the leg."


def test_a_set_that_was_announced_is_opened_by_its_name_and_number_of_strokes(plan: Plan) -> None:
    session = Session(plan).until(90)
    assert session.at(85) == "Front of the outer thigh. Set two of two. five strokes."
    assert "Set one of two. five strokes." in session.at(40)


def test_a_rest_says_how_long_it_is_and_what_comes_next(plan: Plan) -> None:
    session = Session(plan).until(120)
    assert session.at(70).startswith("Rest. fifteen seconds.")
    assert session.at(70).endswith("Next: The same again. Press three to four out of ten.")
    assert "Next: Back of the outer thigh." in session.at(115)
    assert session.at(82) == "Ready. Hand on the leg."


def test_half_way_ten_seconds_and_the_switch_ahead_are_said(plan: Plan) -> None:
    session = Session(plan).until(165)
    assert (session.at(145), session.tones(145)[-1]) == ("Half-way.", Tone.HALF)
    assert session.at(150) == "Ten seconds. Then we switch legs."
    assert session.tones(150)[-1] is Tone.TEN
    assert session.at(160).startswith("Switch legs. Right leg.")


def test_the_turn_is_explained_once(plan: Plan) -> None:
    session = Session(plan).until(320)
    said = [text_of(cue.line.phrases) for cue in session.cues if cue.line]
    assert sum("At the first tone, glide down" in line for line in said) == 1
    assert sum(line == "Lift, and come back." for line in said) <= 1


def test_each_stroke_has_its_two_tones_at_its_own_instants(plan: Plan) -> None:
    session = Session(plan, Talk.TONES).until(320)
    for kind, instant in ((Tone.STROKE, "start_ms"), (Tone.TURN, "turn_ms")):
        heard = [cue.at_ms for cue in session.cues if cue.tone is kind]
        assert heard == [
            phase.start_ms + getattr(stroke, instant)
            for phase in plan.phases
            for stroke in phase.strokes
        ]
    starts = [cue.at_ms for cue in session.cues if cue.tone is Tone.STEP]
    assert starts == [phase.start_ms for phase in plan.phases[:-1]]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count.NONE, ["", "", ""]),
        (Count.LAST_THREE, ["Three more.", "Two more.", "Last one."]),
        (Count.ALL, ["three", "four", "Last one."]),
    ],
)
def test_strokes_are_counted_as_chosen(plan: Plan, count: Count, said: list[str]) -> None:
    for talk in (Talk.FULL, Talk.BRIEF):
        session = Session(plan, talk, count).until(114)
        assert [session.at(85 + second) for second in (12, 18, 24)] == said


def test_brief_talk_names_leg_zone_hand_and_strokes_and_the_limit_and_leaves_out_the_rest(
    plan: Plan,
) -> None:
    session = Session(plan, Talk.BRIEF).until(120)
    assert session.at(0) == (
        "Left leg. Upper band. Flat hand. "
        "Stop if it hurts more than five out of ten, or feels sharp or numb."
    )
    assert session.at(70) == "Rest. Next: The same again."
    assert session.at(115) == "Rest. Next: Back of the outer thigh. Heel of the hand."
    assert session.at(100) == ""


def test_space_is_answered_and_going_on_says_where_one_stands(plan: Plan) -> None:
    session = Session(plan).until(50)
    assert session.press(Engine.pause, 50) == "Paused. Press Space to continue."
    assert session.tones(50) == [Tone.PAUSE]
    said = session.press(Engine.go_on, 500)
    assert said.startswith("On we go. Front of the outer thigh. Heel of the hand.")
    assert session.until(535).at(450 + 70).startswith("Rest. fifteen seconds.")


def test_a_gap_says_what_happened(plan: Plan) -> None:
    session = Session(plan).until(50)
    said = session.press(lambda engine, now: engine.pause(now, PauseReason.GAP), 50)
    assert said == "Paused. The computer went to sleep. Press Space to continue."


def test_the_line_of_a_pause_is_cut_off_by_going_on(plan: Plan) -> None:
    session = Session(plan).until(50)
    session.press(Engine.pause, 50)
    session.press(Engine.go_on, 50.3)
    paused, resumed = (cue.line for cue in session.cues[-2:])
    assert paused is not None
    assert resumed is not None
    assert resumed.priority > paused.priority


def test_skipping_names_the_new_zone_whole_since_nothing_was_said_of_it(plan: Plan) -> None:
    session = Session(plan).until(86)
    said = session.press(Engine.skip, 90)
    assert said.startswith("Skipped. Back of the outer thigh. From a hand's width below")
    assert "Press two to three out of ten." in said


def test_again_is_answered(plan: Plan) -> None:
    session = Session(plan).until(135)
    said = session.press(Engine.again, 140)
    assert said.startswith("Once more from the start. Back of the outer thigh.")


def test_easier_says_how_and_that_the_key_leaves_the_zone_the_second_time(plan: Plan) -> None:
    session = Session(plan).until(45)
    assert session.press(Engine.easier, 50) == (
        "Lighter. Flat hand. No pressure. Press E again to leave this zone."
    )
    assert session.press(Engine.easier, 60).startswith(
        "On to the next zone. Back of the outer thigh."
    )


def test_what_was_made_easier_is_announced_so(plan: Plan) -> None:
    session = Session(plan).until(45)
    session.press(Engine.easier, 50)
    session.until(70)
    assert "Flat hand." in session.at(70) or "The same again. No pressure." in session.at(70)
    assert "Press" not in session.at(70)


def test_a_zone_that_had_enough_is_refused_in_words(anatomy: Anatomy) -> None:
    step = Step(Technique.HEEL_OF_HAND, FRONT, 60, 7, 2, pressure=(3, 4))
    content = RoutineFile("X", Settle((Zone.BAND_UPPER,), 20, 5), (step,))
    plan = make_plan(Routine("x", content), CheckIn({Leg.LEFT: 3}), anatomy)
    session = Session(plan).until(80)
    assert session.press(Engine.again, 90) == "That is enough firm work on this zone today."


@pytest.mark.parametrize("second", [0.5, 21, 40, 69.9, 99, 175])
def test_stop_cuts_off_everything_with_what_to_do(plan: Plan, second: float) -> None:
    session = Session(plan).until(second)
    said = session.press(lambda engine, now: engine.end(now, EndReason.STOPPED), second)
    assert said == (
        "Stopped. Take your hand away. Let the leg rest. "
        "If it stays sharp or numb, have it looked at. What to do next is on the screen."
    )
    assert session.tones(second)[-1] is Tone.STOP


def test_ending_early_is_a_fine_end(plan: Plan) -> None:
    session = Session(plan).until(99)
    said = session.press(lambda engine, now: engine.end(now, EndReason.ENDED_EARLY), 99)
    assert said.startswith("We end here. That is enough for today.")


def test_after_a_restart_going_on_says_where_it_stands(plan: Plan) -> None:
    before = Session(plan).until(50)
    engine = Engine.restored(plan, before.engine.snapshot(), 900_000)
    script = Script(plan, Talk.FULL, Count.NONE, RECORDED)
    script.stand_at(engine.position(900_000), 900_000)
    (resumed,) = engine.go_on(903_000)
    cue = script.take(resumed)
    assert cue is not None
    assert cue.line is not None
    assert text_of(cue.line.phrases).startswith("On we go. Left leg. Front of the outer")
    assert cue.line.phrases[-1] == "stop-if"
    cues = [script.take(event) for event in engine.advance_to(923_000)]
    assert [c.at_ms for c in cues if c and c.tone is Tone.STEP] == [923_000]


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("wpm", [110, 160, 220])
def test_closed_eyes_learn_all_of_a_set_before_half_of_it_is_over(
    anatomy: Anatomy, name: str, wpm: int
) -> None:
    routine = load_library(anatomy, None).get(name)
    assert routine is not None
    plan = make_plan(routine, CheckIn({Leg.LEFT: 3, Leg.RIGHT: 3}), anatomy)
    engine, script = Engine(plan, 0), Script(plan, Talk.FULL, Count.NONE, EstimatedPace(wpm))
    heard: list[str] = []
    for event in (*engine.begin(), *engine.advance_to(plan.total_ms)):
        cue = script.take(event)
        if cue and cue.line:
            script.said(cue.line, cue.line.phrases)
            heard += cue.line.phrases
        if not isinstance(event, PhaseStarted) or event.phase.work is None:
            continue
        work = event.phase.work
        needed = {*zones(work.zones), *pressure(work), f"technique-{work.technique}"}
        needed |= {*where(work.zones, work.path), *number(len(event.phase.strokes))}
        same_again = "same-again" in heard
        lacking = needed - set(heard)
        assert not lacking or (same_again and lacking.isdisjoint(zones(work.zones)))
        heard.clear()
    assert {phase.kind for phase in plan.phases} >= {PhaseKind.SET, PhaseKind.REST}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, ("0",)),
        (20, ("20",)),
        (45, ("40", "5")),
        (90, ("90",)),
        (100, ("100",)),
        (120, ("100-and", "20")),
        (199, ("100-and", "90", "9")),
        (200, ()),
    ],
)
def test_numbers_are_put_together(value: int, said: tuple[str, ...]) -> None:
    assert number(value) == said


def test_a_leg_that_goes_on_in_mid_rest_is_not_told_a_length_that_is_no_longer_true(
    plan: Plan,
) -> None:
    rest = plan.phases[3]
    assert rest.kind is PhaseKind.REST
    said = [p for part in opening(ScriptScene(rest, 3, 5_000)) for p in part.phrases]
    assert "seconds" not in said
