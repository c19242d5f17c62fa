"""After a session: one score a leg, the change in plain words, and advice when it was stopped."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.leg.names import Leg
from itband_gui.safety.screening import much_worse
from itband_gui.safety.signs import StopReason, StopRules
from itband_gui.ui.keys import ENTER, is_answer
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.score_row import ScoreRow, score_of_key
from itband_gui.ui.widgets.score_turns import ScoreTurns
from itband_gui.ui.widgets.scroll import ScrollColumn, centre_column
from itband_gui.ui.widgets.stop_question import StopQuestion
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.words import leg_name, side_name


class AfterPage(QWidget):
    """Asks for each leg's score, and of a session that was stopped first why.

    Every choice is told at once, so that it can be saved at once.

    Args:
        before: the scores at the check-in, in the order of the legs.
        rules: the stop rules of the safety texts.
        stopped: whether the session was stopped by the stop key.

    """

    rated = Signal(Leg, int)
    explained = Signal(StopReason, object)  # the reason of a stop; a leg or None
    done = Signal()

    def __init__(self, before: Mapping[Leg, int], rules: StopRules, *, stopped: bool) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before = before
        self._rules = rules
        self.rows = {leg: ScoreRow(leg_name(leg)) for leg in before}
        self._turns = ScoreTurns(self.rows.values())
        self.outcomes = {leg: TextLabel(name="headline") for leg in before}
        self.worse = TextLabel(rules.worse_after, "rest")
        self.worse.hide()
        self.finish = button(
            QCoreApplication.translate("After", "Done (Enter)"), self.done.emit, "primary"
        )
        self.question = StopQuestion(rules, tuple(before)) if stopped else None
        self._lay_out()

    def first_focus(self) -> QWidget:
        """Return the page itself: digits rate, and a late Space presses nothing."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits rate the legs in turn; X is 10; Enter is done. A stop is explained first."""
        score = score_of_key(event.key())
        if not is_answer(event):
            super().keyPressEvent(event)
        elif self.question is not None and self.question.take_key(event.key()):
            event.accept()
        elif score is not None:
            self._turns.rate(score)
        elif event.key() in ENTER:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _rate(self, leg: Leg, score: int) -> None:
        before = self._before[leg]
        self.outcomes[leg].setText(
            QCoreApplication.translate("After", "{leg} {before} → {after}").format(
                leg=side_name(leg), before=before, after=score
            )
        )
        scores = {each: row.score for each, row in self.rows.items()}
        self.worse.setVisible(
            any(
                after is not None and much_worse(self._before[each], after, self._rules.worse_by)
                for each, after in scores.items()
            )
        )
        self.rated.emit(leg, score)

    def _lay_out(self) -> None:
        how_sore = QCoreApplication.translate("After", "How sore is it now?")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE["l"])
        if self.question is None:
            column.addWidget(TextLabel(how_sore, "title"))
        else:
            title = QCoreApplication.translate("After", "You stopped. Good call.")
            column.addWidget(TextLabel(title, "title"))
            column.addWidget(self.question)
            column.addWidget(TextLabel(how_sore, "lead"))
            self.question.answered.connect(self.explained)
        for leg, row in self.rows.items():
            row.rated.connect(lambda score, each=leg: self._rate(each, score))
            column.addWidget(Card(TextLabel(leg_name(leg), "lead"), row, self.outcomes[leg]))
        column.addWidget(self.worse)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(
            TextLabel(
                QCoreApplication.translate(
                    "After", "Keys 0 to 9 rate; X is 10. The session itself is in your journal."
                ),
                "small",
            ),
            1,
        )
        foot.addWidget(self.finish)
        box = centre_column(self)
        box.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addWidget(ScrollColumn(content), 1)
        box.addLayout(foot)
