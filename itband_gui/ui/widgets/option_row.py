"""A check box or radio button whose text wraps."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.ui.keys import ENTER
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.text import TextLabel


class OptionRow(QWidget):
    """A box, its text, and a smaller remark below; a click anywhere clicks the box."""

    toggled = Signal(bool)

    def __init__(self, box: QAbstractButton, text: str, remark: str = "") -> None:
        super().__init__()
        self.box = box
        self.box.setAccessibleName(text)
        self.box.setAccessibleDescription(remark)
        self.box.toggled.connect(self.toggled)
        self.box.installEventFilter(self)
        first = TextLabel(text)
        first.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.box.ensurePolished()  # its room is the style sheet's
        drop = (self.box.sizeHint().height() - first.fontMetrics().height()) // 2
        words.setContentsMargins(0, max(0, drop), 0, 0)  # the first line stands beside the box
        words.addWidget(first)
        if remark:
            words.addWidget(TextLabel(remark, "small"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(SPACE["s"])
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    @property
    def words_x(self) -> int:
        """Where the words begin, from the left."""
        return self.box.sizeHint().width() + SPACE["s"]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Enter to the page, which goes on; some desktops would toggle the box by it."""
        if isinstance(event, QKeyEvent) and event.key() in ENTER:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Do what a click on the box itself does."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.click()
            event.accept()
