"""The chart of ratings: its plots, zooming, panning and reading by pointer or key.

Loads pyqtgraph, so it is imported only when History is opened.
"""

from collections.abc import Collection, Iterable

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from itband_gui.leg.names import Leg
from itband_gui.ui.history.panes import Pane, RatingsPane, StripPane
from itband_gui.ui.history.tracks import (
    Cursor,
    Strip,
    Track,
    Window,
    again,
    latest,
    nearest,
    stepped,
    switched,
)
from itband_gui.ui.look.access import give_role
from itband_gui.ui.look.keys import key_meant
from itband_gui.ui.look.style import SPACE, Appearance, scaled_font
from itband_gui.ui.text.words import leg_name

LEG_LINES, STRIP_LINES = 10.0, 9.0  # least heights in lines of text


class Plots(pg.GraphicsLayoutWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Show tracks over a window of days, with one entry marked."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.cursor_at: Cursor | None = None
        self._appearance = appearance
        self._tracks: tuple[Track, ...] = ()
        self._window: Window | None = None
        self.ratings: dict[Leg, RatingsPane] = {}
        self._titles: dict[Leg, pg.LabelItem] = {}
        self.strip = StripPane(_row_names())
        self._shown: tuple[Pane, ...] = ()
        self.ci.setContentsMargins(SPACE["xs"], 0, SPACE["m"], 0)
        self.ci.setSpacing(0)
        appearance.changed.connect(self.take_look)

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks that can be read, from the top."""
        return self._tracks

    def show_tracks(self, tracks: Iterable[Track], legs: Collection[Leg]) -> None:
        """Show the series and rows of some legs, keeping the entry that was read."""
        self._tracks = tuple(tracks)
        self._arrange(tuple(leg for leg in Leg if leg in legs))
        for leg, pane in self.ratings.items():
            pane.show_tracks(track for track in self._tracks if track.leg is leg)
        self.strip.show_tracks(track for track in self._tracks if isinstance(track.what, Strip))
        self.go_to(again(self.cursor_at, self._tracks))

    def show_window(self, window: Window) -> None:
        """Show a part of the axis of days."""
        self._window = window
        for pane in self._shown:
            pane.show_window(window)

    def go_to(self, cursor: Cursor | None) -> None:
        """Mark an entry, or none."""
        self.cursor_at = cursor
        for pane in self._shown:
            track = None if cursor is None else cursor.track
            mine = track is not None and any(each is track for each in pane.tracks)
            high = pane.height_of(cursor.track, cursor.index) if cursor and mine else None
            pane.point_at(None if cursor is None else cursor.x, high)

    def sizeHint(self) -> QSize:
        """Return a size that is easy to read."""
        lines = LEG_LINES * max(len(self._shown) - 1, 1) + STRIP_LINES
        return QSize(400, round(QFontMetricsF(QApplication.font()).lineSpacing() * lines))

    def minimumSizeHint(self) -> QSize:
        """Return the same size."""
        return self.sizeHint()

    def _arrange(self, legs: tuple[Leg, ...]) -> None:
        """Stack the panes of some legs above the strip."""
        shown = (*(self._pane(leg) for leg in legs), self.strip)
        if shown == self._shown:
            return
        for item in list(self.ci.items):
            self.ci.removeItem(item)
        for row in range(2 * len(Leg) + 1):
            self.ci.layout.setRowStretchFactor(row, 0)
        for number, leg in enumerate(legs):
            self.ci.addItem(self._titles[leg], row=2 * number, col=0)
            self.ci.addItem(self.ratings[leg].plot, row=2 * number + 1, col=0)
            self.ci.layout.setRowStretchFactor(2 * number + 1, 3)
        self.ci.addItem(self.strip.plot, row=2 * len(legs), col=0)
        self.ci.layout.setRowStretchFactor(2 * len(legs), 2)
        self._shown = shown
        self.take_look()
        if self._window is not None:
            self.show_window(self._window)
        self.updateGeometry()

    def _pane(self, leg: Leg) -> RatingsPane:
        if leg not in self.ratings:
            self.ratings[leg] = RatingsPane()
            self._titles[leg] = pg.LabelItem(justify="left")
        return self.ratings[leg]

    @Slot()
    def take_look(self) -> None:
        """Apply the theme's colours and the application's font."""
        theme, font = self._appearance.theme, scaled_font("small")
        metrics = QFontMetricsF(font)
        widest = max(metrics.horizontalAdvance(name) for name in _row_names().values())
        self.setBackground(theme.surface)
        for pane in self._shown:
            pane.take_theme(theme, widest + SPACE["m"])
        for leg, title in self._titles.items():
            text = QCoreApplication.translate("HistoryChart", "{leg}, soreness 0 to 10")
            title.setText(
                text.format(leg=leg_name(leg)),
                color=theme.ink,
                size=f"{font.pointSizeF():.1f}pt",
                bold=True,
            )
        self.strip.plot.setFixedHeight(metrics.lineSpacing() * STRIP_LINES)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the focus frame."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the focus frame."""
        super().focusOutEvent(event)
        self.viewport().update()

    def drawForeground(self, painter: QPainter, _exposed: QRectF) -> None:  # noqa: N802 - Qt's name
        """Draw a frame while the chart has the focus."""
        if self.hasFocus():
            pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), 2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))


def _row_names() -> dict[Strip, str]:
    return {
        Strip.SIGNS: QCoreApplication.translate("HistoryChart", "Signs"),
        Strip.SESSIONS: QCoreApplication.translate("HistoryChart", "Massage"),
        Strip.REST_DAYS: QCoreApplication.translate("HistoryChart", "Rest"),
        Strip.RUNS: QCoreApplication.translate("HistoryChart", "Load"),
    }


NOTCH = 120  # of a wheel, in eighths of a degree, as Qt counts
ZOOM = 1.25  # factor per notch or key press
PAN = 0.2  # share of the visible days, per key press
DRAGGED = 4.0  # px: less is a click
_HELD = Qt.MouseButton.LeftButton
_CTRL = Qt.KeyboardModifier.ControlModifier
_FURTHER = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OTHER_TRACK = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_END = {Qt.Key.Key_Home: float("-inf"), Qt.Key.Key_End: float("inf")}
_ZOOM = {Qt.Key.Key_Plus: 1 / ZOOM, Qt.Key.Key_Equal: 1 / ZOOM, Qt.Key.Key_Minus: ZOOM}


class Chart(Plots):
    """Show tracks over a window of days; the score axis is fixed.

    A drag pans, the wheel zooms with Ctrl held, and a double click asks for the chosen range.
    """

    read = Signal(object, bool)  # Cursor or None; whether by a key
    moved = Signal(object)  # Window
    reset_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._pressed: QPointF | None = None
        self._drags = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Chart)
        self.setAccessibleName(QCoreApplication.translate("HistoryChart", "Chart of the ratings"))
        self.setAccessibleDescription(keys_text())

    def move_to(self, window: Window) -> None:
        """Show another part of the axis at the user's request."""
        if window != self._window:
            self.show_window(window)
            self.moved.emit(window)

    def _per_day(self) -> float:
        """Return the width of a day in pixels."""
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
        """Start a drag."""
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
        """Ask for the chosen range."""
        if event.button() is _HELD:
            self.reset_requested.emit()

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
        """Return the centre of a zoom by key: the entry being read, if visible."""
        at = self.cursor_at
        seen = at is not None and window.left <= at.x <= window.right
        return at.x if at is not None and seen else (window.left + window.right) / 2

    def _read(self, cursor: Cursor, *, by_key: bool) -> None:
        if by_key or cursor != self.cursor_at:
            self.go_to(cursor)
            self.read.emit(cursor, by_key)


def keys_text() -> str:
    """Explain the chart's keys and pointer actions."""
    return QCoreApplication.translate(
        "HistoryChart",
        "Left and Right move from entry to entry, Up and Down change the series, Home and End go "
        "to its ends. Plus and Minus zoom, Ctrl+Left and Ctrl+Right scroll, 0 shows everything. "
        "With the mouse: drag to scroll, Ctrl and wheel to zoom, double-click to reset.",
    )
