"""The drawing agrees with the body: the values of the landmark page, measured on the SVG."""

from math import dist, hypot

import pytest

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import BAND_ZONES, Zone

CM_A_T = 41  # t = 0 at the trochanter's tip, t = 1 at the lateral joint line
MAIN_STROKE = (Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER)
# Places that are never pressed and from which every stroke keeps three finger-widths.
BONY_POINTS = ("trochanter", "lateral-epicondyle", "fibular-head", "gerdys-tubercle")


def t(point: Point, anatomy: Anatomy) -> float:
    return (point.y - anatomy.landmarks["trochanter"].y) / CM_A_T


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("trochanter", 0.0),
        ("iliac-crest", -0.22),
        ("upper-patella", 0.87),
        ("lateral-epicondyle", 0.94),
        ("joint-line", 1.0),
        ("gerdys-tubercle", 1.05),
        ("fibular-head", 1.05),
    ],
)
def test_a_landmark_is_where_the_sources_put_it(anatomy: Anatomy, name: str, at: float) -> None:
    assert abs(t(anatomy.landmarks[name], anatomy) - at) <= 0.02


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("trochanter", (0.0, 0.0)),
        ("lateral-epicondyle", (1.0, 38.5)),
        ("fibular-head", (-3.2, 43.05)),
        ("gerdys-tubercle", (2.3, 43.2)),
    ],
)
def test_a_bony_point_is_where_the_landmark_page_puts_it(
    anatomy: Anatomy, name: str, at: tuple[float, float]
) -> None:
    assert dist(anatomy.landmarks[name], at) <= 0.8


def test_the_belly_of_the_hip_pocket_muscle_ends_where_it_should(anatomy: Anatomy) -> None:
    assert 0.17 <= t(anatomy.landmarks["tfl-belly-end"], anatomy) <= 0.26


def test_the_front_is_to_the_right_and_the_fibula_behind(anatomy: Anatomy) -> None:
    marks = anatomy.landmarks
    assert marks["upper-patella"].x > marks["gerdys-tubercle"].x > 0 > marks["fibular-head"].x
    assert 2.0 <= dist(marks["gerdys-tubercle"], marks["fibular-head"]) <= 6


def across_band(anatomy: Anatomy, y: float) -> tuple[float, float]:
    """Return where the band's two edges cross the level y."""
    xs = [i / 100 for i in range(-500, 501)]
    inside = [x for x in xs if anatomy.band.contains(Point(x, y))]
    return inside[0], inside[-1]


def band_width(anatomy: Anatomy, y: float) -> float:
    """Return the band's width in centimetres, perpendicular to its direction at the level y."""
    above, here, below = (sum(across_band(anatomy, at)) / 2 for at in (y - 1, y, y + 1))
    way = Point((below - above) / hypot(below - above, 2), 2 / hypot(below - above, 2))
    offsets = [i / 200 for i in range(-600, 601)]
    inside = [o for o in offsets if anatomy.band.contains(Point(here + o * way.y, y - o * way.x))]
    return inside[-1] - inside[0]


def test_the_band_at_the_upper_kneecap_is_as_narrow_as_measured(anatomy: Anatomy) -> None:
    assert 2.2 <= band_width(anatomy, 35.67) <= 2.5


def test_the_band_runs_from_above_the_hip_bone_to_gerdys_tubercle(anatomy: Anatomy) -> None:
    _, top, _, bottom = anatomy.band.bounds
    assert top <= anatomy.landmarks["trochanter"].y
    assert bottom >= anatomy.landmarks["joint-line"].y
    assert anatomy.band.distance(anatomy.landmarks["gerdys-tubercle"]) <= 0.5


@pytest.mark.parametrize("zone", BAND_ZONES)
def test_a_stroke_along_the_band_stays_on_it(anatomy: Anatomy, zone: Zone) -> None:
    stroke = anatomy.strokes[zone]
    assert all(anatomy.band.contains(stroke.at(i / 100)) for i in range(101))


def test_the_main_stroke_is_the_working_line(anatomy: Anatomy) -> None:
    stroke = anatomy.stroke_through(MAIN_STROKE)
    assert 24 <= stroke.length <= 26
    assert abs(t(stroke.at(0), anatomy) - 0.20) <= 0.01
    assert abs(t(stroke.at(1), anatomy) - 0.80) <= 0.01
    for i, point in enumerate([(0.4, 8.2), (0.2, 16), (0.1, 25), (0.2, 32.8)]):
        nearest = min(dist(point, stroke.at(step / 500)) for step in range(501))
        assert nearest <= 0.5, i


@pytest.mark.parametrize("zone", BAND_ZONES)
def test_a_zone_of_the_band_is_within_the_working_length(anatomy: Anatomy, zone: Zone) -> None:
    _, top, _, bottom = anatomy.zones[zone].bounds
    slack = 0.02  # as for the landmarks
    assert t(Point(0, top), anatomy) >= 0.20 - slack
    assert t(Point(0, bottom), anatomy) <= 0.80 + slack


@pytest.mark.parametrize("zone", [Zone.FRONT_EDGE, Zone.BACK_EDGE])
def test_a_stroke_next_to_the_band_is_within_the_working_length(
    anatomy: Anatomy, zone: Zone
) -> None:
    assert t(anatomy.strokes[zone].at(0), anatomy) >= 0.20
    assert t(anatomy.strokes[zone].at(1), anatomy) <= 0.80


def test_the_back_edge_is_the_upper_two_thirds_only(anatomy: Anatomy) -> None:
    """Below, the nerve comes out behind the tendon: 6.25 cm above the fibular head."""
    _, _, _, bottom = anatomy.zones[Zone.BACK_EDGE].bounds
    assert bottom <= anatomy.landmarks["fibular-head"].y - 7
    assert t(Point(0, bottom), anatomy) <= 0.75


def test_the_gluteal_zone_is_the_upper_outer_quarter(anatomy: Anatomy) -> None:
    """The lower inner part is over the sciatic nerve."""
    left, top, right, bottom = anatomy.zones[Zone.GLUTEAL].bounds
    trochanter, crest = anatomy.landmarks["trochanter"], anatomy.landmarks["iliac-crest"]
    assert crest.y < top < bottom < trochanter.y + 2
    assert left < right < trochanter.x


@pytest.mark.parametrize("zone", Zone)
@pytest.mark.parametrize("name", BONY_POINTS)
def test_every_stroke_keeps_three_fingers_from_a_bony_point(
    anatomy: Anatomy, zone: Zone, name: str
) -> None:
    point, stroke = anatomy.landmarks[name], anatomy.strokes[zone]
    assert nearest(stroke, point) >= 5


def nearest(path: Path, point: Point) -> float:
    return min(dist(path.at(i / 400), point) for i in range(401))


# Centre and least radius of each hatched area (leg landmarks and the "do not press" list).
HATCHED = [
    ("greater-trochanter", (0.0, 0.0), 2.4),
    ("outer-knee-bone", (1.0, 38.5), 2.2),
    ("fibular-head", (-3.2, 43.8), 1.8),
    ("gerdys-tubercle", (2.3, 43.2), 1.3),
    ("patella", (6.6, 38.4), 1.8),  # its upper edge at t 0.87, its tip at the joint line
]


@pytest.mark.parametrize(("name", "at", "radius"), HATCHED)
def test_a_bone_is_hatched_as_wide_as_the_landmark_page_says(
    anatomy: Anatomy, name: str, at: tuple[float, float], radius: float
) -> None:
    area = anatomy.keep_off[name]
    assert area.contains(Point(*at))
    edge = Path((*area.corners, area.corners[0]))
    assert min(dist(edge.at(i / 200), at) for i in range(200)) >= radius


@pytest.mark.parametrize("name", ["front-hip-point", "groin", "behind-knee", "joint-line"])
def test_a_soft_or_long_danger_is_hatched_too(anatomy: Anatomy, name: str) -> None:
    assert name in anatomy.keep_off


@pytest.mark.parametrize(
    ("landmark", "area"),
    [
        ("trochanter", "greater-trochanter"),
        ("lateral-epicondyle", "outer-knee-bone"),
        ("fibular-head", "fibular-head"),
        ("gerdys-tubercle", "gerdys-tubercle"),
        ("joint-line", "joint-line"),
    ],
)
def test_a_landmark_never_to_be_pressed_is_under_its_hatching(
    anatomy: Anatomy, landmark: str, area: str
) -> None:
    assert anatomy.keep_off[area].contains(anatomy.landmarks[landmark])


def test_the_nerve_at_the_neck_of_the_fibula_is_hatched(anatomy: Anatomy) -> None:
    """About 2 cm below the tip of the head, t = 1.10."""
    tip = anatomy.landmarks["fibular-head"]
    nerve = Point(tip.x, tip.y + 2.07)
    assert anatomy.keep_off["fibular-head"].distance(nerve) <= 0.7
