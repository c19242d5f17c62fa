"""Any routine file is either valid or refused with a named reason."""

import json

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Point
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.machine.assets import assets_dir
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.model import RANGES, Routine, RoutineFile, Step
from itband_gui.routine.plan import Plan, make_plan
from itband_gui.routine.validation import RoutineFault, RoutineInvalidError, parse

LEG = load_anatomy()
FILES = [f.read_text("utf-8") for f in sorted((assets_dir() / "routines").glob("*.toml"))]
KEYS = [field.name for kind in (RoutineFile, Step) for field in msgspec.structs.fields(kind)]
WORDS = [*KEYS, *Technique, *Zone, "one", "both", "own", ""]

numbers = st.integers(-2, 130) | st.floats() | st.sampled_from([0, 10**18, -(10**400)])
atoms = numbers | st.booleans() | st.sampled_from(WORDS) | st.text(max_size=8)
values = st.recursive(
    atoms,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=6,
)


def as_toml(value: object) -> str:
    """Write a value as inline TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (str, bool)) else repr(value)


def outcome(text: str) -> RoutineFile | RoutineInvalidError:
    """Read a text; anything raised but the one named error is a failure."""
    try:
        content = parse(text, LEG)
    except RoutineInvalidError as caught:
        error = caught
    else:
        can_be_done(content)
        return content
    assert isinstance(error.fault, RoutineFault)
    assert "\n" not in error.key + error.allowed
    assert len(error.key) < 100
    return error


def can_be_done(content: RoutineFile) -> None:
    """Make a plan, in which no firm stroke enters a keep-off area."""
    check_in = CheckIn({Leg.LEFT: 7, Leg.RIGHT: 2}, dose=Dose.MORE)
    plan = make_plan(Routine("own/x", content), check_in, LEG)
    for phase in plan.phases:
        if phase.work and phase.work.technique.firm:
            assert LEG.keep_off_entered(phase.work.path) is None


@given(data=st.data())
def test_a_sound_routine_written_as_toml_reads_back_the_same(
    data: st.DataObject, made: st.SearchStrategy[tuple[Routine, CheckIn, Plan]], anatomy: Anatomy
) -> None:
    routine, _, _ = data.draw(made)
    found = {k: v for k, v in msgspec.to_builtins(routine.content).items() if v is not None}
    found["steps"] = [{k: v for k, v in s.items() if v is not None} for s in found["steps"]]
    text = "\n".join(f"{key} = {as_toml(value)}" for key, value in found.items())
    assert parse(text, anatomy) == routine.content


@given(st.sampled_from(FILES), st.data())
def test_a_file_with_lines_lost_doubled_or_moved_is_read_or_refused(
    text: str, data: st.DataObject
) -> None:
    lines = text.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        i, j = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        change = data.draw(st.sampled_from(["lose", "double", "move"]))
        line = lines[i] if change == "double" else lines.pop(i)
        if change != "lose":
            lines.insert(j, line)
    outcome("\n".join(lines))


@given(st.sampled_from(FILES), st.data())
def test_a_file_with_one_value_changed_is_read_or_refused(text: str, data: st.DataObject) -> None:
    lines = text.splitlines()
    filled = [i for i, line in enumerate(lines) if "=" in line.partition("#")[0]]
    i = data.draw(st.sampled_from(filled))
    lines[i] = lines[i].partition("=")[0] + "= " + as_toml(data.draw(values))
    outcome("\n".join(lines))


@given(st.sampled_from(FILES), st.data())
def test_a_file_with_a_piece_written_over_is_read_or_refused(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(0, 30))
    outcome(text[:start] + data.draw(st.text(max_size=20)) + text[end:])


@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), values, max_size=8))
@example({"steps": [{"zones": [[]]}]})
@example({"": 1})
@example({"settle": {"": {}}})
def test_any_document_is_read_or_refused(document: dict[str, object]) -> None:
    outcome("\n".join(f"{json.dumps(key)} = {as_toml(value)}" for key, value in document.items()))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(outcome(text), RoutineInvalidError)


points = st.lists(st.tuples(st.floats(-22, 24), st.floats(-30, 95)), max_size=5)


@given(st.sampled_from(list(Zone)), points, st.booleans())
@example(Zone.GLUTEAL, [(1e308, 0.0), (-1e308, 0.0)], False)
@example(Zone.FRONT_EDGE, [(5.0, 12.0), (5.0, 12.0), (5.0, 20.0)], True)
@example(Zone.FRONT_EDGE, [(5.0, 12.0), (5.0, 20.0), (5.0, 20.0)], True)
def test_any_custom_path_stays_inside_its_zone_or_is_refused(
    zone: Zone, path: list[tuple[float, float]], is_firm: bool
) -> None:
    step: dict[str, object] = {"technique": "heel-of-hand" if is_firm else "light"}
    step |= {"zones": [zone.value], "seconds": 60, "speed_cm_s": 7, "path": path}
    step |= {"pressure": [1, 2]} if is_firm else {}
    settle = {"zones": ["gluteal"], "seconds": 30, "speed_cm_s": 3}
    content = outcome(f'name = "x"\nsettle = {as_toml(settle)}\nsteps = {as_toml([step])}')
    if isinstance(content, RoutineFile):
        assert len(path) > 1
        assert max(LEG.zones[zone].distance(Point(x, y)) for x, y in path) <= 0.31


def test_every_range_is_one_that_the_sources_allow() -> None:
    assert list(RANGES["pressure"]) == [1, 5]
    assert list(RANGES["speed_cm_s"]) == [1, 10]
    assert RANGES["sets"][1] * RANGES["seconds"][0] <= 120
    assert all(0 <= low < high <= 120 for low, high in RANGES.values())
