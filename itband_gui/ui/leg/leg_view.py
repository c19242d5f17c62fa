"""Shows one leg or a pair, with the layers a page asks for and the moving hand."""

from collections.abc import Iterable, Mapping
from typing import TypedDict, Unpack

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from itband_gui.insight.places import PlaceSoreness
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Path
from itband_gui.leg.names import Leg, Place, Technique, Zone
from itband_gui.leg.viewport import THIGH, WHOLE, Frame, Viewport
from itband_gui.ui.leg.art import Hand, Marker, Mover, Placed, hold, prepare_hand
from itband_gui.ui.leg.labels import label_margin
from itband_gui.ui.leg.layers import Patch, cut_guard, paint_guard, paint_scene
from itband_gui.ui.leg.leg_access import LegAccess
from itband_gui.ui.leg.scene import LegLabel, Scene, Tint
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.text.words import leg_name, place_name
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.counts import number


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
    """One leg; the still layers are painted once, and only the hand moves over them."""

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
        """Show the hand or the marker at its position, or neither."""
        self._moving = moving
        self._place()

    def prepare_hands(self, path: Path, techniques: Iterable[Technique]) -> None:
        """Draw the hands for a path ahead of their first stroke, while nothing moves."""
        for technique in techniques:
            scale = self.scene.viewport.scale * self.devicePixelRatioF()
            prepare_hand(hold(technique, path).hand, self.scene.theme.name, scale)
        self._guarded(self._picture())

    def sizeHint(self) -> QSize:
        """Prefer a tall picture."""
        return QSize(280, 480)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the leg is recognizable."""
        return QSize(120, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the leg into the new size."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Do not claim to be opaque for the first painting.

        Qt assumes that the pixels of an opaque widget that moves are painted, even if they never
        were, so pixels of another page would stay.
        """
        super().showEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the still picture and the hand over it."""
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
        """Return the interface for screen readers."""
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
        """Return the patches over the hand, cut out once for each still picture."""
        if self._guard is None or self._guard[0] is not still:
            self._guard = (still, cut_guard(self.scene, still, self.anatomy))
        return self._guard[1]

    def _place(self) -> None:
        """Find the hand's pixels and repaint those that change."""
        before = self._placed
        self._placed = self._mover.place(self._moving, self.scene, self.devicePixelRatioF())
        if before != self._placed:
            for placed in (before, self._placed):
                if placed is not None:
                    self.update(placed.area)


HIGHEST_SCORE = 10


class LegPair(QWidget):
    """The legs as runners see their own: the left one on the left."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.legs = {leg: LegView(appearance, leg, WHOLE) for leg in Leg}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for leg, picture in self.legs.items():
            picture.setAccessibleName(leg_name(leg))
            column = QVBoxLayout()
            column.addWidget(picture, 1)
            name = TextLabel(leg_name(leg), "small", wrap=False)
            column.addWidget(name, 0, Qt.AlignmentFlag.AlignHCenter)
            row.addLayout(column)

    def show_marks(self, marked: Mapping[Leg, frozenset[Place]]) -> None:
        """Show where each leg is sore."""
        for leg, picture in self.legs.items():
            picture.show_layers(marked=marked[leg], tints=())
            _describe(picture, [place_name(place) for place in Place if place in marked[leg]])

    def show_soreness(self, soreness: Mapping[Leg, Mapping[Place, PlaceSoreness]]) -> None:
        """Show how sore each leg's places were over a period, with numbers."""
        for leg, picture in self.legs.items():
            tints = tuple(soreness_tint(place, each) for place, each in soreness[leg].items())
            picture.show_layers(marked=frozenset(), tints=tints)
            _describe(
                picture,
                [f"{place_name(place)}: {soreness_text(s)}" for place, s in soreness[leg].items()],
            )


def soreness_tint(place: Place, soreness: PlaceSoreness) -> Tint:
    """Return a place's tint, by the median score when it was marked."""
    middle = soreness.median
    return Tint(place, middle / HIGHEST_SCORE, number(middle), soreness_text(soreness))


def soreness_text(soreness: PlaceSoreness) -> str:
    """Return how often a place was marked and the median score then."""
    text = QCoreApplication.translate("LegPair", "marked {times}×, median {median} out of 10")
    return text.format(times=soreness.times, median=number(soreness.median))


def _describe(picture: LegView, lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    picture.setAccessibleDescription(text)
    picture.setToolTip(text)
