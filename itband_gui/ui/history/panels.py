"""The panels of the history page, below its chart."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.days import Period
from itband_gui.journal.entries import Entry
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library
from itband_gui.ui.history.facts import Reckoner
from itband_gui.ui.history.load_panel import LoadPanel
from itband_gui.ui.history.mornings_panel import MorningsPanel
from itband_gui.ui.history.relief_panel import ReliefPanel
from itband_gui.ui.history.rest_panel import RestPanel
from itband_gui.ui.history.side_by_side import SideBySide
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.text import TextLabel

BOTH = tuple(Leg)


class PanelColumn(QWidget):
    """Belongs into a page that scrolls; `now` is asked for an aware time on the runner's clock."""

    def __init__(self, library: Library, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._reckoner = Reckoner()
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
        """Show a period for some legs; rest is of the last 14 days always.

        Args:
            entries: the whole journal, oldest first; another list where it is another journal.
            period: the days to show.
            legs: the legs to show.

        """
        wished = (period, tuple(legs), self._now().date())
        if entries is not self._entries or wished != self._wished:
            self._entries, self._wished = entries, wished
            shown = self._reckoner.facts(entries, period, legs, self._now())
            for panel in self._panels:
                panel.show_facts(shown)
