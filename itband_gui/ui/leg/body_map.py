"""A leg on which places are marked as sore, by pointer or by keyboard."""

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from itband_gui.leg.names import Leg, Place
from itband_gui.leg.viewport import THIGH
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.style import Appearance
from itband_gui.ui.words import leg_name, place_name

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BodyMap(LegView):
    """Marks places: click or tap, or arrow keys and Space."""

    marks_changed = Signal(frozenset)
    pointed_changed = Signal(object)  # Place or None

    def __init__(self, appearance: Appearance, leg: Leg) -> None:
        super().__init__(appearance, leg, THIGH)
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
        """Mark a place, or unmark it."""
        self.set_marked(self.marked ^ {place})

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark what lies under the pointer."""
        place = self._place_at(event)
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self._point(place)
            self.toggle(place)
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Outline what lies under the pointer."""
        place = self._place_at(event)
        shape = Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self._point(place)

    def leaveEvent(self, event: QEvent) -> None:
        """Outline nothing, unless the keyboard does."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the place last pointed at, else at the middle of the band."""
        super().focusInEvent(event)
        self._change(focused=True)
        self._point(self.scene.pointed or Place.BAND_MIDDLE)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Outline nothing."""
        super().focusOutEvent(event)
        self._change(focused=False)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from place to place as the eye would; Space marks."""
        pointed = self.scene.pointed
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._point(self._beside(pointed, *_ARROWS[key]) if pointed else Place.BAND_MIDDLE)
        elif key is Qt.Key.Key_Space and pointed is not None:
            if not event.isAutoRepeat():
                self.toggle(pointed)
        else:
            super().keyPressEvent(event)

    def _beside(self, place: Place, dx: int, dy: int) -> Place:
        """Return the next place in a direction on the screen; the same where there is none."""
        return self.anatomy.place_beside(place, dx * self.scene.viewport.flip, dy) or place

    def _place_at(self, event: QMouseEvent) -> Place | None:
        where = event.position()
        return self.anatomy.place_at(self.scene.viewport.to_leg(where.x(), where.y()))

    def _point(self, place: Place | None) -> None:
        if place != self.scene.pointed:
            self._change(pointed=place)
            self._describe()
            self.pointed_changed.emit(place)

    def _describe(self) -> None:
        """Say the marks and the pointed place to screen readers."""
        names = ", ".join(place_name(place) for place in Place if place in self.marked)
        marked = names or QCoreApplication.translate("BodyMap", "nothing marked")
        pointed = place_name(self.scene.pointed) if self.scene.pointed else ""
        self.setAccessibleDescription(f"{pointed}; {marked}" if pointed else marked)
