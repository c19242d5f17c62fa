"""The page after a session: one score per leg, the change, and advice after a stop."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.leg.names import Leg
from itband_gui.safety.signs import StopRules, much_worse
from itband_gui.ui.look.access import give_role
from itband_gui.ui.look.keys import ENTER, Announcer, is_answer, key_meant
from itband_gui.ui.look.style import SPACE, look
from itband_gui.ui.services.minute_look import MinuteLook
from itband_gui.ui.session.stop_question import StopQuestion
from itband_gui.ui.text.words import leg_name, side_name
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import Card, ScrollColumn, centre_column
from itband_gui.ui.widgets.score_row import ScoreRow, ScoreTurns, score_of_key
from itband_gui.ui.widgets.text import TextLabel


class AfterPage(QWidget):
    """Asks for each leg's score and, if the session was stopped, first for the reason.

    Every choice is emitted at once, so that it can be saved at once.

    Args:
        before: the scores at the check-in, in session order.
        rules: the stop rules of the safety texts.
        stopped: whether the session was stopped with the stop key.

    """

    rated = Signal(Leg, int)
    explained = Signal(object, object)  # the reason for the stop and the leg; either may be None
    done = Signal()

    def __init__(self, before: Mapping[Leg, int], rules: StopRules, *, stopped: bool) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Grouping)
        self._before = before
        self._rules = rules
        self._how_sore = QCoreApplication.translate("After", "How sore is it now?")
        self._stopped = QCoreApplication.translate("After", "You stopped. Good call.")
        self.rows = {leg: ScoreRow(leg_name(leg)) for leg in before}
        self._turns = ScoreTurns(self.rows.values())
        self.outcomes = {leg: TextLabel(name="headline") for leg in before}
        self.worse = {leg: TextLabel(name="rest") for leg in before}
        self.hint = TextLabel(name="small")
        self.late = TextLabel(name="lead")
        self.late.hide()
        self._asked = TextLabel(self._how_sore, "lead")
        self._announcer = Announcer(self)
        self.clock = MinuteLook(self)
        self.finish = button(
            QCoreApplication.translate("After", "Done (Enter)"), self.done.emit, "primary"
        )
        self.question = StopQuestion(rules, tuple(before)) if stopped else None
        self._lay_out()
        self._show_hint()

    def first_focus(self) -> QWidget:
        """Return the page itself: digits rate, and a stray Space presses nothing."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rate by digit or X, finish with Enter; after a stop, the reason comes first."""
        key = key_meant(event)
        score = score_of_key(key)
        if not is_answer(event):
            super().keyPressEvent(event)
        elif self.question is not None and self.question.take_key(key):
            event.accept()
        elif score is not None:
            # Digits do not rate until the reason is given, nor when it is too late.
            if not self._explaining and not self.late.text():
                self._turns.rate(score)
        elif key in ENTER:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def close_ratings(self) -> None:
        """Stop asking for scores, as too much time has passed; scores already given stay."""
        if self.late.text():
            return
        self.late.show_text(
            QCoreApplication.translate(
                "After",
                "It is too late to rate how it felt after the massage. The Today page will ask in "
                "the morning how sore it is.",
            )
        )
        self._asked.hide()
        for leg, card in self._cards.items():
            self.rows[leg].hide()
            card.setVisible(bool(self.outcomes[leg].text()))
        self.finish.setText(QCoreApplication.translate("After", "Go to Today (Enter)"))
        self._announcer.say(self.late.text())
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_hint()

    @property
    def _explaining(self) -> bool:
        """Whether the reason for the stop is still missing."""
        return self.question is not None and self.question.reason is None

    @Slot()
    def _go_on_asking(self) -> None:
        """Take the focus back, as the pressed button may be hidden, and show the next question."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.verticalScrollBar().setValue(0)
        self._show_hint()

    def _show_hint(self) -> None:
        """Show what the keys do now, and give screen readers the current question."""
        how_sore = self.late.text() or self._how_sore
        if self.question is None:
            self.setAccessibleName(how_sore)
        else:
            asked = self.question.title.text() if self._explaining else how_sore
            self.setAccessibleName(f"{self._stopped} {asked}")
        if self._explaining:
            text = QCoreApplication.translate(
                "After", "Press 1 to {last} to say why. The session is already in your journal."
            )
            self.hint.setText(text.format(last=len(self._rules.reasons)))
        elif self.late.text():
            self.hint.setText(
                QCoreApplication.translate("After", "The session is in your journal.")
            )
        else:
            self.hint.setText(
                QCoreApplication.translate(
                    "After",
                    "Press 0 to 9 to rate, X for 10. The session is already in your journal.",
                )
            )
        self.setAccessibleDescription(self.hint.text())

    def _rate(self, leg: Leg, score: int) -> None:
        self.rated.emit(leg, score)
        if self.late.text():
            return
        before = self._before[leg]
        self.outcomes[leg].setText(
            QCoreApplication.translate("After", "{leg} {before} → {after}").format(
                leg=side_name(leg), before=before, after=score
            )
        )
        is_worse = much_worse(before, score, self._rules.worse_by)
        self.worse[leg].show_text(self._rules.worse_after if is_worse else "")
        QTimer.singleShot(0, self, lambda: self._show_turn(leg))  # once it has its new height

    def _show_turn(self, leg: Leg) -> None:
        """Scroll to a score's outcome and, if there is room, to the next row."""
        following = (each for each, row in self.rows.items() if row.score is None)
        for each in (next(following, leg), leg):
            self._column.ensureWidgetVisible(self._cards[each])

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE["l"])
        if self.question is None:
            column.addWidget(self._asked)
            look(self._asked, "title")
        else:
            column.addWidget(TextLabel(self._stopped, "title"))
            column.addWidget(self.question)
            column.addWidget(self._asked)
            self.question.answered.connect(self.explained)
            self.question.answered.connect(self._go_on_asking)
        column.addWidget(self.late)
        self._cards = {leg: self._card(leg) for leg in self.rows}
        for card in self._cards.values():
            column.addWidget(card)
        column.addStretch(1)
        self._column = ScrollColumn(content)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.finish)
        box = centre_column(self)
        box.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addWidget(self._column, 1)
        box.addLayout(foot)

    def _card(self, leg: Leg) -> Card:
        row = self.rows[leg]
        row.rated.connect(lambda score: self._rate(leg, score))
        self.worse[leg].hide()
        return Card(TextLabel(leg_name(leg), "lead"), row, self.outcomes[leg], self.worse[leg])
