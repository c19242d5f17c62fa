"""A body map for a screen reader: what it reads and can do."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from itband_gui.leg.names import Leg, Place
from itband_gui.ui.leg.body_map import BodyMap
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.leg.scene import Tint
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.text.words import place_name
from tests.ui.leg.reading import (
    DESCRIPTION,
    DRAWN,
    NAME,
    access,
    child,
    children,
    click,
    has,
)

ShowMap = Callable[..., BodyMap]
ShowLeg = Callable[..., LegView]
Role, Event = QAccessible.Role, QAccessible.Event


def drawn(view: LegView, place: Place) -> QRect:
    """Return the bounding pixels of a place."""
    shape = view.anatomy.places[place]
    at = [view.scene.viewport.to_pixels(corner) for corner in shape.corners]
    xs, ys = [x for x, _ in at], [y for _, y in at]
    return QRect(QPoint(int(min(xs)), int(min(ys))), QPoint(int(max(xs)), int(max(ys))))


# Seeing


@pytest.mark.parametrize("leg", Leg)
def test_the_map_is_a_group_named_after_its_leg_with_a_check_box_for_each_place(
    show_map: ShowMap, leg: Leg
) -> None:
    view = show_map(leg)
    view.clearFocus()
    whole = access(view)
    assert whole.role() is Role.Grouping
    assert whole.text(NAME) == f"{leg.capitalize()} leg: where it is sore"
    assert [each.text(NAME) for each in children(view)] == [place_name(p) for p in DRAWN]
    for index, each in enumerate(children(view)):
        assert each.isValid()
        assert each.role() is Role.CheckBox
        assert each.text(DESCRIPTION) == ""
        assert each.parent() is whole
        assert whole.indexOfChild(each) == index
        assert each.window() is view.windowHandle()
        assert each.childCount() == 0
        assert each.child(0) is None
        assert has(each, "checkable")
        assert has(each, "focusable")
        assert not any(has(each, flag) for flag in ("checked", "focused", "invisible", "disabled"))


def test_a_stranger_is_no_child_and_there_is_none_beyond_the_last(show_map: ShowMap) -> None:
    left, right = show_map(Leg.LEFT), show_map(Leg.RIGHT)
    assert access(left).indexOfChild(child(right, Place.OUTER_KNEE)) == -1
    assert access(left).child(len(DRAWN)) is None
    assert access(left).child(-1) is None


def test_both_legs_side_by_side_are_told_apart_by_their_groups(
    appearance: Appearance, qtbot: object
) -> None:
    page = QWidget()
    row = QHBoxLayout(page)
    views = {leg: BodyMap(appearance, leg) for leg in Leg}
    for view in views.values():
        row.addWidget(view)
    page.resize(800, 600)
    page.show()
    whole = access(page)
    assert {whole.child(i).text(NAME).split(":")[0] for i in range(2)} == {"Left leg", "Right leg"}
    middle = page.mapToGlobal(page.rect().center()).x()
    for place in DRAWN:
        left, right = (child(views[leg], place) for leg in Leg)
        assert left.text(NAME) == right.text(NAME)
        assert left.parent() is not right.parent()
        assert left.rect().right() < middle < right.rect().left()
    page.close()


@pytest.mark.parametrize("leg", Leg)
@pytest.mark.parametrize("size", [(120, 200), (400, 700), (900, 300)])
def test_a_place_s_rectangle_is_what_is_drawn_and_the_point_in_it_is_that_place(
    show_map: ShowMap, leg: Leg, size: tuple[int, int]
) -> None:
    view = show_map(leg, size)
    view.move(37, 53)
    QCoreApplication.processEvents()
    for place in DRAWN:
        each = child(view, place)
        here = QRect(view.mapFromGlobal(each.rect().topLeft()), each.rect().size())
        exact = drawn(view, place)
        assert exact.adjusted(-1, -1, 1, 1).contains(here)
        assert here.adjusted(-1, -1, 1, 1).contains(exact)
        middle = each.rect().center()
        assert access(view).childAt(middle.x(), middle.y()) is each
    corner = view.mapToGlobal(QPoint(1, 1))
    assert access(view).childAt(corner.x(), corner.y()) is None


def test_the_rectangle_follows_the_window_and_its_size(show_map: ShowMap) -> None:
    view = show_map()
    before = child(view, Place.OUTER_KNEE).rect()
    view.resize(view.width(), view.height() // 2)
    view.move(view.pos() + QPoint(10, 0))
    QCoreApplication.processEvents()
    after = child(view, Place.OUTER_KNEE).rect()
    assert after.height() < 0.7 * before.height()


def test_marks_are_states_and_the_group_sums_them_up(show_map: ShowMap) -> None:
    view = show_map()
    assert access(view).text(DESCRIPTION) == "nothing marked"
    click(view, Place.OUTER_KNEE)
    click(view, Place.GLUTEAL)
    marked = {each.text(NAME) for each in children(view) if has(each, "checked")}
    assert marked == {"Outer knee", "Buttock"}
    assert access(view).text(DESCRIPTION) == "Buttock, Outer knee"


def test_the_focus_is_on_the_keyboard_s_place(show_map: ShowMap) -> None:
    view = show_map()
    view.clearFocus()
    assert access(view).focusChild() is None
    view.go_to(Place.BAND_UPPER)
    QTest.keyClick(view, Qt.Key.Key_Down)
    at = child(view, Place.BAND_MIDDLE)
    assert access(view).focusChild() is at
    assert [each for each in children(view) if has(each, "focused")] == [at]


def test_soreness_over_time_is_a_place_s_description(show_map: ShowMap) -> None:
    view = show_map()
    view.show_layers(tints=(Tint(Place.OUTER_KNEE, 0.8, "5 times, 4.2 of 10"),))
    assert child(view, Place.OUTER_KNEE).text(DESCRIPTION) == "5 times, 4.2 of 10"
    assert child(view, Place.GLUTEAL).text(DESCRIPTION) == ""


def test_a_hidden_and_a_disabled_map_say_so(show_map: ShowMap) -> None:
    view = show_map()
    each = child(view, Place.OUTER_KNEE)
    view.setEnabled(False)
    assert has(each, "disabled")
    view.hide()
    assert has(each, "invisible")
    assert has(each, "offscreen")


# Acting


@pytest.mark.parametrize("action", ["Press", "Toggle"])
def test_an_action_marks_and_unmarks(show_map: ShowMap, action: str) -> None:
    view = show_map()
    told: list[frozenset[Place]] = []
    view.marks_changed.connect(told.append)
    actions = child(view, Place.OUTER_KNEE).actionInterface()
    assert action in actions.actionNames()
    assert actions.keyBindingsForAction(action) == []
    actions.doAction(action)
    actions.doAction(action)
    assert told == [{Place.OUTER_KNEE}, frozenset()]


def test_an_action_takes_the_keyboard_to_a_place(show_map: ShowMap) -> None:
    view = show_map()
    view.clearFocus()
    child(view, Place.OUTER_KNEE).actionInterface().doAction("SetFocus")
    assert view.hasFocus()
    assert access(view).focusChild() is child(view, Place.OUTER_KNEE)


def test_unknown_actions_and_those_on_a_disabled_map_do_nothing(show_map: ShowMap) -> None:
    view = show_map()
    actions = child(view, Place.OUTER_KNEE).actionInterface()
    actions.doAction("Explode")
    view.setEnabled(False)
    actions.doAction("Press")
    assert view.marked == frozenset()


def test_a_place_is_no_text_field_slider_or_table(show_map: ShowMap) -> None:
    view = show_map()
    each = child(view, Place.OUTER_KNEE)
    assert each.valueInterface() is None
    assert each.textInterface() is None
    assert each.tableCellInterface() is None
