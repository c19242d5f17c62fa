"""The shapes of the SVG fit together, and a broken drawing is named by its element."""

from math import dist
from pathlib import Path as FilePath
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.drawing import DrawingError, leg_svg, load_anatomy, read_anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Leg, Place, Zone
from tests.leg.measures import clearance, mirrored

LEG = load_anatomy()
LEFT, TOP, WIDTH, HEIGHT = LEG.view_box
anywhere = st.builds(Point, st.floats(LEFT, LEFT + WIDTH), st.floats(TOP, TOP + HEIGHT))
SAMPLES = [i / 100 for i in range(101)]
OURS = ("outline", "band", "zone-", "place-", "keep-off-", "stroke-", "landmark-")


def test_every_word_has_its_shape(anatomy: Anatomy) -> None:
    assert set(anatomy.zones) == set(anatomy.strokes) == set(Zone)
    assert set(anatomy.places) == set(Place) - {Place.OTHER}
    assert len(anatomy.keep_off) >= 9


def test_every_zone_can_be_sore() -> None:
    assert {zone.value for zone in Zone} < {place.value for place in Place}


@pytest.mark.parametrize("zone", Zone)
def test_no_stroke_enters_a_keep_off_area(anatomy: Anatomy, zone: Zone) -> None:
    stroke = anatomy.strokes[zone]
    assert anatomy.keep_off_entered(stroke) is None
    assert min(clearance(stroke, area, 0.25) for area in anatomy.keep_off.values()) > 0


@pytest.mark.parametrize("zone", Zone)
def test_a_stroke_stays_inside_its_zone(anatomy: Anatomy, zone: Zone) -> None:
    # A stroke may begin and end on the edge of its zone, where the next one's begins.
    points = [anatomy.strokes[zone].at(along) for along in SAMPLES]
    assert max(anatomy.zones[zone].distance(point) for point in points) <= 0.01


@pytest.mark.parametrize("zone", Zone)
def test_a_stroke_runs_from_hip_to_knee(anatomy: Anatomy, zone: Zone) -> None:
    levels = [anatomy.strokes[zone].at(along).y for along in SAMPLES]
    assert levels == sorted(levels)
    assert levels[-1] - levels[0] > 4


@pytest.mark.parametrize("zone", Zone)
def test_a_zone_is_on_the_leg(anatomy: Anatomy, zone: Zone) -> None:
    assert all(anatomy.outline.contains(corner) for corner in anatomy.zones[zone].corners)


@pytest.mark.parametrize("zone", Zone)
def test_a_zone_touches_no_bone(anatomy: Anatomy, zone: Zone) -> None:
    edge = Path((*anatomy.zones[zone].corners, anatomy.zones[zone].corners[0]))
    assert anatomy.keep_off_entered(edge) is None


@pytest.mark.parametrize("name", LEG.keep_off)
def test_no_keep_off_area_hides_inside_a_zone(anatomy: Anatomy, name: str) -> None:
    corners = anatomy.keep_off[name].corners
    assert not any(zone.contains(c) for zone in anatomy.zones.values() for c in corners)


@pytest.mark.parametrize("name", LEG.keep_off)
def test_a_keep_off_area_can_be_seen_on_the_leg(anatomy: Anatomy, name: str) -> None:
    assert anatomy.outline.contains(anatomy.keep_off[name].centre)


@pytest.mark.parametrize("zone", Zone)
def test_zones_do_not_overlap(anatomy: Anatomy, zone: Zone) -> None:
    others = [anatomy.zones[other] for other in Zone if other is not zone]
    stroke = anatomy.strokes[zone]
    inner = [stroke.at(along) for along in SAMPLES[1:-1]]
    assert not any(other.contains(point) for other in others for point in inner)


def test_the_band_zones_follow_each_other_without_a_gap(anatomy: Anatomy) -> None:
    upper, middle, lower = (
        anatomy.strokes[z] for z in (Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER)
    )
    assert dist(upper.points[-1], middle.points[0]) < 0.01
    assert dist(middle.points[-1], lower.points[0]) < 0.01


@given(anywhere)
def test_the_place_at_a_point_is_the_one_drawn_there(point: Point) -> None:
    found = [place for place, shape in LEG.places.items() if shape.contains(point)]
    assert len(found) <= 1
    assert LEG.place_at(point) == (found[0] if found else None)


@given(st.sampled_from(list(LEG.places)), st.floats(0, 1), st.floats(0, 1))
def test_a_tap_on_a_place_finds_that_place_or_none(place: Place, x: float, y: float) -> None:
    left, top, right, bottom = LEG.places[place].bounds
    point = Point(left + x * (right - left), top + y * (bottom - top))
    if LEG.places[place].contains(point):
        assert LEG.place_at(point) is place


@pytest.mark.parametrize("place", LEG.places)
def test_the_middle_of_a_place_finds_that_place(place: Place) -> None:
    assert LEG.place_at(LEG.places[place].centre) is place


@pytest.mark.parametrize("zone", Zone)
def test_a_zone_is_within_the_place_of_the_same_name(zone: Zone) -> None:
    middle = LEG.strokes[zone].at(0.5)
    assert LEG.place_at(LEG.zones[zone].centre) == Place(zone.value)
    assert LEG.place_at(middle) == Place(zone.value)
    corners = LEG.zones[zone].corners
    assert max(LEG.places[Place(zone.value)].distance(corner) for corner in corners) < 0.6


@pytest.mark.parametrize("zone", Zone)
def test_the_stroke_of_the_left_leg_is_the_mirror_of_the_right(zone: Zone) -> None:
    stroke = LEG.strokes[zone]
    left = Path(tuple(mirrored(point) for point in stroke.points))
    assert left.length == pytest.approx(stroke.length)
    for along in SAMPLES[::10]:
        assert left.at(along) == pytest.approx(mirrored(stroke.at(along)))
        assert LEG.zones[zone].distance(mirrored(left.at(along))) <= 0.01


def test_each_leg_knows_the_other() -> None:
    assert (Leg.LEFT.other, Leg.RIGHT.other) == (Leg.RIGHT, Leg.LEFT)


def test_a_stroke_through_no_zone_is_refused(anatomy: Anatomy) -> None:
    with pytest.raises(ValueError, match="zone"):
        anatomy.stroke_through(())


def test_no_element_that_is_read_has_a_transform() -> None:
    """A transform would show an area in one place and guard another."""
    root = ET.parse(leg_svg()).getroot()  # noqa: S314 - our own drawing
    for element in root.iter():
        inside = [e.get("id") or "" for e in element.iter()]
        if element.get("transform"):
            assert not any(name.startswith(OURS) for name in inside), element.get("id")


def test_no_two_elements_have_one_id() -> None:
    root = ET.parse(leg_svg()).getroot()  # noqa: S314 - our own drawing
    ids = [e.get("id") for e in root.iter() if (e.get("id") or "").startswith(OURS)]
    assert len(ids) == len(set(ids))


def altered(folder: FilePath, element_id: str, **attributes: str | None) -> FilePath:
    """Write the drawing with one element's attributes changed; None removes one."""
    tree = ET.parse(leg_svg())  # noqa: S314 - our own drawing
    for element in tree.iter():
        if element.get("id") == element_id or (element_id == "viewBox" and element.get("viewBox")):
            for name, value in attributes.items():
                element.attrib.pop(name, None)
                if value is not None:
                    element.set(name, value)
    tree.write(folder / "leg.svg", encoding="utf-8")
    return folder / "leg.svg"


NEEDED = [
    *("outline", "band", *(f"zone-{z}" for z in Zone), *(f"stroke-{z}" for z in Zone)),
    *(f"place-{place}" for place in Place if place is not Place.OTHER),
]


@pytest.mark.parametrize("element_id", NEEDED)
def test_a_drawing_without_a_needed_element_is_refused_by_its_name(
    tmp_path: FilePath, element_id: str
) -> None:
    with pytest.raises(DrawingError) as refused:
        read_anatomy(altered(tmp_path, element_id, id=None))
    assert refused.value.args[0] == element_id


@pytest.mark.parametrize(
    ("element_id", "attributes"),
    [
        ("zone-gluteal", {"d": ""}),
        ("zone-gluteal", {"d": None}),
        ("zone-gluteal", {"d": "no path"}),
        ("stroke-gluteal", {"d": "M 1 1"}),
        ("stroke-gluteal", {"d": "M 0 0 L 1"}),
        ("stroke-gluteal", {"d": "M 0 0 Q 1 1 2 2"}),
        ("band", {"d": "M 0 0 A 1 1 0 0 1 2 2"}),
        ("keep-off-patella", {"r": None}),
        ("keep-off-patella", {"cx": "left"}),
        ("keep-off-patella", {"cy": "inf"}),
        ("viewBox", {"viewBox": None}),
        ("viewBox", {"viewBox": "0 0 100"}),
    ],
)
def test_a_drawing_with_a_broken_element_is_refused_by_its_name(
    tmp_path: FilePath, element_id: str, attributes: dict[str, str | None]
) -> None:
    with pytest.raises(DrawingError) as refused:
        read_anatomy(altered(tmp_path, element_id, **attributes))
    assert refused.value.args[0] == element_id


def test_an_unchanged_copy_reads_as_the_same_leg(tmp_path: FilePath) -> None:
    assert read_anatomy(altered(tmp_path, "none")) == LEG


def test_a_circle_is_as_wide_as_drawn(tmp_path: FilePath) -> None:
    leg = read_anatomy(altered(tmp_path, "keep-off-patella", cx="6", cy="39", r="2"))
    left, top, right, bottom = leg.keep_off["patella"].bounds
    assert (left, top, right, bottom) == pytest.approx((4, 37, 8, 41))


def test_a_curve_is_followed_closely(tmp_path: FilePath) -> None:
    """A quarter of a 10 cm circle as one cubic: never more than 0.05 cm off the circle."""
    d = "M 0 30 C 5.5228 30 10 25.5228 10 20"
    path = read_anatomy(altered(tmp_path, "stroke-front-edge", d=d)).strokes[Zone.FRONT_EDGE]
    assert all(abs(dist(path.at(along), (0, 20)) - 10) < 0.05 for along in SAMPLES)
    assert path.length == pytest.approx(15.708, abs=0.02)


def test_the_leg_is_parsed_once() -> None:
    assert load_anatomy() is load_anatomy()
