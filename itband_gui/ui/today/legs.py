"""Both legs: as last marked, or how sore their places were over four weeks."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.places import PlaceSoreness, soreness_by_place
from itband_gui.journal.entries import Entry, Moment, Rating
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.leg.leg_pair import LegPair
from itband_gui.ui.style import SPACE, Appearance
from itband_gui.ui.widgets.segments import Segments

FOUR_WEEKS = timedelta(weeks=4)


class Span(StrEnum):
    """What the legs show."""

    LAST = "last"
    FOUR_WEEKS = "four-weeks"


class Legs(QWidget):
    """The pictures and, once there are ratings, the choice of what they show."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.pair = LegPair(appearance)
        self._marks: dict[Leg, frozenset[Place]] = {}
        self._soreness: dict[Leg, Mapping[Place, PlaceSoreness]] = {}
        self.span: Segments[Span] = Segments(
            [
                (Span.LAST, QCoreApplication.translate("Today", "Last marked")),
                (Span.FOUR_WEEKS, QCoreApplication.translate("Today", "Four weeks")),
            ],
            QCoreApplication.translate("Today", "What the legs show"),
        )
        self.span.choose(Span.LAST)
        self.span.chosen.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE["l"], SPACE["l"], 0, SPACE["l"])
        column.addWidget(self.pair, 1)
        column.addWidget(self.span, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_entries(self, entries: Sequence[Entry], now: datetime) -> None:
        """Show what the journal's entries, oldest first, say about the legs."""
        ratings = [entry for entry in entries if isinstance(entry, Rating)]
        since = now - FOUR_WEEKS
        lately = [rating for rating in ratings if rating.at >= since]
        self._marks = {leg: _last_marks(ratings, leg) for leg in Leg}
        self._soreness = {leg: soreness_by_place(lately, leg) for leg in Leg}
        self.span.setVisible(bool(ratings))
        self._show()

    @Slot()
    def _show(self) -> None:
        if self.span.value is Span.FOUR_WEEKS:
            self.pair.show_soreness(self._soreness)
        else:
            self.pair.show_marks(self._marks)


def _last_marks(ratings: Sequence[Rating], leg: Leg) -> frozenset[Place]:
    """Return the places marked when something last said where the leg is sore."""
    telling = (each for each in reversed(ratings) if each.leg is leg and _says_where(each))
    last = next(telling, None)
    return frozenset(last.places) if last else frozenset()


def _says_where(rating: Rating) -> bool:
    """Whether it marks places, or was given at a session's check-in, where none means nowhere.

    Any other rating may be a score alone, from one key or a command: it leaves the marks as they
    were.
    """
    asked = rating.moment is Moment.BEFORE and rating.session is not None
    return bool(rating.places) or asked
