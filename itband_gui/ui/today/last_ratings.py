"""How sore each leg was when it was last rated."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from itband_gui.journal.entries import Entry, Rating
from itband_gui.leg.names import Leg
from itband_gui.ui.local_time import day_text_within
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.words import moment_name, place_name, side_name
from itband_gui.wording.when import day_by_today


class LastRatings(Card):
    """One line a leg; hidden while neither was ever rated."""

    def __init__(self) -> None:
        self.lines = {leg: TextLabel() for leg in Leg}
        head = TextLabel(QCoreApplication.translate("Today", "Last ratings"), "lead")
        super().__init__(head, *self.lines.values())

    def show_entries(self, entries: Sequence[Entry], today: date) -> None:
        """Show the newest rating of each leg among entries, oldest first."""
        latest: dict[Leg, Rating] = {}
        for entry in reversed(entries):
            if isinstance(entry, Rating):
                latest.setdefault(entry.leg, entry)
                if len(latest) == len(Leg):
                    break
        self.setVisible(bool(latest))
        for leg, line in self.lines.items():
            line.setText(_text(leg, latest.get(leg), today))


def _text(leg: Leg, rating: Rating | None, today: date) -> str:
    if rating is None:
        return QCoreApplication.translate("Today", "{leg}: not rated yet").format(
            leg=side_name(leg)
        )
    text = QCoreApplication.translate("Today", "{leg}: {score} out of 10, {moment}, {when}").format(
        leg=side_name(leg),
        score=rating.score,
        moment=moment_name(rating.moment).lower(),
        when=day_text_within(day_by_today(rating, today), today),
    )
    places = ", ".join(place_name(place) for place in rating.places)
    return f"{text} · {places}" if places else text
