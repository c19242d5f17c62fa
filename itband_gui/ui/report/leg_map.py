"""A leg on paper: the program's own art, sore places hatched and numbered, no colour needed."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.viewport import SORE, Viewport
from itband_gui.ui.leg.art import paint_body
from itband_gui.ui.report.content import LegPart, Spot
from itband_gui.ui.report.ink import BLACK, GREY, HAIR, LINE, Ink
from itband_gui.ui.theme import ThemeName

SHAPE = SORE.width / SORE.height  # of the map: its width, where its height is 1
_SPARSE, _DENSE = 46.0, 13.0  # from one line of the hatching to the next, at a share of 0 and 1


def paint_leg_map(ink: Ink, part: LegPart, box: QRectF) -> None:
    """Draw a leg with its sore places into a box."""
    painter = ink.painter
    if painter is None:
        return
    view = Viewport(SORE, part.leg, box.width(), box.height())
    painter.save()
    painter.setClipRect(box)
    painter.translate(box.topLeft())
    painter.save()
    painter.translate(*view.origin)
    painter.scale(view.flip * view.scale, view.scale)
    paint_body(painter, ThemeName.LIGHT)
    painter.restore()
    for spot in part.spots:
        _hatch(painter, spot, view)
    for spot in part.spots:
        _number(ink, painter, spot, view)
    painter.restore()
    painter.setPen(QPen(GREY, HAIR))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _hatch(painter: QPainter, spot: Spot, view: Viewport) -> None:
    """Hatch a place; the lines are drawn one by one, as patterns are coarse on paper."""
    shape = load_anatomy().places.get(spot.place)
    if shape is None:
        return
    outline = QPolygonF([QPointF(*view.to_pixels(corner)) for corner in shape.corners])
    path = QPainterPath()
    path.addPolygon(outline)
    path.closeSubpath()
    area = outline.boundingRect()
    painter.setPen(QPen(BLACK, LINE))
    painter.drawPath(path)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(BLACK, HAIR))
    apart = _SPARSE + (_DENSE - _SPARSE) * spot.share
    high = area.height()
    for step in range(ceil((area.width() + high) / apart)):
        left = area.left() - high + step * apart
        painter.drawLine(QPointF(left, area.bottom()), QPointF(left + high, area.top()))
    painter.restore()


def _number(ink: Ink, painter: QPainter, spot: Spot, view: Viewport) -> None:
    shape = load_anatomy().places.get(spot.place)
    if shape is None:
        return
    side = ink.line_height("small")
    ground = QRectF(0, 0, side, side)
    ground.moveCenter(QPointF(*view.to_pixels(shape.centre)))
    painter.setPen(QPen(BLACK, LINE))
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawEllipse(ground)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ink.text(ground, str(spot.number), ink.font("small", bold=True), Qt.AlignmentFlag.AlignHCenter)
