"""A leg's picture as screen readers see it: every place that it says something of is a child."""

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Place
from itband_gui.ui.leg.layers import on_screen
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.look.access import KeptAccess
from itband_gui.ui.text.words import leg_name, place_name


def place_at(pixel: QPointF, scene: Scene, anatomy: Anatomy) -> Place | None:
    """Return the place that is drawn under a pixel of a leg's picture."""
    return anatomy.place_at(scene.viewport.to_leg(pixel.x(), pixel.y()))


class LegAccess(KeptAccess):
    """The picture; it is told each new scene, and tells screen readers what that changes."""

    def __init__(self, view: QWidget, anatomy: Anatomy, scene: Scene) -> None:
        super().__init__(view, QAccessible.Role.Grouping)
        self.anatomy = anatomy
        self.scene = scene
        self._children: dict[Place, PlaceAccess] = {}

    def _forget(self) -> None:
        """Let go of the children, too."""
        super()._forget()  # before the children: Qt asks each about itself as it deletes it
        for child in self._children.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(child))
        self._children.clear()

    @property
    def view(self) -> QWidget | None:
        """The widget; None once it is going.

        Qt asks until the end, and an answer that raises then crashes the program (PySide 6.11).
        """
        if not self.is_kept or not isValid(self):
            return None
        widget = self.widget()
        return widget if widget is not None and isValid(widget) else None

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of which the picture says something, from hip to knee."""
        shown = {tint.place for tint in self.scene.tints} | self.scene.marked
        return tuple(place for place in self.anatomy.places if place in shown)

    def place(self, place: Place) -> "PlaceAccess":
        """Return the child for a place, the same at each call."""
        if place not in self._children:
            self._children[place] = self.make_place(place)
            QAccessible.registerAccessibleInterface(self._children[place])
        return self._children[place]

    def make_place(self, place: Place) -> "PlaceAccess":
        """Make the child for a place."""
        return PlaceAccess(self, place)

    def tell(self, scene: Scene) -> None:
        """Take a new scene, and tell screen readers what is other than before."""
        before, places = self.scene, self.places
        self.scene = scene
        if QAccessible.isActive():
            if self.places != places:
                tell(self, QAccessible.Event.ObjectReorder)
            if scene.viewport.leg is not before.viewport.leg:
                tell(self, QAccessible.Event.NameChanged)
            self.tell_places(before)

    def tell_places(self, before: Scene) -> None:
        """Tell which places are described otherwise than in the scene before."""
        for place in self.places:
            if self.describe(place, before) != self.describe(place, self.scene):
                tell(self.place(place), QAccessible.Event.DescriptionChanged)

    def describe(self, place: Place, scene: Scene) -> str:
        """Return what a scene says of a place beside its name."""
        texts = [tint.text for tint in scene.tints if tint.place is place]
        if place in scene.marked:
            texts.append(QCoreApplication.translate("LegAccess", "marked"))
        return QCoreApplication.translate("LegAccess", ", ").join(texts)

    def rect_of(self, place: Place) -> QRect:
        """Return the pixels of the widget that a place is drawn in."""
        shape = on_screen(self.anatomy.places[place], self.scene)
        return shape.boundingRect().toAlignedRect()

    # What Qt asks

    def role(self) -> QAccessible.Role:
        """Return that of a group, or of a picture where there are no children."""
        return QAccessible.Role.Grouping if self.places else QAccessible.Role.Graphic

    def text(self, kind: QAccessible.Text) -> str:
        """Return what the page says of the picture; which leg it is where the page is silent."""
        said = super().text(kind)
        if kind is QAccessible.Text.Name:
            return said or leg_name(self.scene.viewport.leg)
        return said

    def childCount(self) -> int:
        """Return the number of places."""
        return len(self.places)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # may be None
        """Return the place at an index."""
        places = self.places
        return self.place(places[index]) if 0 <= index < len(places) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return a place's index; -1 for a stranger."""
        found = (i for i, p in enumerate(self.places) if self._children.get(p) is child)
        return next(found, -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # may be None
        """Return the place that is drawn at a pixel of the screen."""
        view = self.view
        if view is None:
            return None
        pixel = QPointF(view.mapFromGlobal(QPoint(x, y)))
        place = place_at(pixel, self.scene, self.anatomy)
        return self.place(place) if place in self.places else None


class PlaceAccess(QAccessibleInterface):
    """One place on a leg's picture, and what the picture says there."""

    def __init__(self, leg: LegAccess, place: Place) -> None:
        super().__init__()
        self.leg = leg
        self.named = place

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        """Whether the picture is still there."""
        return self.leg.view is not None

    def object(self) -> QObject | None:  # type: ignore[override]  # may be None
        """Return no object: a place is none of its own."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]  # may be None
        """Return the picture's window."""
        view = self.leg.view
        return None if view is None else view.window().windowHandle()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]  # may be None
        """Return the picture."""
        return None if self.leg.view is None else self.leg

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # may be None
        """Return None: a place has no parts."""
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # may be None
        """Return None: a place has no parts."""
        return None

    def childCount(self) -> int:
        """Return 0."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Return -1: a place has no parts."""
        return -1

    def rect(self) -> QRect:
        """Return what the place covers of the screen."""
        view, inside = self.leg.view, self.leg.rect_of(self.named)
        if view is None:
            return QRect()
        return QRect(view.mapToGlobal(inside.topLeft()), inside.size())

    def role(self) -> QAccessible.Role:
        """Return that of a text."""
        return QAccessible.Role.StaticText

    def state(self) -> QAccessible.State:
        """Return whether the place can be seen."""
        return flagged(**self.flags())

    def flags(self) -> dict[str, bool]:
        """Return the state's flags by their names."""
        view = self.leg.view
        if view is None:
            return {"invalid": True, "invisible": True}
        return {
            "invisible": not view.isVisible(),
            "offscreen": not view.visibleRegion().intersects(self.leg.rect_of(self.named)),
            "disabled": not view.isEnabled(),
        }

    def text(self, kind: QAccessible.Text) -> str:
        """Return the place's name, or what the picture says of it."""
        if kind is QAccessible.Text.Name:
            return place_name(self.named)
        if kind is QAccessible.Text.Description:
            return self.leg.describe(self.named, self.leg.scene)
        return ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:  # noqa: N802 - Qt's name
        """Change nothing: names are fixed."""


def flagged(**flags: bool) -> QAccessible.State:
    """Return a state with Qt's flags of these names; the stubs do not know them."""
    state = QAccessible.State()
    for name, value in flags.items():
        setattr(state, name, value)
    return state


def tell(who: QAccessibleInterface, what: QAccessible.Event) -> None:
    """Send screen readers an event that says no more than what kind it is."""
    QAccessible.updateAccessibility(QAccessibleEvent(who, what))
