"""A warning sign that is open, and the ways in which it can be over."""

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from itband_gui.journal.entries import Resolution, Sign
from itband_gui.safety.signs import URGENT, MassageRule
from itband_gui.safety.standing import Standing, StandingSign
from itband_gui.ui.access import give_role
from itband_gui.ui.local_time import short_day_text
from itband_gui.ui.today.question_card import QuestionCard
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow
from itband_gui.ui.words import leg_name
from itband_gui.wording.signs import sign_action, sign_text
from itband_gui.wording.when import by_today, day_by_today


class SignCard(QuestionCard):
    """Shows what to do about a sign; `asked` adds the answer that it is still there."""

    answered = Signal(Resolution)

    def __init__(self, sign: StandingSign, today: date, *, asked: bool) -> None:
        super().__init__(sign_text(sign.entry.sign))
        self.sign = sign.entry
        unseen = sign.standing is Standing.UNSEEN
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
        """Return the card itself: a late Space or Enter answers nothing about a warning."""
        return self


def _is_urgent(sign: StandingSign) -> bool:
    """Whether help is needed now or today; of a sign that is unknown here nobody can tell."""
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
