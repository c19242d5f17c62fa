"""Places the names next to the leg, with leader lines and without overlaps."""

from collections.abc import Iterable, Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.geometry import Point
from itband_gui.leg.names import Zone
from itband_gui.ui.leg.scene import LegLabel, Scene
from itband_gui.ui.look.style import scaled_font
from itband_gui.ui.widgets.text import in_lines


def spread(wanted: Sequence[float], pitch: float, height: float) -> list[float]:
    """Return the positions of labels in a column, as near as possible to those wanted.

    Args:
        wanted: the preferred centre of each label, from top to bottom, in pixels.
        pitch: the height of one label.
        height: the height of the column; with too many labels, the first ones leave it at the top.

    """
    placed: list[float] = []
    lowest = pitch / 2
    for y in wanted:
        placed.append(max(y, lowest))
        lowest = placed[-1] + pitch
    highest = height - pitch / 2
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], highest)
        highest = placed[i] - pitch
    return placed


PAD = 8.0  # px between a label, its leader line and the picture's edge
BEHIND_CM = -1.0  # anchors further back than this get their label behind the leg


def keep_off_labels(anatomy: Anatomy) -> tuple[LegLabel, ...]:
    """Return the everyday names of the keep-off areas; the id of an area without a name."""
    names = {
        "greater-trochanter": QCoreApplication.translate("KeepOff", "Hip bone"),
        "front-hip-point": QCoreApplication.translate("KeepOff", "Hip point"),
        "groin": QCoreApplication.translate("KeepOff", "Groin"),
        "outer-knee-bone": QCoreApplication.translate("KeepOff", "Knee bone"),
        "fibular-head": QCoreApplication.translate("KeepOff", "Nerve"),
        "gerdys-tubercle": QCoreApplication.translate("KeepOff", "Shin edge"),
        "patella": QCoreApplication.translate("KeepOff", "Kneecap"),
        "behind-knee": QCoreApplication.translate("KeepOff", "Back of knee"),
        "joint-line": QCoreApplication.translate("KeepOff", "Joint line"),
    }
    return tuple(
        LegLabel(names.get(name, name), shape.centre, warning=True)
        for name, shape in anatomy.keep_off.items()
    )


def anatomy_labels(anatomy: Anatomy) -> tuple[LegLabel, ...]:
    """Return the names of the band, the muscles next to it and the bones under it."""
    zones, marks = anatomy.zones, anatomy.landmarks
    named: tuple[tuple[str, Point], ...] = (
        (QCoreApplication.translate("Muscles", "Crest of the hip"), marks["iliac-crest"]),
        (QCoreApplication.translate("Muscles", "Gluteus maximus"), zones[Zone.GLUTEAL].centre),
        (
            QCoreApplication.translate("Muscles", "Tensor fasciae latae"),
            zones[Zone.HIP_POCKET].centre,
        ),
        (QCoreApplication.translate("Muscles", "Outer hip bone"), marks["trochanter"]),
        (QCoreApplication.translate("Muscles", "Vastus lateralis"), zones[Zone.FRONT_EDGE].centre),
        (QCoreApplication.translate("Muscles", "The band"), zones[Zone.BAND_MIDDLE].centre),
        (QCoreApplication.translate("Muscles", "Biceps femoris"), zones[Zone.BACK_EDGE].centre),
        (QCoreApplication.translate("Muscles", "Gerdy's tubercle"), marks["gerdys-tubercle"]),
    )
    return tuple(LegLabel(text, point) for text, point in named)


def label_margin(labels: Iterable[LegLabel], width: float) -> float:
    """Return the width in pixels that labels and leaders need on each side; 0 for no labels.

    At most a third of the picture's `width`; longer names take several lines.
    """
    metrics = QFontMetricsF(scaled_font("small"))
    widest = max((metrics.horizontalAdvance(label.text) for label in labels), default=0.0)
    return min(widest + 3 * PAD, width / 3) if widest else 0.0


class _Placed(msgspec.Struct, frozen=True):
    label: LegLabel
    lines: list[str]
    anchor: QPointF
    y: float


def draw_labels(painter: QPainter, scene: Scene, _anatomy: Anatomy) -> None:
    """Draw the labels of a scene in its margins, on the nearer side of the leg."""
    if not scene.viewport.margin_x:
        return
    font = scaled_font("small")
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for on_left in (True, False):
        for placed in _column(scene, metrics, on_left=on_left):
            _draw(painter, scene, metrics, placed, on_left=on_left)


def _column(scene: Scene, metrics: QFontMetricsF, *, on_left: bool) -> list[_Placed]:
    view = scene.viewport
    side = []
    for label in scene.labels:
        x, y = view.to_pixels(label.anchor)
        behind = label.anchor.x < BEHIND_CM
        if 0 <= y <= view.height and on_left == (behind == (view.flip == 1)):
            side.append((label, QPointF(x, y)))
    side.sort(key=lambda pair: pair[1].y())
    texts = [_lines(label.text, metrics, view.margin_x - PAD) for label, _ in side]
    pitch = max(map(len, texts), default=1) * metrics.height() + 2
    places = spread([anchor.y() for _, anchor in side], pitch, view.height)
    return [
        _Placed(label, lines, anchor, y)
        for (label, anchor), lines, y in zip(side, texts, places, strict=True)
    ]


def _lines(text: str, metrics: QFontMetricsF, room: float) -> list[str]:
    """Split a name into lines; only a single word that is too long is elided."""
    lines = in_lines(text, metrics.horizontalAdvance, room)
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines]


def _draw(
    painter: QPainter, scene: Scene, metrics: QFontMetricsF, placed: _Placed, *, on_left: bool
) -> None:
    view = scene.viewport
    room = view.margin_x - PAD
    beside = (view.width - view.frame.width * view.scale) / 2  # where the leg's frame begins
    left = beside - view.margin_x if on_left else view.width - beside + PAD
    height = len(placed.lines) * metrics.height()
    box = QRectF(left, placed.y - height / 2, room, height)
    side = Qt.AlignmentFlag.AlignRight if on_left else Qt.AlignmentFlag.AlignLeft
    end = QPointF(left + room + 3 if on_left else left - 3, placed.y)
    line = scene.theme.rest if placed.label.warning else scene.theme.quiet_ink
    painter.setPen(QPen(QColor(line), 1))
    painter.drawLine(end, placed.anchor)
    painter.setPen(QColor(scene.theme.ink))
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, "\n".join(placed.lines))
