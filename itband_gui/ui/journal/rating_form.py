"""The form of a rating: which leg, how sore, where, at what moment."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget

from itband_gui.journal.entries import Moment, Rating
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.journal import refusals
from itband_gui.ui.journal.choice_menu import ChoiceMenu
from itband_gui.ui.journal.form import EntryForm, Now
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.score_row import ScoreRow, score_of_key
from itband_gui.ui.widgets.segments import Segments
from itband_gui.ui.widgets.wrapping_row import WrappingRow
from itband_gui.ui.words import moment_name, place_name, side_name


class RatingForm(EntryForm):
    """Amends a rating; for a new one, leg and score are still to be chosen."""

    def __init__(self, title: str, rating: Rating, now: Now, *, new: bool) -> None:
        super().__init__(title, rating.at, rating.note, now)
        self._rating = rating
        leg = QCoreApplication.translate("RatingForm", "Leg")
        score = QCoreApplication.translate("RatingForm", "How sore")
        moment = QCoreApplication.translate("RatingForm", "Moment")
        self.leg = Segments([(each, side_name(each)) for each in Leg], leg)
        self.score = ScoreRow(score)
        self.moment = ChoiceMenu([(each, moment_name(each)) for each in Moment], moment)
        self.places = {place: _place_button(place) for place in Place}
        self.add_row((leg, self.leg), (moment, self.moment))
        self.add_field(score, self.score)
        where = QCoreApplication.translate("RatingForm", "Where, if you can tell")
        self.add_field(where, WrappingRow(self.places.values()))
        self.add_when_and_note()
        self._fill(rating, new=new)
        self.leg.chosen.connect(self.changed)
        self.score.rated.connect(self.changed)

    def missing(self) -> str:
        """Ask for the leg, then for the score."""
        if self.leg.value is None:
            return refusals.no_leg()
        return refusals.no_score() if self.score.score is None else ""

    def entry(self) -> Rating:
        """Return the rating as typed."""
        leg, score = self.leg.value, self.score.score
        assert leg is not None  # noqa: S101 - not asked while `missing` says so
        assert score is not None  # noqa: S101 - likewise
        return Rating(
            id=self._rating.id,
            rev=self._rating.rev,
            at=self.when.moment,
            leg=leg,
            moment=self.moment.value,
            score=score,
            places=tuple(place for place, made in self.places.items() if made.isChecked()),
            session=self._rating.session,
            note=self.note.text,
        )

    def first_focus(self) -> QWidget:
        """Start at the leg."""
        return self.leg.button_for(self.leg.value or Leg.LEFT)

    def take_key(self, key: int) -> bool:
        """Rate by 0 to 9, and X for 10, from the score itself and from the leg before it.

        Anywhere else a stray digit would change the score unseen.
        """
        score = score_of_key(key) if self._at_score() else None
        if score is not None:
            self.score.rate(score)
        return score is not None

    def _at_score(self) -> bool:
        focus = self.window().focusWidget()
        return focus is None or any(part.isAncestorOf(focus) for part in (self.leg, self.score))

    def _fill(self, rating: Rating, *, new: bool) -> None:
        self.moment.choose(rating.moment)
        for place in rating.places:
            self.places[place].setChecked(True)
        if not new:
            self.leg.choose(rating.leg)
            self.score.rate(rating.score)


def _place_button(place: Place) -> QPushButton:
    made = button(place_name(place), name="place")
    made.setCheckable(True)
    return made
