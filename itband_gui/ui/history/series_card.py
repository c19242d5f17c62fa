"""The ratings card: the legend, the series as chart or table, and the reading line."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from itband_gui.insight.trend import Trend
from itband_gui.journal.entries import Moment
from itband_gui.leg.names import Leg
from itband_gui.ui.history.legend import Legend
from itband_gui.ui.history.range_bar import Shape
from itband_gui.ui.history.table import HistoryModel, HistoryTable
from itband_gui.ui.history.text import PointText, missing_words
from itband_gui.ui.history.tracks import Cursor, Track, Window, tracks_of
from itband_gui.ui.look.keys import Announcer
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.widgets.layout import Card
from itband_gui.ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from itband_gui.ui.history.chart import Chart

_LINES = 2  # kept free for the reading, so that the chart does not move under the pointer


class SeriesCard(Card):
    """Show a trend over a window of days.

    Loading pyqtgraph takes a third of a second, so the chart is drawn once everything else is
    shown, and is None until then.
    """

    moved = Signal(object)  # Window
    reset_requested = Signal()
    drawn = Signal()  # for the first time
    tabs_changed = Signal()  # another widget became reachable by Tab

    def __init__(self, appearance: Appearance, words: Callable[[Cursor], PointText]) -> None:
        self.legend = Legend(appearance)
        self.reading = TextLabel()
        self.missing = TextLabel(name="small")
        self.model = HistoryModel(words)
        self.table = HistoryTable(self.model)
        self.reading.setMinimumHeight(_LINES * self.reading.fontMetrics().lineSpacing())
        self.reading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._shapes = QStackedWidget()
        super().__init__(self.legend, self.reading, self._shapes, self.missing)
        self.box.setStretchFactor(self._shapes, 1)
        self._appearance, self._words = appearance, words
        self._trend: Trend | None = None
        self._legs: Collection[Leg] = ()
        self._tracks: tuple[Track, ...] = ()
        self._window: Window | None = None
        self._is_table = False
        self.chart: Chart | None = None
        self._empty = QWidget()
        self._empty.setAccessibleName(_reading_text())
        self._shapes.addWidget(self._empty)
        self._shapes.addWidget(self.table)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._draw)
        self.legend.changed.connect(self._choose_tracks)
        self.table.read.connect(self.reading.setText)

    @property
    def waits(self) -> bool:
        """Whether the chart is still to be drawn."""
        return self._soon.isActive()

    def first_focus(self) -> QWidget:
        """Return the table or the chart; the chart's placeholder until it is drawn."""
        if self._is_table:
            return self.table
        return self.chart or self._empty

    def tab_stops(self) -> list[QWidget]:
        """Return the widgets that Tab reaches, from the top."""
        return [*self.legend.boxes.values(), self.table, *filter(None, [self.chart])]

    def keep_high(self, height: int) -> None:
        """Keep chart and table at least this many pixels high."""
        self._shapes.setMinimumHeight(height)

    def settle(self) -> None:
        """Draw the chart at once if it is due."""
        if self.waits:
            self._draw()

    # What is shown

    def show_trend(self, trend: Trend, legs: Collection[Leg], window: Window) -> None:
        """Show the series of some legs."""
        self._trend, self._legs = trend, legs
        self._take_in(window)
        self.legend.offer(
            {moment for leg in legs for moment in Moment if trend.series[leg][moment].ratings}
        )
        self.tabs_changed.emit()
        self._choose_tracks()

    def show_shape(self, shape: Shape) -> None:
        """Show the series as a chart or a table."""
        self._is_table = shape is Shape.TABLE
        self.legend.lines.setVisible(not self._is_table)
        if self._trend is not None:
            self._show()

    def show_window(self, window: Window) -> None:
        """Show a part of the axis of days."""
        self._take_in(window)
        if self._is_table:
            self._fill_table(window)
        elif self.chart is not None:
            self.chart.show_window(window)

    def _take_in(self, window: Window) -> None:
        self._window = window
        self.legend.tell_lines(by_month=window.by_month)
        self._tell_missing()

    def _tell_missing(self) -> None:
        if self._window is None:
            return
        told = (missing_words(track, self._window) for track in self._tracks)
        self.missing.show_text("\n".join(filter(None, told)))

    @Slot()
    def _choose_tracks(self) -> None:
        """Show the series that are switched on, and the strip's rows."""
        if self._trend is None:
            return
        wanted = self.legend.wanted
        self._tracks = tuple(
            track
            for track in tracks_of(self._trend, self._legs)
            if track.leg is None or track.what in wanted
        )
        self._tell_missing()
        self._show()

    def _show(self) -> None:
        if self._window is None:
            return
        if self._is_table:
            self._soon.stop()
            self._shapes.setCurrentWidget(self.table)
            self._fill_table(self._window)
        elif self.chart is None:
            self._shapes.setCurrentWidget(self._empty)
            self.reading.setText(_reading_text())
            self._soon.start()
        else:
            self.chart.show_tracks(self._tracks, self._legs)
            self.chart.show_window(self._window)
            self._shapes.setCurrentWidget(self.chart)
            at = self.chart.cursor_at
            self.reading.setText(self._words(at).sentence if at else _hint())

    @Slot()
    def _draw(self) -> None:
        """Draw the chart for the first time."""
        from itband_gui.ui.history.chart import Chart  # noqa: PLC0415 - slow to load

        self._soon.stop()
        self.chart = Chart(self._appearance)
        self._shapes.addWidget(self.chart)
        self.chart.read.connect(self._read)
        self.chart.moved.connect(self._take_window)
        self.chart.reset_requested.connect(self.reset_requested)
        self._announcer = Announcer(self.chart)
        self._show()
        self.tabs_changed.emit()
        self.drawn.emit()

    def _fill_table(self, window: Window) -> None:
        self.model.show(self._tracks, window.period)
        self.table.selectRow(0)
        if not self.model.rowCount():
            self.reading.setText(
                QCoreApplication.translate("History", "Nothing was logged in this period.")
            )

    # Signals of the chart

    @Slot(object)
    def _take_window(self, window: Window) -> None:
        self._take_in(window)
        self.moved.emit(window)

    @Slot(object, bool)
    def _read(self, cursor: Cursor, by_key: bool) -> None:
        sentence = self._words(cursor).sentence
        self.reading.setText(sentence)
        if by_key:
            self._announcer.say(sentence)


def _reading_text() -> str:
    return QCoreApplication.translate("History", "Reading the journal…")


def _hint() -> str:
    return QCoreApplication.translate(
        "History",
        "Point at the chart, or use the keys: arrows, Home, End; + and − zoom, 0 shows everything.",
    )
