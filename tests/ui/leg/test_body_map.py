"""The body map: clicks, keys, outlines and announcements."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.leg.body_map import BodyMap

if TYPE_CHECKING:
    from tests.ui.conftest import User

ShowMap = Callable[..., BodyMap]
SIZES = [(120, 200), (400, 700), (900, 300)]
DRAWN: list[Place] = [place for place in Place if place is not Place.OTHER]
LEFT = Qt.MouseButton.LeftButton
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def click(view: BodyMap, place: Place) -> None:
    QTest.mouseClick(view, LEFT, pos=drawn_at(view, place))


def move(view: BodyMap, at: QPoint) -> None:
    """Move the pointer; through the window, where it arrives at once."""
    for step in (at + QPoint(1, 1), at):  # a pointer that stands there already moves nothing
        QTest.mouseMove(view.windowHandle(), step)
    QCoreApplication.processEvents()


def drawn_at(view: BodyMap, place: Place) -> QPoint:
    """Return a pixel inside a drawn place."""
    shape = view.anatomy.places[place]
    x, y = view.scene.viewport.to_pixels(shape.centre)
    return QPoint(round(x), round(y))


def outlined(view: BodyMap) -> Place:
    """Return the keyboard's place."""
    place = view.scene.pointed
    assert place is not None
    return place


@pytest.mark.parametrize("leg", Leg)
@pytest.mark.parametrize("size", SIZES)
def test_a_click_marks_the_place_that_is_drawn_there(
    show_map: ShowMap, leg: Leg, size: tuple[int, int]
) -> None:
    view = show_map(leg, size)
    for place in DRAWN:
        before = view.grab().toImage()
        click(view, place)
        assert view.marked == {place}
        at = drawn_at(view, place)
        assert view.grab().toImage().pixel(at) != before.pixel(at), "the mark is drawn there"
        click(view, place)
        assert view.marked == frozenset()


def test_the_front_of_one_leg_is_drawn_where_the_other_mirrors_it(
    show_map: ShowMap,
) -> None:
    left, right = show_map(Leg.LEFT), show_map(Leg.RIGHT)
    at = drawn_at(right, Place.FRONT_EDGE)
    QTest.mouseClick(right, LEFT, pos=at)
    QTest.mouseClick(left, LEFT, pos=QPoint(right.width() - at.x(), at.y()))
    assert right.marked == left.marked == {Place.FRONT_EDGE}
    QTest.mouseClick(left, LEFT, pos=at)
    assert Place.FRONT_EDGE in left.marked, "the front is elsewhere, and was not unmarked"


def test_clicks_beside_the_leg_and_with_the_other_button_mark_nothing(show_map: ShowMap) -> None:
    view = show_map()
    QTest.mouseClick(view, LEFT, pos=QPoint(2, 2))
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=drawn_at(view, Place.OUTER_KNEE))
    assert view.marked == frozenset()


def test_two_quick_clicks_mark_and_unmark(show_map: ShowMap) -> None:
    view = show_map()
    told: list[frozenset[Place]] = []
    view.marks_changed.connect(told.append)
    QTest.mouseDClick(view.windowHandle(), LEFT, pos=drawn_at(view, Place.OUTER_KNEE))
    assert told == [{Place.OUTER_KNEE}, frozenset()]


def test_marks_are_told_once_a_change(show_map: ShowMap) -> None:
    view = show_map()
    told: list[frozenset[Place]] = []
    view.marks_changed.connect(told.append)
    click(view, Place.OUTER_KNEE)
    view.set_marked(frozenset({Place.OUTER_KNEE}))
    click(view, Place.GLUTEAL)
    assert told == [{Place.OUTER_KNEE}, {Place.OUTER_KNEE, Place.GLUTEAL}]


@pytest.mark.parametrize("leg", Leg)
@pytest.mark.parametrize("start", DRAWN)
def test_an_arrow_key_goes_where_it_points_on_the_screen_or_stays(
    show_map: ShowMap, leg: Leg, start: Place
) -> None:
    view = show_map(leg)
    for key, (dx, dy) in ARROWS.items():
        view.go_to(start)
        QTest.keyClick(view, key)
        way = drawn_at(view, outlined(view)) - drawn_at(view, start)
        ahead, aside = way.x() * dx + way.y() * dy, way.x() * dy + way.y() * dx
        assert ahead > 0 or (ahead, aside) == (0, 0), key
        QTest.keyClick(view, Qt.Key.Key_Space)
        assert view.marked == {outlined(view)}
        QTest.keyClick(view, Qt.Key.Key_Space)
        assert view.marked == frozenset()


@pytest.mark.parametrize("leg", Leg)
def test_from_every_place_the_arrow_keys_lead_to_every_other(show_map: ShowMap, leg: Leg) -> None:
    view = show_map(leg)

    def step(place: Place, arrow: Qt.Key) -> Place:
        view.go_to(place)
        QTest.keyClick(view, arrow)
        return outlined(view)

    ways = {place: {step(place, arrow) for arrow in ARROWS} for place in DRAWN}
    for start in DRAWN:
        reached, waiting = {start}, [start]
        while waiting:
            found = ways[waiting.pop()] - reached
            reached |= found
            waiting += found
        assert reached == set(DRAWN), start


def test_the_keys_follow_the_band_and_the_rows_beside_it(show_map: ShowMap) -> None:
    view = show_map(Leg.LEFT)
    front, back = Qt.Key.Key_Left, Qt.Key.Key_Right  # the front of a left leg
    view.go_to(Place.OUTER_HIP)
    for key, place in [
        (Qt.Key.Key_Down, Place.BAND_UPPER),
        (Qt.Key.Key_Down, Place.BAND_MIDDLE),
        (Qt.Key.Key_Down, Place.BAND_LOWER),
        (Qt.Key.Key_Down, Place.OUTER_KNEE),
        (Qt.Key.Key_Down, Place.OUTER_KNEE),
        (front, Place.KNEE_FRONT),
        (Qt.Key.Key_Up, Place.FRONT_EDGE),
        (Qt.Key.Key_Up, Place.HIP_POCKET),
        (Qt.Key.Key_Up, Place.HIP_POCKET),
        (back, Place.OUTER_HIP),
        (back, Place.GLUTEAL),
        (Qt.Key.Key_Down, Place.BACK_EDGE),
        (front, Place.BAND_MIDDLE),
        (front, Place.FRONT_EDGE),
        (front, Place.FRONT_EDGE),
        (Qt.Key.Key_Home, Place.GLUTEAL),
        (Qt.Key.Key_End, Place.KNEE_FRONT),
    ]:
        QTest.keyClick(view, key)
        assert outlined(view) is place, key


def test_the_pointer_names_what_lies_under_it_and_nothing_beside(show_map: ShowMap) -> None:
    view = show_map()
    view.clearFocus()
    told: list[object] = []
    view.pointed_changed.connect(told.append)
    move(view, drawn_at(view, Place.OUTER_KNEE))
    assert view.cursor().shape() is Qt.CursorShape.PointingHandCursor
    move(view, QPoint(2, 2))
    assert view.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert told == [Place.OUTER_KNEE, None]


def test_the_keyboard_goes_on_from_the_last_place_and_stays_visible(show_map: ShowMap) -> None:
    view = show_map()
    click(view, Place.OUTER_KNEE)
    move(view, QPoint(2, 2))
    assert outlined(view) is Place.OUTER_KNEE, "the pointer has left, the focus has not"
    QTest.keyClick(view, Qt.Key.Key_Up)
    view.clearFocus()
    assert view.scene.pointed is None
    view.setFocus()
    assert outlined(view) is Place.BAND_LOWER, "where it was before the focus went"


def test_space_marks_what_is_outlined_even_by_the_pointer(show_map: ShowMap) -> None:
    view = show_map()
    view.setFocus()
    move(view, drawn_at(view, Place.GLUTEAL))
    assert outlined(view) is Place.GLUTEAL
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.marked == {Place.GLUTEAL}


def test_a_held_space_marks_once(show_map: ShowMap, user: "User") -> None:
    view = show_map()
    view.setFocus()
    user.hold("Space")
    assert view.marked == {Place.BAND_MIDDLE}


def test_the_focus_can_be_seen(show_map: ShowMap) -> None:
    view = show_map()
    view.clearFocus()
    before = view.grab().toImage()
    view.setFocus()
    assert view.grab().toImage() != before
    view.clearFocus()
    assert view.grab().toImage() == before


def test_every_place_holds_its_own_middle(anatomy: Anatomy) -> None:
    assert [anatomy.place_at(anatomy.places[place].centre) for place in DRAWN] == DRAWN
