"""The layers of the leg's picture, painted back to front."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Point, Polygon
from itband_gui.leg.names import Leg
from itband_gui.leg.viewport import Viewport
from itband_gui.ui.leg.art import paint_body
from itband_gui.ui.leg.labels import draw_labels
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.look.style import scaled_font
from itband_gui.ui.look.theme import Theme

FADE_CM = 7.0  # length over which a cut-off end of the leg fades out

Layer = Callable[[QPainter, Scene, Anatomy], None]


def paint_scene(scene: Scene, anatomy: Anatomy, ratio: float) -> QPixmap:
    """Return the still picture of a scene on paper, at `ratio` device pixels per pixel.

    It is opaque, so that its pixels are copied instead of blended while the hand moves.
    """
    picture = QPixmap(_body(scene.viewport, scene.theme, ratio))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for layer in _LAYERS:
        painter.save()
        layer(painter, scene, anatomy)
        painter.restore()
    painter.end()
    return picture


@lru_cache(maxsize=4)  # the legs on the screen; the other layers change more often
def _body(view: Viewport, theme: Theme, ratio: float) -> QPixmap:
    """Return the leg on paper, faded out where the frame cuts it off."""
    if view.flip < 0:  # mirror the right leg, as drawing one takes tens of milliseconds
        other = _body(replace(view, leg=Leg.RIGHT), theme, ratio).toImage()
        return QPixmap.fromImage(other.flipped(Qt.Orientation.Horizontal))
    size = (QSizeF(view.width, view.height) * ratio).toSize()
    leg, paper = QPixmap(size), QPixmap(size)
    for picture in (leg, paper):
        picture.setDevicePixelRatio(ratio)
    leg.fill(Qt.GlobalColor.transparent)
    painter = QPainter(leg)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.translate(*view.origin)
    painter.scale(view.flip * view.scale, view.scale)
    paint_body(painter, theme.name)
    painter.restore()
    _fade_ends(painter, view)
    painter.end()
    paper.fill(QColor(theme.paper))
    painter = QPainter(paper)
    painter.drawPixmap(0, 0, leg)
    painter.end()
    return paper


def on_screen(shape: Polygon, scene: Scene) -> QPolygonF:
    """Return a shape of the leg in pixels."""
    return QPolygonF([QPointF(*scene.viewport.to_pixels(corner)) for corner in shape.corners])


def _fade_ends(painter: QPainter, view: Viewport) -> None:
    """Fade the leg out where the frame cuts it off, at the waist and below the knee."""
    _, outline_top, _, outline_bottom = load_anatomy().outline.bounds
    bottom = view.frame.top + view.frame.height
    _, y_top = view.to_pixels(Point(0, max(view.frame.top, outline_top)))
    _, y_bottom = view.to_pixels(Point(0, bottom))
    fade = FADE_CM * view.scale / max(y_bottom - y_top, 1.0)
    gradient = QLinearGradient(0, y_top, 0, y_bottom)
    clear, solid = QColor(0, 0, 0, 0), QColor(0, 0, 0, 255)
    gradient.setColorAt(0, clear)
    gradient.setColorAt(min(fade, 0.5), solid)
    if bottom < outline_bottom:
        gradient.setColorAt(max(1 - fade, 0.5), solid)
        gradient.setColorAt(1, clear)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.fillRect(0, 0, round(view.width) + 1, round(view.height) + 1, gradient)


def _draw_outlines(painter: QPainter, scene: Scene, anatomy: Anatomy) -> None:
    painter.setPen(QPen(QColor(scene.theme.quiet_ink), 1, Qt.PenStyle.DotLine))
    for shapes, wanted in (
        (anatomy.zones.values(), scene.zones),
        (anatomy.places.values(), scene.places),
    ):
        for shape in shapes if wanted else ():
            painter.drawPolygon(on_screen(shape, scene))


def _draw_tints(painter: QPainter, scene: Scene, anatomy: Anatomy) -> None:
    """Tint places by soreness over time, each with its number on a small background."""
    font = scaled_font("small")
    font.setBold(True)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for tint in scene.tints:
        shape = anatomy.places.get(tint.place)
        if shape is None:
            continue
        fill = QColor(scene.theme.rest)
        fill.setAlphaF(0.12 + 0.48 * min(max(tint.share, 0.0), 1.0))
        painter.setPen(QPen(QColor(scene.theme.rest), 1))
        painter.setBrush(fill)
        painter.drawPolygon(on_screen(shape, scene))
        width = metrics.horizontalAdvance(tint.text) + metrics.height() / 2
        ground = QRectF(0, 0, width, metrics.height())
        ground.moveCenter(QPointF(*scene.viewport.to_pixels(shape.centre)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scene.theme.surface))
        painter.drawRoundedRect(ground, 4, 4)
        painter.setPen(QColor(scene.theme.ink))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, tint.text)


def _draw_marks(painter: QPainter, scene: Scene, anatomy: Anatomy) -> None:
    """Fill each marked place and cross it, so that it does not depend on colour alone."""
    ink = QColor(scene.theme.rest)
    for place in scene.marked:
        shape = anatomy.places.get(place)
        if shape is None:
            continue
        if scene.outlined:
            painter.setPen(QPen(QColor(scene.theme.ink), 4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(on_screen(shape, scene))
            continue
        fill = QColor(ink)
        fill.setAlphaF(0.30)
        painter.setPen(QPen(ink, 2))
        painter.setBrush(fill)
        painter.drawPolygon(on_screen(shape, scene))
        x, y = scene.viewport.to_pixels(shape.centre)
        size = max(4.0, 0.9 * scene.viewport.scale)
        painter.setPen(_round_pen(ink, max(2.0, size / 3)))
        painter.drawLine(QPointF(x - size, y - size), QPointF(x + size, y + size))
        painter.drawLine(QPointF(x - size, y + size), QPointF(x + size, y - size))


def _draw_tint(painter: QPainter, scene: Scene, anatomy: Anatomy) -> None:
    fill = QColor(scene.theme.accent)
    fill.setAlphaF(0.30)
    painter.setPen(QPen(QColor(scene.theme.accent), 1.5))
    painter.setBrush(fill)
    for zone in scene.tinted:
        painter.drawPolygon(on_screen(anatomy.zones[zone], scene))


def _draw_keep_off(painter: QPainter, scene: Scene, anatomy: Anatomy) -> None:
    if not scene.keep_off:
        return
    ink = QColor(scene.theme.rest)
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(QBrush(ink, Qt.BrushStyle.BDiagPattern))
    for shape in anatomy.keep_off.values():
        painter.drawPolygon(on_screen(shape, scene))


def _draw_path(painter: QPainter, scene: Scene, _anatomy: Anatomy) -> None:
    """Draw the stroke's path with an arrowhead at its knee end."""
    if scene.path is None:
        return
    view = scene.viewport
    points = [QPointF(*view.to_pixels(scene.path.at(i / 40))) for i in range(41)]
    width = max(2.0, 0.35 * view.scale)
    painter.setPen(_round_pen(QColor(scene.theme.accent), width))
    painter.drawPolyline(points)
    direction = scene.path.direction(1.0)
    dx, dy = view.flip * direction.x, direction.y
    size = max(6.0, 1.3 * view.scale)
    tip = points[-1] + QPointF(dx * size * 0.4, dy * size * 0.4)
    for side in (1, -1):
        back = QPointF(-dx * 0.8 - side * dy * 0.6, -dy * 0.8 + side * dx * 0.6) * size
        painter.drawLine(tip, tip + back)


def _draw_pointed(painter: QPainter, scene: Scene, anatomy: Anatomy) -> None:
    shape = anatomy.places.get(scene.pointed) if scene.pointed else None
    if shape is None:
        return
    width = 3.0 if scene.focused else 1.5
    painter.setPen(QPen(QColor(scene.theme.accent), width))
    painter.drawPolygon(on_screen(shape, scene))


def _round_pen(ink: QColor, width: float) -> QPen:
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


_LAYERS: tuple[Layer, ...] = (  # back to front
    _draw_outlines,
    _draw_tints,
    _draw_tint,
    _draw_marks,
    _draw_keep_off,
    _draw_path,
    _draw_pointed,
    draw_labels,
)


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
