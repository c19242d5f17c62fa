"""Draws the leg and the moving hands in a theme's colours, in centimetres."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QByteArray, QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QLinearGradient,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)
from PySide6.QtSvg import QSvgRenderer

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.grip import Grips, find_grips
from itband_gui.leg.hand import LIFTED_SCALE, load_hand
from itband_gui.leg.names import Technique
from itband_gui.machine.assets import assets_dir
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.look.theme import THEMES, Theme, ThemeName

_STYLE = re.compile(r'(<style id="theme">).*?(</style>)', re.DOTALL)
_LEG, _HANDS = "leg/leg.svg", "leg/hands.svg"
HANDS: dict[Technique, tuple[str, ...]] = {  # the first that fits on a path is drawn, else the last
    Technique.HEEL_OF_HAND: ("heel", "palm"),
    Technique.KNUCKLES: ("knuckles",),
    Technique.LIGHT: ("flat",),
}

PRESS_LEVELS = 4  # pictures between lifted and pressed
CONTACT_CM = 1.1  # radius of the ring where a firm hand presses
MARKER_CM = 1.3  # radius of the marker that stands for the hand
FADE_CM = 4.0  # length over which a shortened arm fades out
FULL_CONTACT_CM = 1.2  # distance from the contact within which nothing fades
ARM_CM = 4.0  # half the width of an arm
SHADOW_CM = 1.2  # how far a hand's shadow reaches beyond it
PICTURE_STEP = 3  # degrees between the pictures of a turning hand
LENGTH_STEPS = 1  # per centimetre; each length of an arm has its own picture
LIFTED_OPACITY, PRESSED_OPACITY = 0.55, 0.95


def paint_body(painter: QPainter, theme: ThemeName) -> None:
    """Paint the leg; the painter's unit is the centimetre, its origin the trochanter."""
    _paint(painter, _LEG, "layer-body", theme)


def paint_figure(painter: QPainter, file: str, theme: ThemeName, into: QRectF) -> None:
    """Paint a whole drawing from the assets, such as `guide/position-chair.svg`."""
    renderer = _renderer(file, theme)
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, into)


def paint_hand(painter: QPainter, hand: str, theme: ThemeName) -> None:
    """Paint a hand; the painter's unit is the centimetre, its origin the contact point."""
    _paint(painter, _HANDS, f"hand-{hand}", theme)


class HandLook(msgspec.Struct, frozen=True):
    """The appearance of a hand on the screen; equal looks share one picture.

    Attributes:
        hand: one of `HANDS`.
        ring: whether its contact gets a ring, because the technique presses firmly.
        theme: the theme of its colours.
        scale: pixels per centimetre.
        ratio: device pixels per pixel.
        flip: -1 on a left leg, else 1.
        turn: degrees clockwise from the drawing on a right leg, a multiple of `PICTURE_STEP`.
        arm: the visible length of the arm from the contact, in `LENGTH_STEPS` per centimetre.
        level: from 0, lifted (larger and translucent), to PRESS_LEVELS, pressed.

    """

    hand: str
    ring: bool
    theme: ThemeName
    scale: float
    ratio: float
    flip: int
    turn: int
    arm: int
    level: int

    @property
    def transform(self) -> QTransform:
        """The transform from the hand's centimetres to pixels around its contact point."""
        scale = self.scale * (LIFTED_SCALE + (1 - LIFTED_SCALE) * self.level / PRESS_LEVELS)
        return QTransform().scale(self.flip * scale, scale).rotate(self.turn)


@lru_cache(maxsize=160)  # enough for the turns and lengths of a whole stroke
def hand_picture(look: HandLook) -> tuple[QPixmap, QRectF]:
    """Return the picture of a hand, and its extent around its contact point."""
    upright, bounds = _upright_hand(look.hand, look.theme, look.scale * look.ratio)
    area = _extent(look)
    picture = _blank(area.size() * look.ratio, look.ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    pressed = look.level / PRESS_LEVELS
    painter.setOpacity(LIFTED_OPACITY + (PRESSED_OPACITY - LIFTED_OPACITY) * pressed)
    painter.translate(-area.topLeft())
    painter.setTransform(look.transform, combine=True)
    painter.drawPixmap(bounds, upright, upright.rect().toRectF())
    _end_arm(painter, look, bounds)
    if look.ring and look.level == PRESS_LEVELS:
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(THEMES[look.theme].accent), CONTACT_CM / 3))
        painter.drawEllipse(QPointF(0, 0), CONTACT_CM, CONTACT_CM)
    painter.end()
    return picture, area


def _extent(look: HandLook) -> QRectF:
    """Return the extent in pixels of a hand, its shadow and the visible part of its arm."""
    shape, length = load_hand(look.hand), look.arm / LENGTH_STEPS
    seen = [point for point in shape.outline if shape.along_arm(point) <= length]
    end = Point(shape.arm.x * length, shape.arm.y * length)
    sides = [Point(end.x + s * shape.arm.y, end.y - s * shape.arm.x) for s in (-ARM_CM, ARM_CM)]
    corners = QPolygonF([QPointF(*point) for point in (*seen, *sides)])
    rim = SHADOW_CM * look.scale
    area = look.transform.map(corners).boundingRect().adjusted(-rim, -rim, rim, rim)
    return area.toAlignedRect().toRectF()


def _end_arm(painter: QPainter, look: HandLook, bounds: QRectF) -> None:
    """Fade the arm out before it would cover a keep-off area."""
    painter.setOpacity(1.0)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    way = QPointF(*load_hand(look.hand).arm)
    length = look.arm / LENGTH_STEPS
    fade = min(FADE_CM, length - FULL_CONTACT_CM)
    gradient = QLinearGradient(way * (length - fade), way * length)
    gradient.setColorAt(0, QColor(0, 0, 0, 255))
    gradient.setColorAt(1, QColor(0, 0, 0, 0))
    painter.fillRect(bounds.adjusted(-1, -1, 1, 1), gradient)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


@lru_cache(maxsize=4)
def marker_picture(theme: Theme, scale: float, ratio: float) -> tuple[QPixmap, QRectF]:
    """Return a round spot and its extent around its centre; `scale` is pixels per centimetre."""
    radius = max(6.0, MARKER_CM * scale)
    area = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    picture = _blank(area.size() * ratio, ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-area.topLeft())
    painter.setPen(QPen(QColor(theme.on_accent), radius / 4))
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(area.adjusted(radius / 6, radius / 6, -radius / 6, -radius / 6))
    painter.end()
    return picture, area


def prepare_hand(hand: str, theme: ThemeName, scale: float) -> None:
    """Draw a hand ahead of its first stroke; `scale` is device pixels per centimetre."""
    _upright_hand(hand, theme, scale)


@lru_cache(maxsize=6)
def _upright_hand(hand: str, theme: ThemeName, scale: float) -> tuple[QPixmap, QRectF]:
    """Return an opaque hand stroking straight down, and its extent in centimetres.

    It is opaque because a hand's parts overlap, so only the whole can be made translucent.
    """
    bounds = _renderer(_HANDS, theme).boundsOnElement(f"hand-{hand}")
    picture = _blank(bounds.size() * scale, 1.0)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-bounds.topLeft())
    paint_hand(painter, hand, theme)
    painter.end()
    return picture, bounds


def _blank(size: QSizeF, ratio: float) -> QPixmap:
    picture = QPixmap(size.toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _paint(painter: QPainter, file: str, element: str, theme: ThemeName) -> None:
    renderer = _renderer(file, theme)
    renderer.render(painter, element, renderer.boundsOnElement(element))


@cache
def _renderer(file: str, theme: ThemeName) -> QSvgRenderer:
    style = (assets_dir() / "leg" / f"theme-{theme}.css").read_text("utf-8")
    svg = (assets_dir() / file).read_text("utf-8")
    themed = _STYLE.sub(lambda match: match[1] + style + match[2], svg, count=1)
    return QSvgRenderer(QByteArray(themed.encode()))


class Hand(msgspec.Struct, frozen=True):
    """A hand on the leg.

    Attributes:
        technique: its technique, which gives its shape.
        path: the path of the stroke, on a right leg.
        along: its position on the path, from 0 at the hip end to 1.
        press: how far it is pressed down, from 0 (lifted) to 1.

    """

    technique: Technique
    path: Path
    along: float
    press: float = 1.0

    @property
    def point(self) -> Point:
        """The point of contact."""
        return self.path.at(self.along)


class DrawnHand(NamedTuple):
    """The hand drawn along a path, and its grips."""

    hand: str
    grips: Grips


@lru_cache(maxsize=64)
def hold(technique: Technique, path: Path) -> DrawnHand:
    """Return the first hand of a technique that fits along a path, else the smallest."""
    areas = tuple(load_anatomy().keep_off.values())
    hands = [DrawnHand(hand, find_grips(load_hand(hand), path, areas)) for hand in HANDS[technique]]
    return next((held for held in hands if not held.grips.covered), hands[-1])


class Marker(msgspec.Struct, frozen=True):
    """A spot on the stroke's path, for reduced motion."""

    point: Point


class Placed(NamedTuple):
    """A picture and the pixels it covers."""

    picture: QPixmap
    corner: QPoint
    area: QRect


class Mover:
    """Find the pixels of a hand or marker, and keep the picture while only its place changes."""

    def __init__(self) -> None:
        self._key: object = None
        self._kept = (QPixmap(), QRectF())
        self._stroke: tuple[Technique, Path] | None = None
        self._held: DrawnHand | None = None

    def place(self, shown: Hand | Marker | None, scene: Scene, ratio: float) -> Placed | None:
        """Return the picture to draw over a scene, at `ratio` device pixels per pixel."""
        if shown is None:
            return None
        view, theme = scene.viewport, scene.theme
        if isinstance(shown, Hand):
            look = self._look(shown, scene, ratio)
            key: object = look
        else:
            look, key = None, (theme.name, view.scale, ratio)
        if key != self._key:
            self._key = key
            self._kept = (
                marker_picture(theme, view.scale, ratio) if look is None else hand_picture(look)
            )
        picture, area = self._kept
        corner = (QPointF(*view.to_pixels(shown.point)) + area.topLeft()).toPoint()
        return Placed(picture, corner, QRect(corner, area.size().toSize()))

    def _look(self, hand: Hand, scene: Scene, ratio: float) -> HandLook:
        """Return the look of a hand at its position."""
        stroke = (hand.technique, hand.path)
        if self._held is None or self._stroke != stroke:
            self._stroke, self._held = stroke, hold(*stroke)
        grip, view = self._held.grips.at(hand.along), scene.viewport
        return HandLook(
            self._held.hand,
            hand.technique.firm,
            scene.theme.name,
            view.scale,
            ratio,
            view.flip,
            round(grip.turn / PICTURE_STEP) * PICTURE_STEP,
            int(grip.arm * LENGTH_STEPS),
            round(hand.press * PRESS_LEVELS),
        )
