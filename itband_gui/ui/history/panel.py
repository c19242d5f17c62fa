"""The base class of the history page's panels, and the numbers they show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from itband_gui.insight.days import Period
from itband_gui.insight.relief import Relief, relief
from itband_gui.insight.rest import Rest, rest
from itband_gui.insight.weeks import LoadAndSoreness, load_and_soreness
from itband_gui.journal.entries import Entry
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import load_safety
from itband_gui.ui.widgets.layout import Card
from itband_gui.ui.widgets.text import TextLabel


@dataclass(frozen=True)
class PanelData:
    """The numbers of a period; `rest` always covers the last 14 days.

    Attributes:
        relief: for each leg to show.

    """

    today: date
    relief: Mapping[Leg, Relief]
    rest: Rest
    weeks: tuple[LoadAndSoreness, ...]

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The legs to show."""
        return tuple(self.relief)


class PanelComputer:
    """Compute facts; rest does not depend on the period, so it is kept per journal and day."""

    def __init__(self) -> None:
        self._entries: Sequence[Entry] = ()
        self._rest: Rest | None = None

    def facts(
        self, entries: Sequence[Entry], period: Period, legs: Sequence[Leg], now: datetime
    ) -> PanelData:
        """Return the facts of a period.

        Args:
            entries: the whole journal, oldest first; a changed journal must be a new list.
            period: the days to show.
            legs: the legs to show.
            now: an aware time on the runner's clock.

        """
        rested = self._rest
        if rested is None or entries is not self._entries or rested.period.last != now.date():
            rested = rest(entries, now, load_safety())
            self._entries, self._rest = entries, rested
        return PanelData(
            now.date(),
            {leg: relief(entries, leg, period) for leg in legs},
            rested,
            load_and_soreness(entries, period),
        )


class Panel(Card):
    """Hold widgets below a heading; a subclass fills them from facts."""

    def __init__(self, heading: str) -> None:
        super().__init__(TextLabel(heading, "lead"))
        self.setAccessibleName(heading)

    def show_facts(self, facts: PanelData) -> None:
        """Show the facts of a period."""
        raise NotImplementedError
