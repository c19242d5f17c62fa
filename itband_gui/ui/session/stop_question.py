"""Asks why a session was stopped, and on which leg."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.leg.names import Leg
from itband_gui.safety.signs import StopReason, StopRules
from itband_gui.ui.look.keys import Announcer
from itband_gui.ui.look.style import SPACE, look
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.choices import Segments
from itband_gui.ui.widgets.layout import Card
from itband_gui.ui.widgets.text import TextLabel

_LEG_KEYS = {Qt.Key.Key_L: Leg.LEFT, Qt.Key.Key_R: Leg.RIGHT}


class StopQuestion(QWidget):
    """Asks for the reason and, if two legs are possible, for the leg; then says what to do.

    Once a reason is chosen the others fold away to show the advice. `answered` carries the reason
    and the leg; the leg is None if the reason does not concern one, or until it is chosen. Both
    can be changed while the question is shown; the reason is None in between.

    Args:
        rules: the reasons and their advice.
        legs: those that the session was planned for.

    """

    answered = Signal(object, object)

    def __init__(self, rules: StopRules, legs: Sequence[Leg]) -> None:
        super().__init__()
        self._rules = rules
        self._legs = tuple(legs)
        self._announcer = Announcer(self)
        number = QCoreApplication.translate("Stop", "{number}  {reason}")
        self.title = TextLabel(QCoreApplication.translate("Stop", "What was it?"), "lead")
        self.reasons: Segments[str] = Segments(
            [
                (reason.id, number.format(number=index, reason=reason.text))
                for index, reason in enumerate(rules.reasons, start=1)
            ],
            self.title.text(),
            stacked=True,
        )
        leg_title = QCoreApplication.translate("Stop", "Which leg?")
        self.leg: Segments[Leg] = Segments(
            [
                (Leg.LEFT, QCoreApplication.translate("Stop", "Left (L)")),
                (Leg.RIGHT, QCoreApplication.translate("Stop", "Right (R)")),
            ],
            leg_title,
        )
        self._which = Card(TextLabel(leg_title, "lead"), self.leg)
        self.advice = TextLabel(name="strong")
        self.urgent = [TextLabel(line) for line in rules.urgent]
        self._todo = Card(self.advice, *self.urgent, name="warning")
        self.change = button(
            QCoreApplication.translate("Stop", "Change"), self._ask_again, name="quiet"
        )
        self.change.setAccessibleName(QCoreApplication.translate("Stop", "Change the reason"))
        self.reasons.chosen.connect(self._take_reason)
        self.leg.chosen.connect(self._answer)
        self._lay_out()
        self._show()

    @property
    def reason(self) -> StopReason | None:
        """The chosen reason, or None."""
        return self._rules.reason(self.reasons.value)

    @property
    def asks_leg(self) -> bool:
        """Whether the reason concerns one of two legs."""
        return self.reason is not None and self.reason.leg and len(self._legs) > 1

    def take_key(self, key: int) -> bool:
        """Take a number for the reason, then L or R for the leg; return whether it was used."""
        number = key - Qt.Key.Key_1
        if self.reason is None and 0 <= number < len(self._rules.reasons):
            self.reasons.choose(self._rules.reasons[number].id)
            return True
        if self.asks_leg and key in _LEG_KEYS:
            self.leg.choose(_LEG_KEYS[Qt.Key(key)])
            return True
        return False

    @Slot()
    def _take_reason(self) -> None:
        self._show()
        reason = self.reason
        if reason is not None:
            first = self.urgent[0].text() if reason.urgent else ""
            which = self.leg.accessibleName() if self.asks_leg and self.leg.value is None else ""
            self._announcer.say(f"{first} {reason.advice} {which}".strip())
        self._answer()

    @Slot()
    def _answer(self) -> None:
        reason = self.reason
        only = self._legs[0] if len(self._legs) == 1 else None
        leg = (only or self.leg.value) if reason is not None and reason.leg else None
        self.answered.emit(reason, leg)

    def _ask_again(self) -> None:
        self.reasons.clear()
        self._show()
        self._answer()

    def _show(self) -> None:
        """Show all reasons, or the chosen one with its advice."""
        reason = self.reason
        self.reasons.setVisible(reason is None)
        self.change.setVisible(reason is not None)
        asking = QCoreApplication.translate("Stop", "What was it?")
        self.title.setText(asking if reason is None else reason.text)
        self._which.setVisible(self.asks_leg)
        self.advice.show_text("" if reason is None else reason.advice)
        is_urgent = reason is not None and reason.urgent
        look(self.urgent[0], "headline" if is_urgent else "body")
        self._todo.box.removeWidget(self.advice)
        self._todo.box.insertWidget(1 if is_urgent else 0, self.advice)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        what = Card()
        what.box.addLayout(head)
        what.box.addWidget(self.reasons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["m"])
        for card in (what, self._which, self._todo):
            box.addWidget(card)
