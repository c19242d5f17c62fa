"""A dialog around a text to read, to select and to copy."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.scroll import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow

_SHARE = 0.94  # of the window behind it, or of the screen


class TextDialog(QDialog):
    """Labels above a box with text, and Copy among the buttons below.

    Args:
        parent: the page or window behind it, or None where there is none.
        name: what the box holds, for screen readers.
        lines: of the text, that are seen at least.
        copied: what is said once it is copied.

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
        """Return what Copy gives."""
        return self.box.toPlainText()

    def lay_out(
        self,
        labels: Sequence[TextLabel],
        buttons: Sequence[QPushButton],
        wide_em: int,
        high_lines: int,
    ) -> None:
        """Put everything in its place; as large as the letters ask, within what is behind it."""
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
