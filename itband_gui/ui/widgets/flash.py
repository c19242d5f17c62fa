"""A gentle flash of the whole surface, to be seen from the corner of an eye."""

from PySide6.QtCore import QElapsedTimer, Qt, QVariantAnimation, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

LENGTH_MS = 600
STRONGEST = 0.28  # opacity of the accent at its peak
LEAST_GAP_MS = 500  # never faster than twice a second (WCAG 2.3.1 allows three)


class Flash(QWidget):
    """Lies over its parent and lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._surface = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._since = QElapsedTimer()
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(LENGTH_MS)
        self._fade.setStartValue(STRONGEST)
        self._fade.setEndValue(0.0)
        self._fade.valueChanged.connect(self.update)
        self._fade.finished.connect(self.hide)

    @Slot()
    def flash(self) -> None:
        """Flash once, unless the last time was less than half a second ago."""
        if self._since.isValid() and not self._since.hasExpired(LEAST_GAP_MS):
            return
        self._since.start()
        self.setGeometry(self._surface.rect())
        self.raise_()
        self.show()
        self._fade.stop()
        self._fade.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the accent over what is below."""
        painter = QPainter(self)
        painter.setOpacity(float(self._fade.currentValue() or 0.0))
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Highlight))
        painter.end()
