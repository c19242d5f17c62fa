"""What moves over the still leg: the hand, or a marker where motion is to be less."""

from typing import NamedTuple

import msgspec
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QPixmap

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.grip import Grips, find_grips
from itband_gui.routine.names import Technique
from itband_gui.ui.leg.art import (
    LENGTH_STEPS,
    PRESS_LEVELS,
    HandLook,
    hand_picture,
    hand_shape,
    marker_picture,
)
from itband_gui.ui.leg.scene import Scene


class Hand(msgspec.Struct, frozen=True):
    """A hand on the leg.

    Attributes:
        technique: its shape.
        path: what it strokes along, on a right leg.
        along: how far along it is, 0 at the hip end to 1.
        press: how far it is down on the leg, 0 lifted to 1.

    """

    technique: Technique
    path: Path
    along: float
    press: float = 1.0

    @property
    def point(self) -> Point:
        """Where its contact lies."""
        return self.path.at(self.along)


def grips_on(technique: Technique, path: Path) -> Grips:
    """Return how a hand lies along a path on our leg."""
    return find_grips(hand_shape(technique), path, tuple(load_anatomy().keep_off.values()))


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
        self._stroke: tuple[Technique, Path] | None = None
        self._grips: Grips | None = None

    def place(self, shown: Hand | Marker | None, scene: Scene, ratio: float) -> Placed | None:
        """Return what to draw over a scene at `ratio` device pixels a pixel; None for nothing."""
        if shown is None:
            return None
        turn = arm = around = level = 0
        technique = None
        if isinstance(shown, Hand):
            grip = self._grips_of(shown).at(shown.along)
            turn = round(grip.turn)
            arm, around = int(grip.arm * LENGTH_STEPS), int(grip.around * LENGTH_STEPS)
            level = round(shown.press * PRESS_LEVELS)
            technique = shown.technique
        view, theme = scene.viewport, scene.theme
        key = (technique, turn, arm, around, level, theme.name, view.scale, view.flip, ratio)
        if key != self._key:
            self._key = key
            self._kept = (
                marker_picture(theme, view.scale, ratio)
                if technique is None
                else hand_picture(
                    HandLook(
                        technique, theme.name, view.scale, ratio, view.flip, turn, arm, around, level
                    )
                )
            )
        picture, area = self._kept
        corner = (QPointF(*view.to_pixels(shown.point)) + area.topLeft()).toPoint()
        return Placed(picture, corner, QRect(corner, area.size().toSize()))

    def _grips_of(self, hand: Hand) -> Grips:
        """Return how the hand lies along its path, looked up once a path."""
        stroke = self._stroke
        if self._grips is None or stroke is None or (
            stroke[0] is not hand.technique or stroke[1] is not hand.path
        ):
            self._stroke = (hand.technique, hand.path)
            self._grips = grips_on(hand.technique, hand.path)
        return self._grips
