"""The legend: each series with its symbol, switched on and off here."""

from collections.abc import Collection
from dataclasses import dataclass
from math import cos, pi, sin

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QIcon,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QApplication, QCheckBox, QVBoxLayout, QWidget

from itband_gui.journal.entries import Moment
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.look.theme import Theme, ThemeName
from itband_gui.ui.text.words import moment_name
from itband_gui.ui.widgets.layout import WrappingRow
from itband_gui.ui.widgets.text import TextLabel


@dataclass(frozen=True)
class SeriesStyle:
    """The look of a series; `dashes` are in line widths, empty for a solid line.

    `loud` is its colour role in high contrast, where some roles look alike.
    """

    corners: int  # 0 for a disc
    turn: float  # of the shape, in full turns
    role: str  # colour role
    loud: str
    dashes: tuple[float, ...]

    def shape(self) -> QPainterPath:
        """Return the shape, centred on (0, 0) in a square of side 1."""
        path = QPainterPath()
        if not self.corners:
            path.addEllipse(QRectF(-0.45, -0.45, 0.9, 0.9))
            return path
        angles = [2 * pi * (i / self.corners + self.turn) for i in range(self.corners)]
        path.addPolygon(QPolygonF([QPointF(sin(a) * 0.55, -cos(a) * 0.55) for a in angles]))
        path.closeSubpath()
        return path

    def colour(self, theme: Theme) -> QColor:
        """Return its colour in a theme."""
        role = self.loud if theme.name is ThemeName.CONTRAST else self.role
        return QColor(str(getattr(theme, role)))

    def line(self, theme: Theme, *, thin: bool = False) -> QPen:
        """Return the pen for its median line: wide in high contrast, thin for many days."""
        width = 1 if thin else 3 if theme.name is ThemeName.CONTRAST else 2
        pen = QPen(self.colour(theme), width)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if self.dashes:
            pen.setDashPattern(self.dashes)
        return pen


MARKS = {
    Moment.BEFORE: SeriesStyle(0, 0.0, "ink", "ink", ()),
    Moment.AFTER: SeriesStyle(4, 1 / 8, "accent", "accent", (5, 2.5)),
    Moment.MORNING: SeriesStyle(3, 0.0, "easy", "go", (1.5, 1.5)),
    Moment.LAST_RUN: SeriesStyle(4, 0.0, "rest", "rest", (6, 2, 1.5, 2)),
    Moment.OTHER: SeriesStyle(5, 0.0, "quiet_ink", "easy", (3, 2, 1, 2, 1, 2)),
}


def icon(mark: SeriesStyle, theme: Theme) -> QIcon:
    """Return a sample of the line with the shape on it, one text line high."""
    high = QFontMetrics(QApplication.font()).height()
    wide = round(high * 2.4)
    ratio = QApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(round(wide * ratio), round(high * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(mark.line(theme))
    painter.drawLine(QPointF(0, high / 2), QPointF(wide, high / 2))
    painter.translate(wide / 2, high / 2)
    painter.scale(high * 0.5, high * 0.5)
    painter.fillPath(mark.shape(), mark.colour(theme))
    painter.end()
    return QIcon(picture)


class Legend(QWidget):
    """One check box per series, all on at first."""

    changed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.boxes = {moment: QCheckBox(moment_name(moment)) for moment in MARKS}
        for box in self.boxes.values():
            box.setChecked(True)
            box.toggled.connect(self.changed)
            box.setParent(self)
            box.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE["xs"])
        self.lines = TextLabel(name="small")
        self._column.addWidget(self.lines)
        self._offered: Collection[Moment] = ()
        self._row: WrappingRow | None = None
        appearance.changed.connect(self._take_theme)
        self._take_theme()

    @property
    def wanted(self) -> frozenset[Moment]:
        """The series that are on."""
        return frozenset(moment for moment, box in self.boxes.items() if box.isChecked())

    def offer(self, moments: Collection[Moment]) -> None:
        """Show only the series that have data."""
        offered = [moment for moment in self.boxes if moment in moments]
        if offered == self._offered:
            return
        self._offered = offered
        for moment, box in self.boxes.items():
            box.setParent(self)
            box.setVisible(moment in offered)
        if self._row is not None:
            self._column.removeWidget(self._row)
            self._row.deleteLater()
        self._row = WrappingRow([self.boxes[moment] for moment in offered])
        for moment in offered:
            self.boxes[moment].show()
        self._column.insertWidget(0, self._row)

    def tell_lines(self, *, by_month: bool) -> None:
        """Explain points, lines and bars."""
        if by_month:
            text = QCoreApplication.translate(
                "HistoryLegend",
                "Points: ratings. Lines: monthly medians; 7-day medians when you zoom in to two "
                "years or less. Bars: minutes × effort, filled for runs, hollow for activities.",
            )
        else:
            text = QCoreApplication.translate(
                "HistoryLegend",
                "Points: ratings. Lines: 7-day medians. Bars: minutes × effort, filled for runs, "
                "hollow for activities.",
            )
        self.lines.setText(text)

    @Slot()
    def _take_theme(self) -> None:
        high = QFontMetrics(QApplication.font()).height()
        for moment, box in self.boxes.items():
            box.setIcon(icon(MARKS[moment], self._appearance.theme))
            box.setIconSize(QSize(round(high * 2.4), high))
