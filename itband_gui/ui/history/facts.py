"""What the panels of a period show, reckoned once for all of them."""

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


@dataclass(frozen=True)
class Facts:
    """The numbers of a period; `rest` is of the last 14 days always.

    Attributes:
        relief: by the legs to show.

    """

    today: date
    relief: Mapping[Leg, Relief]
    rest: Rest
    weeks: tuple[LoadAndSoreness, ...]

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The legs to show."""
        return tuple(self.relief)


def facts(entries: Sequence[Entry], period: Period, legs: Sequence[Leg], now: datetime) -> Facts:
    """Return what a period's panels show; `entries` are the whole journal, oldest first."""
    return Facts(
        now.date(),
        {leg: relief(entries, leg, period) for leg in legs},
        rest(entries, now, load_safety()),
        load_and_soreness(entries, period),
    )
