"""The chart's panes: ratings of both legs, and the strip of runs, sessions and signs.

pyqtgraph only draws; look, pointer and keys are handled here. This module loads pyqtgraph, so
only the chart's modules import it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem

from itband_gui.journal.entries import SCORE, Moment
from itband_gui.ui.history.legend import MARKS
from itband_gui.ui.history.ticks import ticks, widest
from itband_gui.ui.history.tracks import Line, Strip, Track, Window
from itband_gui.ui.look.style import scaled_font
from itband_gui.ui.look.theme import Theme, ThemeName
from itband_gui.ui.text.dates import number_locale

POINT, SMALL_POINT = 0.5, 0.3  # sizes of the marks, in lines of text
CROWDED = 250  # days; above this, single ratings are drawn small and faint; our choice
# Out of 255: single ratings are fainter than the median, yet have 3 : 1 contrast when they are
# not crowded (WCAG 2.2, 1.4.11). STRONGER multiplies these in high contrast.
FAINT, FAINTER, STRONGER = 180, 60, 3
FAR, RING = 12.0, 18.0  # px: reach of the pointer around a point, and size of the ring
BELOW_ALL = -1000  # for the axes and their grid, which pyqtgraph would draw over the points


class DayAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """The axis of days; without `labels`, only its grid lines."""

    def __init__(self, *, labels: bool) -> None:
        super().__init__("bottom")
        self.enableAutoSIPrefix(enable=False)
        self.setStyle(tickLength=0, tickAlpha=255, showValues=labels, hideOverlappingLabels=True)
        self.setGrid(255)
        self._label_width = 1.0
        self._texts: dict[float, str] = {}

    def take_font(self) -> None:
        """Size the labels to the application's font."""
        font = scaled_font("small")
        metrics = QFontMetricsF(font)
        self.setTickFont(font)
        self._label_width = metrics.horizontalAdvance(widest(date(2026, 1, 1)))
        self.setHeight(metrics.height() * 1.5 if self.style["showValues"] else 0)

    def tickValues(  # noqa: N802 - pyqtgraph's name
        self, first: float, last: float, size: float
    ) -> list[tuple[float, list[float]]]:
        """Return the positions of the marks, all at one level."""
        found = ticks(first, last, size, self._label_width)
        self._texts = {float(tick.day.toordinal()): tick.text for tick in found}
        return [(1.0, list(self._texts))]

    def tickStrings(self, values: Iterable[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802 - pyqtgraph's name
        """Return the labels of the marks."""
        return [self._texts[value] for value in values]


class Pane:
    """One plot over the axis of days, with pyqtgraph's own mouse handling off."""

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
        """Add an item that does not affect the visible range."""
        self.plot.addItem(item, ignoreBounds=True)

    def show_window(self, window: Window) -> None:
        """Show a part of the axis of days; many days get small points."""
        self.view.setXRange(window.left, window.right, padding=0)
        if (window.width > CROWDED) is not self._crowded:
            self._crowded = not self._crowded
            self.paint_again()

    def paint_again(self) -> None:
        """Paint again with the current theme, if there is one."""
        if self._theme is not None:
            self.paint(self._theme)

    def paint(self, theme: Theme) -> None:
        """Set the colours, by role, and sizes of all items."""
        raise NotImplementedError

    def take_theme(self, theme: Theme, axis_width: float) -> None:
        """Apply the theme's colours and the application's font."""
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
        """Draw the line of a day and a ring around a point of this plot."""
        self._line.setVisible(x is not None)
        self._ring.setVisible(x is not None and y is not None)
        if x is not None:
            self._line.setValue(x)
            if y is not None:
                self._ring.setData([x], [y])

    def height_of(self, track: Track, index: int) -> float:
        """Return the height at which a point is drawn."""
        return track.ys[index]

    def nearest(self, at: QPointF, reach: float = FAR) -> tuple[Track, int] | None:
        """Return the point nearest to a position in the scene, within reach."""
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
        """Return the indices of a track that may be within some days of a position."""
        return track.span(x - days, x + days)

    def _away(self, track: Track, index: int, where: QPointF) -> tuple[float, float]:
        """Return the distance of a point in days and rows."""
        return track.xs[index] - where.x(), self.height_of(track, index) - where.y()

    def _point_size(self) -> float:
        """Return the size of a point in pixels."""
        lines = SMALL_POINT if self._crowded else POINT
        return lines * QFontMetricsF(scaled_font("small")).height()

    def _pixels(self) -> tuple[float, float]:
        """Return the pixels per day and per row."""
        size, (xs, ys) = self.view.rect(), self.view.viewRange()
        return size.width() / (xs[1] - xs[0]), size.height() / (ys[1] - ys[0])


def faded(colour: QColor, alpha: int, theme: Theme) -> QColor:
    """Return a translucent colour; less translucent, or opaque, in high contrast."""
    made = QColor(colour)
    loud = theme.name is ThemeName.CONTRAST
    made.setAlpha(min(alpha * STRONGER, 255) if loud else alpha)
    return made


def thin_pen(colour: QColor, width: float = 1.0) -> QPen:
    """Return a pen whose width is in pixels, however the plot is scaled."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen


MARGIN = 0.6  # in scores, above and below, so that a point at 0 or 10 is not cut off
FAINTEST = 36  # out of 255: single ratings under monthly medians
SINGLE, MONTH = 0.18, 12.0  # days to each side of a lone point, so it is drawn as a short line

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]


class RatingsPane(Pane):
    """Draw 7-day medians as lines, or monthly medians over years."""

    def __init__(self) -> None:
        super().__init__(SCORE.low - MARGIN, SCORE.high + MARGIN, labels=False)
        self._by_month = False
        self.left.setTicks([[(float(s), str(s)) for s in (0, 2, 4, 6, 8, 10)]])
        self.left.setGrid(255)
        self.points = {moment: pg.ScatterPlotItem(antialias=True) for moment in MARKS}
        self.lines = {moment: pg.PlotDataItem(antialias=True) for moment in MARKS}
        for moment, mark in MARKS.items():
            self.points[moment].setSymbol(mark.shape())
            self.lines[moment].setZValue(1)
            self.add(self.points[moment])
            self.add(self.lines[moment])
            self.lines[moment].setClipToView(True)  # adding it to a plot switches this off

    def show_tracks(self, tracks: Iterable[Track]) -> None:
        """Show these series and no others."""
        self.tracks = tuple(tracks)
        shown = {track.what: track for track in self.tracks}
        for moment in MARKS:
            track = shown.get(moment)
            self.points[moment].setVisible(track is not None)
            self.lines[moment].setVisible(track is not None)
            if track is not None:
                self.points[moment].setData(np.array(track.xs), np.array(track.ys))
        self._show_lines()

    def show_window(self, window: Window) -> None:
        """Show a part of the axis of days; over years, monthly medians instead of 7-day ones."""
        super().show_window(window)
        if window.by_month is not self._by_month:
            self._by_month = window.by_month
            self._show_lines()
            self.paint_again()

    def _show_lines(self) -> None:
        for track in self.tracks:
            lines, half = (track.months, MONTH) if self._by_month else (track.weeks, SINGLE)
            self.lines[Moment(track.what)].setData(*_with_gaps(lines, half), connect="finite")

    def paint(self, theme: Theme) -> None:
        """Colour each series, with single points fainter than the median."""
        faint = FAINTEST if self._by_month else FAINTER if self._crowded else FAINT
        for moment, mark in MARKS.items():
            self.points[moment].setPen(None)
            self.points[moment].setBrush(faded(mark.colour(theme), faint, theme))
            self.points[moment].setSize(self._point_size())
            # Qt draws dashed lines slowly when antialiased, and more slowly when wide.
            self.lines[moment].opts["antialias"] = not self._crowded
            thin = self._crowded and not self._by_month
            self.lines[moment].setPen(mark.line(theme, thin=thin))


def _with_gaps(lines: Sequence[Line], half: float) -> tuple[Numbers, Numbers]:
    """Join lines with gaps between them; a line of a single point gets a length."""
    xs: list[float] = []
    ys: list[float] = []
    for line in lines:
        (x, y), single = line[0], len(line) == 1
        drawn = ((x - half, y), (x + half, y)) if single else line
        xs += [x for x, _ in drawn] + [drawn[-1][0]]
        ys += [y for _, y in drawn] + [np.nan]
    return np.array(xs), np.array(ys)


START = 0.7  # size of the mark where a sign begins, in lines of text
ROWS = {Strip.SIGNS: 5.6, Strip.SESSIONS: 4.6, Strip.REST_DAYS: 3.6}  # the middle of each row
RUNS_HIGH = 2.6  # height of the highest bar, in rows
STRIP_TOP = 6.2
BAR = 0.7  # of a day


class StripPane(Pane):
    """Draw signs, sessions, rest days, runs and activities."""

    def __init__(self, names: Mapping[Strip, str]) -> None:
        super().__init__(0, STRIP_TOP, labels=True)
        self._names = names
        self.labels: dict[str, float] = {}  # on the axis, with their heights
        self._highest = 1.0
        self._feet: dict[Strip, list[float]] = {}  # the foot of each bar, as a load
        self.bars = {
            what: pg.BarGraphItem(x=[], height=[], y0=[], width=BAR)
            for what in (Strip.RUNS, Strip.ACTIVITIES)
        }
        self._signs = pg.BarGraphItem(x0=[], x1=[], y0=[], height=0.35)
        self._sign_starts = pg.ScatterPlotItem(antialias=True, symbol=_triangle())
        self._spots = {
            Strip.SESSIONS: pg.ScatterPlotItem(antialias=True, symbol=_disc()),
            Strip.REST_DAYS: pg.ScatterPlotItem(antialias=True, symbol=_dash()),
        }
        for item in (
            *self.bars.values(),
            self._signs,
            self._sign_starts,
            *self._spots.values(),
        ):
            self.add(item)

    def show_tracks(self, tracks: Iterable[Track]) -> None:
        """Show these rows."""
        self.tracks = tuple(tracks)
        by_what = {track.what: track for track in self.tracks}
        for what, spots in self._spots.items():
            track = by_what[what]
            spots.setData(np.array(track.xs), np.full(len(track.xs), ROWS[what]))
        self._show_loads([by_what[what] for what in self.bars])
        signs = by_what[Strip.SIGNS]
        row = ROWS[Strip.SIGNS]
        self._signs.setOpts(
            x0=np.array(signs.xs), x1=np.array(signs.ends), y0=np.full(len(signs.xs), row - 0.18)
        )
        self._sign_starts.setData(np.array(signs.xs), np.full(len(signs.xs), row))

    def height_of(self, track: Track, index: int) -> float:
        """Return the middle of a track's row or, for a run or activity, of its bar."""
        what = Strip(track.what)
        if what in self.bars:
            middle = self._feet[what][index] + track.ys[index] / 2
            return middle / self._highest * RUNS_HIGH
        return ROWS[what]

    def _near(self, track: Track, x: float, days: float) -> range:
        """Return all signs, as they are few and span days."""
        return range(len(track.xs)) if track.what is Strip.SIGNS else super()._near(track, x, days)

    def _away(self, track: Track, index: int, where: QPointF) -> tuple[float, float]:
        """Return a zero distance within a sign's span or a bar's height."""
        days, rows = super()._away(track, index, where)
        if track.xs[index] <= where.x() <= track.ends[index]:
            days = 0.0
        if track.what in self.bars:
            half = track.ys[index] / self._highest * RUNS_HIGH / 2
            rows = max(abs(rows) - half, 0.0)
        return days, rows

    def paint(self, theme: Theme) -> None:
        """Colour each row."""
        quiet, sign, run = QColor(theme.quiet_ink), QColor(theme.rest), QColor(theme.accent)
        self._sign_starts.setSize(START * QFontMetricsF(scaled_font("small")).height())
        self._sign_starts.setBrush(sign)
        self._sign_starts.setPen(None)
        self._signs.setOpts(brush=faded(sign, FAINT, theme), pen=thin_pen(sign))
        self.bars[Strip.RUNS].setOpts(brush=faded(run, FAINT, theme), pen=None)
        self.bars[Strip.ACTIVITIES].setOpts(brush=None, pen=thin_pen(quiet))
        for what, colour in ((Strip.SESSIONS, quiet), (Strip.REST_DAYS, QColor(theme.go))):
            shown = faded(colour, FAINTER, theme) if self._crowded else colour
            self._spots[what].setBrush(shown)
            self._spots[what].setPen(None)
            self._spots[what].setSize(self._point_size())

    def _show_loads(self, tracks: Iterable[Track]) -> None:
        """Draw each load as a bar, with bars of the same day stacked."""
        tops: dict[float, float] = {}
        shown = {Strip(track.what): track for track in tracks}
        for what, track in shown.items():
            self._feet[what] = []
            for x, load in zip(track.xs, track.ys, strict=True):
                self._feet[what].append(tops.get(x, 0.0))
                tops[x] = self._feet[what][-1] + load
        most = max(tops.values(), default=0.0)
        self._highest = most or 1.0
        self._show_scale(most)
        scale = RUNS_HIGH / self._highest
        for what, track in shown.items():
            feet, loads = np.array(self._feet[what]), np.array(track.ys)
            self.bars[what].setOpts(x=np.array(track.xs), y0=feet * scale, height=loads * scale)

    def _show_scale(self, most: float) -> None:
        """Label the rows, and give the bars a scale up to the highest load."""
        labels = [(y, self._names[what]) for what, y in ROWS.items()]
        labels.append((RUNS_HIGH * 0.45, self._names[Strip.RUNS]))
        if most:
            labels += [
                (0.0, number_locale().toString(0)),
                (RUNS_HIGH, number_locale().toString(round(most))),
            ]
        self.labels = {text: y for y, text in labels}
        self.left.setTicks([labels])


def _disc() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(-0.5, -0.5, 1, 1))
    return path


def _dash() -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(-0.5, -0.18, 1, 0.36))
    return path


def _triangle() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(0, -0.5)
    path.lineTo(0.5, 0.4)
    path.lineTo(-0.5, 0.4)
    path.closeSubpath()
    return path
