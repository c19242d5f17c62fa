"""Reads a body map as a screen reader does."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from itband_gui.leg.names import Place
from itband_gui.ui.leg.body_map import BodyMap
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.text.words import place_name

DRAWN: list[Place] = [place for place in Place if place is not Place.OTHER]
LEFT = Qt.MouseButton.LeftButton
NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


def access(view: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(view)


def children(view: QWidget) -> list[QAccessibleInterface]:
    whole = access(view)
    return [whole.child(index) for index in range(whole.childCount())]


def child(view: QWidget, place: Place) -> QAccessibleInterface:
    (found,) = (each for each in children(view) if each.text(NAME) == place_name(place))
    return found


def has(interface: QAccessibleInterface, flag: str) -> bool:
    return bool(getattr(interface.state(), flag))


def middle(view: LegView, place: Place) -> QPoint:
    x, y = view.scene.viewport.to_pixels(view.anatomy.places[place].centre)
    return QPoint(round(x), round(y))


def click(view: BodyMap, place: Place) -> None:
    QTest.mouseClick(view, LEFT, pos=middle(view, place))
