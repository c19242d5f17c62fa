"""What to do about the warning signs that are present, most urgent first."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.safety.screening import Verdict, by_urgency, screen
from itband_gui.safety.signs import Urgency, WarningSign
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.scroll import ScrollColumn, centre_column
from itband_gui.ui.widgets.text import TextLabel


def urgency_text(urgency: Urgency) -> str:
    """Return how soon to act."""
    return {
        Urgency.NOW: QCoreApplication.translate("Advice", "Now"),
        Urgency.SAME_DAY: QCoreApplication.translate("Advice", "Today"),
        Urgency.SOON: QCoreApplication.translate("Advice", "In the next days"),
        Urgency.HEAL: QCoreApplication.translate("Advice", "Wait until it is over"),
    }[urgency]


class Advice(QWidget):
    """The page that ends a check-in, or asks whether a clinician has agreed."""

    done = Signal()
    agreed = Signal()
    back = Signal()

    def __init__(self, present: Sequence[WarningSign]) -> None:
        super().__init__()
        self.verdict = screen(present)
        blocked = self.verdict is Verdict.BLOCKED
        title = (
            QCoreApplication.translate("Advice", "No massage today")
            if blocked
            else QCoreApplication.translate("Advice", "Ask a clinician first")
        )
        content = QWidget()
        cards = QVBoxLayout(content)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(SPACE["m"])
        for sign in by_urgency(present):
            urgent = sign.urgency in {Urgency.NOW, Urgency.SAME_DAY}
            card = Card(name="warning" if urgent else "card")
            card.box.addWidget(TextLabel(urgency_text(sign.urgency), "rest" if urgent else "easy"))
            card.box.addWidget(TextLabel(sign.action, "lead"))
            card.box.addWidget(TextLabel(sign.text, "small"))
            cards.addWidget(card)
        cards.addStretch(1)
        box = centre_column(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["m"])
        box.addWidget(TextLabel(title, "title"))
        box.addWidget(TextLabel(self._remark(blocked=blocked)))
        box.addWidget(ScrollColumn(content), 1)
        box.addLayout(self._buttons(blocked=blocked))

    def first_focus(self) -> QWidget:
        """Return the button that ends here."""
        return self.close_button

    def _buttons(self, *, blocked: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE["s"])
        row.addWidget(
            button(QCoreApplication.translate("Advice", "Back to the list"), self.back.emit)
        )
        row.addStretch(1)
        if blocked:
            self.close_button = button(
                QCoreApplication.translate("Advice", "I will do that"), self.done.emit, "primary"
            )
        else:
            self.close_button = button(
                QCoreApplication.translate("Advice", "Not today"), self.done.emit
            )
            agreed = QCoreApplication.translate("Advice", "Agreed: start")
            row.addWidget(button(agreed, self.agreed.emit))
        row.addWidget(self.close_button)
        return row

    @staticmethod
    def _remark(*, blocked: bool) -> str:
        if blocked:
            return QCoreApplication.translate(
                "Advice",
                "Kept in your journal as an open sign; the next check-in asks about it again.",
            )
        return QCoreApplication.translate(
            "Advice", "With this, massage is fine only once a clinician who knows you has agreed."
        )
