"""A picture of one leg with the layers that a page asks for, and the moving hand."""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Leg, Place, Zone
from itband_gui.leg.viewport import THIGH, Frame, Viewport
from itband_gui.routine.names import Technique
from itband_gui.ui.leg.art import PRESS_LEVELS, HandLook, hand_picture
from itband_gui.ui.leg.labels import label_margin
from itband_gui.ui.leg.layers import paint_scene
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.style import Appearance


@dataclass(frozen=True)
class Hand:
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


class _Placed(NamedTuple):
    """The hand's picture and the pixels that it covers."""

    picture: QPixmap
    corner: QPoint
    area: QRect


class LegView(QWidget):
    """One leg; the still layers are painted once, only the hand moves over them."""

    def __init__(self, appearance: Appearance, leg: Leg, frame: Frame = THIGH) -> None:
        super().__init__()
        self.anatomy = load_anatomy()
        self._appearance = appearance
        self._still: tuple[Scene, float, QPixmap] | None = None
        self._hand: Hand | None = None
        self._placed: _Placed | None = None
        self._hand_key: tuple[Technique, int, int] | None = None
        self._hand_picture = (QPixmap(), QRectF())
        self._labels = False
        self.scene = Scene(Viewport(frame, leg, 1, 1), appearance.theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        appearance.changed.connect(self._take_theme)

    @property
    def leg(self) -> Leg:
        """Which leg is shown."""
        return self.scene.viewport.leg

    @leg.setter
    def leg(self, leg: Leg) -> None:
        self._change(viewport=replace(self.scene.viewport, leg=leg))

    def show_work(self, zones: tuple[Zone, ...], path: Path | None) -> None:
        """Tint zones and draw a stroke's path."""
        self._change(tinted=zones, path=path)

    def show_marks(self, places: frozenset[Place]) -> None:
        """Mark places as sore."""
        self._change(marked=places)

    def show_keep_off(self, *, on: bool, labels: bool = True) -> None:
        """Hatch the areas never to press, and name them beside the leg."""
        self._labels = on and labels
        self._change(keep_off=on)
        self._fit()

    def show_hand(self, hand: Hand | None) -> None:
        """Put the hand where it is now, or take it away."""
        self._hand = hand
        self._place_hand()

    def sizeHint(self) -> QSize:
        """Prefer a tall picture."""
        return QSize(280, 480)

    def minimumSizeHint(self) -> QSize:
        """Stay readable as a leg."""
        return QSize(120, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the leg into the new size."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the still picture, and the hand over it."""
        painter = QPainter(self)
        picture, ratio, shown = self._picture(), self.devicePixelRatioF(), event.rect()
        source = QRect(shown.topLeft() * ratio, shown.size() * ratio)
        painter.drawPixmap(shown, picture, source)
        if self._placed is not None:
            painter.drawPixmap(self._placed.corner, self._placed.picture)
        painter.end()

    def _change(self, **changes: object) -> None:
        scene = replace(self.scene, **changes)  # type: ignore[arg-type]  # fields of Scene
        if scene != self.scene:
            self.scene, self._hand_key = scene, None
            self._place_hand()
            self.update()

    @Slot()
    def _take_theme(self) -> None:
        self._change(theme=self._appearance.theme)

    def _fit(self) -> None:
        width, height = float(self.width()), float(self.height())
        margin = min(label_margin(self.anatomy), width / 3) if self._labels else 0.0
        view = self.scene.viewport
        self._change(viewport=replace(view, width=width, height=height, margin_x=margin))

    def _picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._still is None or self._still[0] != self.scene or self._still[1] != ratio:
            self._still = (self.scene, ratio, paint_scene(self.scene, self.anatomy, ratio))
        return self._still[2]

    def _place_hand(self) -> None:
        """Find the hand's pixels, and ask for a new picture of those that change."""
        before, self._placed = self._placed, self._hand_on_screen()
        if before != self._placed:
            for placed in (before, self._placed):
                if placed is not None:
                    self.update(placed.area)

    def _hand_on_screen(self) -> _Placed | None:
        hand, view = self._hand, self.scene.viewport
        if hand is None:
            return None
        turn = round(math.degrees(math.atan2(hand.direction.x, hand.direction.y)))
        level = round(hand.press * PRESS_LEVELS)
        key = (hand.technique, turn, level)
        if key != self._hand_key:
            theme, ratio = self.scene.theme.name, self.devicePixelRatioF()
            look = HandLook(hand.technique, theme, view.scale, ratio, view.flip, turn, level)
            self._hand_key, self._hand_picture = key, hand_picture(look)
        picture, area = self._hand_picture
        corner = (QPointF(*view.to_pixels(hand.point)) + area.topLeft()).toPoint()
        return _Placed(picture, corner, QRect(corner, area.size().toSize()))
