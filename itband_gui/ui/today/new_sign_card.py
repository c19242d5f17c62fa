"""A warning sign that a rating points to, asked about by Yes or No."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from itband_gui.insight.due import NewSignQuestion
from itband_gui.safety.signs import Safety
from itband_gui.ui.access import give_role
from itband_gui.ui.keys import is_answer, key_meant
from itband_gui.ui.today.question_card import QuestionCard
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow
from itband_gui.wording.questions import question_text


class NewSignCard(QuestionCard):
    """`answered` says that the sign is there; No puts the question away."""

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
        """Return the card itself: a late Space or Enter answers nothing about a warning."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Y and N answer."""
        keys: dict[int, QPushButton] = {Qt.Key.Key_Y: self.yes, Qt.Key.Key_N: self.no}
        found = keys.get(key_meant(event)) if is_answer(event) else None
        if found is None:
            super().keyPressEvent(event)
        else:
            found.click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the second half of a double click not answer the question that came up below it."""
        double = event.type() is QEvent.Type.MouseButtonDblClick
        return double or super().eventFilter(watched, event)
