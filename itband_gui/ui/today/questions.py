"""Today's questions, one at a time: scores, runs and warning signs."""

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from itband_gui.insight.questions import (
    Due,
    MorningQuestion,
    NewSignQuestion,
    RunQuestion,
    SignQuestion,
)
from itband_gui.journal.entries import Resolution, Sign
from itband_gui.safety.open_signs import SignState, StandingSign
from itband_gui.safety.signs import URGENT, MassageRule, Safety
from itband_gui.ui.look.access import give_role
from itband_gui.ui.look.keys import is_answer, key_meant
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.text.dates import short_day_text
from itband_gui.ui.text.words import leg_name
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import Card, WrappingRow
from itband_gui.ui.widgets.score_row import ScoreRow, score_of_key
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.questions import Question, question_text
from itband_gui.wording.signs import sign_action, sign_text
from itband_gui.wording.when import by_today, day_by_today


class QuestionCard(Card):
    """A question; `more` says how many follow, and each subclass places it."""

    put_away = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = TextLabel(text, "lead")
        self.more = TextLabel(name="small")
        self.box.addWidget(self.text)

    def first_focus(self) -> QWidget:
        """Return where the keyboard starts."""
        raise NotImplementedError


class ScoreCard(QuestionCard):
    """Takes a digit, X for 10, or a click; Esc skips the question."""

    answered = Signal(int)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Grouping)
        self.setAccessibleName(text)
        self.setAccessibleDescription(
            QCoreApplication.translate("Today", "Press 0 to 9 to answer, X for 10, Esc to skip.")
        )
        self.scores = ScoreRow(text)
        self.skip = button(
            QCoreApplication.translate("Today", "Skip (Esc)"), self.put_away.emit, "quiet"
        )
        self.scores.rated.connect(self.answered)
        first, *others = self.scores.findChildren(QAbstractButton)
        first.installEventFilter(self)
        for each in others:
            each.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # arrow keys reach them
            each.installEventFilter(self)
        self.box.addWidget(self.scores)
        foot = QHBoxLayout()
        foot.addWidget(self.more, 1)
        foot.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignRight)
        self.box.addLayout(foot)

    def first_focus(self) -> QWidget:
        """Return the card itself: digits answer, and a stray Space presses nothing."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a digit or X, skip with Esc."""
        score = score_of_key(key_meant(event))
        if not is_answer(event):
            super().keyPressEvent(event)
        elif score is not None:
            self.answered.emit(score)
        elif event.key() == Qt.Key.Key_Escape:
            self.put_away.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignore a double click's second half: it would answer the next question."""
        double = event.type() is QEvent.Type.MouseButtonDblClick
        return double or super().eventFilter(watched, event)


class SignCard(QuestionCard):
    """Shows what to do about a sign; `asked` adds the answer "Still there" or "Not yet"."""

    answered = Signal(Resolution)

    def __init__(self, sign: StandingSign, today: date, *, asked: bool) -> None:
        super().__init__(sign_text(sign.entry.sign))
        self.sign = sign.entry
        unseen = sign.standing is SignState.UNSEEN
        self.more.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Grouping)
        self.setAccessibleName(self.text.text())
        since = _gone_since(sign.entry, today) if unseen else _since(sign.entry, today)
        self.box.addWidget(TextLabel(since, "small"))
        action = sign_action(sign)
        if action:
            self.setAccessibleDescription(action)
            self.box.insertWidget(0, TextLabel(action, "rest" if _is_urgent(sign) else "easy"))
        self.gone = button(
            QCoreApplication.translate("Today", "It is gone")
            if sign.massage is MassageRule.BLOCK
            else QCoreApplication.translate("Today", "It no longer applies"),
            lambda: self.answered.emit(Resolution.GONE),
        )
        self.agreed = button(
            QCoreApplication.translate("Today", "A clinician has agreed")
            if sign.massage is not MassageRule.BLOCK
            else QCoreApplication.translate("Today", "A clinician has seen it"),
            lambda: self.answered.emit(Resolution.CLINICIAN_AGREED),
        )
        answers = [self.agreed] if unseen else [self.gone, self.agreed]
        if unseen:
            self.gone.hide()
        if asked:
            still = (
                QCoreApplication.translate("Today", "Not yet")
                if unseen
                else QCoreApplication.translate("Today", "Still there")
            )
            answers.insert(0, button(still, self.put_away.emit))
        self.box.addWidget(WrappingRow(answers))
        self.box.addWidget(self.more)

    def first_focus(self) -> QWidget:
        """Return the card itself, so that a stray Space or Enter does not answer."""
        return self


def _is_urgent(sign: StandingSign) -> bool:
    """Whether help is needed now or today; an unknown sign counts as urgent."""
    return sign.rule is None or sign.rule.urgency in URGENT


def _gone_since(sign: Sign, today: date) -> str:
    day = short_day_text(by_today((sign.resolved or sign.at).date(), today), today)
    if sign.leg is None:
        text = QCoreApplication.translate(
            "Today", "Warning sign, gone since {day}, not yet seen by a clinician"
        )
        return text.format(day=day)
    text = QCoreApplication.translate(
        "Today", "Warning sign, {leg}, gone since {day}, not yet seen by a clinician"
    )
    return text.format(leg=leg_name(sign.leg).lower(), day=day)


def _since(sign: Sign, today: date) -> str:
    day = short_day_text(day_by_today(sign, today), today)
    if sign.leg is None:
        text = QCoreApplication.translate("Today", "Warning sign, open since {day}")
        return text.format(day=day)
    text = QCoreApplication.translate("Today", "Warning sign, {leg}, open since {day}")
    return text.format(leg=leg_name(sign.leg).lower(), day=day)


class NewSignCard(QuestionCard):
    """Asks about one sign; `answered` means that it is there, No puts the question away."""

    answered = Signal(bool)

    def __init__(self, question: NewSignQuestion, safety: Safety, today: date) -> None:
        super().__init__(question_text(question, today))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Grouping)
        self.setAccessibleName(self.text.text())
        sign = safety.sign(question.sign_id)
        if sign is not None and sign.more_likely:
            self.box.addWidget(TextLabel(sign.more_likely, "small"))
        self.yes = button(
            QCoreApplication.translate("Today", "Yes (Y)"), lambda: self.answered.emit(True)
        )
        self.no = button(QCoreApplication.translate("Today", "No (N)"), self.put_away.emit)
        for each in (self.yes, self.no):
            each.installEventFilter(self)
        self.box.addWidget(WrappingRow([self.yes, self.no]))
        self.box.addWidget(self.more)

    def first_focus(self) -> QWidget:
        """Return the card itself, so that a stray Space or Enter does not answer."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with Y or N."""
        keys: dict[int, QPushButton] = {Qt.Key.Key_Y: self.yes, Qt.Key.Key_N: self.no}
        found = keys.get(key_meant(event)) if is_answer(event) else None
        if found is None:
            super().keyPressEvent(event)
        else:
            found.click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignore a double click's second half: it would answer the next question."""
        double = event.type() is QEvent.Type.MouseButtonDblClick
        return double or super().eventFilter(watched, event)


class TodayQuestions(QWidget):
    """Shows the first question that is due; hidden when there is none.

    `answered` carries the question and its answer: a score (0 to 10), a resolution for an open
    sign, or True for a new sign. `put_away` carries a question that was dismissed.
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
        focus = self.window().focusWidget()  # also works when the window is not in front
        return focus is not None and self.isAncestorOf(focus)

    def asks(self, sign: Sign) -> bool:
        """Whether the current question is about this sign."""
        return isinstance(self.question, SignQuestion) and self.question.sign == sign

    def show_due(self, what: Due, today: date) -> None:
        """Show the first question that is due: mornings, run, new signs, then open signs."""
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


class OpenSigns(QWidget):
    """One card per sign; hidden when there are none."""

    resolved = Signal(Sign, Resolution)

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[StandingSign, ...] = ()
        self._shown_on: date | None = None
        self.cards: list[SignCard] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE["s"])
        self.hide()

    def show_signs(self, signs: Sequence[StandingSign], today: date) -> None:
        """Show open signs; cards that are already right stay and keep the focus."""
        if (tuple(signs), today) == (self.shown, self._shown_on):
            return
        self.shown, self._shown_on = tuple(signs), today
        for card in self.cards:
            self._box.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [SignCard(each, today, asked=False) for each in signs]
        for card in self.cards:
            card.answered.connect(lambda answer, sign=card.sign: self.resolved.emit(sign, answer))
            self._box.addWidget(card)
        self.setVisible(bool(self.cards))
