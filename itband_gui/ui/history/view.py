"""The content of the history page: chart or table, heat map and panels, all of one period."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QKeySequence, QResizeEvent, QShortcut, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from itband_gui.insight.days import Period, Range, last_day, period_of, up_to
from itband_gui.insight.places import heat_map, only_places
from itband_gui.insight.trend import trend
from itband_gui.journal.entries import Entry
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library
from itband_gui.ui.history.heat_map import HeatMap, LegPlace
from itband_gui.ui.history.range_bar import RangeBar, Shape
from itband_gui.ui.history.series_card import SeriesCard
from itband_gui.ui.history.text import (
    PointText,
    every_place_text,
    only_text,
    period_words,
    words_of,
)
from itband_gui.ui.history.tracks import Cursor, Window, window_of
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import EmptyState, ScrollColumn
from itband_gui.ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from itband_gui.ui.history.panels import PanelColumn

RESTS_MS = 150  # after the last zoom or pan, before the other parts follow; our choice
_CHART_SHARE = 0.6  # of the page's height, at least; our choice
_TWO_COLUMNS = 95  # page width in letters M from which the legs are next to the chart; our choice
_PANELS_HIGH = 1500  # px, roughly, kept free for the panels so that the page does not jump


class HistoryView(QWidget):
    """Show chart, table, heat map and panels for the days chosen by range or zoom.

    The quick parts are shown first, then the chart, then the panels. `report_requested` carries the
    range chosen last.
    """

    report_requested = Signal(Range)

    def __init__(self, link: JournalLink, library: Library, appearance: Appearance) -> None:
        super().__init__()
        self._link, self._library = link, library
        self._stale = True
        self._day: date | None = None  # today and the last day of the ranges, when shown
        self._last: date | None = None
        self._next: datetime | None = None  # when the next entry dated in the future will count
        self._entries: Sequence[Entry] = ()
        self._window: Window | None = None
        self._spot: LegPlace | None = None
        self.panels: PanelColumn | None = None
        self.bar = RangeBar()
        self.days = TextLabel(name="small")
        self.only = button("", self._show_all_places)
        self.card = SeriesCard(appearance, self._words)
        self.copy = button(
            QCoreApplication.translate("History", "Copy the table"), self.card.table.copy
        )
        self.report = button(
            QCoreApplication.translate("History", "Page for a physiotherapist…"),
            lambda: self.report_requested.emit(self.bar.range),
        )
        self.heat = HeatMap(appearance)
        self._rests = QTimer(self, singleShot=True, interval=RESTS_MS)
        self._below = QTimer(self, singleShot=True)
        self._lay_out()
        self._connect()
        spoken = QAccessible.isActive()  # for a screen reader, the table says more than the chart
        self.bar.shapes.choose(Shape.TABLE if spoken else Shape.CHART)

    # For the page

    def first_focus(self) -> QWidget:
        """Return the table or the chart; the page itself if there are no entries."""
        self.refresh_if_stale()
        return self.card.first_focus() if self._entries else self

    @property
    def period(self) -> Period:
        """The days that are shown."""
        return self._window.period if self._window else Period(self._today, self._today)

    def take_change(self, *, at_once: bool) -> None:
        """Note that the journal has changed."""
        self._stale = True
        if at_once:
            self.refresh_if_stale()

    def refresh_if_stale(self) -> None:
        """Show the journal again if it, the day or an entry ahead of the clock has changed."""
        now = self._link.now()
        begun = self._next is not None and self._next <= now
        if self._stale or begun or self._day != now.date():
            entries = self._link.book.query()
            self._stale, self._day = False, now.date()
            self._entries = up_to(entries, now)
            self._last = last_day(self._entries, now)
            ahead = entries[len(self._entries) : len(self._entries) + 1]
            self._next = ahead[0].at if ahead else None
            self._refresh()

    def settle(self) -> None:
        """Show at once everything that is still to follow."""
        self.card.settle()
        if self._rests.isActive():
            self._show_period()
        if self._below.isActive():
            self._show_panels()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the legs next to the chart if there is room; a taller page has a taller chart."""
        super().resizeEvent(event)
        self.card.keep_high(round(self.height() * _CHART_SHARE))
        wide = self.width() >= _TWO_COLUMNS * self.fontMetrics().horizontalAdvance("M")
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    # Building

    def _lay_out(self) -> None:
        where = QVBoxLayout()
        heading = QCoreApplication.translate("History", "Where it was sore")
        where.addWidget(TextLabel(heading, "lead"))
        where.addWidget(self.heat, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(SPACE["l"])
        self._columns.addWidget(self.card, 5)
        self._columns.addLayout(where, 3)
        self._room = QWidget()  # placeholder for the panels
        self._room.setMinimumHeight(_PANELS_HIGH)
        content = QWidget()
        self._content = column = QVBoxLayout(content)
        column.setContentsMargins(SPACE["xl"], SPACE["l"], SPACE["xl"], SPACE["l"])
        column.setSpacing(SPACE["m"])
        column.addWidget(self.bar)
        column.addLayout(self._line())
        column.addLayout(self._columns, 1)
        column.addWidget(self._room)
        empty = EmptyState(
            QCoreApplication.translate("History", "No history yet"),
            QCoreApplication.translate(
                "History",
                "Rate a leg on the Journal page, or start a session on the Today page. Every "
                "rating appears here as a point; after six rated days, a line is added.",
            ),
        )
        self._states = QStackedWidget()
        self._states.addWidget(ScrollColumn(content))
        self._states.addWidget(empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._states)

    def _line(self) -> QHBoxLayout:
        """Return the row with the days and the place shown, and its buttons."""
        line = QHBoxLayout()
        line.setSpacing(SPACE["m"])
        line.addWidget(self.days, 1)
        line.addWidget(self.only)
        line.addWidget(self.copy)
        line.addWidget(self.report)
        return line

    def _connect(self) -> None:
        self.bar.range_chosen.connect(self._take_range)
        self.bar.leg_chosen.connect(self._take_leg)
        self.bar.shape_chosen.connect(self._take_shape)
        self._rests.timeout.connect(self._show_period)
        self._below.timeout.connect(self._show_panels)
        self.heat.chosen.connect(self._take_spot)
        self.card.moved.connect(self._take_window)
        self.card.reset_requested.connect(self._take_range)
        self.card.tabs_changed.connect(self._order_tabs)
        self.card.drawn.connect(self._show_period)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+T"), self, self._turn, context=within)

    # Choosing

    @property
    def _today(self) -> date:
        return self._link.today

    @property
    def _legs(self) -> tuple[Leg, ...]:
        return self.bar.shown_legs if self._spot is None else (self._spot.leg,)

    @Slot()
    def _take_range(self) -> None:
        """Show the chosen range; after a free zoom, the range chosen before it."""
        self.bar.ranges.choose(self.bar.range)
        if self._entries:
            self._window = self._window_of_range()
            self.card.show_window(self._window)
            self._show_period()

    @Slot()
    def _take_leg(self) -> None:
        if self._spot is not None and self._spot.leg not in self.bar.shown_legs:
            self._spot = None
        self._refresh()

    @Slot()
    def _take_shape(self) -> None:
        shape = self.bar.shapes.value or Shape.CHART
        self.copy.setVisible(shape is Shape.TABLE)
        self.card.show_shape(shape)
        if self._entries:
            self._show_period()

    @Slot(object)
    def _take_spot(self, spot: LegPlace | None) -> None:
        self._spot = spot
        self._refresh()

    @Slot()
    def _show_all_places(self) -> None:
        self._take_spot(None)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _turn(self) -> None:
        self.bar.turn()
        self.first_focus().setFocus()

    @Slot(object)
    def _take_window(self, window: Window) -> None:
        """Take a free zoom or pan; the other parts follow once it stops."""
        self._window = window
        self.bar.ranges.clear()
        self.days.setText(period_words(window.period, self._today))
        self._rests.start()

    # Showing

    def _words(self, cursor: Cursor) -> PointText:
        return words_of(cursor.track, cursor.index, self._library, self._today)

    def _refresh(self) -> None:
        """Rebuild everything after a change of journal, legs or place."""
        self._states.setCurrentIndex(0 if self._entries else 1)
        if not self._entries:
            return
        whole = self._days(Range.ALL)
        if self.bar.ranges.value is not None or self._window is None:
            self._window = self._window_of_range()
        else:
            self._window = window_of(self._window.period, whole)
        spot = self._spot
        self.heat.choose(spot)
        self.only.setText("" if spot is None else only_text(spot.leg, spot.place))
        self.only.setVisible(spot is not None)
        self.card.show_trend(trend(self._filtered(), whole), self._legs, self._window)
        self._show_period()

    def _filtered(self) -> Sequence[Entry]:
        spot = self._spot
        return only_places(self._entries, spot.leg, {spot.place}) if spot else self._entries

    def _window_of_range(self) -> Window:
        return window_of(self._days(self.bar.range), self._days(Range.ALL))

    def _days(self, length: Range) -> Period:
        return period_of(length, self._last or self._today, self._entries)

    @Slot()
    def _show_period(self) -> None:
        """Show the chart's days everywhere else, too."""
        self._rests.stop()
        period = self.period
        self.days.setText(period_words(period, self._today))
        filtered = self._filtered()
        self.heat.show_soreness({leg: heat_map(filtered, leg, period) for leg in Leg})
        if not self.card.waits:
            self._below.start()

    @Slot()
    def _show_panels(self) -> None:
        self._below.stop()
        if self.panels is None:
            from itband_gui.ui.history.panels import (  # noqa: PLC0415 - not needed for the chart
                PanelColumn,
            )

            self.panels = PanelColumn(self._library, self._link.now)
            self._content.replaceWidget(self._room, self.panels)
            self._room.hide()
            self.panels.show()  # at once, so that it is filled while visible
        spot = self._spot
        self.panels.note.show_text("" if spot is None else every_place_text(spot.leg, spot.place))
        self.panels.show_entries(self._entries, self.period, self._legs)

    @Slot()
    def _order_tabs(self) -> None:
        """Set the tab order to the reading order, including parts added later."""
        for before, after in pairwise([self.report, *self.card.tab_stops()]):
            self.setTabOrder(before, after)
