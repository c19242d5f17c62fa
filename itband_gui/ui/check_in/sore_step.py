"""The second question of the check-in: where it is sore, and how sore it is now."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from itband_gui.insight.readiness_rules import VERY_SORE
from itband_gui.leg.names import Leg, Place
from itband_gui.routine.check_in import VERY_SORE as LIGHT
from itband_gui.routine.check_in import Dose
from itband_gui.ui.check_in.step import CheckInDraft, CheckInStep
from itband_gui.ui.leg.body_map import BodyMap
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.text.words import leg_name, place_name, side_name
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.choices import Segments
from itband_gui.ui.widgets.layout import ScrollColumn
from itband_gui.ui.widgets.score_row import ScoreRow, ScoreTurns, score_of_key
from itband_gui.ui.widgets.text import TextLabel

MAP_HEIGHT = 298  # px; at this height every place is at least 24 px wide and high


class SoreLegPanel(QWidget):
    """One leg's body map and score."""

    changed = Signal()

    def __init__(self, draft: CheckInDraft, leg: Leg, appearance: Appearance) -> None:
        super().__init__()
        self._draft = draft
        self.leg = leg
        self.map = BodyMap(appearance, leg)
        self.map.set_marked(draft.places.get(leg, frozenset()) - {Place.OTHER})
        self.elsewhere = button(place_name(Place.OTHER), name="place")
        self.elsewhere.setCheckable(True)
        self.elsewhere.setChecked(Place.OTHER in draft.places.get(leg, frozenset()))
        self.marked = TextLabel(name="small")
        self.marked.setMinimumHeight(self.marked.fontMetrics().height() * 2)
        self.score = ScoreRow(leg_name(leg))
        if leg in draft.scores:
            self.score.rate(draft.scores[leg])
        self.map.marks_changed.connect(self._take_marks)
        self.map.pointed_changed.connect(self._say_places)
        self.elsewhere.toggled.connect(self._take_marks)
        self.score.rated.connect(self._take_score)
        self._lay_out()
        self._say_places()

    def _lay_out(self) -> None:
        self.map.setMinimumHeight(MAP_HEIGHT)
        below = QHBoxLayout()
        below.addWidget(self.marked, 1)
        below.addWidget(self.elsewhere, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        box.addWidget(TextLabel(leg_name(self.leg), "lead"))
        box.addWidget(self.map, 1)
        box.addLayout(below)
        box.addWidget(self.score)

    def _take_marks(self) -> None:
        other = {Place.OTHER} if self.elsewhere.isChecked() else set()
        self._draft.places[self.leg] = self.map.marked | other
        self._say_places()
        self.changed.emit()

    def _take_score(self, score: int) -> None:
        self._draft.scores[self.leg] = score
        self.changed.emit()

    def _say_places(self) -> None:
        """Name the place under the pointer, or else the marked places."""
        pointed = self.map.scene.pointed
        if pointed is not None:
            hint = (
                QCoreApplication.translate("CheckIn", "{place}: marked")
                if pointed in self.map.marked
                else QCoreApplication.translate("CheckIn", "{place}: click or press Space to mark")
            )
            self.marked.setText(hint.format(place=place_name(pointed)))
            return
        places = self._draft.places.get(self.leg, frozenset())
        names = QCoreApplication.translate("CheckIn", ", ").join(
            place_name(place) for place in Place if place in places
        )
        nothing = QCoreApplication.translate("CheckIn", "Tap where it is sore, if anywhere.")
        self.marked.setText(names or nothing)


class SoreStep(CheckInStep):
    """Maps and scores side by side; digits rate the focused leg, or the first without a score."""

    def __init__(self, draft: CheckInDraft, appearance: Appearance) -> None:
        super().__init__(
            QCoreApplication.translate("CheckIn", "Where is it sore, and how sore is it now?")
        )
        self._draft = draft
        self.legs = {leg: SoreLegPanel(draft, leg, appearance) for leg in draft.legs}
        self._turns = ScoreTurns(sore.score for sore in self.legs.values())
        content = QWidget()
        row = QHBoxLayout()
        row.setSpacing(SPACE["xl"])
        for sore in self.legs.values():
            sore.changed.connect(self._changed)
            row.addWidget(sore, 1)
        self.remark = TextLabel(name="small")
        self.dose = self._dose_row()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row, 1)
        column.addWidget(self.remark)
        column.addWidget(self.dose)
        self.box.addWidget(ScrollColumn(content), 1)
        self._changed()

    @property
    def answered(self) -> bool:
        """Whether each leg has its score."""
        return self._draft.complete

    @property
    def missing(self) -> str:
        """A sentence that asks for the missing answer."""
        return QCoreApplication.translate("CheckIn", "Rate each leg first: 0 to 9, X for 10.")

    def first_focus(self) -> QWidget:
        """Return the first leg's map."""
        return next(iter(self.legs.values())).map

    def take_key(self, key: int) -> bool:
        """Rate the legs in turn, or the focused leg, with a digit or X for 10."""
        score = score_of_key(key)
        if score is None:
            return False
        self._turns.rate(score)
        return True

    def _changed(self) -> None:
        self.dose.setVisible(self._draft.sorer is not None)
        self.remark.show_text("\n".join(self._remarks()))
        self.answer_changed.emit()

    def _remarks(self) -> list[str]:
        """Return the effect of high scores: light strokes only, or no massage."""
        scores = {leg: self._draft.scores.get(leg, 0) for leg in self._draft.legs}
        light = [side_name(leg) for leg, score in scores.items() if LIGHT <= score < VERY_SORE]
        none = [side_name(leg) for leg, score in scores.items() if score >= VERY_SORE]
        said = []
        if light:
            text = QCoreApplication.translate(
                "CheckIn", "At 6 out of 10 ({legs}), sore places get light strokes only."
            )
            said.append(text.format(legs=", ".join(light)))
        if len(none) > 1:
            said.append(
                QCoreApplication.translate(
                    "CheckIn", "At 7 or more on both legs, there is no massage today."
                )
            )
        elif none:
            text = QCoreApplication.translate(
                "CheckIn", "At 7 or more ({leg}), there is no massage today."
            )
            said.append(text.format(leg=none[0]))
        return said

    def _dose_row(self) -> QWidget:
        """Return the choice of how much time the sorer leg gets."""
        holder = QWidget()
        name = QCoreApplication.translate("CheckIn", "Time on the sorer leg")
        self.dose_choice: Segments[Dose] = Segments(
            [
                (Dose.LESS, QCoreApplication.translate("CheckIn", "Half")),
                (Dose.SAME, QCoreApplication.translate("CheckIn", "Same")),
                (Dose.MORE, QCoreApplication.translate("CheckIn", "1½ times")),
            ],
            name,
        )
        self.dose_choice.choose(self._draft.dose)
        self.dose_choice.chosen.connect(self._take_dose)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE["xs"])
        column.addWidget(TextLabel(name))
        column.addWidget(self.dose_choice)
        policy = QSizePolicy.Policy
        holder.setSizePolicy(policy.Preferred, policy.Maximum)
        return holder

    def _take_dose(self, dose: Dose) -> None:
        self._draft.dose = dose
