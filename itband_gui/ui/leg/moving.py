"""What moves over the still leg: the hand, or a marker where motion is to be less."""

import math
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QPixmap

from itband_gui.leg.geometry import Point
from itband_gui.routine.names import Technique
from itband_gui.ui.leg.art import PRESS_LEVELS, HandLook, hand_picture, marker_picture
from itband_gui.ui.leg.scene import Scene


class Hand(msgspec.Struct, frozen=True):
    """A hand on the leg.

    Attributes:
        technique: its shape.
        point: where its contact lies, on a right leg.
        direction: which way it strokes, as a unit vector.
        press: how far it is down on the leg, 0 lifted to 1.

    """

    technique: Technique
    point: Point
    direction: Point
    press: float = 1.0


class Marker(msgspec.Struct, frozen=True):
    """A spot on the stroke's path, for those who want less motion."""

    point: Point


class Placed(NamedTuple):
    """A picture and the pixels that it covers."""

    picture: QPixmap
    corner: QPoint
    area: QRect


class Mover:
    """Finds the pixels of a hand or marker; keeps the picture while only its place changes."""

    def __init__(self) -> None:
        self._key: object = None
        self._kept = (QPixmap(), QRectF())

    def place(self, shown: Hand | Marker | None, scene: Scene, ratio: float) -> Placed | None:
        """Return what to draw over a scene at `ratio` device pixels a pixel; None for nothing."""
        if shown is None:
            return None
        turn = level = 0
        technique = None
        if isinstance(shown, Hand):
            turn = round(math.degrees(math.atan2(shown.direction.x, shown.direction.y)))
            level = round(shown.press * PRESS_LEVELS)
            technique = shown.technique
        view, theme = scene.viewport, scene.theme
        key = (technique, turn, level, theme.name, view.scale, view.flip, ratio)
        if key != self._key:
            self._key = key
            self._kept = (
                marker_picture(theme, view.scale, ratio)
                if technique is None
                else hand_picture(
                    HandLook(technique, theme.name, view.scale, ratio, view.flip, turn, level)
                )
            )
        picture, area = self._kept
        corner = (QPointF(*view.to_pixels(shown.point)) + area.topLeft()).toPoint()
        return Placed(picture, corner, QRect(corner, area.size().toSize()))
