"""Laws of plane geometry: containment, distance, length and position along a path."""

from math import cos, dist, hypot, isclose, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.leg.geometry import Path, Point, Polygon
from tests.leg.measures import clearance

SQUARE = Polygon((Point(0, 0), Point(4, 0), Point(4, 4), Point(0, 4)))
# A U, open upwards: the gap between its arms is outside.
HORSESHOE = Polygon(
    tuple(Point(x, y) for x, y in [(0, 0), (2, 0), (2, 6), (4, 6), (4, 0), (6, 0), (6, 8), (0, 8)])
)
coordinate = st.integers(-400, 400).map(lambda tenths: tenths / 10)
points = st.builds(Point, coordinate, coordinate)
fraction = st.floats(0, 1)
lines = st.lists(points, min_size=2, max_size=8).map(lambda found: Path(tuple(found)))


@st.composite
def convex(draw: st.DrawFn) -> tuple[Polygon, Point]:
    """Return a round shape of a few corners, and its middle."""
    middle, radius = draw(points), draw(st.floats(0.5, 30))
    corners, turned = draw(st.integers(3, 12)), draw(st.floats(0, 6))
    turns = [turned + 2 * pi * i / corners for i in range(corners)]
    shape = (Point(middle.x + radius * cos(t), middle.y + radius * sin(t)) for t in turns)
    return Polygon(tuple(shape)), middle


@given(convex(), fraction, st.floats(0, 0.99))
def test_every_point_between_the_middle_and_the_edge_is_inside(
    made: tuple[Polygon, Point], along: float, out: float
) -> None:
    shape, middle = made
    edge = Path((*shape.corners, shape.corners[0])).at(along)
    inner = Point(middle.x + out * (edge.x - middle.x), middle.y + out * (edge.y - middle.y))
    outer = Point(middle.x + 1.01 * (edge.x - middle.x), middle.y + 1.01 * (edge.y - middle.y))
    assert shape.contains(inner)
    assert shape.distance(inner) == 0
    assert not shape.contains(outer)
    assert 0 < shape.distance(outer) <= dist(outer, edge) + 1e-9


@pytest.mark.parametrize("point", [Point(3, 3), Point(3, -1), Point(-1, 3), Point(3, 9)])
def test_the_gap_of_a_horseshoe_is_outside(point: Point) -> None:
    assert not HORSESHOE.contains(point)


def test_the_distance_from_the_gap_of_a_horseshoe_is_that_to_the_nearest_arm() -> None:
    assert HORSESHOE.distance(Point(3, 3)) == 1
    assert HORSESHOE.contains(Point(1, 3))
    assert HORSESHOE.contains(Point(5, 3))
    assert HORSESHOE.contains(Point(3, 7))


@given(coordinate)
def test_a_shared_edge_belongs_to_exactly_one_of_two_shapes(x: float) -> None:
    below = Polygon(tuple(corner._replace(y=corner.y + 4) for corner in SQUARE.corners))
    shared = Point(x, 4)
    assert SQUARE.contains(shared) + below.contains(shared) == (0 <= x < 4)


@given(points)
def test_the_distance_to_a_square_follows_pythagoras(point: Point) -> None:
    x, y = max(-point.x, 0, point.x - 4), max(-point.y, 0, point.y - 4)
    assert isclose(SQUARE.distance(point), hypot(x, y), abs_tol=1e-9)


@given(points, points)
def test_a_distance_changes_no_faster_than_the_point_moves(a: Point, b: Point) -> None:
    moved = abs(HORSESHOE.distance(a) - HORSESHOE.distance(b))
    assert moved <= dist(a, b) + 1e-9


@given(st.lists(points, min_size=3, max_size=9))
def test_bounds_contain_every_corner_and_are_centred_on_the_centre(corners: list[Point]) -> None:
    shape = Polygon(tuple(corners))
    left, top, right, bottom = shape.bounds
    assert all(left <= x <= right and top <= y <= bottom for x, y in corners)
    assert shape.centre == Point((left + right) / 2, (top + bottom) / 2)


@given(lines)
def test_a_path_runs_from_its_first_point_to_its_last(path: Path) -> None:
    assert dist(path.at(0), path.points[0]) < 1e-6
    assert dist(path.at(1), path.points[-1]) < 1e-6
    assert path.at(-3) == path.at(0)
    assert path.at(7) == path.at(1)


@given(lines, fraction, fraction)
def test_a_path_is_travelled_evenly(path: Path, a: float, b: float) -> None:
    # The straight line is never longer than the way along the path: no jumps.
    assert dist(path.at(a), path.at(b)) <= abs(a - b) * path.length + 1e-6


@given(points, points, fraction, fraction)
def test_a_straight_path_goes_only_forward(a: Point, b: Point, one: float, two: float) -> None:
    path = Path((a, b))
    first, second = sorted((one, two))
    assert dist(a, path.at(first)) <= dist(a, path.at(second)) + 1e-9
    assert isclose(dist(a, path.at(second)), second * path.length, abs_tol=1e-9)


def test_half_of_a_bent_path_is_half_of_its_length() -> None:
    path = Path((Point(0, 0), Point(0, 3), Point(4, 3), Point(4, 8)))
    assert path.length == 12
    assert path.at(0.5) == Point(3, 3)
    assert path.at(0.25) == Point(0, 3)
    assert path.direction(0.1) == Point(0, 1)
    assert path.direction(0.5) == Point(1, 0)
    assert path.direction(1) == Point(0, 1)


@given(lines, fraction)
def test_the_direction_is_a_unit_vector_along_the_path(path: Path, along: float) -> None:
    if path.length == 0:
        return
    way = path.direction(along)
    assert isclose(hypot(*way), 1)
    step = 1e-4
    ahead, here = path.at(along + step), path.at(along)
    if along + step < 1 and path.direction(along + step) == way:
        moved = step * path.length
        assert dist(ahead, (here.x + way.x * moved, here.y + way.y * moved)) < 1e-3


@given(lines, lines)
def test_joined_paths_are_as_long_as_both_and_the_gap(a: Path, b: Path) -> None:
    way = dist(a.points[-1], b.points[0])
    joined = a.joined(b)
    assert isclose(joined.length, a.length + way + b.length, abs_tol=0.02)
    assert (joined.points[0], joined.points[-1]) == (a.points[0], b.points[-1])


def test_a_shared_end_point_is_kept_once() -> None:
    a, b = Path((Point(0, 0), Point(0, 5))), Path((Point(0, 5.005), Point(0, 9)))
    assert a.joined(b).points == (Point(0, 0), Point(0, 5), Point(0, 9))
    far = Path((Point(0, 5.02), Point(0, 9)))
    assert len(a.joined(far).points) == 4


short = st.lists(st.builds(Point, st.floats(-6, 10), st.floats(-6, 10)), min_size=2, max_size=4)


@given(short)
def test_a_path_has_no_clearance_exactly_if_it_enters_the_area(
    line: list[Point],
) -> None:
    path = Path(tuple(line))
    gap = clearance(path, SQUARE, 0.5)
    assert not (path.enters(SQUARE, 0.5) and gap > 0)
    assert gap <= min(SQUARE.distance(end) for end in (line[0], line[-1])) + 1e-6
    assert gap >= min(SQUARE.distance(point) for point in line) - path.length


def test_the_clearance_of_a_line_next_to_a_square_is_the_gap() -> None:
    beside = Path((Point(6.5, -10), Point(6.5, 10)))
    assert clearance(beside, SQUARE) == 2.5
    assert not beside.enters(SQUARE)
    through = Path((Point(-10, 2), Point(10, 2)))
    assert clearance(through, SQUARE) == 0
    assert through.enters(SQUARE)


def test_a_corner_of_a_millimetre_is_not_jumped_over() -> None:
    corner = Polygon((Point(5, 0), Point(5.15, 0), Point(5.15, 0.15), Point(5, 0.15)))
    path = Path((Point(0, 0.07), Point(37, 0.07)))
    assert path.enters(corner)
    assert clearance(path, corner) == 0
