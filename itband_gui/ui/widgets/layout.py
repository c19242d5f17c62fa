"""Containers: cards, scrolling columns, wrapping rows, option rows, empty states."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from itband_gui.ui.look.keys import ENTER
from itband_gui.ui.look.style import SPACE, Look, look
from itband_gui.ui.look.theme import system_has_touch_screen
from itband_gui.ui.widgets.text import TextLabel


class Card(QFrame):
    """A rounded box with its widgets from top to bottom."""

    def __init__(self, *widgets: QWidget, name: Look = "card") -> None:
        super().__init__()
        look(self, name)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
        self.box.setSpacing(SPACE["s"])
        for widget in widgets:
            self.box.addWidget(widget)


WIDEST_EM = 60  # in letters M: longer lines are hard to read

_RESIZED = {QEvent.Type.LayoutRequest, QEvent.Type.Resize}


class ScrollColumn(QScrollArea):
    """Scrolls vertically; sideways only if a single word is wider than the window."""

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
        """The width in pixels below which it would have to scroll sideways."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self._content.minimumSizeHint().width() + bar

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the content the height that its lines need; Qt computes it before they wrap."""
        if watched is self._content and event.type() in _RESIZED:
            layout = self._content.layout()
            if layout is not None and layout.hasHeightForWidth():
                least = layout.totalMinimumHeightForWidth(self._content.width())
                self._content.setMinimumHeight(max(least, 0))
            if event.type() is QEvent.Type.LayoutRequest:
                self.changed.emit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Let a finger scroll it, too."""
        super().showEvent(event)
        if system_has_touch_screen():
            from itband_gui.ui.widgets.finger import scroll_by_finger  # noqa: PLC0415 - touch only

            scroll_by_finger(self)


def centre_column(page: QWidget) -> QVBoxLayout:
    """Return the layout for a page's content, which is centred on a wide page."""
    column = QWidget()
    column.setMaximumWidth(WIDEST_EM * page.fontMetrics().horizontalAdvance("M"))
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(column)
    return QVBoxLayout(column)


class WrappingRow(QWidget):
    """Lays out its widgets like the words of a text."""

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
        """Ask for the width of a single line."""
        rects = self._places(1 << 20)
        width = max((rect.right() + 1 for rect in rects), default=0)
        return QSize(width, self.heightForWidth(1 << 20))

    def minimumSizeHint(self) -> QSize:
        """Ask for at least the widest widget's width."""
        hints = [widget.sizeHint() for widget in self._shown]
        width = max((hint.width() for hint in hints), default=0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def event(self, event: QEvent) -> bool:
        """Lay out again when a widget asks for another size, as a layout would."""
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
        """The widgets that are not hidden."""
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _place(self) -> None:
        for widget, rect in zip(self._shown, self._places(self.width()), strict=True):
            widget.setGeometry(rect)

    def _places(self, width: int) -> list[QRect]:
        """Return the widgets' rectangles, centred vertically within their lines."""
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
    """Move each rectangle down to the middle of its line."""
    heights: dict[int, int] = {}
    for rect in rects:
        heights[rect.top()] = max(heights.get(rect.top(), 0), rect.height())
    return [rect.translated(0, (heights[rect.top()] - rect.height()) // 2) for rect in rects]


class OptionRow(QWidget):
    """A box, its text, and a smaller remark below; clicking anywhere clicks the box."""

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
        self.box.ensurePolished()  # the style sheet sets its size
        drop = (self.box.sizeHint().height() - first.fontMetrics().height()) // 2
        words.setContentsMargins(0, max(0, drop), 0, 0)  # aligns the first line with the box
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
        """The x offset at which the text begins."""
        return self.box.sizeHint().width() + SPACE["s"]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Enter to the page, which continues; some desktops would toggle the box."""
        if isinstance(event, QKeyEvent) and event.key() in ENTER:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Act like a click on the box itself."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.click()
            event.accept()


class SideBySide(QWidget):
    """A row of widgets; a column while it is narrower than the widest line of text."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE["l"])
        for widget in widgets:
            self._box.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction by the width."""
        super().resizeEvent(event)
        wide = self.width() >= WIDEST_EM * self.fontMetrics().horizontalAdvance("M")
        self._box.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )


class EmptyState(ScrollColumn):
    """A headline, advice on how to start, and optionally a button for it."""

    def __init__(self, headline: str, advice: str, action: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(content)
        box = QVBoxLayout(content)
        box.setSpacing(SPACE["m"])
        box.addStretch(2)
        for label in (TextLabel(headline, "headline"), TextLabel(advice)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(label)
        if action is not None:
            box.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
