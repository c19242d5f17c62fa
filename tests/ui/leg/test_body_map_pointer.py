"""A point returns the place drawn there; a drag marks every place it crosses."""

from collections.abc import Callable
from itertools import pairwise
from math import ceil, hypot
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPolygonF
from PySide6.QtTest import QTest

from itband_gui.leg.names import Leg, Place
from itband_gui.ui.leg.body_map import BodyMap

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

ShowMap = Callable[..., BodyMap]
DRAWN: list[Place] = [place for place in Place if place is not Place.OTHER]
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
BORDER = 3  # px that a mark's outline, smoothed, reaches beyond its shape
SIZES = st.tuples(st.integers(60, 1600), st.integers(60, 1600))


def clicked(view: BodyMap, at: QPoint) -> Place | None:
    """Return what a click at a pixel marks; at 0, 0, QTest would click the centre."""
    assert not at.isNull()
    view.set_marked(frozenset())
    QTest.mouseClick(view, LEFT, pos=at)
    (place,) = view.marked or [None]
    return place


def corners(view: BodyMap, place: Place) -> list[QPointF]:
    """Return a place's corners as drawn."""
    shape = view.anatomy.places[place]
    return [QPointF(*view.scene.viewport.to_pixels(corner)) for corner in shape.corners]


def drawn_under(view: BodyMap, at: QPoint) -> set[Place]:
    """Return the places whose shapes, as Qt fills them, contain a pixel."""
    fill = Qt.FillRule.OddEvenFill
    return {p for p in DRAWN if QPolygonF(corners(view, p)).containsPoint(QPointF(at), fill)}


def near_edge(view: BodyMap, place: Place, at: QPoint) -> bool:
    """Return whether a pixel is within the border of a place's outline."""
    shape = corners(view, place)
    edges = zip(shape, shape[1:] + shape[:1], strict=True)
    return any(hypot(*_to_line(QPointF(at), a, b)) <= BORDER for a, b in edges)


def _to_line(point: QPointF, a: QPointF, b: QPointF) -> tuple[float, float]:
    """Return the vector from a point to the nearest point of a line."""
    way, to = b - a, point - a
    length = way.x() ** 2 + way.y() ** 2
    along = (to.x() * way.x() + to.y() * way.y()) / length if length else 0.0
    nearest = a + way * min(max(along, 0.0), 1.0)
    return point.x() - nearest.x(), point.y() - nearest.y()


@pytest.mark.parametrize("leg", Leg)
def test_a_point_returns_the_shape_drawn_there_at_any_size(show_map: ShowMap, leg: Leg) -> None:
    view = show_map(leg)

    @given(SIZES, st.sampled_from(DRAWN), st.data())
    def law(size: tuple[int, int], place: Place, data: "DataObject") -> None:
        view.resize(*size)
        edge = [corner.toPoint() for corner in corners(view, place)]
        within = view.rect().bottomRight()
        anywhere = st.builds(QPoint, st.integers(0, within.x()), st.integers(0, within.y()))
        moved = st.integers(-2, 2)
        beside = data.draw(st.builds(QPoint, moved, moved), label="beside the edge")
        for at in (
            middle(view, place),
            data.draw(st.sampled_from(edge)) + beside,
            data.draw(anywhere),
        ):
            if at.isNull() or not view.rect().contains(at):
                continue
            drawn = drawn_under(view, at)
            found = clicked(view, at)
            on_an_edge = {p for p in DRAWN if near_edge(view, p, at)}
            if on_an_edge:  # to the pixel, either side of an edge may have it
                assert found is None or found in drawn | on_an_edge
            else:
                assert drawn == ({found} if found else set())

    law()


@pytest.mark.parametrize("leg", Leg)
@pytest.mark.parametrize("size", [(150, 260), (400, 700), (900, 400)])
def test_what_a_click_marks_is_what_it_paints(
    show_map: ShowMap, leg: Leg, size: tuple[int, int]
) -> None:
    view = show_map(leg, size)
    move_away(view)
    plain = view.grab().toImage()
    painted: dict[Place, QImage] = {}
    for place in DRAWN:
        view.set_marked(frozenset({place}))
        painted[place] = view.grab().toImage()
    step = max(5, size[0] // 40)
    for x in range(step // 2, size[0], step):
        for y in range(step // 2, size[1], step):
            at = QPoint(x, y)
            found = clicked(view, at)
            changed = {p for p in DRAWN if painted[p].pixel(at) != plain.pixel(at)}
            assert found is None or found in changed
            assert {p for p in changed - {found} if not near_edge(view, p, at)} == set(), at


def test_a_point_beside_the_leg_returns_nothing(show_map: ShowMap) -> None:
    view = show_map()
    for at in (QPoint(1, 1), view.rect().topRight(), view.rect().bottomLeft()):
        assert clicked(view, at) is None


# Drags, through the window like a real pointer.


def press(view: BodyMap, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mousePress(view.windowHandle(), button, pos=at)


def move(view: BodyMap, at: QPoint) -> None:
    QTest.mouseMove(view.windowHandle(), at)
    QCoreApplication.processEvents()


def move_away(view: BodyMap) -> None:
    view.clearFocus()
    move(view, QPoint(3, 3))
    move(view, QPoint(2, 2))


def release(view: BodyMap, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseRelease(view.windowHandle(), button, pos=at)


def middle(view: BodyMap, place: Place) -> QPoint:
    return QPolygonF(corners(view, place)).boundingRect().center().toPoint()


def drag(view: BodyMap, *way: QPoint) -> None:
    press(view, way[0])
    for at in way[1:]:
        move(view, at)
    release(view, way[-1])


def crossed(view: BodyMap, start: QPoint, end: QPoint) -> set[Place]:
    """Return the places under a straight line, sampled twice per pixel."""
    way, scene = QPointF(end - start), view.scene
    steps = 2 * max(1, ceil(hypot(way.x(), way.y())))
    points = [QPointF(start) + way * (i / steps) for i in range(steps + 1)]
    legs = (view.anatomy.place_at(scene.viewport.to_leg(p.x(), p.y())) for p in points)
    return {place for place in legs if place is not None}


@pytest.mark.parametrize("leg", Leg)
def test_a_fast_drag_marks_everything_from_hip_to_knee(show_map: ShowMap, leg: Leg) -> None:
    view = show_map(leg)
    told: list[frozenset[Place]] = []
    view.marks_changed.connect(told.append)
    drag(view, middle(view, Place.BAND_UPPER), middle(view, Place.OUTER_KNEE))
    band = [Place.BAND_UPPER, Place.BAND_MIDDLE, Place.BAND_LOWER, Place.OUTER_KNEE]
    assert told == [set(band[:n]) for n in range(1, 5)], "each change is told once, in order"


def test_a_drag_that_begins_on_a_mark_unmarks(show_map: ShowMap) -> None:
    view = show_map()
    view.set_marked(frozenset({Place.BAND_UPPER, Place.BAND_LOWER, Place.GLUTEAL}))
    drag(view, middle(view, Place.BAND_UPPER), middle(view, Place.BAND_LOWER))
    assert view.marked == {Place.GLUTEAL}


def test_crossing_a_place_twice_changes_it_once(show_map: ShowMap) -> None:
    view = show_map()
    upper, lower = middle(view, Place.BAND_UPPER), middle(view, Place.BAND_LOWER)
    drag(view, upper, lower, upper, lower)
    assert view.marked == {Place.BAND_UPPER, Place.BAND_MIDDLE, Place.BAND_LOWER}


def test_any_drag_marks_what_it_crosses_and_nothing_else(show_map: ShowMap) -> None:
    view = show_map()
    coordinate = st.integers(-60, 760)  # out of the picture and back, too
    point = st.builds(QPoint, coordinate, coordinate).filter(lambda at: not at.isNull())
    points = st.lists(point, min_size=1, max_size=4)

    @given(st.sampled_from(DRAWN), points)
    def law(start: Place, way: list[QPoint]) -> None:
        view.set_marked(frozenset())
        whole = [middle(view, start), *way]
        drag(view, *whole)
        expected = set[Place]()
        for a, b in pairwise(whole):
            expected |= crossed(view, a, b)
        missed = expected - view.marked
        assert view.marked <= expected
        assert len(missed) <= 1, "at most a corner of less than a pixel"

    law()


def test_a_drag_from_beside_the_leg_marks_nothing(show_map: ShowMap) -> None:
    view = show_map()
    drag(view, QPoint(2, 2), middle(view, Place.BAND_MIDDLE))
    assert view.marked == frozenset()


def test_nothing_is_painted_after_the_button_is_up(show_map: ShowMap) -> None:
    view = show_map()
    drag(view, middle(view, Place.BAND_UPPER), middle(view, Place.BAND_MIDDLE))
    move(view, middle(view, Place.OUTER_KNEE))
    assert view.marked == {Place.BAND_UPPER, Place.BAND_MIDDLE}


def test_the_right_button_neither_paints_nor_ends_a_drag(show_map: ShowMap) -> None:
    view = show_map()
    upper, lower = middle(view, Place.BAND_UPPER), middle(view, Place.BAND_LOWER)
    press(view, upper, RIGHT)
    move(view, lower)
    release(view, lower, RIGHT)
    assert view.marked == frozenset()
    press(view, upper)
    press(view, upper, RIGHT)
    release(view, upper, RIGHT)
    move(view, lower)
    release(view, lower)
    assert view.marked == {Place.BAND_UPPER, Place.BAND_MIDDLE, Place.BAND_LOWER}


def test_a_finger_marks_and_paints(show_map: ShowMap) -> None:
    view = show_map()
    screen, window = QTest.createTouchDevice(), view.windowHandle()
    upper, lower = middle(view, Place.BAND_UPPER), middle(view, Place.BAND_LOWER)
    QTest.touchEvent(window, screen).press(0, upper, window).commit()
    QTest.touchEvent(window, screen).move(0, lower, window).commit()
    QTest.touchEvent(window, screen).release(0, lower, window).commit()
    assert view.marked == {Place.BAND_UPPER, Place.BAND_MIDDLE, Place.BAND_LOWER}
