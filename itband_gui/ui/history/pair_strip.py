"""Every pair of ratings as two marks on a scale of 0 to 10, joined by a line."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen

from itband_gui.insight.relief import Pair
from itband_gui.journal.entries import SCORE
from itband_gui.ui.history.column_strip import ColumnStrip
from itband_gui.ui.insight_text.relief import pair_text

_GRID = (0, 5, 10)


class PairStrip(ColumnStrip):
    """A hollow ring is the rating before, a filled dot the later one; oldest first."""

    wide = 1.5

    def __init__(self) -> None:
        super().__init__()
        self._pairs: Sequence[Pair] = ()

    def show_pairs(self, pairs: Sequence[Pair], name: str, today: date) -> None:
        """Show pairs."""
        self._pairs = pairs
        self.show_columns(len(pairs), lambda index: pair_text(pairs[index], today), name)

    @property
    def radius(self) -> float:
        """The radius of a mark, in px."""
        return self.em * 0.28

    def y_of(self, score: float) -> float:
        """Return where a score is drawn."""
        room = self.height() - self.em * 1.2
        return self.em * 0.6 + room * (1 - score / SCORE.high)

    def paint_ground(self, painter: QPainter) -> None:
        """Draw the scale."""
        for score in _GRID:
            y = self.y_of(score)
            painter.setPen(self.line())
            painter.drawLine(QPointF(self.margin, y), QPointF(self.width(), y))
            painter.setPen(self.colour(QPalette.ColorRole.PlaceholderText))
            box = QRectF(0, y - self.em / 2, self.margin - 6, self.em)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(score)
            )

    def paint_column(self, painter: QPainter, index: int, box: QRectF) -> None:
        """Draw one pair; two equal scores lie in each other."""
        pair, radius = self._pairs[index], self.radius
        before = QPointF(box.center().x() - radius * 1.2, self.y_of(pair.before.score))
        later = QPointF(box.center().x() + radius * 1.2, self.y_of(pair.later.score))
        accent = self.colour(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent, 2))
        painter.drawLine(before, later)
        painter.setPen(self.ink())
        painter.setBrush(self.colour(QPalette.ColorRole.Base))
        painter.drawEllipse(before, radius, radius)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(accent)
        painter.drawEllipse(later, radius, radius)


def pair_legend() -> str:
    """Return what the two marks are."""
    return QCoreApplication.translate("PairStrip", "○ before  ● later; one pair a column")
