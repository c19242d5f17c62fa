"""The panels below the chart: mornings, rest days, training load."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.days import Period
from itband_gui.insight.weeks import LoadAndSoreness
from itband_gui.journal.entries import Entry
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library
from itband_gui.ui.history.column_strip import StripView
from itband_gui.ui.history.panel import Panel, PanelComputer, PanelData
from itband_gui.ui.history.relief_panel import ReliefPanel
from itband_gui.ui.history.strips import WeekStrip, week_legend
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.text.dates import number_locale
from itband_gui.ui.text.relief import (
    beside_text,
    cause_text,
    kind_text,
    load_text,
    mornings_and_running,
    mornings_text,
    needs_text,
    rest_text,
    week_text,
)
from itband_gui.ui.text.words import leg_name
from itband_gui.ui.widgets.layout import SideBySide
from itband_gui.ui.widgets.lists import FoldedList
from itband_gui.ui.widgets.text import TextLabel


class LoadPanel(Panel):
    """A strip of weeks, the same weeks as a list, and a note that neither shows a cause."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("LoadPanel", "Load and soreness by week"))
        self._today = date.min
        self._legs: tuple[Leg, ...] = ()
        self.weeks = WeekStrip()
        self.view = StripView(self.weeks, lines=2)
        self.all: FoldedList[LoadAndSoreness] = FoldedList(
            lambda row: week_text(row, self._legs, self._today), lines=3
        )
        self.needs = TextLabel(needs_text())
        self.beside = TextLabel(beside_text())
        self.load = TextLabel(load_text(), "small")
        for widget in (self.needs, self.view, self.all, self.beside, self.load):
            self.box.addWidget(widget)

    def show_facts(self, facts: PanelData) -> None:
        """Show the weeks of a period, unless none of them has any load."""
        rows = facts.weeks if any(row.week.is_active for row in facts.weeks) else ()
        self._today, self._legs = facts.today, facts.legs
        name = QCoreApplication.translate("LoadPanel", "Load by week, and soreness the week after")
        self.weeks.show_weeks(rows, facts.legs, name, facts.today)
        self.view.show_legend(week_legend(facts.legs))
        show = QCoreApplication.translate("LoadPanel", "List every week ({count})")
        hide = QCoreApplication.translate("LoadPanel", "Hide the list")
        self.all.show_rows(
            rows[::-1], (show.format(count=number_locale().toString(len(rows))), hide)
        )
        self.needs.setVisible(not rows)
        for widget in (self.view, self.beside, self.load):
            widget.setVisible(bool(rows))


class MorningsPanel(Panel):
    """Compare the two kinds of morning only if both have enough."""

    def __init__(self) -> None:
        super().__init__(
            QCoreApplication.translate(
                "MorningsPanel", "Mornings after a session and other mornings"
            )
        )
        self.headings = {leg: TextLabel(leg_name(leg), "strong") for leg in Leg}
        self.texts = {leg: TextLabel() for leg in Leg}
        self.foot = TextLabel()
        for leg in Leg:
            self.box.addWidget(self.headings[leg])
            self.box.addWidget(self.texts[leg])
        self.box.addWidget(self.foot)

    def show_facts(self, facts: PanelData) -> None:
        """Show the mornings of a period."""
        for leg in Leg:
            self.headings[leg].setVisible(leg in facts.legs)
            self.texts[leg].setVisible(leg in facts.legs)
            if leg in facts.legs:
                self.texts[leg].setText("\n".join(mornings_text(facts.relief[leg].mornings)))
        beside = mornings_and_running(each.mornings for each in facts.relief.values())
        self.foot.setText(f"{beside} {cause_text()}")


class RestPanel(Panel):
    """Two sentences on rest, and how rest is counted."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("RestPanel", "Rest"))
        self.text = TextLabel()
        self.box.addWidget(self.text)
        self.box.addWidget(TextLabel(kind_text(), "small"))

    def show_facts(self, facts: PanelData) -> None:
        """Show the rest of the last 14 days."""
        self.text.setText(rest_text(facts.rest))


BOTH = tuple(Leg)


class PanelColumn(QWidget):
    """The panels in a column, for a page that scrolls; `now` returns an aware local time."""

    def __init__(self, library: Library, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._reckoner = PanelComputer()
        self._entries: Sequence[Entry] = ()
        self._wished: tuple[Period, tuple[Leg, ...], date] | None = None
        self.note = TextLabel()
        self.relief, self.mornings = ReliefPanel(library), MorningsPanel()
        self.rest, self.load = RestPanel(), LoadPanel()
        self._panels = (self.relief, self.mornings, self.rest, self.load)
        beside = QWidget()
        small = QVBoxLayout(beside)
        small.setContentsMargins(0, 0, 0, 0)
        small.setSpacing(SPACE["l"])
        small.addWidget(self.mornings)
        small.addWidget(self.rest)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["l"])
        self.note.hide()
        box.addWidget(self.note)
        box.addWidget(self.relief)
        box.addWidget(SideBySide(beside, self.load))
        box.addStretch(1)

    def show_entries(
        self, entries: Sequence[Entry], period: Period, legs: Sequence[Leg] = BOTH
    ) -> None:
        """Show a period for some legs; rest always covers the last 14 days.

        Args:
            entries: the whole journal, oldest first; a changed journal must be a new list.
            period: the days to show.
            legs: the legs to show.

        """
        requested = (period, tuple(legs), self._now().date())
        if entries is not self._entries or requested != self._wished:
            self._entries, self._wished = entries, requested
            shown = self._reckoner.facts(entries, period, legs, self._now())
            for panel in self._panels:
                panel.show_facts(shown)
