"""A leg to mark sore places on, by pointer, keyboard or screen reader."""

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
    """The actions of a screen reader on a map."""

    def toggle(self, place: Place) -> None:
        """Mark a place, or unmark it, as a click would."""

    def go_to(self, place: Place) -> None:
        """Move the keyboard focus to a place."""


class BodyMapAccess(LegAccess):
    """A leg on which every place can be marked."""

    def __init__(self, view: QWidget, anatomy: Anatomy, scene: Scene, marking: Marking) -> None:
        super().__init__(view, anatomy, scene)
        self.marking = ref(marking)  # the interface is kept and must not keep the map alive

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place that has a shape, from hip to knee."""
        return tuple(self.anatomy.places)

    def make_place(self, place: Place) -> "MarkablePlace":
        """Make the check box for a place."""
        return MarkablePlace(self, place)

    def describe(self, place: Place, scene: Scene) -> str:
        """Return the soreness over time; marks are reported as a state instead."""
        return next((tint.text for tint in scene.tints if tint.place is place), "")

    def tell_places(self, before: Scene) -> None:
        """Report changed marks and the keyboard's place, too."""
        super().tell_places(before)
        for place in self.places:
            if (place in before.marked) is not (place in self.scene.marked):
                changed = flagged(checked=True)  # the flag that changed, not its value
                event = QAccessibleStateChangeEvent(self.place(place), changed)
                QAccessible.updateAccessibility(event)
        if self.keyboard_at(self.scene) is not self.keyboard_at(before):
            if before.focused:
                self._tell_keyboard()
            else:  # after Qt has reported the focus of the whole map
                QTimer.singleShot(0, self.widget(), self._tell_keyboard)

    def _tell_keyboard(self) -> None:
        """Report the keyboard's place."""
        at = self.keyboard_at(self.scene)
        if at is not None:
            tell(self.place(at), QAccessible.Event.Focus)

    def keyboard_at(self, scene: Scene) -> Place | None:
        """Return the keyboard's place in a scene, or None without the focus."""
        return scene.pointed if scene.focused else None

    def announce(self, place: Place) -> None:
        """Announce whether a place is marked, after any current speech."""
        if place in self.scene.marked:
            text = QCoreApplication.translate("BodyMap", "{place}: marked")
        else:
            text = QCoreApplication.translate("BodyMap", "{place}: not marked")
        event = QAccessibleAnnouncementEvent(self.widget(), text.format(place=place_name(place)))
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's name; may be None
        """Return the keyboard's place."""
        at = self.keyboard_at(self.scene)
        return None if at is None else self.place(at)


class MarkablePlace(PlaceAccess):
    """A place as a check box."""

    def __init__(self, leg: BodyMapAccess, place: Place) -> None:
        super().__init__(leg, place)
        self._map = leg
        self._action = _PlaceAction(leg, place)

    def role(self) -> QAccessible.Role:
        """Return the role of a check box."""
        return QAccessible.Role.CheckBox

    def flags(self) -> dict[str, bool]:
        """Add whether the place is marked and whether it has the keyboard focus."""
        scene = self._map.scene
        return super().flags() | {
            "checkable": True,
            "checked": self.named in scene.marked,
            "focusable": True,
            "focused": self._map.keyboard_at(scene) is self.named,
        }

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]  # the stub's int crashes
        """Return a pointer to the place's actions; a null pointer for other interfaces."""
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
        """Return toggle and press, which do the same here, and setFocus."""
        return [self.toggleAction(), self.pressAction(), self.setFocusAction()]

    def doAction(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Mark or unmark the place, or move the keyboard focus to it."""
        view, marking = self._map.view, self._map.marking()
        if marking is None or view is None or not view.isEnabled():
            return
        if name in {self.toggleAction(), self.pressAction()}:
            marking.toggle(self._place)
        elif name == self.setFocusAction():
            marking.go_to(self._place)

    def keyBindingsForAction(self, _name: str) -> list[str]:  # noqa: N802 - Qt's name
        """Return none: Space works only on the place with the focus."""
        return []


_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_LEFT = Qt.MouseButton.LeftButton


class BodyMap(LegView):
    """Mark places with click, tap or drag, or with the arrow keys, Home, End and Space.

    While the map has the focus, the place last pointed at or moved to is outlined.
    """

    marks_changed = Signal(frozenset)
    pointed_changed = Signal(object)  # Place or None

    def __init__(self, appearance: Appearance, leg: Leg) -> None:
        super().__init__(appearance, leg, SORE)
        self._paints: bool | None = None  # whether a drag marks or unmarks; None without a drag
        self._dragged_to = QPointF()
        self._cursor = Place.BAND_MIDDLE  # the keyboard's place, also while the map has no focus
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
        """Ask for the minimum; the page gives the map all the room there is."""
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
        """Move the keyboard focus to a place."""
        self._cursor = place
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._point(place)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark or unmark the place under the pointer; a drag does the same to others."""
        place = self._place_at(event.position())
        if event.button() is not _LEFT or place is None:
            super().mousePressEvent(event)
            return
        self._paints = place not in self.marked
        self._dragged_to = event.position()
        self._point(place)
        self._mark(place, marked=self._paints)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Outline the place under the pointer, and mark or unmark those that a drag crosses."""
        place = self._place_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor)
        self._point(place)
        if not event.buttons() & _LEFT:
            self._paints = None  # the release went elsewhere
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
        """Outline nothing, unless the map has the focus."""
        super().leaveEvent(event)
        self._point(None)

    # Keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Continue at the keyboard's last place; at first the middle of the band."""
        super().focusInEvent(event)
        self._point(self._cursor, focused=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Outline nothing."""
        super().focusOutEvent(event)
        self._point(None, focused=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the next place on the screen; mark with Space, once even if held."""
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
        """Return the next place in a direction on the screen, or the same one if there is none."""
        return self.anatomy.place_beside(place, dx * self.scene.viewport.flip, dy) or place

    # Pointer and keyboard

    def _make_access(self) -> BodyMapAccess:
        """Return the interface for screen readers."""
        self._boxes = BodyMapAccess(self, self.anatomy, self.scene, self)
        return self._boxes

    def _place_at(self, pixel: QPointF) -> Place | None:
        return place_at(pixel, self.scene, self.anatomy)

    def _crossed(self, start: QPointF, end: QPointF) -> Iterator[Place]:
        """Yield the places a pointer crosses between two pixels, in order."""
        way = end - start
        steps = max(1, ceil(hypot(way.x(), way.y())))
        for step in range(1, steps + 1):
            place = self._place_at(start + way * (step / steps))
            if place is not None:
                yield place

    def _mark(self, place: Place, *, marked: bool) -> None:
        """Mark or unmark a place for the user, and announce it."""
        if (place in self.marked) is not marked:
            self.set_marked(self.marked ^ {place})
            self._boxes.announce(place)

    def _point(self, place: Place | None, *, focused: bool | None = None) -> None:
        """Outline a place; with the focus, one stays outlined after the pointer leaves."""
        focused = self.scene.focused if focused is None else focused
        if focused:
            place = self._cursor = place or self._cursor
        before = self.scene.pointed
        self._change(pointed=place, focused=focused)
        if place is not before:
            self.pointed_changed.emit(place)

    def _describe(self) -> None:
        """Describe the marks to screen readers."""
        names = QCoreApplication.translate("BodyMap", ", ").join(
            place_name(place) for place in Place if place in self.marked
        )
        nothing = QCoreApplication.translate("BodyMap", "nothing marked")
        self.setAccessibleDescription(names or nothing)
