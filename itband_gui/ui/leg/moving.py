"""What moves over the still leg: the hand, or a marker where motion is to be less."""

from functools import lru_cache
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QPixmap

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.grip import Grips, find_grips
from itband_gui.leg.hand import load_hand
from itband_gui.routine.names import Technique
from itband_gui.ui.leg.art import (
    HANDS,
    LENGTH_STEPS,
    PICTURE_STEP,
    PRESS_LEVELS,
    HandLook,
    hand_picture,
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


class Held(NamedTuple):
    """Which hand is drawn along a path, and how it lies."""

    hand: str
    grips: Grips


@lru_cache(maxsize=64)
def hold(technique: Technique, path: Path) -> Held:
    """Return the first hand of a technique that finds room along a path, else the smallest."""
    areas = tuple(load_anatomy().keep_off.values())
    hands = [Held(hand, find_grips(load_hand(hand), path, areas)) for hand in HANDS[technique]]
    return next((held for held in hands if not held.grips.covered), hands[-1])


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
        self._held: Held | None = None

    def place(self, shown: Hand | Marker | None, scene: Scene, ratio: float) -> Placed | None:
        """Return what to draw over a scene at `ratio` device pixels a pixel; None for nothing."""
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
        """Return how a hand appears where it is now."""
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
