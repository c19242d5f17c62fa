"""Why a session was stopped, asked with one key, and on which leg."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.leg.names import Leg
from itband_gui.safety.signs import StopReason, StopRules
from itband_gui.ui.style import SPACE, look
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.segments import Segments
from itband_gui.ui.widgets.text import TextLabel

_LEG_KEYS = {Qt.Key.Key_L: Leg.LEFT, Qt.Key.Key_R: Leg.RIGHT}


class StopQuestion(QWidget):
    """Asks for the reason and, where it may be one of two legs, for the leg; then says what to do.

    `answered` carries the reason and the leg, or None for a reason that is about no leg or while
    the leg is not said yet. Both can be changed as long as the question is shown.

    Args:
        rules: the reasons, and what to do about each.
        legs: those that the session was meant for.

    """

    answered = Signal(StopReason, object)

    def __init__(self, rules: StopRules, legs: Sequence[Leg]) -> None:
        super().__init__()
        self._rules = rules
        self._legs = tuple(legs)
        title = QCoreApplication.translate("Stop", "What was it?")
        number = QCoreApplication.translate("Stop", "{number}  {reason}")
        self.reasons: Segments[str] = Segments(
            [
                (reason.id, number.format(number=index, reason=reason.text))
                for index, reason in enumerate(rules.reasons, start=1)
            ],
            title,
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
        self._which.hide()
        self.advice = TextLabel(name="strong")
        self.urgent = [TextLabel(line, "small") for line in rules.urgent]
        self._todo = Card(self.advice, *self.urgent, name="warning")
        self.reasons.chosen.connect(self._take)
        self.leg.chosen.connect(self._take)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["m"])
        box.addWidget(Card(TextLabel(title, "lead"), self.reasons))
        box.addWidget(self._which)
        box.addWidget(self._todo)
        self.advice.show_text("")

    @property
    def reason(self) -> StopReason | None:
        """The reason that was given, or None."""
        return self._rules.reason(self.reasons.value)

    @property
    def asks_leg(self) -> bool:
        """Whether the leg is still to be said."""
        return self._which.isVisibleTo(self) and self.leg.value is None

    def take_key(self, key: int) -> bool:
        """Take 1 to 6 for a reason while there is none, then L and R; tell whether it was taken."""
        number = key - Qt.Key.Key_1
        if self.reason is None and 0 <= number < len(self._rules.reasons):
            self.reasons.choose(self._rules.reasons[number].id)
            return True
        if self._which.isVisibleTo(self) and key in _LEG_KEYS:
            self.leg.choose(_LEG_KEYS[Qt.Key(key)])
            return True
        return False

    @Slot()
    def _take(self) -> None:
        reason = self.reason
        if reason is None:
            return
        self._which.setVisible(reason.leg and len(self._legs) > 1)
        self.advice.show_text(reason.advice)
        look(self.urgent[0], "headline" if reason.urgent else "small")
        self._todo.box.removeWidget(self.advice)
        self._todo.box.insertWidget(1 if reason.urgent else 0, self.advice)
        only = self._legs[0] if len(self._legs) == 1 else None
        self.answered.emit(reason, (only or self.leg.value) if reason.leg else None)
