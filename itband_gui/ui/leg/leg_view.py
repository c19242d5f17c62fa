"""A picture of one leg with the layers that a page asks for, and the moving hand."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

from msgspec.structs import replace
from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Path
from itband_gui.leg.names import Leg, Place, Zone
from itband_gui.leg.viewport import THIGH, Frame, Viewport
from itband_gui.routine.names import Technique
from itband_gui.ui.leg.art import prepare_hand
from itband_gui.ui.leg.guard import Patch, cut_guard, paint_guard
from itband_gui.ui.leg.labels import label_margin
from itband_gui.ui.leg.layers import paint_scene
from itband_gui.ui.leg.leg_access import LegAccess
from itband_gui.ui.leg.moving import Hand, Marker, Mover, Placed, hold
from itband_gui.ui.leg.scene import LegLabel, Scene, Tint
from itband_gui.ui.style import Appearance


class Layers(TypedDict, total=False):
    """The layers a page can switch; see `Scene`."""

    zones: bool
    places: bool
    tints: tuple[Tint, ...]
    tinted: tuple[Zone, ...]
    marked: frozenset[Place]
    outlined: bool
    keep_off: bool
    path: Path | None
    labels: tuple[LegLabel, ...]


class LegView(QWidget):
    """One leg; the still layers are painted once, only the hand moves over them."""

    def __init__(self, appearance: Appearance, leg: Leg, frame: Frame = THIGH) -> None:
        super().__init__()
        self.anatomy = load_anatomy()
        self.scene = Scene(Viewport(frame, leg, 1, 1), appearance.theme)
        self._appearance = appearance
        self._still: tuple[Scene, float, QPixmap] | None = None
        self._guard: tuple[QPixmap, tuple[Patch, ...]] | None = None
        self._moving: Hand | Marker | None = None
        self._mover = Mover()
        self._placed: Placed | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self._take_theme)
        self._access = self._make_access()
        self._access.register()

    @property
    def leg(self) -> Leg:
        """Which leg is shown."""
        return self.scene.viewport.leg

    @leg.setter
    def leg(self, leg: Leg) -> None:
        self._change(viewport=replace(self.scene.viewport, leg=leg))

    def show_layers(self, **layers: Unpack[Layers]) -> None:
        """Change the named layers; the others stay as they are."""
        self._change(**layers)
        if "labels" in layers:
            self._fit()

    def show_moving(self, moving: Hand | Marker | None) -> None:
        """Put the hand or the marker where it is now, or take it away."""
        self._moving = moving
        self._place()

    def prepare_hands(self, path: Path, techniques: Iterable[Technique]) -> None:
        """Lay hands on a path and draw them ahead of their first stroke, while nothing moves."""
        for technique in techniques:
            scale = self.scene.viewport.scale * self.devicePixelRatioF()
            prepare_hand(hold(technique, path).hand, self.scene.theme.name, scale)
        self._guarded(self._picture())

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

    def showEvent(self, event: QShowEvent) -> None:
        """Be painted as a part of the page, the first time.

        Qt takes the pixels of an opaque widget that moves for painted, even if they never were:
        another page's would stay.
        """
        super().showEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the still picture, and the hand over it."""
        painter = QPainter(self)
        picture, ratio, shown = self._picture(), self.devicePixelRatioF(), event.rect()
        source = QRect(shown.topLeft() * ratio, shown.size() * ratio)
        painter.drawPixmap(shown, picture, source)
        if self._placed is not None:
            painter.drawPixmap(self._placed.corner, self._placed.picture)
            paint_guard(painter, self._guarded(picture), self._placed.area.intersected(shown))
        painter.end()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _change(self, **changes: object) -> None:
        scene = replace(self.scene, **changes)
        if scene != self.scene:
            self.scene = scene
            self._access.tell(scene)
            self._place()
            self.update()

    def _make_access(self) -> LegAccess:
        """Return how screen readers see the leg."""
        return LegAccess(self, self.anatomy, self.scene)

    @Slot()
    def _take_theme(self) -> None:
        self._change(theme=self._appearance.theme)

    def _fit(self) -> None:
        width, height = float(self.width()), float(self.height())
        margin = label_margin(self.scene.labels, width)
        view = self.scene.viewport
        self._change(viewport=replace(view, width=width, height=height, margin_x=margin))

    def _picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._still is None or self._still[0] != self.scene or self._still[1] != ratio:
            self._still = (self.scene, ratio, paint_scene(self.scene, self.anatomy, ratio))
        return self._still[2]

    def _guarded(self, still: QPixmap) -> tuple[Patch, ...]:
        """Return what lies over the hand, cut out once for each still picture."""
        if self._guard is None or self._guard[0] is not still:
            self._guard = (still, cut_guard(self.scene, still, self.anatomy))
        return self._guard[1]

    def _place(self) -> None:
        """Find the hand's pixels, and ask for a new picture of those that change."""
        before = self._placed
        self._placed = self._mover.place(self._moving, self.scene, self.devicePixelRatioF())
        if before != self._placed:
            for placed in (before, self._placed):
                if placed is not None:
                    self.update(placed.area)
