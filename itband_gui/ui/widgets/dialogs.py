"""Dialogs: a question with a safe answer, and a text to read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from itband_gui.ui.look.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.layout import ScrollColumn, WrappingRow
from itband_gui.ui.widgets.text import TextLabel


class Question(QMessageBox):
    """Opens at once; Esc and Enter give the safe answer.

    Args:
        parent: the window that it blocks.
        text: the question.
        remark: one or two sentences in smaller type.
        answers: the safe one, then the other.
        on_go: called without arguments on the other answer.

    """

    stayed = Signal()  # any outcome but the other answer

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
        self._asker.activateWindow()  # some window managers do not hand the keyboard back
        if self.clickedButton() is not self.go:
            self.stayed.emit()


def ask_to_discard(dialog: QDialog, question: str, discard: Callable[[], object]) -> None:
    """Ask over a dialog, and call `discard` only if the user chooses it."""
    box = QMessageBox(dialog)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    throw_away = box.addButton(
        QCoreApplication.translate("Discarding", "Discard"),
        QMessageBox.ButtonRole.DestructiveRole,
    )
    stay = box.addButton(
        QCoreApplication.translate("Discarding", "Keep editing"),
        QMessageBox.ButtonRole.RejectRole,
    )
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    throw_away.clicked.connect(discard)
    box.open()


_SHARE = 0.94  # of the window behind it, or of the screen


class TextDialog(QDialog):
    """Labels above a box with text, and Copy among the buttons below.

    Args:
        parent: the page or window behind it, or None.
        name: the text box's name for screen readers.
        lines: the least number of visible lines of text.
        copied: the confirmation after copying.

    """

    def __init__(self, parent: QWidget | None, name: str, lines: int, copied: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.box = QPlainTextEdit()
        self.box.setReadOnly(True)
        self.box.setTabChangesFocus(True)
        scroll_by_finger(self.box)
        self.box.setAccessibleName(name)
        self.box.setMinimumHeight(lines * self.box.fontMetrics().lineSpacing())
        self.copy = button(QCoreApplication.translate("TextDialog", "Copy"), self._copy)
        self.copied = TextLabel("", "small")
        self._copied_text = copied

    def text_to_copy(self) -> str:
        """Return the text that Copy puts on the clipboard."""
        return self.box.toPlainText()

    def lay_out(
        self,
        labels: Sequence[TextLabel],
        buttons: Sequence[QPushButton],
        wide_em: int,
        high_lines: int,
    ) -> None:
        """Lay out the dialog, sized by the font, within the window or screen behind it."""
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, SPACE["s"], 0)
        column.setSpacing(SPACE["m"])
        for label in labels:
            column.addWidget(label)
        column.addWidget(self.box, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE["xl"], SPACE["l"], SPACE["l"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addWidget(ScrollColumn(content), 1)
        self.copied.hide()
        box.addWidget(self.copied)
        box.addWidget(WrappingRow(tuple(buttons)))
        parent, metrics = self.parentWidget(), self.fontMetrics()
        room = parent.window().size() if parent else self.screen().availableSize()
        wanted = QSize(wide_em * metrics.horizontalAdvance("M"), high_lines * metrics.lineSpacing())
        self.resize(wanted.boundedTo(room * _SHARE))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text_to_copy())
        self.copied.show_text(self._copied_text)
