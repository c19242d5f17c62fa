"""A question with a safe answer and one that ends something."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget


class Question(QMessageBox):
    """Opens at once and asks; Esc and Enter give the safe answer.

    Args:
        parent: the window that waits.
        text: the question.
        remark: one or two sentences in smaller type.
        answers: the safe one and the other.
        on_go: called without arguments after the other answer.

    """

    stayed = Signal()  # any way but the other answer

    def __init__(
        self,
        parent: QWidget,
        text: str,
        remark: str,
        answers: tuple[str, str],
        on_go: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._asker = parent
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setInformativeText(remark)
        self.stay = self.addButton(answers[0], QMessageBox.ButtonRole.RejectRole)
        self.go = self.addButton(answers[1], QMessageBox.ButtonRole.AcceptRole)
        self.go.clicked.connect(lambda _checked=False: on_go())
        self.setDefaultButton(self.stay)
        self.setEscapeButton(self.stay)
        self.finished.connect(self._tell)
        self.open()

    def _tell(self) -> None:
        self._asker.activateWindow()  # not every window manager hands the keyboard back
        if self.clickedButton() is not self.go:
            self.stayed.emit()
