"""One leg's ratings in the chart: single ones as quiet points, their medians as lines."""

from collections.abc import Iterable, Sequence

import numpy as np
import pyqtgraph as pg

from itband_gui.journal.entries import SCORE, Moment
from itband_gui.ui.history.marks import MARKS
from itband_gui.ui.history.pane import FAINT, FAINTER, Pane, faded
from itband_gui.ui.history.tracks import Line, Track
from itband_gui.ui.history.window import Window
from itband_gui.ui.theme import Theme

MARGIN = 0.6  # scores above and below, so that a point at 0 or 10 is whole
FAINTEST = 36  # of 255: single ratings beside the medians of months
SINGLE, MONTH = 0.18, 12.0  # days to both sides, within the day or month: a line of one point

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]


class RatingsPane(Pane):
    """A line is a 7-day median or, of years, the median of each month."""

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
            self.lines[moment].setClipToView(True)  # adding switches it off

    def show_tracks(self, tracks: Iterable[Track]) -> None:
        """Show these series, and no others."""
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
        """Show a part of the axis of days; of years, medians of months instead of weeks."""
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
        """Give each series its colour, and let the single points be quiet beside the median."""
        faint = FAINTEST if self._by_month else FAINTER if self._crowded else FAINT
        for moment, mark in MARKS.items():
            self.points[moment].setPen(None)
            self.points[moment].setBrush(faded(mark.colour(theme), faint, theme))
            self.points[moment].setSize(self._point_size())
            # Qt draws broken lines slowly where they are smoothed, and more so where they are wide.
            self.lines[moment].opts["antialias"] = not self._crowded
            thin = self._crowded and not self._by_month
            self.lines[moment].setPen(mark.line(theme, thin=thin))


def _with_gaps(lines: Sequence[Line], half: float) -> tuple[Numbers, Numbers]:
    """Return the lines one after the other, with nothing between; a single point gets a length."""
    xs: list[float] = []
    ys: list[float] = []
    for line in lines:
        (x, y), single = line[0], len(line) == 1
        drawn = ((x - half, y), (x + half, y)) if single else line
        xs += [x for x, _ in drawn] + [drawn[-1][0]]
        ys += [y for _, y in drawn] + [np.nan]
    return np.array(xs), np.array(ys)
