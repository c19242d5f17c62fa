"""A table on paper, as wide as it is told, its letters smaller where they would not fit."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from itband_gui.ui.report.content import Table
from itband_gui.ui.report.ink import GREY, PALE, Ink

_PAD = 26.0  # between two columns, at least
_LEADING = 1.12  # so that no letter touches a line
_LEFT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter


class Grid:
    """A table fitted to a width.

    Args:
        words: how many of the first columns hold words, which stand at the left.

    """

    def __init__(self, ink: Ink, table: Table, width: float, words: int = 1) -> None:
        self._table, self._width, self._words = table, width, words
        natural = self._natural(ink, 1.0)
        self._factor = min(1.0, width / sum(natural))
        widths = self._natural(ink, self._factor)
        spare = max(0.0, width - sum(widths)) / len(widths)
        self._widths = [each + spare for each in widths]
        self._line = ink.line_height("small", self._factor) * _LEADING

    @property
    def height(self) -> float:
        """The height of heads and rows."""
        return self._line * (len(self._table.rows) + 1 + bool(self._table.groups))

    def paint(self, ink: Ink, x: float, y: float) -> None:
        """Draw the table with its corner at a place."""
        plain = ink.font("small", factor=self._factor)
        bold = ink.font("small", bold=True, factor=self._factor)
        column = 0
        for text, span in self._table.groups:
            left = x + sum(self._widths[:column])
            wide = sum(self._widths[column : column + span])
            ink.text(QRectF(left, y, wide, self._line), text, bold, _MIDDLE)
            if text:
                ink.rule(left + _PAD / 2, y + self._line, wide - _PAD)
            column += span
        if self._table.groups:
            y += self._line
        self._row(ink, x, y, self._table.heads, bold)
        ink.rule(x, y + self._line, self._width, GREY)
        for row in self._table.rows:
            y += self._line
            self._row(ink, x, y, row, plain)
            ink.rule(x, y + self._line, self._width, PALE)

    def _row(self, ink: Ink, x: float, y: float, cells: tuple[str, ...], font: QFont) -> None:
        for index, (text, wide) in enumerate(zip(cells, self._widths, strict=True)):
            side = _LEFT if index < self._words else _MIDDLE
            ink.text(QRectF(x, y, wide, self._line), text, font, side)
            x += wide

    def _natural(self, ink: Ink, factor: float) -> list[float]:
        bold = QFontMetricsF(ink.font("small", bold=True, factor=factor))
        plain = QFontMetricsF(ink.font("small", factor=factor))
        return [
            max(bold.horizontalAdvance(head), *(map(plain.horizontalAdvance, cells)), 0.0)
            + _PAD * factor
            for head, *cells in zip(self._table.heads, *self._table.rows, strict=True)
        ]
