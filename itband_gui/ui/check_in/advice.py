"""The advice for warning signs, most urgent first, and the disclaimer page."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.leg.names import Leg
from itband_gui.safety.open_signs import SignState, StandingSign
from itband_gui.safety.register import is_about, was_known
from itband_gui.safety.signs import (
    URGENT,
    ClosedBy,
    MassageRule,
    PresentSign,
    Screening,
    ScreeningResult,
    Urgency,
)
from itband_gui.ui.check_in.sign_row import known_fact
from itband_gui.ui.look.keys import ENTER, is_answer
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.text.words import leg_name
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import Card, ScrollColumn, centre_column
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.readiness import WORST_PAIN, pain_text
from itband_gui.wording.signs import check_text


def urgency_text(urgency: Urgency) -> str:
    """Return how soon to act."""
    return {
        Urgency.NOW: QCoreApplication.translate("Advice", "Now"),
        Urgency.SAME_DAY: QCoreApplication.translate("Advice", "Today"),
        Urgency.SOON: QCoreApplication.translate("Advice", "Within a few days"),
        Urgency.HEAL: QCoreApplication.translate("Advice", "Wait until it has cleared up"),
    }[urgency]


def advice_text(present: PresentSign) -> str:
    """Return a sign's advice in a few words: how soon to act, or how to continue."""
    sign = present.sign
    if present.gone and sign.closes is ClosedBy.GONE:
        return QCoreApplication.translate("Advice", "Gone, but too soon for massage")
    if present.gone:
        return QCoreApplication.translate("Advice", "Gone, but not yet seen by a clinician")
    if sign.massage is MassageRule.AVOID:
        return QCoreApplication.translate("Advice", "Avoid this place")
    if sign.massage is MassageRule.ASK:
        return QCoreApplication.translate("Advice", "Ask a clinician first")
    return urgency_text(sign.urgency)


class Advice(QWidget):
    """The page that ends a check-in, or asks before it continues.

    `agreed` means to continue anyway, with the free legs; `seen` carries a sign that a clinician
    has seen.

    Args:
        screening: the signs that are present and what they allow.
        pain: the legs that are too sore for massage, with their scores.
        known: the signs known before this check-in.
        now: aware.

    """

    done = Signal()
    agreed = Signal()
    back = Signal()
    seen = Signal(PresentSign)

    def __init__(
        self,
        screening: Screening,
        pain: Mapping[Leg, int],
        known: Sequence[StandingSign],
        now: datetime,
    ) -> None:
        super().__init__()
        self.free_legs = tuple(leg for leg in screening.free_legs if leg not in pain)
        self.verdict = screening.verdict
        if pain:
            self.verdict = (
                ScreeningResult.PART_BLOCKED if self.free_legs else ScreeningResult.BLOCKED
            )
        blocking = (p.bars for p in screening.telling if p.sign.massage is MassageRule.BLOCK)
        self._barred = frozenset(pain).union(*blocking)
        self._known, self._now = known, now
        content = QWidget()
        self._actions: list[str] = []  # in the order of the cards, for a screen reader
        self._cards = QVBoxLayout(content)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(SPACE["m"])
        for card in self._in_order(screening.telling, pain):
            self._cards.addWidget(card)
        self._cards.addStretch(1)
        box = centre_column(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["m"])
        box.addWidget(TextLabel(self._title(), "title"))
        if screening.telling:
            box.addWidget(TextLabel(self._remark()))
        box.addWidget(ScrollColumn(content), 1)
        box.addLayout(self._buttons())

    def first_focus(self) -> QWidget:
        """Return the button that ends the check-in."""
        return self.close_button

    def _in_order(self, telling: Sequence[PresentSign], pain: Mapping[Leg, int]) -> list[Card]:
        """Return the cards: urgent signs, severe soreness, then the rest by their massage rule."""
        urgent = [self._card(each) for each in telling if each.sign.urgency in URGENT]
        rules = list(MassageRule)  # what forbids massage explains the title, so it comes first
        rest = [each for each in telling if each.sign.urgency not in URGENT]
        others = [self._card(p) for p in sorted(rest, key=lambda p: rules.index(p.sign.massage))]
        sorest = sorted(pain, key=lambda leg: -pain[leg])
        cards = [*urgent, *(_pain_card(leg, pain[leg]) for leg in sorest), *others]
        self._actions = [card.accessibleName() for card in cards]
        return cards

    def _card(self, present: PresentSign) -> Card:
        sign = present.sign
        urgent = sign.urgency in URGENT
        card = Card(name="warning" if urgent else "card")
        card.box.addWidget(TextLabel(advice_text(present), "rest" if urgent else "easy"))
        seen_first = present.gone and sign.closes is ClosedBy.SEEN
        action = check_text() if seen_first else sign.action
        card.box.addWidget(TextLabel(action, "lead"))
        card.setAccessibleName(action)
        legs = QCoreApplication.translate("Advice", ", ").join(map(leg_name, present.legs))
        for text in self._remarks(present):
            card.box.addWidget(TextLabel(text))
        for text in (legs, sign.text, sign.more_likely):
            if text:
                card.box.addWidget(TextLabel(text, "small"))
        if sign.closes is ClosedBy.SEEN and (present.gone or was_known(present, self._known)):
            seen = QCoreApplication.translate("Advice", "A clinician has seen it")
            made = button(seen, lambda: self.seen.emit(present))
            made.setAccessibleDescription(sign.text)
            row = QHBoxLayout()
            row.addWidget(made)
            row.addStretch(1)
            card.box.addLayout(row)
        return card

    def _remarks(self, present: PresentSign) -> list[str]:
        """Return what is known about a sign: reported gone, or a clinician's agreement."""
        said = [
            known_fact(each, self._now)
            for each in self._known
            if is_about(each, present) and each.standing not in {SignState.OPEN, SignState.AGREED}
        ]
        return list(dict.fromkeys(said))

    def _title(self) -> str:
        if self.verdict in {ScreeningResult.BLOCKED, ScreeningResult.PART_BLOCKED}:
            if self._barred == {Leg.LEFT}:
                return QCoreApplication.translate("Advice", "No massage on your left leg today")
            if self._barred == {Leg.RIGHT}:
                return QCoreApplication.translate("Advice", "No massage on your right leg today")
            return QCoreApplication.translate("Advice", "No massage today")
        if self.verdict is ScreeningResult.ASK_FIRST:
            return QCoreApplication.translate("Advice", "Ask a clinician first")
        return QCoreApplication.translate("Advice", "Avoid these places")

    def _remark(self) -> str:
        if self.verdict is ScreeningResult.ASK_FIRST:
            return QCoreApplication.translate(
                "Advice", "Massage is fine only once a clinician who knows you has agreed."
            )
        if self.verdict is ScreeningResult.AVOID:
            return QCoreApplication.translate(
                "Advice", "Skip that part when the hand reaches it; the rest is fine."
            )
        return QCoreApplication.translate("Advice", "Saved. The next check-in asks about it again.")

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE["s"])
        row.addWidget(
            button(QCoreApplication.translate("Advice", "Back to the list"), self.back.emit)
        )
        row.addStretch(1)
        go_on = self._go_on_text()
        if go_on:
            row.addWidget(button(go_on, self.agreed.emit))
        if self.verdict is ScreeningResult.BLOCKED:
            text = QCoreApplication.translate("Advice", "I'll do that")
            self.close_button = button(text, self.done.emit, "primary")
        else:
            text = QCoreApplication.translate("Advice", "Not today")
            self.close_button = button(text, self.done.emit)
        said = (self._title(), *self._actions)
        self.close_button.setAccessibleDescription("\n".join(said))
        row.addWidget(self.close_button)
        return row

    def _go_on_text(self) -> str:
        """Return the text of the button that continues; "" if the session may not start."""
        if self.verdict is ScreeningResult.ASK_FIRST:
            return QCoreApplication.translate("Advice", "Agreed: start")
        if self.verdict is ScreeningResult.AVOID:
            return QCoreApplication.translate("Advice", "Understood: start")
        if self.verdict is ScreeningResult.PART_BLOCKED:
            if self.free_legs == (Leg.LEFT,):
                return QCoreApplication.translate("Advice", "Left leg only: start")
            return QCoreApplication.translate("Advice", "Right leg only: start")
        return ""


def _pain_card(leg: Leg, score: int) -> Card:
    worst = score >= WORST_PAIN
    card = Card(name="warning" if worst else "card")
    text = QCoreApplication.translate("Advice", "{leg}: {score} out of 10")
    card.box.addWidget(TextLabel(text.format(leg=leg_name(leg), score=score), "rest"))
    card.box.addWidget(TextLabel(pain_text(score), "lead"))
    card.setAccessibleName(pain_text(score))
    return card


class DisclaimerPage(QWidget):
    """The disclaimer, one sentence per line, to accept or decline."""

    accepted = Signal()
    declined = Signal()

    def __init__(self, disclaimer: str) -> None:
        super().__init__()
        sentences = [f"{s.strip().rstrip('.')}." for s in disclaimer.split(". ") if s.strip()]
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE["l"])
        title = QCoreApplication.translate("Disclaimer", "Before the first time")
        column.addWidget(TextLabel(title, "title"))
        column.addWidget(Card(*(TextLabel(sentence, "lead") for sentence in sentences)))
        column.addStretch(1)
        self.accept = button(
            QCoreApplication.translate("Disclaimer", "I understand (Enter)"),
            self.accepted.emit,
            "primary",
        )
        foot = QHBoxLayout()
        not_now = QCoreApplication.translate("Disclaimer", "Not now (Esc)")
        foot.addWidget(button(not_now, self.declined.emit))
        foot.addStretch(1)
        foot.addWidget(self.accept)
        box = centre_column(self)
        box.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addWidget(ScrollColumn(content), 1)
        box.addLayout(foot)

    def first_focus(self) -> QWidget:
        """Return the button that accepts."""
        return self.accept

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept with Enter, decline with Esc."""
        if not is_answer(event):
            super().keyPressEvent(event)
        elif event.key() in ENTER:
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.declined.emit()
        else:
            super().keyPressEvent(event)
