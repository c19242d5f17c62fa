"""Many pairs of ratings as bars: how often each change came up, with its number on it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette

from itband_gui.ui.formats import number_locale
from itband_gui.ui.history.column_strip import ColumnStrip
from itband_gui.ui.insight_text.relief import changed_text
from itband_gui.wording.counts import signed


class ChangeBars(ColumnStrip):
    """From the largest fall on the left to the largest rise on the right."""

    wide = 2.6

    def __init__(self) -> None:
        super().__init__()
        self._changes: Sequence[tuple[int, int]] = ()

    def show_changes(self, changes: Sequence[tuple[int, int]], name: str) -> None:
        """Show changes in points, in order, each with how often it came up."""
        self._changes = changes
        self.show_columns(len(changes), lambda index: changed_text(*changes[index]), name)

    def paint_column(self, painter: QPainter, index: int, box: QRectF) -> None:
        """Draw a bar with its count above and its change below."""
        change, count = self._changes[index]
        most = max(count for _, count in self._changes)
        foot = box.bottom() - self.em * 1.2
        tall = (foot - box.top() - self.em * 1.2) * count / most
        bar = QRectF(box.left() + box.width() * 0.2, foot - tall, box.width() * 0.6, tall)
        if count:
            painter.fillRect(bar, self.colour(QPalette.ColorRole.Highlight))
        painter.setPen(self.ink())
        painter.drawLine(QPointF(box.left(), foot), QPointF(box.right(), foot))
        above = QRectF(box.left(), foot - tall - self.em * 1.1, box.width(), self.em)
        below = QRectF(box.left(), foot + self.em * 0.1, box.width(), self.em)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, number_locale().toString(count))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, signed(change))


def bars_legend() -> str:
    """Return what a bar is."""
    return QCoreApplication.translate(
        "ChangeBars", "How often each change came up; − is less sore, + is sorer"
    )
