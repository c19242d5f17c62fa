"""A row of drawn columns, readable by keyboard, mouse and screen reader."""

from collections.abc import Callable

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from itband_gui.ui.look.access import give_role
from itband_gui.ui.look.keys import Announcer
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.text import TextLabel

_ROLE = QPalette.ColorRole
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}
_CORNER = 4.0


class ColumnStrip(QWidget):
    """Draw columns from left to right; the one pointed at is read out.

    Sizes are in lines of text, so they follow the font.
    """

    pointed = Signal(int)  # index of the column being read

    wide = 1.5  # a column
    high = 7.0  # the whole strip
    widest = "10"  # number in the left margin

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._say: Callable[[int], str] = str
        self._at = -1
        self._announcer = Announcer(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Chart)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)

    def show_columns(self, count: int, say: Callable[[int], str], name: str) -> None:
        """Show columns; `say` returns what is read of one."""
        self._count, self._say, self._at = count, say, -1
        self.setAccessibleName(name)
        self.setAccessibleDescription("")
        self.updateGeometry()
        self.update()

    @property
    def at(self) -> int:
        """The index of the column being read; -1 for none."""
        return self._at

    @property
    def reading(self) -> str:
        """The text being read."""
        return self._say(self._at) if self._at >= 0 else ""

    def point_at(self, index: int) -> None:
        """Read a column; an index past an end is clamped to it."""
        index = max(0, min(index, self._count - 1))
        if index == self._at or not self._count:
            return
        self._at = index
        self.setAccessibleDescription(self.reading)
        if self.hasFocus():
            self._announcer.say(self.reading)
        self.update()
        self.pointed.emit(index)

    # Geometry

    @property
    def em(self) -> float:
        """The height of a line of text, in px."""
        return float(self.fontMetrics().height())

    @property
    def margin(self) -> float:
        """The width of the left margin for the numbers, in px."""
        return float(self.fontMetrics().horizontalAdvance(self.widest) + SPACE["s"])

    def column(self, index: int) -> QRectF:
        """Return a column's rectangle."""
        width = self.em * self.wide
        return QRectF(self.margin + index * width, 0, width, self.height())

    def sizeHint(self) -> QSize:
        """Return the size of all columns."""
        width = self.margin + self._count * self.em * self.wide
        return QSize(round(width) + SPACE["xs"], round(self.em * self.high))

    def minimumSizeHint(self) -> QSize:
        """Return the same size, as the strip scrolls instead of shrinking."""
        return self.sizeHint()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the background and the visible columns."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRectF(event.rect())
        if self._at >= 0 and self.column(self._at).intersects(seen):
            self._paint_pointed(painter)
        self.paint_ground(painter)
        width = self.em * self.wide
        first = max(0, int((seen.left() - self.margin) / width))
        last = min(self._count, int((seen.right() - self.margin) / width) + 1)
        for index in range(first, last):
            self.paint_column(painter, index, self.column(index))
        painter.end()

    def _paint_pointed(self, painter: QPainter) -> None:
        box = self.column(self._at).adjusted(1, 1, -1, -1)
        painter.setBrush(self.colour(_ROLE.AlternateBase))
        colour = self.colour(_ROLE.Highlight)
        painter.setPen(QPen(colour, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, _CORNER, _CORNER)

    def paint_ground(self, painter: QPainter) -> None:
        """Draw the background behind all columns."""

    def paint_column(self, painter: QPainter, index: int, box: QRectF) -> None:
        """Draw one column."""
        raise NotImplementedError

    def colour(self, role: QPalette.ColorRole) -> QColor:
        """Return a colour from the theme; in a scroll area the strip's own base is transparent."""
        return QApplication.palette().color(role)

    def ink(self, width: float = 1.5) -> QPen:
        """Return a pen in the text's colour."""
        return QPen(self.colour(_ROLE.Text), width)

    def line(self) -> QPen:
        """Return a pen for faint lines."""
        return QPen(self.colour(_ROLE.Mid), 1)

    # Reading

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the columns; Home and End go to the ends."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.point_at(self._at + _STEPS[key])
        elif key is Qt.Key.Key_Home:
            self.point_at(0)
        elif key is Qt.Key.Key_End:
            self.point_at(self._count - 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the newest column."""
        super().focusInEvent(event)
        if self._at < 0:
            self.point_at(self._count - 1)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus has left."""
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the column under the mouse."""
        self._point_below(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Read the clicked column; touch screens have no hover."""
        self._point_below(event.position())

    def _point_below(self, where: QPointF) -> None:
        index = int((where.x() - self.margin) // (self.em * self.wide))
        if 0 <= index < self._count:
            self.point_at(index)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()


class StripView(QWidget):
    """Show a strip, its legend, and the column pointed at in words.

    `lines` lines are kept free for the words, so that nothing below moves.
    """

    def __init__(self, strip: ColumnStrip, lines: int = 1) -> None:
        super().__init__()
        self.strip = strip
        self._lines = lines
        self.legend = TextLabel(name="small")
        self.reading = TextLabel()
        self._scroll = _SidewaysScroll(strip)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        for widget in (self.legend, self._scroll, self.reading):
            box.addWidget(widget)
        strip.pointed.connect(self._read)

    def show_legend(self, legend: str) -> None:
        """Show the legend of a newly filled strip and scroll to its newest end."""
        self.legend.setText(
            QCoreApplication.translate(
                "StripView", "{legend}. To read one, point at it or use the arrow keys."
            ).format(legend=legend)
        )
        self.reading.clear()
        self.reading.setMinimumHeight(self._lines * self.fontMetrics().lineSpacing())
        self._scroll.to_the_end()

    @Slot(int)
    def _read(self, index: int) -> None:
        self.reading.setText(self.strip.reading)
        self._scroll.bring_into_sight(index)


class _SidewaysScroll(QScrollArea):
    """A sideways scroll area as high as its strip."""

    def __init__(self, strip: ColumnStrip) -> None:
        super().__init__()
        self._strip = strip
        self._at_end = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setWidget(strip)
        scroll_by_finger(self)
        self.horizontalScrollBar().rangeChanged.connect(self._keep_end)

    def to_the_end(self) -> None:
        """Show the newest end, and stay there when the strip is resized."""
        self._at_end = True
        self._keep_end()

    def bring_into_sight(self, index: int) -> None:
        """Scroll to a column."""
        self._at_end = False
        column = self._strip.column(index)
        self.ensureVisible(round(column.center().x()), 0, round(column.width()), 0)

    @Slot()
    def _keep_end(self) -> None:
        self.updateGeometry()  # the scroll bar takes room only if there is something to scroll
        bar = self.horizontalScrollBar()
        if self._at_end:
            bar.setValue(bar.maximum())

    def sizeHint(self) -> QSize:
        """Return the strip's height plus the scroll bar's while there is one."""
        hint, bar = self._strip.sizeHint(), self.horizontalScrollBar()
        return hint + QSize(0, bar.sizeHint().height() if bar.maximum() else 0)

    def minimumSizeHint(self) -> QSize:
        """Return no width, as the area scrolls."""
        return QSize(0, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the strip's size; QScrollArea already filters its widget's events."""
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
