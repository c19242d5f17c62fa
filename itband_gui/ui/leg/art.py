"""The leg's and the hands' art, in a theme's colours, painted in centimetres."""

import re
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from itband_gui.assets import assets_dir
from itband_gui.routine.names import Technique
from itband_gui.ui.theme import ThemeName

_STYLE = re.compile(r'(<style id="theme">).*?(</style>)', re.DOTALL)
_HANDS = {
    Technique.HEEL_OF_HAND: "hand-heel",
    Technique.KNUCKLES: "hand-knuckles",
    Technique.LIGHT: "hand-flat",
}


def paint_body(painter: QPainter, theme: ThemeName) -> None:
    """Paint the leg; the painter's unit is the centimetre, its origin the trochanter."""
    _paint(painter, "leg.svg", "layer-body", theme)


@lru_cache(maxsize=8)
def hand_pixmap(technique: Technique, theme: ThemeName, scale: float, ratio: float) -> QPixmap:
    """Return a right leg's hand.

    Args:
        technique: which hand.
        theme: in whose colours.
        scale: pixels a centimetre.
        ratio: device pixels a pixel.

    """
    element = _HANDS[technique]
    bounds = _renderer("hands.svg", theme).boundsOnElement(element)
    pixmap = QPixmap(round(bounds.width() * scale * ratio), round(bounds.height() * scale * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill("transparent")
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-bounds.topLeft())
    _paint(painter, "hands.svg", element, theme)
    painter.end()
    return pixmap


def hand_bounds(technique: Technique) -> QRectF:
    """Return a hand's extent in centimetres around its contact point."""
    return _renderer("hands.svg", ThemeName.LIGHT).boundsOnElement(_HANDS[technique])


def _paint(painter: QPainter, file: str, element: str, theme: ThemeName) -> None:
    renderer = _renderer(file, theme)
    renderer.render(painter, element, renderer.boundsOnElement(element))


@cache
def _renderer(file: str, theme: ThemeName) -> QSvgRenderer:
    folder = assets_dir() / "leg"
    style = (folder / f"theme-{theme}.css").read_text("utf-8")
    svg = (folder / file).read_text("utf-8")
    themed = _STYLE.sub(lambda match: match[1] + style + match[2], svg, count=1)
    return QSvgRenderer(QByteArray(themed.encode()))
