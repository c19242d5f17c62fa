"""What this program is and is not; shown once, before the first check-in."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.ui.keys import ENTER, is_answer
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.scroll import ScrollColumn, centre_column
from itband_gui.ui.widgets.text import TextLabel


class DisclaimerPage(QWidget):
    """The disclaimer, one sentence a line, to be accepted or declined."""

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
        """Enter accepts, Esc declines."""
        if not is_answer(event):
            super().keyPressEvent(event)
        elif event.key() in ENTER:
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.declined.emit()
        else:
            super().keyPressEvent(event)
