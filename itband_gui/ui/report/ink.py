"""Text and lines on paper; the unit is a tenth of a point, so that sizes of letters are whole."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

POINT = 10  # units
SIZES = {"title": 14.0, "head": 9.0, "body": 7.8, "small": 6.8}  # points
BLACK, GREY, LIGHT, PALE = map(QColor, ("#000000", "#4A4A4A", "#8C8C8C", "#B8B8B8"))
HAIR, LINE = 3.0, 8.0  # widths of lines


@dataclass
class Ink:
    """Measures and, with a painter, draws.

    Attributes:
        painter: draws in tenths of a point; None only to measure.
        scale: of all letters.
        said: every text that was drawn, in order, as it was drawn.

    """

    painter: QPainter | None = None
    scale: float = 1.0
    said: list[str] = field(default_factory=list)

    def font(self, size: str, *, bold: bool = False, factor: float = 1.0) -> QFont:
        """Return the application's font in one of the sizes."""
        font = QFont()
        font.setPixelSize(max(1, round(SIZES[size] * POINT * self.scale * factor)))
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def line_height(self, size: str, factor: float = 1.0) -> float:
        """Return the height of a line."""
        return QFontMetricsF(self.font(size, factor=factor)).height()

    def text(
        self,
        box: QRectF,
        text: str,
        font: QFont,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Draw one line in the middle of a box's height, cut short where it is too long."""
        if self.painter is None or not text:
            return
        # The unit is for what widths lose in adding up.
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 1)
        self.said.append(shown)
        self.painter.setFont(font)
        self.painter.setPen(BLACK)
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self.painter.drawText(box, flags | Qt.TextFlag.TextDontClip, shown)

    def paragraph(
        self, x: float, y: float, width: float, text: str, size: str, *, bold: bool = False
    ) -> float:
        """Draw a text in lines of a width; return the height of them all."""
        layout, height = self._laid_out(text, width, self.font(size, bold=bold))
        if self.painter is not None and text:
            self.said.append(text)
            self.painter.setPen(BLACK)
            layout.draw(self.painter, QPointF(x, y))
        return height

    def height(self, text: str, width: float, size: str, *, bold: bool = False) -> float:
        """Return the height of a text in lines of a width."""
        return self._laid_out(text, width, self.font(size, bold=bold))[1]

    def _laid_out(self, text: str, width: float, font: QFont) -> tuple[QTextLayout, float]:
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height

    def rule(self, x: float, y: float, width: float, colour: QColor = PALE) -> None:
        """Draw a thin line across."""
        if self.painter is not None:
            self.painter.setPen(QPen(colour, HAIR))
            self.painter.drawLine(QPointF(x, y), QPointF(x + width, y))
