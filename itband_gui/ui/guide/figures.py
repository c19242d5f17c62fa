"""The guide's figures, drawn from the program's own art."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.leg.viewport import THIGH, WHOLE, Frame, Viewport
from itband_gui.ui.leg.art import Hand, Mover, paint_figure
from itband_gui.ui.leg.labels import anatomy_labels, keep_off_labels, label_margin
from itband_gui.ui.leg.layers import cut_guard, paint_guard, paint_scene
from itband_gui.ui.leg.scene import LegLabel, Scene
from itband_gui.ui.look.theme import Theme


@dataclass(frozen=True)
class LegFigure:
    """A leg with layers and, optionally, a hand somewhere along a stroke."""

    frame: Frame = THIGH
    technique: Technique | None = None
    zones: tuple[Zone, ...] = ()
    along: float = 0.0
    press: float = 1.0
    keep_off: bool = False
    names: Callable[[Anatomy], tuple[LegLabel, ...]] | None = None


@dataclass(frozen=True)
class DrawnFigure:
    """A figure from a drawing of its own in the assets."""

    file: str


_BAND = (Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER)
_FRONT = (Zone.FRONT_EDGE,)
_HEEL, _FIST, _FLAT = Technique.HEEL_OF_HAND, Technique.KNUCKLES, Technique.LIGHT
FIGURES: dict[str, LegFigure | DrawnFigure] = {
    "band": LegFigure(WHOLE, names=anatomy_labels),
    "keep-off": LegFigure(keep_off=True, names=keep_off_labels),
    "heel-start": LegFigure(technique=_HEEL, zones=_FRONT, along=0.0, keep_off=True),
    "heel-middle": LegFigure(technique=_HEEL, zones=_FRONT, along=0.55, keep_off=True),
    "heel-end": LegFigure(technique=_HEEL, zones=_FRONT, along=1.0, press=0.0, keep_off=True),
    "knuckles-start": LegFigure(technique=_FIST, zones=_FRONT, along=0.0, keep_off=True),
    "knuckles-middle": LegFigure(technique=_FIST, zones=_FRONT, along=0.55, keep_off=True),
    "knuckles-end": LegFigure(technique=_FIST, zones=_FRONT, along=1.0, press=0.0, keep_off=True),
    "light-middle": LegFigure(technique=_FLAT, zones=_BAND, along=0.4, keep_off=True),
    "position-chair": DrawnFigure("guide/position-chair.svg"),
    "position-side": DrawnFigure("guide/position-side.svg"),
}


def figure_caption(name: str) -> str:
    """Return a figure's caption."""
    if name.endswith("-start"):
        return QCoreApplication.translate("Figures", "Place your hand, lean in")
    if name.endswith("-middle"):
        return QCoreApplication.translate("Figures", "Glide towards the knee")
    if name.endswith("-end"):
        return QCoreApplication.translate("Figures", "Lift, come back lightly")
    return {
        "band": QCoreApplication.translate("Figures", "The band and the muscles next to it"),
        "keep-off": QCoreApplication.translate("Figures", "Never press the hatched areas"),
        "position-chair": QCoreApplication.translate("Figures", "On a chair"),
        "position-side": QCoreApplication.translate("Figures", "On the other side, with a pillow"),
    }[name]


def figure_picture(name: str, theme: Theme, size: QSize, ratio: float) -> QPixmap:
    """Return a figure on paper; `size` is in pixels of `ratio` device pixels each."""
    figure = FIGURES[name]
    if isinstance(figure, LegFigure):
        return _leg_picture(figure, theme, size, ratio)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.paper)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_figure(painter, figure.file, theme.name, QRectF(QPointF(0, 0), size.toSizeF()))
    painter.end()
    return picture


def figure_viewport(figure: LegFigure, labels: tuple[LegLabel, ...], size: QSize) -> Viewport:
    """Return the viewport that places a figure's leg in its picture."""
    margin = label_margin(labels, size.width())
    return Viewport(figure.frame, Leg.RIGHT, size.width(), size.height(), margin)


def _leg_picture(figure: LegFigure, theme: Theme, size: QSize, ratio: float) -> QPixmap:
    anatomy = load_anatomy()
    labels = figure.names(anatomy) if figure.names else ()
    view = figure_viewport(figure, labels, size)
    path = anatomy.stroke_through(figure.zones) if figure.zones else None
    scene = Scene(
        view,
        theme,
        tinted=figure.zones,
        keep_off=figure.keep_off,
        path=path,
        labels=labels,
    )
    picture = paint_scene(scene, anatomy, ratio)
    if path is not None and figure.technique is not None:
        hand = Hand(figure.technique, path, figure.along, figure.press)
        placed = Mover().place(hand, scene, ratio)
        if placed is not None:
            guard = cut_guard(scene, picture, anatomy)
            painter = QPainter(picture)
            painter.drawPixmap(placed.corner, placed.picture)
            paint_guard(painter, guard, placed.area)
            painter.end()
    return picture
