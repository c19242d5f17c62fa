"""A row of widgets that goes on in the next line where it does not fit."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from itband_gui.ui.style import SPACE


class WrappingRow(QWidget):
    """Lays its widgets out like words of a text."""

    def __init__(self, widgets: Iterable[QWidget]) -> None:
        super().__init__()
        self._widgets = list(widgets)
        for widget in self._widgets:
            widget.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def hasHeightForWidth(self) -> bool:
        """Whether the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return max((rect.bottom() + 1 for rect in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """Ask for a single line."""
        rects = self._places(1 << 20)
        width = max((rect.right() + 1 for rect in rects), default=0)
        return QSize(width, self.heightForWidth(1 << 20))

    def minimumSizeHint(self) -> QSize:
        """Ask for the widest widget's width at least."""
        hints = [widget.sizeHint() for widget in self._shown]
        width = max((hint.width() for hint in hints), default=0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def event(self, event: QEvent) -> bool:
        """Lay out anew when a widget wants another size, as a layout would."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put each widget in its place."""
        super().resizeEvent(event)
        self._place()

    @property
    def _shown(self) -> list[QWidget]:
        """The widgets that take room."""
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _place(self) -> None:
        for widget, rect in zip(self._shown, self._places(self.width()), strict=True):
            widget.setGeometry(rect)

    def _places(self, width: int) -> list[QRect]:
        """Return the widgets' places; those of one line are centred on it."""
        rects: list[QRect] = []
        x = y = height = 0
        for widget in self._shown:
            size = widget.sizeHint().boundedTo(QSize(max(width, 1), 1 << 20))
            if x and x + size.width() > width:
                x, y, height = 0, y + height + SPACE["s"], 0
            rects.append(QRect(QPoint(x, y), size))
            x += size.width() + SPACE["s"]
            height = max(height, size.height())
        return _centred(rects)


def _centred(rects: list[QRect]) -> list[QRect]:
    """Move each place down to the middle of its line."""
    heights: dict[int, int] = {}
    for rect in rects:
        heights[rect.top()] = max(heights.get(rect.top(), 0), rect.height())
    return [rect.translated(0, (heights[rect.top()] - rect.height()) // 2) for rect in rects]
