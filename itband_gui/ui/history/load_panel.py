"""Each week's load, and beside it the soreness of the week after."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.weeks import LoadAndSoreness
from itband_gui.leg.names import Leg
from itband_gui.ui.formats import number_locale
from itband_gui.ui.history.facts import Facts
from itband_gui.ui.history.folded_list import FoldedList
from itband_gui.ui.history.panel import Panel
from itband_gui.ui.history.strip_view import StripView
from itband_gui.ui.history.week_strip import WeekStrip, week_legend
from itband_gui.ui.insight_text.load import beside_text, load_text, needs_text, week_text
from itband_gui.ui.widgets.text import TextLabel


class LoadPanel(Panel):
    """A strip of weeks, the same as a list, and that neither shows a cause."""

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

    def show_facts(self, facts: Facts) -> None:
        """Show the weeks of a period, unless there is no load in any of them."""
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
