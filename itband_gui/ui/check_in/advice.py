"""What to do about the warning signs that are present, most urgent first."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.leg.names import Leg
from itband_gui.safety.screening import Present, Screening, Verdict
from itband_gui.safety.signs import URGENT, Closing, Urgency
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.scroll import ScrollColumn, centre_column
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.words import leg_name
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


class Advice(QWidget):
    """The page that ends a check-in, or asks before it goes on.

    `agreed` says to go on in spite of it, with the legs that are free; `seen` names a sign that a
    clinician has seen.

    Args:
        screening: the signs that are present, and what they allow.
        pain: the legs that are too sore for massage, with their scores.
        known: the ids of the signs that were there before this check-in.
        gone: the ids of those that are gone, and that nobody has looked at.

    """

    done = Signal()
    agreed = Signal()
    back = Signal()
    seen = Signal(str)

    def __init__(
        self,
        screening: Screening,
        pain: Mapping[Leg, int],
        known: Collection[str],
        gone: Collection[str] = (),
    ) -> None:
        super().__init__()
        self.free_legs = tuple(leg for leg in screening.free_legs if leg not in pain)
        self.verdict = screening.verdict
        if pain:
            self.verdict = Verdict.PART_BLOCKED if self.free_legs else Verdict.BLOCKED
        self._known, self._gone = known, gone
        content = QWidget()
        cards = QVBoxLayout(content)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(SPACE["m"])
        for leg, score in pain.items():
            cards.addWidget(_pain_card(leg, score))
        for each in screening.telling:
            cards.addWidget(self._card(each))
        cards.addStretch(1)
        box = centre_column(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["m"])
        box.addWidget(TextLabel(self._title(), "title"))
        if screening.telling:
            box.addWidget(TextLabel(self._remark()))
        box.addWidget(ScrollColumn(content), 1)
        box.addLayout(self._buttons())

    def first_focus(self) -> QWidget:
        """Return the button that ends here."""
        return self.close_button

    def _card(self, present: Present) -> Card:
        sign = present.sign
        gone = sign.id in self._gone
        urgent = sign.urgency in URGENT and not gone
        card = Card(name="warning" if urgent else "card")
        if not gone:
            card.box.addWidget(TextLabel(urgency_text(sign.urgency), "rest" if urgent else "easy"))
        card.box.addWidget(TextLabel(check_text() if gone else sign.action, "lead"))
        legs = QCoreApplication.translate("Advice", ", ").join(map(leg_name, present.legs))
        for text in (legs, sign.text, sign.more_likely):
            if text:
                card.box.addWidget(TextLabel(text, "small"))
        if sign.id in self._known and sign.closes is Closing.SEEN:
            row = QHBoxLayout()
            row.addWidget(
                button(
                    QCoreApplication.translate("Advice", "A clinician has seen it"),
                    lambda: self.seen.emit(sign.id),
                )
            )
            row.addStretch(1)
            card.box.addLayout(row)
        return card

    def _title(self) -> str:
        if self.verdict is Verdict.BLOCKED:
            return QCoreApplication.translate("Advice", "No massage today")
        if self.verdict is Verdict.PART_BLOCKED:
            if self.free_legs == (Leg.LEFT,):
                return QCoreApplication.translate("Advice", "No massage on your right leg today")
            return QCoreApplication.translate("Advice", "No massage on your left leg today")
        if self.verdict is Verdict.ASK_FIRST:
            return QCoreApplication.translate("Advice", "Ask a clinician first")
        return QCoreApplication.translate("Advice", "Leave these places out")

    def _remark(self) -> str:
        if self.verdict is Verdict.ASK_FIRST:
            return QCoreApplication.translate(
                "Advice", "Massage is fine only once a clinician who knows you has agreed."
            )
        if self.verdict is Verdict.AVOID:
            return QCoreApplication.translate(
                "Advice", "Skip that part when the hand comes to it; the rest is fine."
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
        if self.verdict is Verdict.BLOCKED:
            text = QCoreApplication.translate("Advice", "I will do that")
            self.close_button = button(text, self.done.emit, "primary")
        else:
            text = QCoreApplication.translate("Advice", "Not today")
            self.close_button = button(text, self.done.emit)
        row.addWidget(self.close_button)
        return row

    def _go_on_text(self) -> str:
        """Return the button that goes on; "" where nothing may."""
        if self.verdict is Verdict.ASK_FIRST:
            return QCoreApplication.translate("Advice", "Agreed: start")
        if self.verdict is Verdict.AVOID:
            return QCoreApplication.translate("Advice", "Understood: start")
        if self.verdict is Verdict.PART_BLOCKED:
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
    return card
