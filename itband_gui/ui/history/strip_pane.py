"""The strip below the ratings: signs, sessions, rest days as rows; runs and activities as bars."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath

from itband_gui.ui.formats import number_locale
from itband_gui.ui.history.pane import FAINT, FAINTER, Pane, faded, thin_pen
from itband_gui.ui.history.tracks import Beside, Track
from itband_gui.ui.style import scaled_font
from itband_gui.ui.theme import Theme

START = 0.7  # lines of text: the mark where a sign begins
ROWS = {Beside.SIGNS: 5.6, Beside.SESSIONS: 4.6, Beside.REST_DAYS: 3.6}  # middles, in rows
RUNS_HIGH = 2.6  # rows: the highest bar
STRIP_TOP = 6.2
BAR = 0.7  # of a day


class StripPane(Pane):
    """What lies beside the ratings; the bars of activities are hollow, and stand on the runs'."""

    def __init__(self, names: Mapping[Beside, str]) -> None:
        super().__init__(0, STRIP_TOP, labels=True)
        self._names = names
        self._highest = 1.0
        self._feet: dict[Beside, list[float]] = {}  # of each bar, as a load
        self._bars = {
            what: pg.BarGraphItem(x=[], height=[], y0=[], width=BAR)
            for what in (Beside.RUNS, Beside.ACTIVITIES)
        }
        self._signs = pg.BarGraphItem(x0=[], x1=[], y0=[], height=0.35)
        self._sign_starts = pg.ScatterPlotItem(antialias=True, symbol=_triangle())
        self._spots = {
            Beside.SESSIONS: pg.ScatterPlotItem(antialias=True, symbol=_disc()),
            Beside.REST_DAYS: pg.ScatterPlotItem(antialias=True, symbol=_dash()),
        }
        for item in (
            *self._bars.values(),
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
        self._show_loads([by_what[what] for what in self._bars])
        signs = by_what[Beside.SIGNS]
        row = ROWS[Beside.SIGNS]
        self._signs.setOpts(
            x0=np.array(signs.xs), x1=np.array(signs.ends), y0=np.full(len(signs.xs), row - 0.18)
        )
        self._sign_starts.setData(np.array(signs.xs), np.full(len(signs.xs), row))

    def height_of(self, track: Track, index: int) -> float:
        """Return the row of what has one; for a run or an activity, the middle of its bar."""
        what = Beside(track.what)
        if what in self._bars:
            middle = self._feet[what][index] + track.ys[index] / 2
            return middle / self._highest * RUNS_HIGH
        return ROWS[what]

    def _near(self, track: Track, x: float, days: float) -> range:
        """Return all signs: they are few, and last."""
        return range(len(track.xs)) if track.what is Beside.SIGNS else super()._near(track, x, days)

    def _away(self, track: Track, index: int, where: QPointF) -> tuple[float, float]:
        """Return no distance within a sign's span and in front of a bar."""
        days, rows = super()._away(track, index, where)
        if track.xs[index] <= where.x() <= track.ends[index]:
            days = 0.0
        if track.what in self._bars:
            half = track.ys[index] / self._highest * RUNS_HIGH / 2
            rows = max(abs(rows) - half, 0.0)
        return days, rows

    def paint(self, theme: Theme) -> None:
        """Give each row its colour."""
        quiet, sign, run = QColor(theme.quiet_ink), QColor(theme.rest), QColor(theme.accent)
        self._sign_starts.setSize(START * QFontMetricsF(scaled_font("small")).height())
        self._sign_starts.setBrush(sign)
        self._sign_starts.setPen(None)
        self._signs.setOpts(brush=faded(sign, FAINT, theme), pen=thin_pen(sign))
        self._bars[Beside.RUNS].setOpts(brush=faded(run, FAINT, theme), pen=None)
        self._bars[Beside.ACTIVITIES].setOpts(brush=None, pen=thin_pen(quiet))
        for what, colour in ((Beside.SESSIONS, quiet), (Beside.REST_DAYS, QColor(theme.go))):
            shown = faded(colour, FAINTER, theme) if self._crowded else colour
            self._spots[what].setBrush(shown)
            self._spots[what].setPen(None)
            self._spots[what].setSize(self._point_size())

    def _show_loads(self, tracks: Iterable[Track]) -> None:
        """Draw each load as a bar, those of one day on each other."""
        tops: dict[float, float] = {}
        shown = {Beside(track.what): track for track in tracks}
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
            self._bars[what].setOpts(x=np.array(track.xs), y0=feet * scale, height=loads * scale)

    def _show_scale(self, most: float) -> None:
        """Name the rows; beside the bars, tell the highest one's load."""
        labels = [(y, self._names[what]) for what, y in ROWS.items()]
        labels.append((RUNS_HIGH * 0.45, self._names[Beside.RUNS]))
        if most:
            labels += [
                (0.0, number_locale().toString(0)),
                (RUNS_HIGH, number_locale().toString(round(most))),
            ]
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
