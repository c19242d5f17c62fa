"""Labels of the keep-off areas, beside the leg with leader lines, none over another."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from itband_gui.leg.anatomy import Anatomy
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.style import scaled_font

PAD = 8.0  # px between a label, its leader and the picture's edge


def keep_off_name(name: str) -> str:
    """Return a keep-off area's everyday name; its id where the drawing has a new one."""
    return {
        "greater-trochanter": QCoreApplication.translate("KeepOff", "Hip bone"),
        "front-hip-point": QCoreApplication.translate("KeepOff", "Hip point"),
        "groin": QCoreApplication.translate("KeepOff", "Groin"),
        "outer-knee-bone": QCoreApplication.translate("KeepOff", "Knee bone"),
        "fibular-head": QCoreApplication.translate("KeepOff", "Nerve"),
        "gerdys-tubercle": QCoreApplication.translate("KeepOff", "Shin edge"),
        "patella": QCoreApplication.translate("KeepOff", "Kneecap"),
        "behind-knee": QCoreApplication.translate("KeepOff", "Knee hollow"),
        "joint-line": QCoreApplication.translate("KeepOff", "Joint line"),
    }.get(name, name)


def label_margin(anatomy: Anatomy) -> float:
    """Return the pixels that the widest label and its leader need beside the leg."""
    metrics = QFontMetricsF(scaled_font("small"))
    widest = max(metrics.horizontalAdvance(keep_off_name(name)) for name in anatomy.keep_off)
    return widest + 3 * PAD


@dataclass
class _Label:
    text: str
    anchor: QPointF
    y: float  # middle of the text


def draw_labels(painter: QPainter, scene: Scene, anatomy: Anatomy) -> None:
    """Draw the name of every keep-off area of the scene in the margins."""
    view = scene.viewport
    if not scene.keep_off or not view.margin_x:
        return
    font = scaled_font("small")
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for on_left in (True, False):
        labels = _column(scene, anatomy, on_left=on_left)
        spread(labels, metrics.height() + 2, view.height)
        for label in labels:
            _draw(painter, scene, metrics, label, on_left=on_left)


def _column(scene: Scene, anatomy: Anatomy, *, on_left: bool) -> list[_Label]:
    """Return the labels of one side, top to bottom: back areas at the back, the rest in front."""
    view = scene.viewport
    labels = []
    for name, shape in anatomy.keep_off.items():
        x, y = view.to_pixels(shape.centre)
        behind = shape.centre.x < -1
        if 0 <= y <= view.height and on_left == (behind == (view.flip == 1)):
            labels.append(_Label(keep_off_name(name), QPointF(x, y), y))
    return sorted(labels, key=lambda label: label.y)


def spread(labels: list[_Label], pitch: float, height: float) -> None:
    """Move labels down, then up, until each has `pitch` pixels and all lie within `height`."""
    lowest = pitch / 2
    for label in labels:
        label.y = max(label.y, lowest)
        lowest = label.y + pitch
    highest = height - pitch / 2
    for label in reversed(labels):
        label.y = min(label.y, highest)
        highest = label.y - pitch


def _draw(
    painter: QPainter, scene: Scene, metrics: QFontMetricsF, label: _Label, *, on_left: bool
) -> None:
    view = scene.viewport
    room = view.margin_x - PAD
    text = metrics.elidedText(label.text, Qt.TextElideMode.ElideRight, room)
    beside = (view.width - view.frame.width * view.scale) / 2  # where the picture's frame begins
    left = beside - view.margin_x if on_left else view.width - beside + PAD
    box = QRectF(left, label.y - metrics.height() / 2, room, metrics.height())
    side = Qt.AlignmentFlag.AlignRight if on_left else Qt.AlignmentFlag.AlignLeft
    end = QPointF(left + room + 3 if on_left else left - 3, label.y)
    painter.setPen(QPen(QColor(scene.theme.rest), 1))
    painter.drawLine(end, label.anchor)
    painter.setPen(QColor(scene.theme.ink))
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
