"""Reading the chart and moving in it, by pointer or by key.

Loads pyqtgraph: import it when History is opened, not before.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent

from itband_gui.ui.access import give_role
from itband_gui.ui.history.cursor import Cursor, latest, nearest, stepped, switched
from itband_gui.ui.history.plots import Plots
from itband_gui.ui.history.window import Window
from itband_gui.ui.keys import key_meant
from itband_gui.ui.style import Appearance

NOTCH = 120  # of a wheel, in eighths of a degree: Qt's
ZOOM = 1.25  # by a notch or a key
PAN = 0.2  # of what is seen, by a key
DRAGGED = 4.0  # px: less is a click
_HELD = Qt.MouseButton.LeftButton
_CTRL = Qt.KeyboardModifier.ControlModifier
_FURTHER = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OTHER_TRACK = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_END = {Qt.Key.Key_Home: float("-inf"), Qt.Key.Key_End: float("inf")}
_ZOOM = {Qt.Key.Key_Plus: 1 / ZOOM, Qt.Key.Key_Equal: 1 / ZOOM, Qt.Key.Key_Minus: ZOOM}


class Chart(Plots):
    """Shows tracks over a window of days; the scores' axis stays as it is.

    A drag pans, the wheel zooms while Ctrl is held, a double click wishes for what was before.
    """

    read = Signal(object, bool)  # Cursor or None; whether by a key
    moved = Signal(object)  # Window
    reset_wished = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._pressed: QPointF | None = None
        self._drags = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Chart)
        self.setAccessibleName(QCoreApplication.translate("HistoryChart", "Chart of the ratings"))
        self.setAccessibleDescription(keys_text())

    def move_to(self, window: Window) -> None:
        """Show another part of the axis because the user wants it."""
        if window != self._window:
            self.show_window(window)
            self.moved.emit(window)

    def _per_day(self) -> float:
        """Return how many pixels a day has."""
        width = float(self.strip.view.sceneBoundingRect().width())
        return max(width, 1.0) / (self._window.width if self._window else 1.0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, pan sideways; a plain wheel scrolls the page."""
        turned, window = event.angleDelta(), self._window
        if window is None:
            event.ignore()
        elif event.modifiers() & _CTRL:
            around = self.strip.view.mapSceneToView(event.position()).x()
            self.move_to(window.zoomed(ZOOM ** (-turned.y() / NOTCH), around))
            event.accept()
        elif abs(turned.x()) > abs(turned.y()):
            self.move_to(window.moved(-turned.x() / NOTCH * PAN / 2 * window.width))
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag."""
        if event.button() is _HELD:
            self._pressed, self._drags = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while the button is held, else read what is under the pointer."""
        if not event.buttons() & _HELD:
            self._pressed = None
        if self._pressed is None or self._window is None:
            self._read_at(event.position())
            return
        way = event.position().x() - self._pressed.x()
        if self._drags or abs(way) > DRAGGED:
            self._drags, self._pressed = True, event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.move_to(self._window.moved(-way / self._per_day()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag; a click reads."""
        if event.button() is _HELD:
            if not self._drags:
                self._read_at(event.position())
            self._pressed, self._drags = None, False
            self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Wish for the range that was chosen."""
        if event.button() is _HELD:
            self.reset_wished.emit()

    def leaveEvent(self, _event: QEvent) -> None:
        """Keep what was read."""

    def _read_at(self, place: QPointF) -> None:
        for pane in self._shown:
            if pane.view.sceneBoundingRect().contains(place):
                found = pane.nearest(place)
                if found is not None:
                    self._read(Cursor(*found), by_key=False)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read from entry to entry, zoom and pan."""
        key, window = Qt.Key(event.key()), self._window
        if window is None:
            event.ignore()
        elif key in _ZOOM:
            self.move_to(window.zoomed(_ZOOM[key], self._middle(window)))
        elif key_meant(event) == Qt.Key.Key_0 or (
            event.modifiers() & _CTRL and key is Qt.Key.Key_Home
        ):
            self.move_to(window.whole())
        elif event.modifiers() & _CTRL and key in _FURTHER:
            self.move_to(window.moved(_FURTHER[key] * PAN * window.width))
        elif key in {**_FURTHER, **_OTHER_TRACK, **_END} and not event.modifiers() & _CTRL:
            self._step(key, window)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Read what is current."""
        super().focusInEvent(event)
        by_tab = event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        }
        if by_tab and self._window is not None:
            found = self.cursor_at or latest(self._tracks, self._window.right)
            if found is not None:
                self._read(found, by_key=True)

    def _step(self, key: Qt.Key, window: Window) -> None:
        at = self.cursor_at
        if at is None:
            at = latest(self._tracks, window.right)
        elif key in _FURTHER:
            at = stepped(at, _FURTHER[key])
        elif key in _OTHER_TRACK:
            at = switched(at, self._tracks, _OTHER_TRACK[key])
        else:
            at = nearest(at.track, _END[key])
        if at is not None:
            self.move_to(window.showing(at.x))
            self._read(at, by_key=True)

    def _middle(self, window: Window) -> float:
        """Return what a zoom by key goes around: what is read, if it is in sight."""
        at = self.cursor_at
        seen = at is not None and window.left <= at.x <= window.right
        return at.x if at is not None and seen else (window.left + window.right) / 2

    def _read(self, cursor: Cursor, *, by_key: bool) -> None:
        if by_key or cursor != self.cursor_at:
            self.go_to(cursor)
            self.read.emit(cursor, by_key)


def keys_text() -> str:
    """Return what keys and pointer do in the chart."""
    return QCoreApplication.translate(
        "HistoryChart",
        "Left and Right read from entry to entry, Up and Down change the series, Home and End go "
        "to its ends. Plus and Minus zoom, Ctrl with Left and Right moves along, 0 shows "
        "everything. By pointer: drag, Ctrl and wheel, double click to go back.",
    )
