from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.leg.body_map import BodyMap

if TYPE_CHECKING:
    from tests.ui.conftest import User

ShowMap = Callable[..., BodyMap]
SIZES = [(120, 200), (400, 700), (900, 300)]
DRAWN = [place for place in Place if place is not Place.OTHER]
LEFT = Qt.MouseButton.LeftButton


def click(view: BodyMap, place: Place) -> None:
    QtBot.mouseClick(view, LEFT, pos=drawn_at(view, place))


def move(view: BodyMap, at: QPoint) -> None:
    """Move the pointer; through the window, where it arrives at once."""
    for step in (at + QPoint(1, 1), at):  # a pointer that stands there already moves nothing
        QTest.mouseMove(view.windowHandle(), step)
    QCoreApplication.processEvents()


def drawn_at(view: BodyMap, place: Place) -> QPoint:
    """Return a pixel inside a place as it is drawn."""
    shape = view.anatomy.places[place]
    x, y = view.scene.viewport.to_pixels(shape.centre)
    return QPoint(round(x), round(y))


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


def test_the_same_pixel_is_the_front_of_one_leg_and_the_back_of_the_other(
    show_map: ShowMap,
) -> None:
    left, right = show_map(Leg.LEFT), show_map(Leg.RIGHT)
    at = drawn_at(right, Place.FRONT_EDGE)
    QtBot.mouseClick(right, LEFT, pos=at)
    QtBot.mouseClick(left, LEFT, pos=QPoint(right.width() - at.x(), at.y()))
    assert right.marked == left.marked == {Place.FRONT_EDGE}
    QtBot.mouseClick(left, LEFT, pos=at)
    assert Place.BACK_EDGE in left.marked


def test_clicks_beside_the_leg_and_with_the_other_button_mark_nothing(show_map: ShowMap) -> None:
    view = show_map()
    QtBot.mouseClick(view, LEFT, pos=QPoint(2, 2))
    QtBot.mouseClick(view, Qt.MouseButton.RightButton, pos=drawn_at(view, Place.OUTER_KNEE))
    assert view.marked == frozenset()


def test_marks_are_told_once_a_change(show_map: ShowMap) -> None:
    view = show_map()
    told: list[frozenset[Place]] = []
    view.marks_changed.connect(told.append)
    click(view, Place.OUTER_KNEE)
    view.set_marked(frozenset({Place.OUTER_KNEE}))
    click(view, Place.GLUTEAL)
    assert told == [{Place.OUTER_KNEE}, {Place.OUTER_KNEE, Place.GLUTEAL}]


@pytest.mark.parametrize("leg", Leg)
def test_arrow_keys_go_where_the_eye_goes_and_space_marks(show_map: ShowMap, leg: Leg) -> None:
    view = show_map(leg)
    view.setFocus()
    for key, dx, dy in (
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Down, 0, 1),
        (Qt.Key.Key_Up, 0, -1),
    ):
        view.clearFocus()
        view.setFocus()
        start = view.scene.pointed
        assert start is Place.BAND_MIDDLE
        QtBot.keyClick(view, key)
        reached = view.scene.pointed
        assert reached is not None
        way = drawn_at(view, reached) - drawn_at(view, start)
        assert way.x() * dx + way.y() * dy > 0, key
        QtBot.keyClick(view, Qt.Key.Key_Space)
        assert view.marked == {reached}
        QtBot.keyClick(view, Qt.Key.Key_Space)
        assert view.marked == frozenset()


def test_every_drawn_place_is_reached_by_arrow_keys(show_map: ShowMap) -> None:
    view = show_map()
    view.setFocus()
    arrows = [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down]
    reached, waiting = {Place.BAND_MIDDLE}, [Place.BAND_MIDDLE]
    while waiting:
        start = waiting.pop()
        for arrow in arrows:
            move(view, drawn_at(view, start))
            assert view.scene.pointed is start
            QtBot.keyClick(view, arrow)
            found = view.scene.pointed
            if found is not None and found not in reached:
                reached.add(found)
                waiting.append(found)
    assert reached == set(DRAWN)


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


def test_the_keyboard_goes_on_after_the_pointer_has_left_the_leg(show_map: ShowMap) -> None:
    view = show_map()
    click(view, Place.OUTER_KNEE)
    move(view, QPoint(2, 2))
    QtBot.keyClick(view, Qt.Key.Key_Up)
    QtBot.keyClick(view, Qt.Key.Key_Space)
    assert view.marked == {Place.OUTER_KNEE, Place.BAND_MIDDLE}, "it starts anew in the middle"


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


def test_a_screen_reader_is_told_the_leg_the_place_and_the_marks(show_map: ShowMap) -> None:
    view = show_map(Leg.LEFT)
    interface = QAccessible.queryAccessibleInterface(view)
    name, description = QAccessible.Text.Name, QAccessible.Text.Description
    assert interface.text(name) == "Left leg: where it is sore"
    assert "nothing marked" in interface.text(description)
    click(view, Place.OUTER_KNEE)
    assert interface.text(description) == "Outer knee; Outer knee"


def test_every_place_holds_its_own_middle(anatomy: Anatomy) -> None:
    assert [anatomy.place_at(anatomy.places[place].centre) for place in DRAWN] == DRAWN
