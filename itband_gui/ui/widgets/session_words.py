"""What to do now, in words, with the ring: sized by the window, to be read from where one sits."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.session.position import Position
from itband_gui.ui.session_text import PhaseText
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.ring import Ring
from itband_gui.ui.widgets.session_room import Part, Room
from itband_gui.ui.widgets.text import TextLabel


@dataclass(frozen=True)
class _Sizes:
    """Letter sizes as shares of the window's height; the ring's of its shorter side."""

    main: float
    other: float
    ring: float


_USUAL = _Sizes(main=0.062, other=0.032, ring=0.20)
_FLOOR = _Sizes(main=0.105, other=0.046, ring=0.22)  # the main line over a tenth: design
_MAIN, _OTHER, _HINT = 1.6, 1.0, 0.8  # of the user's own letters; of the other words


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

    def take(self, room: Room, *, floor: bool) -> None:
        """Take the sizes and leave out the words that a room asks for."""
        sizes, window = _FLOOR if floor else _USUAL, self.window().size()
        height = window.height()
        # Across the room the main line is what counts: it shrinks only where all else has.
        own = 1.0 if floor and Part.LEG not in room.gone else room.letters
        main = _font(_MAIN, height * sizes.main, own)
        main.setBold(True)
        other = _font(_OTHER, height * sizes.other, room.letters)
        strong = QFont(other)
        strong.setBold(True)
        self.main.setFont(main)
        for label in (self.above, self.how, self.next, self.remark, self.stroke):
            label.setFont(other)
        self.pressure.setFont(strong)
        self.hint.setFont(_font(_OTHER, height * sizes.other * _HINT, room.letters))
        wanted = min(height, window.width()) * sizes.ring
        self.ring.take_side(wanted, room.letters)
        self.hint.setVisible(bool(self.hint.text()) and Part.HINT not in room.gone)
        self.next.setVisible(bool(self.next.text()) and Part.NEXT not in room.gone)
        self.updateGeometry()


def _font(factor: float, pixels: float, letters: float) -> QFont:
    """Return a font between the user's own size times `factor` and `pixels`, if that is larger."""
    font = QFont(QApplication.font())
    own = QFontInfo(font).pixelSize() * factor
    font.setPixelSize(ceil(own + max(0.0, pixels - own) * letters))
    return font
