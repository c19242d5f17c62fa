"""The body map as screen readers see it: every place is a check box that they can press."""

from typing import Protocol
from weakref import ref

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import VoidPtr, getCppPointer

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Place
from itband_gui.ui.leg.leg_access import LegAccess, PlaceAccess, flagged, tell
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.words import place_name


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

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's
        """Return toggle and press, which are the same here, and setFocus."""
        return [self.toggleAction(), self.pressAction(), self.setFocusAction()]

    def doAction(self, name: str) -> None:  # noqa: N802 - Qt's
        """Mark or unmark the place, or bring the keyboard to it."""
        view, marking = self._map.view, self._map.marking()
        if marking is None or view is None or not view.isEnabled():
            return
        if name in {self.toggleAction(), self.pressAction()}:
            marking.toggle(self._place)
        elif name == self.setFocusAction():
            marking.go_to(self._place)

    def keyBindingsForAction(self, _name: str) -> list[str]:  # noqa: N802 - Qt's
        """Return none: Space works only where the keyboard is."""
        return []
