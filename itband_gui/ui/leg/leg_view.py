"""A picture of one leg with the layers that a page asks for, and the moving hand."""

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Leg, Place, Zone
from itband_gui.leg.viewport import THIGH, Frame, Viewport
from itband_gui.routine.names import Technique
from itband_gui.ui.leg.art import hand_bounds, hand_pixmap
from itband_gui.ui.leg.labels import label_margin
from itband_gui.ui.leg.layers import paint_scene
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.style import Appearance

LIFTED = 1.06  # how much larger the hand looks while it is lifted for the return


@dataclass(frozen=True)
class Hand:
    """A hand on the leg: its shape, where its contact lies and which way it strokes."""

    technique: Technique
    point: Point
    direction: Point
    lifted: bool


class LegView(QWidget):
    """One leg; the still layers are painted once, only the hand moves over them."""

    def __init__(self, appearance: Appearance, leg: Leg, frame: Frame = THIGH) -> None:
        super().__init__()
        self.anatomy = load_anatomy()
        self._appearance = appearance
        self._still: tuple[Scene, float, QPixmap] | None = None
        self._hand: Hand | None = None
        self._labels = False
        self.scene = Scene(Viewport(frame, leg, 1, 1), appearance.theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)
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
        if hand == self._hand:
            return
        old = self._hand_area()
        self._hand = hand
        self.update(old.united(self._hand_area()).toAlignedRect())

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
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, self._picture())
        if self._hand is not None:
            self._paint_hand(painter, self._hand)
        painter.end()

    def _change(self, **changes: object) -> None:
        scene = replace(self.scene, **changes)  # type: ignore[arg-type]  # fields of Scene
        if scene != self.scene:
            self.scene = scene
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

    def _hand_transform(self, hand: Hand) -> QTransform:
        """Return the way from the hand's own centimetres to this widget's pixels."""
        view = self.scene.viewport
        grow = LIFTED if hand.lifted else 1.0
        transform = QTransform()
        transform.translate(*view.to_pixels(hand.point))
        transform.scale(view.flip * view.scale * grow, view.scale * grow)
        transform.rotateRadians(-math.atan2(hand.direction.x, hand.direction.y))
        return transform

    def _hand_area(self) -> QRectF:
        if self._hand is None:
            return QRectF()
        bounds = hand_bounds(self._hand.technique)
        return self._hand_transform(self._hand).mapRect(bounds).adjusted(-2, -2, 2, 2)

    def _paint_hand(self, painter: QPainter, hand: Hand) -> None:
        scale = self.scene.viewport.scale
        theme = self.scene.theme.name
        pixmap = hand_pixmap(hand.technique, theme, scale, self.devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(self._hand_transform(hand), combine=True)
        painter.setOpacity(0.6 if hand.lifted else 0.92)
        bounds = hand_bounds(hand.technique)
        painter.drawPixmap(bounds, pixmap, QRectF(pixmap.rect()))
