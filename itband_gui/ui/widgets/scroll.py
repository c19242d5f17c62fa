"""A page's content in a column that scrolls down only when it must."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

WIDEST_EM = 60  # in letters M: longer lines are hard to read


class ScrollColumn(QScrollArea):
    """Scrolls down, never sideways."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)


def centre_column(page: QWidget) -> QVBoxLayout:
    """Return the layout for a page's content, kept in the middle of a wide page."""
    column = QWidget()
    column.setMaximumWidth(WIDEST_EM * page.fontMetrics().horizontalAdvance("M"))
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(column)
    return QVBoxLayout(column)
