"""The panels of the history page, one below the other."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.days import Period
from itband_gui.journal.entries import Entry
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library
from itband_gui.ui.history.facts import facts
from itband_gui.ui.history.load_panel import LoadPanel
from itband_gui.ui.history.mornings_panel import MorningsPanel
from itband_gui.ui.history.relief_panel import ReliefPanel
from itband_gui.ui.history.rest_panel import RestPanel
from itband_gui.ui.style import SPACE


class PanelColumn(QWidget):
    """Belongs into a page that scrolls."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.relief, self.mornings = ReliefPanel(library), MorningsPanel()
        self.rest, self.load = RestPanel(), LoadPanel()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["l"])
        for panel in (self.relief, self.mornings, self.rest, self.load):
            box.addWidget(panel)

    def show_period(
        self, entries: Sequence[Entry], period: Period, legs: Sequence[Leg], now: datetime
    ) -> None:
        """Show a period for some legs.

        Args:
            entries: the whole journal, oldest first.
            period: the days to show; rest is of the last 14 days always.
            legs: the legs to show.
            now: an aware time on the runner's clock.

        """
        shown = facts(entries, period, legs, now)
        for panel in (self.relief, self.mornings, self.rest, self.load):
            panel.show_facts(shown)
