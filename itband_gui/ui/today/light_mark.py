"""The light for running as a shape of its own: circle, diamond, square, or an empty ring."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from itband_gui.insight.reasons import Readiness
from itband_gui.ui.style import Appearance
from itband_gui.ui.theme import Theme

_HIGH = 2.6  # in heights of a line of text


class LightMark(QWidget):
    """Shows one of the lights; its word stands beside it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._light = Readiness.UNKNOWN
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_light(self, light: Readiness) -> None:
        """Show a light."""
        self._light = light
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a square that follows the font."""
        side = round(self.fontMetrics().height() * _HIGH)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape, and in it a sign that tells it apart without its colour."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(min(self.width(), self.height()))
        painter.scale(side / 24, side / 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour(self._light, theme))
        pen = QPen(QColor(theme.surface), 2.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        _SHAPES[self._light](painter, pen)
        painter.end()


def _colour(light: Readiness, theme: Theme) -> QColor:
    name = {
        Readiness.GO: theme.go,
        Readiness.UNKNOWN: theme.quiet_ink,
        Readiness.EASY: theme.easy,
        Readiness.REST: theme.rest,
    }[light]
    return QColor(name)


def _go(painter: QPainter, pen: QPen) -> None:
    """Draw a circle with a tick."""
    painter.drawEllipse(QRectF(1, 1, 22, 22))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(7, 12.5), QPointF(10.5, 16), QPointF(17, 8.5)]))


def _easy(painter: QPainter, pen: QPen) -> None:
    """Draw a diamond with a bar across."""
    painter.drawPolygon(
        QPolygonF([QPointF(12, 0.5), QPointF(23.5, 12), QPointF(12, 23.5), QPointF(0.5, 12)])
    )
    painter.setPen(pen)
    painter.drawLine(QPointF(8, 12), QPointF(16, 12))


def _rest(painter: QPainter, pen: QPen) -> None:
    """Draw a square with the two bars of a pause."""
    painter.drawRoundedRect(QRectF(2, 2, 20, 20), 3, 3)
    painter.setPen(pen)
    for x in (9, 15):
        painter.drawLine(QPointF(x, 8), QPointF(x, 16))


def _unknown(painter: QPainter, _pen: QPen) -> None:
    """Draw a broken ring."""
    ring = QPen(painter.brush().color(), 2.4)
    ring.setStyle(Qt.PenStyle.DotLine)
    ring.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(ring)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(2.5, 2.5, 19, 19))


_SHAPES = {
    Readiness.GO: _go,
    Readiness.UNKNOWN: _unknown,
    Readiness.EASY: _easy,
    Readiness.REST: _rest,
}
