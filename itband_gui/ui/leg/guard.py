"""The keep-off areas, cut out of the still picture and painted over the moving hand.

A hand fades out before it covers such an area, whatever its path.
"""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from itband_gui.leg.anatomy import Anatomy
from itband_gui.ui.leg.layers import on_screen
from itband_gui.ui.leg.scene import Scene

KEPT_CM = 0.3  # margin around an area, for its outline, in which no hand is visible
SOFT_CM = 0.9  # width of the rim around that margin, in which a hand fades out
_SHADES = 12


class Patch(NamedTuple):
    """A piece of the still picture, opaque over one area and transparent towards its rim."""

    picture: QPixmap
    area: QRect


def cut_guard(scene: Scene, still: QPixmap, anatomy: Anatomy) -> tuple[Patch, ...]:
    """Cut the keep-off areas of a scene out of its still picture."""
    shapes = [on_screen(shape, scene) for shape in anatomy.keep_off.values()]
    return tuple(_patch(shape, scene.viewport.scale, still) for shape in shapes)


def paint_guard(painter: QPainter, guard: tuple[Patch, ...], over: QRect) -> None:
    """Paint the areas over the moving hand, within a rectangle."""
    for picture, area in guard:
        part = area.intersected(over)
        if not part.isEmpty():
            ratio, source = picture.devicePixelRatio(), part.translated(-area.topLeft())
            painter.drawPixmap(
                QRectF(part), picture, QRectF(source.topLeft() * ratio, source.size() * ratio)
            )


def _patch(shape: QPolygonF, scale: float, still: QPixmap) -> Patch:
    ratio, rim = still.devicePixelRatio(), (KEPT_CM + SOFT_CM) * scale + 1
    area = shape.boundingRect().adjusted(-rim, -rim, rim, rim).toAlignedRect()
    picture = QPixmap((QSizeF(area.size()) * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.translate(-area.topLeft())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for i in range(_SHADES + 1):  # from the rim inwards, each over the one before
        shade = QColor(0, 0, 0, round(255 * i / _SHADES))
        wide = KEPT_CM + SOFT_CM * (1 - i / _SHADES)
        pen = QPen(shade, 2 * wide * scale)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(shade)
        painter.drawPolygon(shape)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.drawPixmap(0, 0, still)
    painter.end()
    return Patch(picture, area)
