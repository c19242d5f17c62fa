"""Every kind of wrong routine file is named by key, with what is allowed there."""

import pytest

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Technique, Zone
from itband_gui.routine.validation import RoutineFault, RoutineInvalidError, parse

SOUND = """\
name = "Mine"
summary = "A round of my own."
legs = "both"
get_ready_s = 20
switch_s = 20
[settle]
zones = ["band-upper", "band-middle"]
seconds = 20
speed_cm_s = 5
[[steps]]
technique = "heel-of-hand"
zones = ["front-edge"]
pressure = [3, 4]
sets = 2
seconds = 30
rest_s = 15
return_s = 2
speed_cm_s = 7
[[steps]]
technique = "light"
zones = ["back-edge"]
seconds = 30
speed_cm_s = 5
"""
KEYS = "name, settle, steps, legs, summary, get_ready_s, switch_s"


def changed(old: str, new: str) -> str:
    """Return the sound file with the first `old` replaced."""
    assert old in SOUND
    return SOUND.replace(old, new, 1)


def in_step(new: str) -> str:
    """Return the sound file with the first step's work replaced or added to."""
    return changed('zones = ["front-edge"]', new)


def refused(text: str, anatomy: Anatomy) -> RoutineInvalidError:
    with pytest.raises(RoutineInvalidError) as caught:
        parse(text, anatomy)
    return caught.value


def test_a_sound_file_is_read_whole(anatomy: Anatomy) -> None:
    content = parse(SOUND, anatomy)
    first, second = content.steps
    assert (content.name, content.legs, content.get_ready_s) == ("Mine", "both", 20)
    assert (first.technique, first.zones, first.pressure) == (
        Technique.HEEL_OF_HAND,
        (Zone.FRONT_EDGE,),
        (3, 4),
    )
    assert (first.sets, first.seconds, first.speed_cm_s, first.return_s) == (2, 30, 7, 2)
    assert (second.pressure, second.sets, second.rest_s) == (None, 1, 15)


STRUCTURE = [
    # text, fault, key, what the message must say is allowed
    (changed("legs =", "leg ="), RoutineFault.UNKNOWN_KEY, "leg", KEYS),
    (changed("rest_s = 15", "pause = 15"), RoutineFault.UNKNOWN_KEY, "steps[0].pause", "rest_s"),
    (
        changed("seconds = 20", "second = 20"),
        RoutineFault.UNKNOWN_KEY,
        "settle.second",
        "speed_cm_s",
    ),
    ('"a\\nb" = 1\n' + SOUND, RoutineFault.UNKNOWN_KEY, "'a\\nb'", KEYS),
    ('"a - at `$.settle`" = 1\n' + SOUND, RoutineFault.UNKNOWN_KEY, "a - at `$.settle`", KEYS),
    (changed('name = "Mine"\n', ""), RoutineFault.MISSING_KEY, "name", "1…60"),
    ('name = "Mine"', RoutineFault.MISSING_KEY, "settle", "speed_cm_s"),
    (SOUND.partition("[[steps]]")[0], RoutineFault.MISSING_KEY, "steps", "1…40"),
    (
        changed('technique = "heel-of-hand"\n', ""),
        RoutineFault.MISSING_KEY,
        "steps[0].technique",
        "light",
    ),
    (changed("speed_cm_s = 7\n", ""), RoutineFault.MISSING_KEY, "steps[0].speed_cm_s", "1…10"),
    (changed("seconds = 30\n", ""), RoutineFault.MISSING_KEY, "steps[0].seconds", "10…120"),
    (changed("pressure = [3, 4]\n", ""), RoutineFault.MISSING_KEY, "steps[0].pressure", "[1, 5]"),
    (changed('"Mine"', "7"), RoutineFault.NOT_ALLOWED, "name", "1…60"),
    (changed("[settle]", "[[settle]]"), RoutineFault.NOT_ALLOWED, "settle", "[settle]"),
    (changed('"both"', '"all"'), RoutineFault.NOT_ALLOWED, "legs", "one, both"),
    (
        changed("seconds = 30", 'seconds = "30"'),
        RoutineFault.NOT_ALLOWED,
        "steps[0].seconds",
        "10…120",
    ),
    (
        changed("seconds = 30", "seconds = true"),
        RoutineFault.NOT_ALLOWED,
        "steps[0].seconds",
        "10…120",
    ),
    (
        changed("seconds = 30", "seconds = 30.5"),
        RoutineFault.NOT_ALLOWED,
        "steps[0].seconds",
        "10…120",
    ),
    (
        changed("seconds = 30", "seconds = 2026-01-01"),
        RoutineFault.NOT_ALLOWED,
        "steps[0].seconds",
        "10…",
    ),
    (changed("[3, 4]", "3"), RoutineFault.NOT_ALLOWED, "steps[0].pressure", "[1, 5]"),
    (changed("[3, 4]", "[3]"), RoutineFault.NOT_ALLOWED, "steps[0].pressure", "[1, 5]"),
    (changed("[3, 4]", '[3, "4"]'), RoutineFault.NOT_ALLOWED, "steps[0].pressure[1]", "[1, 5]"),
    (
        changed('"heel-of-hand"', '"thumb"'),
        RoutineFault.NOT_ALLOWED,
        "steps[0].technique",
        "knuckles",
    ),
    (in_step('zones = ["shin"]'), RoutineFault.NOT_ALLOWED, "steps[0].zones[0]", "back-edge"),
    (in_step('zones = "front-edge"'), RoutineFault.NOT_ALLOWED, "steps[0].zones", "front-edge"),
    (in_step("zones = []"), RoutineFault.NOT_ALLOWED, "steps[0].zones", "front-edge"),
    (
        in_step('zones = ["front-edge", "front-edge"]'),
        RoutineFault.NOT_ALLOWED,
        "steps[0].zones",
        "front-edge",
    ),
    ("steps = []\n" + SOUND.partition("[[steps]]")[0], RoutineFault.NOT_ALLOWED, "steps", "1…40"),
    (
        "steps = [7]\n" + SOUND.partition("[[steps]]")[0],
        RoutineFault.NOT_ALLOWED,
        "steps[0]",
        "1…40",
    ),
]


@pytest.mark.parametrize(("text", "fault", "key", "allowed"), STRUCTURE)
def test_a_file_of_the_wrong_form_is_named_by_key(
    anatomy: Anatomy, text: str, fault: RoutineFault, key: str, allowed: str
) -> None:
    error = refused(text, anatomy)
    assert (error.fault, error.key) == (fault, key)
    assert allowed in error.allowed


NUMBERS = [
    ("get_ready_s = ", "20", 5, 120),
    ("switch_s = ", "20", 5, 120),
    ("sets = ", "2", 1, 4),
    ("rest_s = ", "15", 0, 120),
    ("return_s = ", "2", 1, 5),
    ("speed_cm_s = ", "7", 1, 10),
    ("seconds = ", "30", 10, 60),  # two sets; three of 40 s are the limit's test below
    ("seconds = ", "20", 10, 120),
]


@pytest.mark.parametrize(("name", "old", "low", "high"), NUMBERS)
def test_a_number_is_allowed_up_to_its_ends(
    anatomy: Anatomy, name: str, old: str, low: int, high: int
) -> None:
    for value in (low, high):
        parse(changed(name + old, f"{name}{value}"), anatomy)


@pytest.mark.parametrize(
    ("name", "old", "key", "allowed", "values"),
    [
        ("get_ready_s = ", "20", "get_ready_s", "5…120", (4, 121, 0, -1)),
        ("switch_s = ", "20", "switch_s", "5…120", (4, 121)),
        ("sets = ", "2", "steps[0].sets", "1…4", (0, 5, -1, 10**30)),
        ("rest_s = ", "15", "steps[0].rest_s", "0…120", (-1, 121)),
        ("return_s = ", "2", "steps[0].return_s", "1…5", (0.9, 5.1, "nan", "inf", "-inf")),
        ("speed_cm_s = ", "7", "steps[0].speed_cm_s", "1…10", (0, 0.9, 10.1, "nan", "inf", -7)),
        ("seconds = ", "30", "steps[0].seconds", "10…120", (0, 9, 121, "nan", "inf", -30)),
        ("seconds = ", "20", "settle.seconds", "10…120", (0, 9, 121, "inf")),
        ("speed_cm_s = ", "5", "settle.speed_cm_s", "1…10", (0, 11, "nan")),
    ],
)
def test_a_number_beyond_its_ends_is_named_with_its_range(
    anatomy: Anatomy, name: str, old: str, key: str, allowed: str, values: tuple[object, ...]
) -> None:
    for value in values:
        error = refused(changed(name + old, f"{name}{value}"), anatomy)
        assert (error.fault, error.key, error.allowed) == (RoutineFault.NOT_ALLOWED, key, allowed)
        assert error.given


@pytest.mark.parametrize("pressure", ["[0, 3]", "[3, 6]", "[4, 3]", "[6, 7]", "[-1, 5]"])
def test_no_pressure_above_five_exists(anatomy: Anatomy, pressure: str) -> None:
    error = refused(changed("[3, 4]", pressure), anatomy)
    assert (error.fault, error.key, error.allowed) == (
        *(RoutineFault.NOT_ALLOWED, "steps[0].pressure", "[1, 5]"),
    )
    assert error.given == pressure


def test_the_highest_pressure_is_five(anatomy: Anatomy) -> None:
    assert parse(changed("[3, 4]", "[1, 5]"), anatomy).steps[0].pressure == (1, 5)


def test_a_flat_hand_has_no_pressure(anatomy: Anatomy) -> None:
    error = refused(changed('"heel-of-hand"', '"light"'), anatomy)
    assert (error.fault, error.key) == (RoutineFault.UNKNOWN_KEY, "steps[0].pressure")
    assert "light" in error.allowed


@pytest.mark.parametrize(
    ("old", "key", "allowed", "new"),
    [
        ('"Mine"', "name", "1…60", '""'),
        ('"Mine"', "name", "1…60", '"  "'),
        ('"Mine"', "name", "1…60", f'"{"n" * 61}"'),
        ('"Mine"', "name", "1…60", '"a\\nb"'),
        ('"Mine"', "name", "1…60", '"a\\u0007b"'),
        ('"Mine"', "name", "1…60", '"a\\u202eb"'),  # turns the writing round
        ('"A round of my own."', "summary", "0…240", f'"{"s" * 241}"'),
        ('"A round of my own."', "summary", "0…240", '"a\\tb"'),
    ],
)
def test_a_text_too_long_or_not_printable_is_refused(
    anatomy: Anatomy, old: str, key: str, allowed: str, new: str
) -> None:
    error = refused(changed(old, new), anatomy)
    assert (error.fault, error.key, error.allowed) == (RoutineFault.NOT_ALLOWED, key, allowed)
    assert error.given.isprintable()
    assert len(error.given) <= 40


def test_forty_steps_are_allowed_and_one_more_is_not(anatomy: Anatomy) -> None:
    head, _, last = SOUND.rpartition("[[steps]]")
    head = head.partition("[[steps]]")[0]
    step = "[[steps]]" + last
    assert len(parse(head + 40 * step, anatomy).steps) == 40
    error = refused(head + 41 * step, anatomy)
    assert (error.fault, error.key, error.given) == (RoutineFault.NOT_ALLOWED, "steps", "41")


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        "not toml at all",
        'name = "a"\nname = "b"',
        "name = " + "[" * 5000 + "]" * 5000,
        "get_ready_s = " + "9" * 5000,
        '{"name": "json"}',
        "\x00",
    ],
)
def test_invalid_toml_is_reported_in_one_line(anatomy: Anatomy, text: str) -> None:
    error = refused(text, anatomy)
    assert (error.fault, error.key) == (RoutineFault.NOT_TOML, "")
    assert error.given
    assert "\n" not in error.given


def test_a_key_nested_thousands_deep_is_refused_by_name(anatomy: Anatomy) -> None:
    error = refused("name" + ".a" * 3000 + " = 1", anatomy)
    assert (error.fault, error.key) == (RoutineFault.NOT_ALLOWED, "name")


def test_a_key_as_long_as_the_file_is_shortened(anatomy: Anatomy) -> None:
    error = refused("k" * 60_000 + " = 1\n" + SOUND, anatomy)
    assert error.fault is RoutineFault.UNKNOWN_KEY
    assert len(error.key) <= 40


def test_the_error_keeps_its_data_as_arguments() -> None:
    error = RoutineInvalidError(RoutineFault.KEEP_OFF, "steps[0].path", "patella", "x")
    assert error.args == (error.fault, error.key, error.given, error.allowed)
