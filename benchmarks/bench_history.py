"""Measures opening and moving History with 10,000 entries against a bare pyqtgraph window.

Each first opening runs in a new process with a window of the same size already open, ours with
Today's picture. The reference then loads pyqtgraph and draws the same series over the same days
with its default plots. Our opening ends with the frame that shows the chart; the time of the frame
before it, with everything but the chart, is printed, too. Later openings are compared with the
reference's first opening.

Frames: both zoom in from ten years and pan in the same steps, painting each. Frames that take
longer than 1/60 s count as dropped.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from math import nan
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, TypedDict

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from benchmarks.table import What, hand_over, paired
from itband_gui.app import start_qt
from itband_gui.insight.days import Range, period_of
from itband_gui.insight.trend import Trend, trend
from itband_gui.journal.book import Book
from itband_gui.journal.snapshot import FILE_NAME
from itband_gui.journal.store import Store
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.library import load_library
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.history.tracks import Strip, tracks_of, window_of
from itband_gui.ui.leg.leg_view import LegPair
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.services.journal_link import JournalLink
from tests.insight.journals import ten_years

ROUNDS, OPENINGS, FRAMES, SIZE, FRAME_MS = 9, 5, 120, (1600, 1000), 1000 / 60
NOW = datetime(2026, 11, 22, 22, 30, tzinfo=timezone(timedelta(hours=1)))
DAY_S, EPOCH_DAY = 86_400, datetime(1970, 1, 1).toordinal()  # noqa: DTZ001 - a day's number


class Figures(TypedDict):
    """Milliseconds to the first frame, to the one with the chart, of a later opening, and of each
    frame while moving.
    """

    frame: float
    first: float
    later: float
    frames: list[float]


def measure_ours(folder: Path) -> Figures:
    """Measure the program's page in this process."""
    appearance = Appearance(start_qt(["bench"]), ThemeName.LIGHT)
    store = Store(folder / FILE_NAME)
    link = JournalLink(store.load().book, store, lambda: NOW)
    before = LegPair(appearance)  # Today's picture
    page = HistoryPage(link, load_library(load_anatomy(), None), appearance)
    window = window_with(before, page)

    def open_page() -> float:
        """Return the milliseconds to the first frame."""
        start = time.perf_counter()
        window.setCurrentWidget(page)
        page.first_focus().setFocus()
        QApplication.sendPostedEvents()  # paints
        frame = (time.perf_counter() - start) * 1000
        page.view.card.settle()  # draws the chart now instead of shortly after
        QApplication.sendPostedEvents()
        return frame

    def go_back() -> None:
        QApplication.processEvents()  # the panels below are filled after the frame
        window.setCurrentWidget(before)
        QApplication.processEvents()

    frames: list[float] = []
    first, later = timed(lambda: frames.append(open_page())), []
    for _ in range(OPENINGS):
        go_back()
        later.append(timed(open_page))
    return Figures(frame=frames[0], first=first, later=median(later), frames=moved_ours(page))


def moved_ours(page: HistoryPage) -> list[float]:
    """Zoom and pan our chart over all ten years; return what each picture took."""
    page.view.bar.ranges.choose(Range.ALL)
    QApplication.processEvents()
    chart = page.view.card.chart
    assert chart is not None  # noqa: S101 - it was drawn
    whole = window_of(page.view.period, page.view.period)

    def show(left: float, width: float) -> None:
        zoomed = whole.zoomed(width, whole.first)
        chart.move_to(zoomed.moved(left * whole.width))
        chart.viewport().update()
        QApplication.processEvents()

    return moved(show)


def measure_bare(folder: Path) -> Figures:
    """Measure plain plots in this process; their data is prepared before."""
    app = start_qt(["bench"])
    entries = Store(folder / FILE_NAME).load().book.query()
    whole = period_of(Range.ALL, NOW.date(), entries)
    series = plain_series(trend(entries, whole))
    window = window_with(QWidget())
    begin, end = (seconds(day.toordinal()) for day in (whole.first, whole.last))
    shown = period_of(Range.FOUR_WEEKS, NOW.date(), entries)
    made: list[Any] = []  # pyqtgraph has no types
    areas: list[Any] = []

    def open_plots() -> None:
        from pyqtgraph import DateAxisItem, GraphicsLayoutWidget  # noqa: PLC0415 - its import is timed

        area = GraphicsLayoutWidget()
        areas.append(area)
        for row, plain in enumerate(series):
            plot = area.addPlot(row=row, col=0, axisItems={"bottom": DateAxisItem()})
            draw(plot, plain)
            plot.setXRange(seconds(shown.first.toordinal()), end, padding=0)
            made.append(plot)
        window.addWidget(area)
        window.setCurrentWidget(area)
        QApplication.sendPostedEvents()

    def show(left: float, width: float) -> None:
        start = begin + left * (end - begin)
        for plot in made:
            plot.setXRange(start, start + width * (end - begin), padding=0)
        areas[0].viewport().update()
        QApplication.processEvents()

    first = timed(open_plots)
    figures = Figures(frame=first, first=first, later=0.0, frames=moved(show))
    app.closeAllWindows()
    return figures


Numbers = tuple[list[float], list[float]]


class Plain(NamedTuple):
    """The points, lines and bars of one plot."""

    points: list[Numbers]
    lines: list[Numbers]
    bars: list[Numbers]


def draw(plot: Any, plain: Plain) -> None:  # noqa: ANN401 - pyqtgraph has no types
    """Draw a plain plot's points, lines and bars."""
    from pyqtgraph import BarGraphItem  # noqa: PLC0415 - its import is timed

    for xs, ys in plain.points:
        plot.plot(xs, ys, pen=None, symbol="o")
    for xs, ys in plain.lines:
        plot.plot(xs, ys)
    for xs, ys in plain.bars:
        plot.addItem(BarGraphItem(x=xs, height=ys, width=DAY_S))


def plain_series(whole: Trend) -> list[Plain]:
    """Return the series of our chart as plain plots with seconds on the x axis."""
    plots = []
    for leg in (*Leg, None):
        tracks = [t for t in tracks_of(whole, tuple(Leg)) if t.leg is leg and t.entries]
        plot = Plain([], [], [])
        for track in tracks:
            numbers = ([seconds(x) for x in track.xs], list(track.ys))
            (plot.bars if track.what is Strip.RUNS else plot.points).append(numbers)
            line = [point for line in track.weeks for point in (*line, (line[-1][0], nan))]
            if line:
                plot.lines.append(([seconds(x) for x, _ in line], [y for _, y in line]))
        plots.append(plot)
    return plots


def seconds(day: float) -> float:
    """Convert a day on our axis to seconds on pyqtgraph's date axis."""
    return (day - EPOCH_DAY) * DAY_S


def window_with(*pages: QWidget) -> QStackedWidget:
    """Return a window with its first page painted."""
    window = QStackedWidget()
    for page in pages:
        window.addWidget(page)
    window.resize(*SIZE)
    window.show()
    QApplication.processEvents()
    return window


def timed(action: Callable[[], object]) -> float:
    """Return the milliseconds that an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def moved(show: Callable[[float, float], None]) -> list[float]:
    """Zoom in to a quarter while panning; return the milliseconds of each frame."""
    took = []
    for step in range(FRAMES):
        width = 1 - 0.75 * min(2 * step / FRAMES, 1)
        left = (1 - width) * step / FRAMES
        took.append(timed(lambda left=left, width=width: show(left, width)))  # type: ignore[misc]  # bound now
    return took


def in_fresh_process(which: str, folder: Path) -> Figures:
    """Measure one of the two in a new process."""
    command = [sys.executable, __file__, which, str(folder)]
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}  # as when installed
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def report(rounds: list[tuple[Figures, Figures]]) -> None:
    """Hand over the rows; print the time of the first frame and the dropped frames."""
    hand_over(
        paired(What.HISTORY_FIRST, "ms", [(o["first"], b["first"]) for o, b in rounds]),
        paired(What.HISTORY_LATER, "ms", [(o["later"], b["first"]) for o, b in rounds]),
        paired(
            What.HISTORY_FRAME,
            "ms",
            [(median(o["frames"]), median(b["frames"])) for o, b in rounds],
        ),
    )
    frames = median(ours["frame"] for ours, _ in rounds)
    print(f"first picture of History, without the chart: {frames:.0f} ms")
    for name, side in (("History", 0), ("bare pyqtgraph", 1)):
        took = [ms for row in rounds for ms in row[side]["frames"]]
        dropped = sum(ms > FRAME_MS for ms in took) / len(rounds)
        print(
            f"ten years zoomed and panned, {name}: median {median(took):.1f} ms, "
            f"longest {max(took):.0f} ms, dropped {dropped:.1f} of {FRAMES} pictures a round"
        )


def main() -> int:
    if len(sys.argv) > 1:
        which, folder = sys.argv[1], Path(sys.argv[2])
        figures = measure_ours(folder) if which == "ours" else measure_bare(folder)
        print(json.dumps(figures))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = Book()
        book.add_all(ten_years())
        Store(folder / FILE_NAME).save(book)
        rounds = [
            (in_fresh_process("ours", folder), in_fresh_process("bare", folder))
            for _ in range(ROUNDS + 1)
        ]
    report(rounds[1:])  # the first warms up
    return 0


if __name__ == "__main__":
    sys.exit(main())
