"""The seconds left in a set, as a ring that empties and a number in it."""

from math import ceil

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

_TOP = 90 * 16  # Qt counts sixteenths of a degree from three o'clock
_ROUND = 360 * 16
_STEPS = 60  # the ring is painted anew only when its end moved by six degrees


_DIGITS = 0.36  # the height of the number's letters, as a share of the ring's


class Ring(QWidget):
    """Shows how much of a phase is left."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0
        self._step = _STEPS

    def take_side(self, wanted: float, letters: float) -> None:
        """Become `wanted` pixels wide at `letters` 1; at 0 its number has the user's letters."""
        own = QFontInfo(QApplication.font()).pixelSize() / _DIGITS
        side = ceil(own + max(0.0, wanted - own) * letters)
        self.setFixedSize(side, side)

    def show_left(self, left_ms: int, whole_ms: int, *, still: bool) -> None:
        """Show `left_ms` of `whole_ms`; `still` moves the ring once a second only."""
        seconds = ceil(left_ms / 1000)
        shown_ms = seconds * 1000 if still else left_ms
        step = round(_STEPS * min(shown_ms / whole_ms, 1.0)) if whole_ms else 0
        if (seconds, step) != (self._seconds, self._step):
            if seconds != self._seconds:
                self.setAccessibleName(
                    QCoreApplication.translate("Ring", "Seconds left: {n}").format(n=seconds)
                )
            self._seconds, self._step = seconds, step
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove, the part that is left, and the number."""
        side = float(min(self.width(), self.height()))
        pen_width = max(4.0, side / 16)
        circle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        circle.adjust(pen_width, pen_width, -pen_width, -pen_width)
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), pen_width / 3))
        painter.drawEllipse(circle)
        pen = QPen(palette.color(QPalette.ColorRole.Highlight), pen_width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._step:
            painter.drawArc(circle, _TOP, round(_ROUND * self._step / _STEPS))
        font = self.font()
        font.setPixelSize(ceil(side * _DIGITS))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._seconds))
        painter.end()
