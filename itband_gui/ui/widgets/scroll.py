"""A page's content in a column that scrolls down only when it must."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from itband_gui.ui.theme import system_has_touch_screen

WIDEST_EM = 60  # in letters M: longer lines are hard to read

_RESIZED = {QEvent.Type.LayoutRequest, QEvent.Type.Resize}


class ScrollColumn(QScrollArea):
    """Scrolls down; sideways only where a single word is wider than the window."""

    changed = Signal()  # the content may need another size

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self.setWidget(content)

    @property
    def needed_width(self) -> int:
        """Return the pixels below which it would have to scroll sideways."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self._content.minimumSizeHint().width() + bar

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the content the height that its lines need; Qt reckons it before they wrap."""
        if watched is self._content and event.type() in _RESIZED:
            layout = self._content.layout()
            if layout is not None and layout.hasHeightForWidth():
                least = layout.totalMinimumHeightForWidth(self._content.width())
                self._content.setMinimumHeight(max(least, 0))
            if event.type() is QEvent.Type.LayoutRequest:
                self.changed.emit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Scroll under a finger, too."""
        super().showEvent(event)
        if system_has_touch_screen():
            from itband_gui.ui.widgets.finger import scroll_by_finger  # noqa: PLC0415 - seldom

            scroll_by_finger(self)


def centre_column(page: QWidget) -> QVBoxLayout:
    """Return the layout for a page's content, kept in the middle of a wide page."""
    column = QWidget()
    column.setMaximumWidth(WIDEST_EM * page.fontMetrics().horizontalAdvance("M"))
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(column)
    return QVBoxLayout(column)
