"""One plot of the chart, above the axis of days: what the legs' ratings and the strip share.

pyqtgraph draws; how it looks, and what a pointer or a key does, is ours. This module loads
pyqtgraph, so only the modules of the chart import it.
"""

from collections.abc import Iterable
from datetime import date

import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPen
from PySide6.QtWidgets import QGraphicsItem

from itband_gui.ui.history.day_ticks import ticks, widest
from itband_gui.ui.history.tracks import Track
from itband_gui.ui.history.window import Window
from itband_gui.ui.style import scaled_font
from itband_gui.ui.theme import Theme, ThemeName

POINT, SMALL_POINT = 0.5, 0.3  # lines of text: sizes of the marks
CROWDED = 250  # days: beyond, single ratings are drawn small and faint; our choice
# Of 255: single ratings are quiet beside the median, and yet 3 : 1 against the ground where they
# are not crowded (WCAG 2.2, 1.4.11); in high contrast they are so many times as strong.
FAINT, FAINTER, STRONGER = 180, 60, 3
FAR, RING = 12.0, 18.0  # px: how near the pointer has to come to a point, and the ring around it
BELOW_ALL = -1000  # the axes and their grid; pyqtgraph would draw them over the points


class DayAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """The axis of days; without `labels`, only its lines across the plot."""

    def __init__(self, *, labels: bool) -> None:
        super().__init__("bottom")
        self.enableAutoSIPrefix(enable=False)
        self.setStyle(tickLength=0, tickAlpha=255, showValues=labels, hideOverlappingLabels=True)
        self.setGrid(255)
        self._label_width = 1.0
        self._texts: dict[float, str] = {}

    def take_font(self) -> None:
        """Size the labels by the application's font."""
        font = scaled_font("small")
        metrics = QFontMetricsF(font)
        self.setTickFont(font)
        self._label_width = metrics.horizontalAdvance(widest(date(2026, 1, 1)))
        self.setHeight(metrics.height() * 1.5 if self.style["showValues"] else 0)

    def tickValues(  # noqa: N802 - pyqtgraph's
        self, first: float, last: float, size: float
    ) -> list[tuple[float, list[float]]]:
        """Return the places of the marks, all of one sort."""
        found = ticks(first, last, size, self._label_width)
        self._texts = {float(tick.day.toordinal()): tick.text for tick in found}
        return [(1.0, list(self._texts))]

    def tickStrings(self, values: Iterable[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802 - pyqtgraph's
        """Return what the marks say."""
        return [self._texts[value] for value in values]


class Pane:
    """One plot above the axis of days, whose own ways with the mouse are off."""

    def __init__(self, low: float, high: float, *, labels: bool) -> None:
        self.days = DayAxis(labels=labels)
        self.left = pg.AxisItem("left")
        self.left.enableAutoSIPrefix(enable=False)
        self.left.setStyle(tickLength=0, tickAlpha=255)
        self.plot = pg.PlotItem(
            axisItems={"bottom": self.days, "left": self.left}, enableMenu=False
        )
        self.plot.hideButtons()
        for axis in (self.days, self.left):
            axis.setZValue(BELOW_ALL)
        self.view = self.plot.getViewBox()
        self.view.setMouseEnabled(x=False, y=False)
        self.view.setDefaultPadding(0)
        self.view.disableAutoRange()
        self.view.setYRange(low, high, padding=0)
        self.tracks: tuple[Track, ...] = ()
        self._theme: Theme | None = None
        self._crowded = False
        self._line = pg.InfiniteLine(angle=90, movable=False)
        self._ring = pg.ScatterPlotItem(size=RING, antialias=True)
        for item in (self._line, self._ring):
            item.setZValue(10)
            item.hide()
            self.add(item)

    def add(self, item: QGraphicsItem) -> None:
        """Add an item that never decides what is in sight."""
        self.plot.addItem(item, ignoreBounds=True)

    def show_window(self, window: Window) -> None:
        """Show a part of the axis of days; where they are many, what is on them is small."""
        self.view.setXRange(window.left, window.right, padding=0)
        if (window.width > CROWDED) is not self._crowded:
            self._crowded = not self._crowded
            self.paint_again()

    def paint_again(self) -> None:
        """Give what is drawn its colours and sizes, once there is a theme."""
        if self._theme is not None:
            self.paint(self._theme)

    def paint(self, theme: Theme) -> None:
        """Give what is drawn its colours, by role, and its sizes."""
        raise NotImplementedError

    def take_theme(self, theme: Theme, axis_width: float) -> None:
        """Take colours by role, and the application's font."""
        self._theme = theme
        line, ink = QColor(theme.line), QColor(theme.quiet_ink)
        if theme.name is ThemeName.CONTRAST:  # its lines are as bright as its ink
            line = QColor.fromRgbF(0.35, 0.35, 0.35)
        for axis in (self.days, self.left):
            axis.setPen(thin_pen(line))
            axis.setTickPen(thin_pen(line))
            axis.setTextPen(thin_pen(ink))
        self.left.setTickFont(scaled_font("small"))
        self.left.setWidth(axis_width)
        self.days.take_font()
        self._line.setPen(thin_pen(QColor(theme.accent)))
        self._ring.setPen(thin_pen(QColor(theme.accent), 2.5))
        self._ring.setBrush(None)
        self.paint(theme)

    def point_at(self, x: float | None, y: float | None) -> None:
        """Draw the line of a day, and a ring around a point of this plot."""
        self._line.setVisible(x is not None)
        self._ring.setVisible(x is not None and y is not None)
        if x is not None:
            self._line.setValue(x)
            if y is not None:
                self._ring.setData([x], [y])

    def height_of(self, track: Track, index: int) -> float:
        """Return how high a point is drawn."""
        return track.ys[index]

    def nearest(self, at: QPointF, reach: float = FAR) -> tuple[Track, int] | None:
        """Return the point of the plot that is nearest to a place of the scene, within reach."""
        per_day, per_row = self._pixels()
        where = self.view.mapSceneToView(at)
        best, found = reach * reach, None
        for track in self.tracks:
            for i in self._near(track, where.x(), reach / per_day):
                days, rows = self._away(track, i, where)
                away = (days * per_day) ** 2 + (rows * per_row) ** 2
                if away <= best:
                    best, found = away, (track, i)
        return found

    def _near(self, track: Track, x: float, days: float) -> range:
        """Return what of a track may be within some days of a place."""
        return track.span(x - days, x + days)

    def _away(self, track: Track, index: int, where: QPointF) -> tuple[float, float]:
        """Return how many days and rows a point is away."""
        return track.xs[index] - where.x(), self.height_of(track, index) - where.y()

    def _point_size(self) -> float:
        """Return the size of a point in pixels."""
        lines = SMALL_POINT if self._crowded else POINT
        return lines * QFontMetricsF(scaled_font("small")).height()

    def _pixels(self) -> tuple[float, float]:
        """Return how many pixels a day and a row have."""
        size, (xs, ys) = self.view.rect(), self.view.viewRange()
        return size.width() / (xs[1] - xs[0]), size.height() / (ys[1] - ys[0])


def faded(colour: QColor, alpha: int, theme: Theme) -> QColor:
    """Return a colour that lets through what is behind it; less so, or not, in high contrast."""
    made = QColor(colour)
    loud = theme.name is ThemeName.CONTRAST
    made.setAlpha(min(alpha * STRONGER, 255) if loud else alpha)
    return made


def thin_pen(colour: QColor, width: float = 1.0) -> QPen:
    """Return a pen as wide in pixels, however the plot is stretched."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen
