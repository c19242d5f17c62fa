"""A leg on which places are marked as sore, by pointer, by keyboard or by a screen reader."""

from collections.abc import Iterator
from math import ceil, hypot
from typing import Protocol
from weakref import ref

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import VoidPtr, getCppPointer

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Place
from itband_gui.leg.viewport import SORE
from itband_gui.ui.leg.leg_access import LegAccess, PlaceAccess, flagged, place_at, tell
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.text.words import leg_name, place_name


class Marking(Protocol):
    """What a screen reader can do with a map."""

    def toggle(self, place: Place) -> None:
        """Mark a place, or unmark it, as a click would."""

    def go_to(self, place: Place) -> None:
        """Bring the keyboard to a place."""


class BodyMapAccess(LegAccess):
    """A leg of which every place can be marked."""

    def __init__(self, view: QWidget, anatomy: Anatomy, scene: Scene, marking: Marking) -> None:
        super().__init__(view, anatomy, scene)
        self.marking = ref(marking)  # what is kept must not keep the map

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place that has a shape, from hip to knee."""
        return tuple(self.anatomy.places)

    def make_place(self, place: Place) -> "MarkablePlace":
        """Make the check box for a place."""
        return MarkablePlace(self, place)

    def describe(self, place: Place, scene: Scene) -> str:
        """Return the soreness over time; the mark is a state."""
        return next((tint.text for tint in scene.tints if tint.place is place), "")

    def tell_places(self, before: Scene) -> None:
        """Tell of marks and of the keyboard's place too."""
        super().tell_places(before)
        for place in self.places:
            if (place in before.marked) is not (place in self.scene.marked):
                changed = flagged(checked=True)  # which flag is other, not its value
                event = QAccessibleStateChangeEvent(self.place(place), changed)
                QAccessible.updateAccessibility(event)
        if self.keyboard_at(self.scene) is not self.keyboard_at(before):
            if before.focused:
                self._tell_keyboard()
            else:  # Qt itself is about to say that the map as a whole has the focus
                QTimer.singleShot(0, self.widget(), self._tell_keyboard)

    def _tell_keyboard(self) -> None:
        """Tell where the keyboard is."""
        at = self.keyboard_at(self.scene)
        if at is not None:
            tell(self.place(at), QAccessible.Event.Focus)

    def keyboard_at(self, scene: Scene) -> Place | None:
        """Return where the keyboard is in a scene, if it is on this leg."""
        return scene.pointed if scene.focused else None

    def announce(self, place: Place) -> None:
        """Say whether a place is marked now, when what is being said has been said."""
        if place in self.scene.marked:
            text = QCoreApplication.translate("BodyMap", "{place}: marked")
        else:
            text = QCoreApplication.translate("BodyMap", "{place}: not marked")
        event = QAccessibleAnnouncementEvent(self.widget(), text.format(place=place_name(place)))
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's; may be None
        """Return the place that the keyboard is at."""
        at = self.keyboard_at(self.scene)
        return None if at is None else self.place(at)


class MarkablePlace(PlaceAccess):
    """A place as a check box."""

    def __init__(self, leg: BodyMapAccess, place: Place) -> None:
        super().__init__(leg, place)
        self._map = leg
        self._action = _PlaceAction(leg, place)

    def role(self) -> QAccessible.Role:
        """Return that of a check box."""
        return QAccessible.Role.CheckBox

    def flags(self) -> dict[str, bool]:
        """Return whether the place is marked, and whether the keyboard is at it, too."""
        scene = self._map.scene
        return super().flags() | {
            "checkable": True,
            "checked": self.named in scene.marked,
            "focusable": True,
            "focused": self._map.keyboard_at(scene) is self.named,
        }

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]  # the stub says int, which crashes
        """Return the address of what can be done with the place; else a null pointer."""
        if kind is QAccessible.InterfaceType.ActionInterface:
            return VoidPtr(getCppPointer(self._action)[0])
        return VoidPtr(0)


class _PlaceAction(QAccessibleActionInterface):
    """Marks a place for a screen reader."""

    def __init__(self, leg: BodyMapAccess, place: Place) -> None:
        super().__init__()
        self._map = leg
        self._place = place

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's name
        """Return toggle and press, which are the same here, and setFocus."""
        return [self.toggleAction(), self.pressAction(), self.setFocusAction()]

    def doAction(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Mark or unmark the place, or bring the keyboard to it."""
        view, marking = self._map.view, self._map.marking()
        if marking is None or view is None or not view.isEnabled():
            return
        if name in {self.toggleAction(), self.pressAction()}:
            marking.toggle(self._place)
        elif name == self.setFocusAction():
            marking.go_to(self._place)

    def keyBindingsForAction(self, _name: str) -> list[str]:  # noqa: N802 - Qt's name
        """Return none: Space works only where the keyboard is."""
        return []


_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_LEFT = Qt.MouseButton.LeftButton


class BodyMap(LegView):
    """Marks places: click, tap or drag, or arrow keys, Home, End and Space.

    While the map has the focus, one place is outlined: the last one pointed at or gone to.
    """

    marks_changed = Signal(frozenset)
    pointed_changed = Signal(object)  # Place or None

    def __init__(self, appearance: Appearance, leg: Leg) -> None:
        super().__init__(appearance, leg, SORE)
        self._paints: bool | None = None  # whether a drag marks or unmarks; None without a drag
        self._dragged_to = QPointF()
        self._cursor = Place.BAND_MIDDLE  # where the keyboard is, or comes back to
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(
            QCoreApplication.translate("BodyMap", "{leg}: where it is sore").format(
                leg=leg_name(leg)
            )
        )
        self.show_layers(places=True)
        self._describe()

    def sizeHint(self) -> QSize:
        """Ask for no more than what must be there; a page gives it all it has."""
        return self.minimumSize().expandedTo(self.minimumSizeHint())

    @property
    def marked(self) -> frozenset[Place]:
        """The places marked so far."""
        return self.scene.marked

    def set_marked(self, places: frozenset[Place]) -> None:
        """Replace the marks."""
        if places != self.marked:
            self.show_layers(marked=places)
            self._describe()
            self.marks_changed.emit(places)

    def toggle(self, place: Place) -> None:
        """Mark a place, or unmark it, as a click on it would."""
        self._mark(place, marked=place not in self.marked)

    def go_to(self, place: Place) -> None:
        """Take the keyboard to a place."""
        self._cursor = place
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._point(place)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark or unmark what lies under the pointer; a drag then does the same to more."""
        place = self._place_at(event.position())
        if event.button() is not _LEFT or place is None:
            super().mousePressEvent(event)
            return
        self._paints = place not in self.marked
        self._dragged_to = event.position()
        self._point(place)
        self._mark(place, marked=self._paints)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Outline what lies under the pointer, and paint what a drag comes across."""
        place = self._place_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor)
        self._point(place)
        if not event.buttons() & _LEFT:
            self._paints = None  # a release that never came here
        if self._paints is not None:
            for crossed in self._crossed(self._dragged_to, event.position()):
                self._mark(crossed, marked=self._paints)
            self._dragged_to = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        if event.button() is _LEFT:
            self._paints = None
        super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Outline nothing, unless the keyboard does."""
        super().leaveEvent(event)
        self._point(None)

    # Keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go on where the keyboard was; at first in the middle of the band."""
        super().focusInEvent(event)
        self._point(self._cursor, focused=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Outline nothing."""
        super().focusOutEvent(event)
        self._point(None, focused=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from place to place as the eye would; mark by Space, once while it is held."""
        key, drawn = Qt.Key(event.key()), tuple(self.anatomy.places)
        if key in _ARROWS:
            self._point(self._beside(self._cursor, *_ARROWS[key]))
        elif key is Qt.Key.Key_Home:
            self._point(drawn[0])
        elif key is Qt.Key.Key_End:
            self._point(drawn[-1])
        elif key is Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.toggle(self._cursor)
        else:
            super().keyPressEvent(event)

    def _beside(self, place: Place, dx: int, dy: int) -> Place:
        """Return the next place in a direction on the screen; the same where there is none."""
        return self.anatomy.place_beside(place, dx * self.scene.viewport.flip, dy) or place

    # Both

    def _make_access(self) -> BodyMapAccess:
        """Return how screen readers see the map."""
        self._boxes = BodyMapAccess(self, self.anatomy, self.scene, self)
        return self._boxes

    def _place_at(self, pixel: QPointF) -> Place | None:
        return place_at(pixel, self.scene, self.anatomy)

    def _crossed(self, start: QPointF, end: QPointF) -> Iterator[Place]:
        """Yield what a pointer crosses between two pixels, in order."""
        way = end - start
        steps = max(1, ceil(hypot(way.x(), way.y())))
        for step in range(1, steps + 1):
            place = self._place_at(start + way * (step / steps))
            if place is not None:
                yield place

    def _mark(self, place: Place, *, marked: bool) -> None:
        """Mark or unmark a place for the user, and say so."""
        if (place in self.marked) is not marked:
            self.set_marked(self.marked ^ {place})
            self._boxes.announce(place)

    def _point(self, place: Place | None, *, focused: bool | None = None) -> None:
        """Outline a place; with the focus, one stays outlined when the pointer leaves all."""
        focused = self.scene.focused if focused is None else focused
        if focused:
            place = self._cursor = place or self._cursor
        before = self.scene.pointed
        self._change(pointed=place, focused=focused)
        if place is not before:
            self.pointed_changed.emit(place)

    def _describe(self) -> None:
        """Sum the marks up for screen readers."""
        names = QCoreApplication.translate("BodyMap", ", ").join(
            place_name(place) for place in Place if place in self.marked
        )
        nothing = QCoreApplication.translate("BodyMap", "nothing marked")
        self.setAccessibleDescription(names or nothing)
