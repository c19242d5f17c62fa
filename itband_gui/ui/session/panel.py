"""The session's words, ring and flash, sized to be read from two metres."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QRectF, Qt, QVariantAnimation, Slot
from PySide6.QtGui import QFont, QFontInfo, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.session.position import Position
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.session.text import PhaseText
from itband_gui.ui.widgets.text import TextLabel

_TOP = 90 * 16  # Qt counts sixteenths of a degree from three o'clock
_ROUND = 360 * 16
_STEPS = 60  # the ring is repainted only when its end has moved six degrees


_DIGITS = 0.36  # the number's height as a share of the ring's


class Ring(QWidget):
    """Shows how much of a phase is left."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0
        self._step = _STEPS

    def take_side(self, wanted: float, letters: float) -> None:
        """Become `wanted` pixels wide at `letters` 1; at 0 the number has the user's font size."""
        own = QFontInfo(QApplication.font()).pixelSize() / _DIGITS
        side = ceil(own + max(0.0, wanted - own) * letters)
        self.setFixedSize(side, side)

    def show_left(self, left_ms: int, whole_ms: int, *, still: bool) -> None:
        """Show `left_ms` of `whole_ms`; `still` moves the ring only once a second."""
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
        """Draw the groove, the time left, and the number."""
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


class PanelPart(StrEnum):
    """Parts that can be dropped, in this order; each is also available elsewhere."""

    LABELS = "labels"  # names next to the leg
    KEYS = "keys"  # the second lines of the buttons
    HINT = "hint"  # how to use the hand
    NEXT = "next"
    GUIDE = "guide"
    LEG = "leg"


class PanelRoom(NamedTuple):
    """One way to fit the page: the dropped parts, and the size of the letters.

    `letters` goes from 1, as large as suits the window, to 0, the user's own size.
    """

    letters: float
    gone: frozenset[PanelPart]


# Letters shrink partly before the first part goes, and fully before the third; our choice.
_LETTERS = {0: (1.0, 0.7, 0.4), 1: (0.4,), 2: (0.4, 0.0)}
# Too small to be read there.
_NOT_ON_THE_FLOOR = frozenset({PanelPart.LABELS, PanelPart.HINT, PanelPart.GUIDE})


def rooms(*, floor: bool) -> Iterator[PanelRoom]:
    """Yield the rooms to try, from the roomiest to the tightest, which may have to scroll."""
    always = _NOT_ON_THE_FLOOR if floor else frozenset()
    parts = list(PanelPart)
    for count in range(len(parts) + 1):
        gone = frozenset(parts[:count]) | always
        for letters in _LETTERS.get(count, (0.0,)):
            yield PanelRoom(letters, gone)


LENGTH_MS = 600
STRONGEST = 0.28  # opacity of the accent at its peak
LEAST_GAP_MS = 500  # never faster than twice a second (WCAG 2.3.1 allows three)


class Flash(QWidget):
    """Covers its parent and lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._surface = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._since = QElapsedTimer()
        self.fade = QVariantAnimation(self)
        self.fade.setDuration(LENGTH_MS)
        self.fade.setStartValue(STRONGEST)
        self.fade.setEndValue(0.0)
        self.fade.valueChanged.connect(self.update)
        self.fade.finished.connect(self.hide)

    @Slot()
    def flash(self) -> None:
        """Flash once, unless the last flash was less than half a second ago."""
        if self._since.isValid() and not self._since.hasExpired(LEAST_GAP_MS):
            return
        self._since.start()
        self.setGeometry(self._surface.rect())
        self.raise_()
        self.show()
        self.fade.stop()
        self.fade.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the accent colour over the page."""
        painter = QPainter(self)
        painter.setOpacity(float(self.fade.currentValue() or 0.0))
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Highlight))
        painter.end()


@dataclass(frozen=True)
class _Sizes:
    """Letter sizes as shares of the window's height; the ring's as a share of its shorter side."""

    main: float
    other: float
    ring: float


_USUAL = _Sizes(main=0.062, other=0.032, ring=0.20)
_FLOOR = _Sizes(main=0.105, other=0.046, ring=0.22)  # the main line over a tenth: design
_MAIN, _OTHER, _HINT = 1.6, 1.0, 0.8  # times the user's font size; the hint: times the others'


class SessionWords(QWidget):
    """Leg and set, zone (the main line), technique, pressure, stroke, ring, and what is next."""

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
        """The phase as a screen reader announces it: enough to follow with eyes closed."""
        labels = (self.above, self.main, self.how, self.pressure)
        return ". ".join(label.text() for label in labels if label.text())

    def show_phase(self, text: PhaseText, coming: str) -> None:
        """Show what stays the same for a whole phase."""
        self.above.show_text(text.above)
        self.main.show_text(text.main)
        self.how.show_text(text.how)
        self.hint.show_text(text.hint)
        self.pressure.show_text(text.pressure)
        self.next.show_text(coming)

    def show_remark(self, text: str) -> None:
        """Show a remark, such as what the user just did, until the next phase."""
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

    def take(self, room: PanelRoom, *, floor: bool) -> None:
        """Apply a room: set the sizes and hide the dropped texts."""
        sizes, window = _FLOOR if floor else _USUAL, self.window().size()
        height = window.height()
        # Across the room the main line counts most: it shrinks only after everything else.
        own = 1.0 if floor and PanelPart.LEG not in room.gone else room.letters
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
        self.hint.setVisible(bool(self.hint.text()) and PanelPart.HINT not in room.gone)
        self.next.setVisible(bool(self.next.text()) and PanelPart.NEXT not in room.gone)
        self.updateGeometry()


def _font(factor: float, pixels: float, letters: float) -> QFont:
    """Return a font between the user's own size times `factor` and `pixels`, if that is larger."""
    font = QFont(QApplication.font())
    own = QFontInfo(font).pixelSize() * factor
    font.setPixelSize(ceil(own + max(0.0, pixels - own) * letters))
    return font
