"""Limits on strokes: zones that join, custom paths, two minutes of firm work."""

import pytest

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import MUSCLE_ZONES, Zone
from itband_gui.routine.validation import RoutineFault, RoutineInvalidError, firm_seconds, parse

HEAD = """\
name = "Mine"
[settle]
zones = ["band-upper", "band-middle"]
seconds = 20
speed_cm_s = 5
"""
STEP = """\
[[steps]]
technique = "heel-of-hand"
zones = ["front-edge"]
pressure = [3, 4]
sets = 2
seconds = 30
speed_cm_s = 7
"""
SOUND = HEAD + STEP


def changed(old: str, new: str) -> str:
    """Return the sound file with the first `old` replaced."""
    assert old in SOUND
    return SOUND.replace(old, new, 1)


def in_step(new: str) -> str:
    """Return the sound file with the first step's zones replaced or added to."""
    return changed('zones = ["front-edge"]', new)


def lightly(text: str) -> str:
    """Return the file with a flat hand instead."""
    return text.replace("heel-of-hand", "light").replace("pressure = [3, 4]\n", "")


def refused(text: str, anatomy: Anatomy) -> RoutineInvalidError:
    with pytest.raises(RoutineInvalidError) as caught:
        parse(text, anatomy)
    return caught.value


@pytest.mark.parametrize("zone", Zone)
def test_knuckles_are_for_muscle_only(anatomy: Anatomy, zone: Zone) -> None:
    text = in_step(f'zones = ["{zone}"]').replace("heel-of-hand", "knuckles")
    if zone in MUSCLE_ZONES:
        parse(text, anatomy)
        return
    error = refused(text, anatomy)
    assert (error.fault, error.key, error.given) == (
        RoutineFault.NOT_ALLOWED,
        "steps[0].zones",
        zone,
    )
    assert "gluteal" in error.allowed
    assert "band" not in error.allowed


@pytest.mark.parametrize(
    "zones",
    [
        ["hip-pocket", "gluteal"],  # a straight line between them runs over the hip bone
        ["gluteal", "hip-pocket"],
        ["band-lower", "band-middle"],  # towards the hip
        ["band-upper", "band-lower"],  # over a zone that is not named
        ["band-middle", "band-lower", "band-upper"],
    ],
)
@pytest.mark.parametrize("firm", [True, False])
def test_one_stroke_runs_only_through_zones_that_follow_each_other(
    anatomy: Anatomy, zones: list[str], firm: bool
) -> None:
    text = in_step(f"zones = {zones}")
    if not firm:
        text = lightly(text)
    error = refused(text, anatomy)
    assert (error.fault, error.key) == (RoutineFault.NOT_ALLOWED, "steps[0].zones")
    assert error.allowed == "band-upper → band-middle → band-lower"
    settle = changed('["band-upper", "band-middle"]', str(zones))
    assert refused(settle, anatomy).key == "settle.zones"


def test_a_stroke_through_the_whole_band_is_allowed(anatomy: Anatomy) -> None:
    text = in_step('zones = ["band-upper", "band-middle", "band-lower"]')
    assert len(parse(text, anatomy).steps[0].zones) == 3


def test_a_set_too_short_for_one_stroke_is_refused(anatomy: Anatomy) -> None:
    """The front edge is 21 cm long: 21 s there at 1 cm/s and 2 s back."""
    slow = changed("speed_cm_s = 7", "speed_cm_s = 1")
    parse(slow, anatomy)
    error = refused(slow.replace("seconds = 30", "seconds = 20", 1), anatomy)
    assert (error.fault, error.key, error.given) == (
        *(RoutineFault.NOT_ALLOWED, "steps[0].seconds", "20"),
    )
    assert error.allowed == "24…120"


def test_a_custom_path_inside_its_zone_is_allowed(anatomy: Anatomy) -> None:
    content = parse(in_step('zones = ["front-edge"]\npath = [[5.3, 12], [5, 24]]'), anatomy)
    assert content.steps[0].path == ((5.3, 12), (5, 24))


@pytest.mark.parametrize(
    ("zone", "path", "area"),
    [
        ("band-upper", "[[0, -5], [0, 12]]", "greater-trochanter"),
        ("band-lower", "[[0.5, 25], [1, 40]]", "outer-knee-bone"),
        ("front-edge", "[[5, 20], [6.6, 39]]", "patella"),
        ("back-edge", "[[-5, 20], [-5, 40]]", "behind-knee"),
        ("hip-pocket", "[[6.4, -4], [9, -8.6]]", "front-hip-point"),
        ("gluteal", "[[-7, -3], [0, 0], [6, 0]]", "greater-trochanter"),
    ],
)
def test_a_firm_path_through_a_keep_off_area_is_refused_by_its_name(
    anatomy: Anatomy, zone: str, path: str, area: str
) -> None:
    error = refused(in_step(f'zones = ["{zone}"]\npath = {path}'), anatomy)
    assert (error.fault, error.key, error.given) == (RoutineFault.KEEP_OFF, "steps[0].path", area)


def test_a_path_outside_its_zone_says_where(anatomy: Anatomy) -> None:
    error = refused(in_step('zones = ["front-edge"]\npath = [[5.3, 12], [-5, 20]]'), anatomy)
    assert (error.fault, error.key) == (RoutineFault.OUTSIDE_ZONE, "steps[0].path")
    assert error.given.startswith("[")
    assert error.allowed == "front-edge"


@pytest.mark.parametrize(("beside_cm", "fits"), [(0.2, True), (0.5, False), (2.0, False)])
def test_a_path_may_leave_its_zone_by_a_few_millimetres_only(
    anatomy: Anatomy, beside_cm: float, fits: bool
) -> None:
    """The middle of the band: its left edge is at about -1.1 there."""
    zone = anatomy.zones[Zone.BAND_MIDDLE]
    edge = min(x for x, y in zone.corners if y < 17)
    path = [[edge - beside_cm, 17.0], [edge - beside_cm, 19.0]]
    text = in_step(f'zones = ["band-middle"]\npath = {path}')
    if fits:
        parse(text, anatomy)
    else:
        assert refused(text, anatomy).fault is RoutineFault.OUTSIDE_ZONE


@pytest.mark.parametrize(
    "path",
    [
        "[]",
        "[[5, 12]]",
        "[[5, 12], [5, 12]]",
        "[[5, 12], [5, 12.5]]",
        "[[5, 12], [5, nan]]",
        "[[5, 12], [5, inf]]",
        "[[1e308, 0], [-1e308, 0]]",
        "[[5, 12], [5, 900]]",
        "[[-20, -20], [20, 60]]",
        str([[5, 12 + i % 2] for i in range(51)]),
        str([[5, 12], [5, 28]] * 5),
    ],
)
@pytest.mark.parametrize("firm", [True, False])
def test_a_path_that_is_not_a_stroke_is_refused(anatomy: Anatomy, path: str, firm: bool) -> None:
    text = in_step(f'zones = ["front-edge"]\npath = {path}')
    if not firm:
        text = lightly(text)
    error = refused(text, anatomy)
    assert (error.fault, error.key) == (RoutineFault.NOT_ALLOWED, "steps[0].path")
    assert "1…60 cm" in error.allowed


@pytest.mark.parametrize(
    ("sets", "seconds", "fits"),
    [(2, 60, True), (4, 30, True), (3, 40, True), (2, 61, False), (4, 31, False), (3, 120, False)],
)
def test_firm_work_on_one_zone_stays_within_two_minutes(
    anatomy: Anatomy, sets: int, seconds: int, fits: bool
) -> None:
    text = changed("sets = 2\nseconds = 30", f"sets = {sets}\nseconds = {seconds}")
    if fits:
        assert firm_seconds(parse(text, anatomy).steps) == {Zone.FRONT_EDGE: 120}
        return
    error = refused(text, anatomy)
    assert (error.fault, error.key, error.allowed) == (RoutineFault.TOO_MUCH_FIRM, "steps", "120 s")
    assert error.given == f"front-edge: {sets * seconds} s"


def test_firm_work_is_summed_over_steps_and_light_work_is_not(anatomy: Anatomy) -> None:
    firm = '[[steps]]\ntechnique = "knuckles"\nzones = ["front-edge"]\npressure = [3, 4]\n'
    firm += "seconds = 61\nspeed_cm_s = 7\n"
    assert refused(SOUND + firm, anatomy).fault is RoutineFault.TOO_MUCH_FIRM
    light = lightly(firm.replace("knuckles", "heel-of-hand"))
    assert firm_seconds(parse(SOUND + 3 * light, anatomy).steps) == {Zone.FRONT_EDGE: 60}
