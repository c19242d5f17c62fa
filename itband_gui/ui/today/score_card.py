"""A question that one key from 0 to 10 answers."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from itband_gui.ui.access import give_role
from itband_gui.ui.keys import is_answer, key_meant
from itband_gui.ui.today.question_card import QuestionCard
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.score_row import ScoreRow, score_of_key


class ScoreCard(QuestionCard):
    """Takes a digit, X for 10, or a click; Esc puts it away."""

    answered = Signal(int)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Grouping)
        self.setAccessibleName(text)
        self.setAccessibleDescription(
            QCoreApplication.translate("Today", "Keys 0 to 9 answer; X is 10; Esc skips it.")
        )
        self.scores = ScoreRow(text)
        self.skip = button(
            QCoreApplication.translate("Today", "Skip (Esc)"), self.put_away.emit, "quiet"
        )
        self.scores.rated.connect(self.answered)
        first, *others = self.scores.findChildren(QAbstractButton)
        first.installEventFilter(self)
        for each in others:
            each.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the arrow keys lead on to them
            each.installEventFilter(self)
        self.box.addWidget(self.scores)
        foot = QHBoxLayout()
        foot.addWidget(self.more, 1)
        foot.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignRight)
        self.box.addLayout(foot)

    def first_focus(self) -> QWidget:
        """Return the card itself: digits answer, and a late Space presses nothing."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a digit or X, put away by Esc."""
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
        """Let the second half of a double click not answer the question that came up below it."""
        double = event.type() is QEvent.Type.MouseButtonDblClick
        return double or super().eventFilter(watched, event)
