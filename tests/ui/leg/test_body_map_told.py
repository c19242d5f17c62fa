"""A leg for a screen reader: its announcements, and objects it holds on to."""

import gc
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from itband_gui.leg.names import Leg, Place
from itband_gui.ui.leg.body_map import BodyMap
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.leg.scene import Tint
from itband_gui.ui.look.style import Appearance
from tests.ui.leg.reading import (
    DESCRIPTION,
    DRAWN,
    NAME,
    access,
    child,
    children,
    click,
    has,
    middle,
)

ShowMap = Callable[..., BodyMap]
ShowLeg = Callable[..., LegView]
Role, Event = QAccessible.Role, QAccessible.Event


@dataclass
class Told:
    """An event as a screen reader receives it."""

    kind: QAccessible.Event
    name: str
    text: str = ""
    polite: bool = False
    checked: bool = False


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Told]]:
    """Turn a screen reader on; return the events sent to the desktop."""
    events: list[Told] = []

    def take(event: QAccessibleEvent) -> None:
        found = Told(event.type(), event.accessibleInterface().text(NAME))
        if isinstance(event, QAccessibleAnnouncementEvent):
            found.text = event.message()
            found.polite = event.politeness() is QAccessible.AnnouncementPoliteness.Polite
        if isinstance(event, QAccessibleStateChangeEvent):
            found.checked = bool(getattr(event.changedStates(), "checked"))  # noqa: B009 - no stub
        events.append(found)

    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(take))
    yield events
    QAccessible.setActive(was_active)


# Events


def test_a_mark_by_click_or_key_is_told_as_a_state_and_in_words(
    show_map: ShowMap, told: list[Told]
) -> None:
    view = show_map()
    view.go_to(Place.OUTER_KNEE)
    QCoreApplication.processEvents()
    told.clear()
    click(view, Place.OUTER_KNEE)
    name = view.accessibleName()
    state = Told(Event.StateChanged, "Outer knee", checked=True)
    assert told == [state, Told(Event.Announcement, name, "Outer knee: marked", polite=True)]
    told.clear()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert told == [state, Told(Event.Announcement, name, "Outer knee: not marked", polite=True)]


def test_marks_that_the_page_sets_are_told_as_states_only(
    show_map: ShowMap, told: list[Told]
) -> None:
    view = show_map()
    told.clear()
    view.set_marked(frozenset({Place.GLUTEAL, Place.OUTER_KNEE, Place.OTHER}))
    assert [(each.kind, each.name) for each in told] == [
        (Event.StateChanged, "Buttock"),
        (Event.StateChanged, "Outer knee"),
    ]


def test_the_keyboard_s_way_is_told_place_by_place(show_map: ShowMap, told: list[Told]) -> None:
    view = show_map()
    view.clearFocus()
    QCoreApplication.processEvents()
    told.clear()
    view.setFocus()
    assert told == [], "Qt first tells of the map as a whole"
    QCoreApplication.processEvents()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    expected = ["Middle of the band", "Lower band", "Back of the outer thigh"]
    assert [(each.kind, each.name) for each in told] == [(Event.Focus, name) for name in expected]


def test_a_pointer_that_only_passes_is_not_told(show_map: ShowMap, told: list[Told]) -> None:
    view = show_map()
    view.clearFocus()
    QCoreApplication.processEvents()
    told.clear()
    at = middle(view, Place.OUTER_KNEE)
    for step in (at + QPoint(1, 1), at):  # a pointer that stands there already moves nothing
        QTest.mouseMove(view.windowHandle(), step)
    QCoreApplication.processEvents()
    assert view.scene.pointed is Place.OUTER_KNEE
    assert told == []


def test_a_new_description_is_told(show_map: ShowMap, told: list[Told]) -> None:
    view = show_map()
    told.clear()
    view.show_layers(tints=(Tint(Place.OUTER_KNEE, 0.8, "5 times"),))
    assert told == [Told(Event.DescriptionChanged, "Outer knee")]


# A picture without marks


def test_a_plain_leg_is_a_picture_named_after_its_leg(show_leg: ShowLeg) -> None:
    view = show_leg(Leg.LEFT)
    assert access(view).role() is Role.Graphic
    assert access(view).text(NAME) == "Left leg"
    assert access(view).childCount() == 0
    view.setAccessibleName("Where it was sore")
    assert access(view).text(NAME) == "Where it was sore"


def test_a_picture_that_turns_to_the_other_leg_says_so(show_leg: ShowLeg, told: list[Told]) -> None:
    view = show_leg(Leg.LEFT)
    told.clear()
    view.leg = Leg.RIGHT
    assert told == [Told(Event.NameChanged, "Right leg")]


def test_a_leg_that_shows_soreness_reads_it_place_by_place(
    show_leg: ShowLeg, told: list[Told]
) -> None:
    view = show_leg(Leg.LEFT)
    view.show_layers(
        tints=(Tint(Place.OUTER_KNEE, 0.8, "5 times"), Tint(Place.GLUTEAL, 0.2, "once")),
        marked=frozenset({Place.GLUTEAL}),
    )
    assert Event.ObjectReorder in {each.kind for each in told}
    assert access(view).role() is Role.Grouping
    read = [(each.text(NAME), each.text(DESCRIPTION)) for each in children(view)]
    assert read == [("Buttock", "once, marked"), ("Outer knee", "5 times")]
    for each in children(view):
        assert each.role() is Role.StaticText
        assert not has(each, "checkable")
        assert each.actionInterface() is None
        at = each.rect().center()
        assert access(view).childAt(at.x(), at.y()) is each
    at = view.mapToGlobal(middle(view, Place.FRONT_EDGE))
    assert access(view).childAt(at.x(), at.y()) is None, "nothing is said of it"


# Lifetime


def let_go(view: QWidget) -> None:
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_child_outlives_its_map_without_harm(appearance: Appearance) -> None:
    view = BodyMap(appearance, Leg.LEFT)
    held = child(view, Place.OUTER_KNEE)
    number = QAccessible.uniqueId(held)
    assert QAccessible.accessibleInterface(number) is held
    let_go(view)
    assert QAccessible.accessibleInterface(number) is None
    check_it_answers(held)


def check_it_answers(held: QAccessibleInterface) -> None:
    """Call everything that Qt calls on a child whose map is gone: an error there is a crash."""
    assert not held.isValid()
    assert held.text(NAME) == "Outer knee"
    assert held.text(DESCRIPTION) == ""
    assert held.parent() is None
    assert held.window() is None
    assert held.rect().isNull()
    assert has(held, "invisible")
    assert held.role() is Role.CheckBox


def test_a_child_may_be_asked_while_its_map_is_going(appearance: Appearance) -> None:
    view = BodyMap(appearance, Leg.LEFT)
    held = child(view, Place.OUTER_KNEE)
    asked: list[QAccessibleInterface] = []

    def ask() -> None:
        check_it_answers(held)
        asked.append(held)

    view.destroyed.connect(ask)
    let_go(view)
    assert asked


def test_maps_come_and_go_while_a_reader_holds_their_children(
    appearance: Appearance, told: list[Told]
) -> None:
    left_over: list[weakref.ref[object]] = []
    held: list[QAccessibleInterface] = []
    for number in range(300):
        page = QWidget()
        view = BodyMap(appearance, Leg.LEFT)
        view.setParent(page)
        held = children(view)
        held[number % len(held)].actionInterface().doAction("Press")
        left_over += map(weakref.ref, (page, view, access(view), held[0]))
        if number % 3 == 0:
            let_go(page)
        elif number % 3 == 1:
            view.setParent(None)
            let_go(view)
        del page, view
    held.clear()
    gc.collect()
    assert not [ref for ref in left_over if ref() is not None]


def test_the_program_ends_well_with_maps_and_children_in_use() -> None:
    source = """
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from itband_gui.leg.names import Leg
from itband_gui.ui.leg.body_map import BodyMap
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
app = QApplication([])
QAccessible.setActive(True)
look = Appearance(app, ThemeName.LIGHT)
views = [BodyMap(look, leg) for leg in Leg]
for view in views:
    view.show()
wholes = [QAccessible.queryAccessibleInterface(view) for view in views]
held = [whole.child(i) for whole in wholes for i in range(whole.childCount())]
held[0].actionInterface().doAction("Press")
print(len(held), len(views[0].marked))
"""
    command = [sys.executable, "-X", "faulthandler", "-c", source]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"{2 * len(DRAWN)} 1\n", "")
