"""What to do now, in words, with the ring: readable from across the room in floor mode."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from itband_gui.session.position import Position
from itband_gui.ui.session_text import PhaseText
from itband_gui.ui.style import SPACE, scaled_font
from itband_gui.ui.widgets.ring import Ring
from itband_gui.ui.widgets.text import TextLabel

MAIN_SHARE = 0.1  # of the window's height: the main line in floor mode
SIDE_SHARE = 0.055  # of the window's height: the other lines in floor mode


class SessionWords(QWidget):
    """Leg and set, the zone as main line, technique, pressure, stroke, ring, and what is next."""

    def __init__(self) -> None:
        super().__init__()
        self.above = TextLabel(name="lead")
        self.main = TextLabel()
        self.how = TextLabel()
        self.hint = TextLabel()
        self.pressure = TextLabel()
        self.stroke = TextLabel()
        self.next = TextLabel()
        self.remark = TextLabel()
        self.ring = Ring()
        self._large = False
        self._index = -1
        side = QVBoxLayout()
        side.setSpacing(SPACE["s"])
        side.addStretch(1)
        side.addWidget(self.pressure)
        side.addWidget(self.stroke)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE["xl"])
        middle.addWidget(self.ring)
        middle.addLayout(side, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        for label in (self.above, self.main, self.how, self.hint):
            box.addWidget(label)
        box.addStretch(1)
        box.addLayout(middle, 4)
        box.addStretch(1)
        box.addWidget(self.remark)
        box.addWidget(self.next)
        self._size_texts()

    @property
    def spoken(self) -> str:
        """What a screen reader is told of the phase: enough to follow with eyes closed."""
        labels = (self.above, self.main, self.how, self.pressure)
        return ". ".join(label.text() for label in labels if label.text())

    def show_phase(self, text: PhaseText, coming: str) -> None:
        """Show what holds for a whole phase."""
        for label, words in (
            (self.above, text.above),
            (self.main, text.main),
            (self.how, text.how),
            (self.hint, text.hint),
            (self.pressure, text.pressure),
        ):
            _set(label, words)
        self.next.setText(coming)

    def show_remark(self, text: str) -> None:
        """Say what the user just did; it stays until the next phase."""
        _set(self.remark, text)

    def show_position(self, position: Position, *, still: bool) -> None:
        """Show the seconds left and the stroke."""
        if position.index != self._index:
            self._index = position.index
            _set(self.remark, "")
        phase = position.phase
        self.ring.show_left(position.remaining_ms, phase.length_ms, still=still)
        if position.stroke_number:
            text = QCoreApplication.translate("Session", "Stroke {number} of {count}").format(
                number=position.stroke_number, count=len(phase.strokes)
            )
        else:
            text = ""
        if text != self.stroke.text():
            _set(self.stroke, text)

    def set_large(self, *, on: bool) -> None:
        """Take sizes that are read from three metres away, or the usual ones."""
        self._large = on
        self._size_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the floor mode's sizes in step with the window."""
        super().resizeEvent(event)
        if self._large:
            self._size_texts()

    def _size_texts(self) -> None:
        height = self.window().height()
        main, lead = scaled_font("title"), scaled_font("lead")
        strong = scaled_font("headline")
        if self._large:
            main.setPixelSize(max(1, round(height * MAIN_SHARE)))
            lead.setPixelSize(max(1, round(height * SIDE_SHARE)))
            strong = lead
        main.setBold(True)
        self.main.setFont(main)
        for label in (self.above, self.how, self.next, self.remark):
            label.setFont(lead)
        for label in (self.pressure, self.stroke):
            label.setFont(strong)
        self.hint.setVisible(not self._large and bool(self.hint.text()))
        self.remark.setAlignment(Qt.AlignmentFlag.AlignLeft)


def _set(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
