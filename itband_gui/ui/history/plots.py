"""The chart's plots, one below the other: the legs' ratings over the strip.

Loads pyqtgraph, which takes a third of a second: import it when History is opened, not before.
"""

from collections.abc import Collection, Iterable

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication

from itband_gui.leg.names import Leg
from itband_gui.ui.history.cursor import Cursor, again
from itband_gui.ui.history.pane import Pane
from itband_gui.ui.history.ratings_pane import RatingsPane
from itband_gui.ui.history.strip_pane import StripPane
from itband_gui.ui.history.tracks import Beside, Track
from itband_gui.ui.history.window import Window
from itband_gui.ui.style import SPACE, Appearance, scaled_font
from itband_gui.ui.words import leg_name

LEG_LINES, STRIP_LINES = 10.0, 9.0  # least heights in lines of text


class Plots(pg.GraphicsLayoutWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Shows tracks over a window of days, and one entry of them marked."""

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
        """What can be read, from the top."""
        return self._tracks

    def show_tracks(self, tracks: Iterable[Track], legs: Collection[Leg]) -> None:
        """Show the series and rows of some legs, keeping the entry that was read."""
        self._tracks = tuple(tracks)
        self._arrange(tuple(leg for leg in Leg if leg in legs))
        for leg, pane in self.ratings.items():
            pane.show_tracks(track for track in self._tracks if track.leg is leg)
        self.strip.show_tracks(track for track in self._tracks if isinstance(track.what, Beside))
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
        """Ask for what can be read well."""
        lines = LEG_LINES * max(len(self._shown) - 1, 1) + STRIP_LINES
        return QSize(400, round(QFontMetricsF(QApplication.font()).lineSpacing() * lines))

    def minimumSizeHint(self) -> QSize:
        """Ask for no less."""
        return self.sizeHint()

    def _arrange(self, legs: tuple[Leg, ...]) -> None:
        """Put the panes of some legs one below the other, over the strip."""
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
        """Take the theme's colours and the application's font."""
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
        """Show that the keys work here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys work elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def drawForeground(self, painter: QPainter, _exposed: QRectF) -> None:  # noqa: N802 - Qt's
        """Show where the keyboard is."""
        if self.hasFocus():
            pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), 2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))


def _row_names() -> dict[Beside, str]:
    return {
        Beside.SIGNS: QCoreApplication.translate("HistoryChart", "Signs"),
        Beside.SESSIONS: QCoreApplication.translate("HistoryChart", "Massage"),
        Beside.REST_DAYS: QCoreApplication.translate("HistoryChart", "Rest"),
        Beside.RUNS: QCoreApplication.translate("HistoryChart", "Load"),
    }
