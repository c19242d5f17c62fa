"""A finger scrolls everything that can scroll, without clicking anything."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QPushButton,
    QScrollBar,
    QScroller,
    QSlider,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg
from itband_gui.ui.widgets.layout import ScrollColumn
from itband_gui.ui.window.main_window import Page
from tests.ui.conftest import User

SMALL = (640, 480)
FAR = 300  # px


class Finger:
    """Touches a window."""

    def __init__(self, device: QPointingDevice) -> None:
        self._device = device

    def drag(self, area: QWidget, start: QPoint, way: QPoint, steps: int = 30) -> None:
        """Put the finger down, move it, and keep it there."""
        window = area.window()
        self._at = area.mapTo(window, start)
        self._window = window
        QTest.touchEvent(window, self._device).press(0, self._at, window).commit()
        for step in range(1, steps + 1):
            self._last = self._at + QPoint(way.x() * step // steps, way.y() * step // steps)
            QTest.touchEvent(window, self._device).move(0, self._last, window).commit()
            QCoreApplication.processEvents()

    def lift(self) -> None:
        QTest.touchEvent(self._window, self._device).release(0, self._last, self._window).commit()
        QCoreApplication.processEvents()

    def tap(self, widget: QWidget) -> None:
        self.drag(widget, widget.rect().center(), QPoint(), 1)
        self.lift()


@pytest.fixture(scope="session")
def _touch_screen(qapp: QApplication) -> QPointingDevice:
    device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    assert isinstance(device, QPointingDevice)
    return device


@pytest.fixture
def finger(_touch_screen: QPointingDevice) -> Finger:
    """Return the finger of someone whose machine has a touch screen."""
    return Finger(_touch_screen)


@pytest.fixture
def user(finger: Finger, user: User) -> User:
    """Someone with a long journal, a small window and a touch screen."""
    book = Book()
    for number in range(60):
        at = user.clock.now() - timedelta(days=number, hours=1)
        moment, note = Moment.OTHER, f"note {number}"
        book.add(Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=moment, score=4, note=note))
    Store(user.file).save(book)
    user.open()
    user.window.resize(*SMALL)
    user.look()
    return user


def areas(window: QWidget) -> list[QAbstractScrollArea]:
    """Return a window's visible areas that can scroll."""
    return [
        area
        for area in window.findChildren(QAbstractScrollArea)
        if area.isVisible() and any(bar.maximum() > bar.minimum() for bar in bars(area))
    ]


def bars(area: QAbstractScrollArea) -> tuple[QScrollBar, QScrollBar]:
    return area.verticalScrollBar(), area.horizontalScrollBar()


def has_moved(bar: QScrollBar) -> Callable[[], bool]:
    """Return a check that a bar has left its start: Qt moves it by a timer."""
    return lambda: bar.value() > bar.minimum()


def place_in(area: QAbstractScrollArea) -> QPoint:
    """Return a place that is seen of an area, and of no other within it, as near to its middle."""
    view = area.viewport()
    middle = view.rect().center()
    places = [
        QPoint(x, y)
        for x in range(4, view.width(), 8)
        for y in range(4, view.height(), 8)
        if area_at(view, QPoint(x, y)) is area
    ]
    return min(places, key=lambda place: (place - middle).manhattanLength())


def area_at(view: QWidget, place: QPoint) -> QWidget | None:
    """Return the innermost area at a place that is not hidden by scrolling."""
    found = view.window().childAt(view.mapTo(view.window(), place))
    while found is not None and not isinstance(found, QAbstractScrollArea | QSlider):
        found = found.parentWidget()
    return found


def check_each_area(finger: Finger, window: QWidget, qtbot: QtBot) -> int:
    """Drag every area of a window by each of its bars, and return how many areas that were."""
    found = areas(window)
    for area in found:
        for bar, way in zip(bars(area), (QPoint(0, -FAR), QPoint(-FAR, 0)), strict=True):
            if bar.maximum() > bar.minimum():
                bar.setValue(bar.minimum())
                QCoreApplication.processEvents()
                view = area.viewport()
                finger.drag(view, place_in(area), way)
                qtbot.waitUntil(has_moved(bar), timeout=60_000)
                finger.lift()
                QScroller.scroller(view).stop()
    return len(found)


@pytest.mark.parametrize("page", Page)
def test_a_finger_scrolls_every_standing_page(
    user: User, finger: Finger, qtbot: QtBot, page: Page
) -> None:
    user.window.show_page(page)
    user.look()
    qtbot.waitUntil(lambda: bool(areas(user.window)), timeout=60_000)
    assert check_each_area(finger, user.window, qtbot)


def test_a_finger_scrolls_the_pages_of_a_check_in(user: User, finger: Finger, qtbot: QtBot) -> None:
    user.go_to_check_in("full")
    user.press("B", "Return")
    assert check_each_area(finger, user.window, qtbot)
    user.press("4", "4", "Return")
    assert check_each_area(finger, user.window, qtbot), "the warning list"


def test_a_finger_scrolls_the_page_after_a_stopped_session(
    user: User, finger: Finger, qtbot: QtBot
) -> None:
    user.skip_to_session()
    user.press("S")
    user.look()
    assert check_each_area(finger, user.window, qtbot)


def test_a_finger_scrolls_a_form_and_a_long_note(user: User, finger: Finger, qtbot: QtBot) -> None:
    user.window.show_page(Page.JOURNAL)
    user.look()
    user.press("Return")
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.resize(400, 300)
    note = dialog.findChildren(QAbstractScrollArea)
    for each in note:
        if hasattr(each, "setPlainText"):
            each.setPlainText("\n".join(map(str, range(60))))
    user.look()
    assert check_each_area(finger, dialog, qtbot) > 1


@pytest.fixture
def column(qtbot: QtBot, finger: Finger) -> tuple[ScrollColumn, list[QPushButton], list[int]]:
    """Return a column of high buttons, and which of them were clicked."""
    clicked: list[int] = []
    content = QWidget()
    box = QVBoxLayout(content)
    made = []
    for number in range(20):
        each = QPushButton(str(number))
        each.setFixedHeight(80)
        each.clicked.connect(lambda _on=False, number=number: clicked.append(number))
        box.addWidget(each)
        made.append(each)
    column = ScrollColumn(content)
    qtbot.addWidget(column)
    column.resize(300, 400)
    column.show()
    return column, made, clicked


Column = tuple[ScrollColumn, list[QPushButton], list[int]]


def test_a_tap_presses_a_button(finger: Finger, column: Column) -> None:
    finger.tap(column[1][2])
    assert column[2] == [2]
    assert column[0].verticalScrollBar().value() == 0


@pytest.mark.parametrize("way", [-60, -100, -200])
def test_a_button_moving_under_the_finger_is_not_clicked(
    finger: Finger, column: Column, qtbot: QtBot, way: int
) -> None:
    area, buttons, clicked = column
    finger.drag(buttons[3], buttons[3].rect().center(), QPoint(0, way), -way)
    qtbot.waitUntil(has_moved(area.verticalScrollBar()), timeout=60_000)
    finger.lift()
    assert clicked == []
    QScroller.scroller(area.viewport()).stop()
    finger.tap(buttons[4])
    assert clicked == [4], "the next tap clicks again"


def test_dragging_with_the_mouse_does_not_scroll(finger: Finger, column: Column) -> None:
    area, buttons, clicked = column
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(buttons[3], left)
    QTest.mouseMove(buttons[3], QPoint(10, -200))
    QTest.mouseRelease(buttons[3], left, pos=QPoint(10, -200))
    assert area.verticalScrollBar().value() == 0
    assert clicked == []
