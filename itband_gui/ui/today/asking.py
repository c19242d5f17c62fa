"""The place of the one question that is asked now; the others come after it."""

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.due import (
    Due,
    MorningQuestion,
    NewSignQuestion,
    RunQuestion,
    SignQuestion,
)
from itband_gui.journal.entries import Sign
from itband_gui.safety.signs import Safety
from itband_gui.ui.today.question_card import QuestionCard
from itband_gui.ui.today.score_card import ScoreCard
from itband_gui.ui.today.sign_card import SignCard
from itband_gui.wording.questions import Question, question_text


class Asking(QWidget):
    """Takes no room while nothing is due.

    `answered` hands over the question and a score (0 to 10), of an open sign a resolution, or True
    for a sign that is there; `put_away` a question that is not to be asked again.
    """

    answered = Signal(object, object)
    put_away = Signal(object)

    def __init__(self, safety: Safety) -> None:
        super().__init__()
        self._safety = safety
        self.question: Question | None = None
        self.card: QuestionCard | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def holds_focus(self) -> bool:
        """Whether the keyboard is in the question."""
        focus = self.window().focusWidget()  # also of a window that is not in front
        return focus is not None and self.isAncestorOf(focus)

    def asks(self, sign: Sign) -> bool:
        """Whether it is a sign's turn."""
        return isinstance(self.question, SignQuestion) and self.question.sign == sign

    def show_due(self, what: Due, today: date) -> None:
        """Show the first of what is due: mornings, run, signs to ask about, open signs."""
        questions: Collection[Question] = (
            *what.mornings,
            *((what.run,) if what.run else ()),
            *what.new_signs,
            *what.signs,
        )
        first = next(iter(questions), None)
        if first != self.question:
            self._replace(first, today)
        if self.card is not None:
            self.card.more.show_text(_more(len(questions) - 1))

    def _replace(self, question: Question | None, today: date) -> None:
        if self.card is not None:
            self._box.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
        self.question, self.card = question, None
        if question is not None:
            self.card = self._card(question, today)
            self.card.put_away.connect(lambda: self.put_away.emit(question))
            self._box.addWidget(self.card)
        self.setVisible(question is not None)

    def _card(self, question: Question, today: date) -> QuestionCard:
        match question:
            case SignQuestion():
                sign = SignCard(question.standing, today, asked=True)
                sign.answered.connect(lambda answer: self.answered.emit(question, answer))
                return sign
            case NewSignQuestion():
                from itband_gui.ui.today.new_sign_card import (  # noqa: PLC0415 - rarely asked
                    NewSignCard,
                )

                new = NewSignCard(question, self._safety, today)
                new.answered.connect(lambda answer: self.answered.emit(question, answer))
                return new
            case MorningQuestion() | RunQuestion():
                text = question_text(question, today)
        score = ScoreCard(text)
        score.answered.connect(lambda answer: self.answered.emit(question, answer))
        return score


def _more(count: int) -> str:
    if not count:
        return ""
    if count == 1:
        return QCoreApplication.translate("Today", "Then one more question.")
    return QCoreApplication.translate("Today", "Then {count} more questions.").format(count=count)
