"""What to do now, in words, with the ring: sized by the window, to be read from where one sits."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontInfo, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.session.position import Position
from itband_gui.ui.session_text import PhaseText
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.ring import Ring
from itband_gui.ui.widgets.text import TextLabel


@dataclass(frozen=True)
class _Sizes:
    """Letter sizes as shares of the window's height, and the ring's as one of this widget's."""

    main: float
    other: float
    ring: float


_USUAL = _Sizes(main=0.062, other=0.032, ring=0.30)
_FLOOR = _Sizes(main=0.105, other=0.046, ring=0.34)  # the main line over a tenth: design

_SHRINKS = (1.0, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # tried in turn; the hint goes after the first


class SessionWords(QWidget):
    """Leg and set, the zone as main line, technique, pressure, stroke, ring, and what is next."""

    def __init__(self) -> None:
        super().__init__()
        self.above = TextLabel()
        self.main = TextLabel()
        self.how = TextLabel()
        self.hint = TextLabel()
        self.pressure = TextLabel()
        self.stroke = TextLabel()
        self.next = TextLabel()
        self.remark = TextLabel()
        self.ring = Ring()
        self._floor = False
        self._index = -1
        self._stroke = (-1, -1)
        self._lay_out()

    @property
    def spoken(self) -> str:
        """What a screen reader is told of the phase: enough to follow with eyes closed."""
        labels = (self.above, self.main, self.how, self.pressure)
        return ". ".join(label.text() for label in labels if label.text())

    def show_phase(self, text: PhaseText, coming: str) -> None:
        """Show what holds for a whole phase."""
        self.above.show_text(text.above)
        self.main.show_text(text.main)
        self.how.show_text(text.how)
        self.hint.show_text(text.hint)
        self.pressure.show_text(text.pressure)
        self.next.show_text(coming)
        self._size()

    def show_remark(self, text: str) -> None:
        """Say what the user just did; it stays until the next phase."""
        self.remark.show_text(text)

    def show_position(self, position: Position, *, still: bool) -> None:
        """Show the seconds left and the stroke."""
        if position.index != self._index:
            self._index = position.index
            self.remark.show_text("")
        phase = position.phase
        self.ring.show_left(position.remaining_ms, phase.length_ms, still=still)
        stroke = (position.stroke_number, len(phase.strokes))
        if stroke == self._stroke:
            return
        self._stroke = stroke
        text = ""
        if position.stroke_number:
            text = QCoreApplication.translate(
                "Session", "Stroke {number}\u00a0of\u00a0{count}"
            ).format(number=position.stroke_number, count=len(phase.strokes))
        self.stroke.show_text(text)

    def set_floor_mode(self, *, on: bool) -> None:
        """Take sizes that are read from three metres away, or the usual ones."""
        self._floor = on
        self._size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sizes in step with the window."""
        super().resizeEvent(event)
        self._size()

    def _lay_out(self) -> None:
        counts = QVBoxLayout()
        counts.setSpacing(SPACE["s"])
        counts.addStretch(1)
        counts.addWidget(self.pressure)
        counts.addWidget(self.stroke)
        counts.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE["xl"])
        middle.addWidget(self.ring)
        middle.addLayout(counts, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        for label in (self.above, self.main, self.how, self.hint):
            box.addWidget(label)
        box.addStretch(1)
        box.addLayout(middle)
        box.addStretch(1)
        box.addWidget(self.remark)
        box.addWidget(self.next)

    def _size(self) -> None:
        """Size the words by the window; where they are too many, leave the hint out and shrink."""
        self.hint.setVisible(bool(self.hint.text()) and not self._floor)
        box = self.layout()
        assert box is not None  # noqa: S101 - laid out in __init__
        for shrink in _SHRINKS:
            self._take_sizes(_FLOOR if self._floor else _USUAL, shrink)
            if box.heightForWidth(self.width()) <= self.height():
                return
            self.hint.hide()

    def _take_sizes(self, sizes: _Sizes, shrink: float) -> None:
        height = self.window().height()
        main = _font(1.6, height * sizes.main, 1.0 if self._floor else shrink)
        main.setBold(True)
        other = _font(1.0, height * sizes.other, shrink)
        strong = QFont(other)
        strong.setBold(True)
        self.main.setFont(main)
        for label in (self.above, self.how, self.next, self.remark, self.stroke):
            label.setFont(other)
        self.pressure.setFont(strong)
        self.hint.setFont(_font(1.0, height * sizes.other * 0.8, shrink))
        side = round(min(self.height() * sizes.ring, self.width() * 0.4) * shrink)
        self.ring.setFixedSize(side, side)


def _font(factor: float, pixels: float, shrink: float) -> QFont:
    """Return a font of `pixels`, or of the application's size times `factor` if that is larger."""
    font = QFont(QApplication.font())
    largest = max(pixels, QFontInfo(font).pixelSize() * factor)
    font.setPixelSize(max(1, round(largest * shrink)))
    return font
