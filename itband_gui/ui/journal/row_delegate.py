"""Paints the journal's rows: day headings on the page, each day's entries as one card."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from itband_gui.ui.formats import clock_time
from itband_gui.ui.journal.list_model import EntryLine, EntryListModel, Index
from itband_gui.ui.journal.sentences import Said
from itband_gui.ui.style import CORNER, SPACE, Appearance
from itband_gui.ui.theme import ThemeName

_LINE = Qt.TextFlag.TextSingleLine.value | Qt.AlignmentFlag.AlignLeft.value
_TEXT = _LINE | Qt.AlignmentFlag.AlignVCenter.value
_HEADING = _LINE | Qt.AlignmentFlag.AlignBottom.value
_NOTE_SIZE = 0.95  # of the list's font; our choice
_MARK = 4  # px, the width of the bar beside the selected row


@dataclass(frozen=True)
class RowSizes:
    """Sizes in pixels for one font."""

    line: int
    note_line: int
    heading: int
    time_width: int
    time_space: int

    def height(self, *, with_note: bool) -> int:
        """Return the height of an entry's row."""
        return self.line + 2 * SPACE["m"] + (self.note_line + SPACE["xs"] if with_note else 0)


def note_font(font: QFont) -> QFont:
    """Return the font of a row's second line."""
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * _NOTE_SIZE)
    return smaller


def bold(font: QFont) -> QFont:
    """Return the font of headings and of what must not be overlooked."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _sizes_for(font: QFont) -> RowSizes:
    metrics = QFontMetrics(font)
    return RowSizes(
        line=metrics.height(),
        note_line=QFontMetrics(note_font(font)).height(),
        heading=QFontMetrics(bold(font)).height() + SPACE["xl"] + SPACE["s"],
        time_width=max(map(metrics.horizontalAdvance, _some_times())),
        time_space=metrics.averageCharWidth() * 2,
    )


def _some_times() -> list[str]:
    """Return the times of day that are widest, with or without "PM"."""
    return [clock_time(hour, 58) for hour in (0, 10, 12, 22)]


class RowDelegate(QStyledItemDelegate):
    """Paints plain text only; sizes come from the list's font, colours from the theme."""

    def __init__(self, model: EntryListModel, appearance: Appearance) -> None:
        super().__init__(model)
        self._model = model
        self._appearance = appearance
        self._font = QFont()
        self._sizes = _sizes_for(self._font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that a row's words need; the list gives the width."""
        sizes = self._sizes_of(option.font)
        entry = self._model.entry_at(index.row())
        return QSize(
            0, sizes.heading if entry is None else sizes.height(with_note=bool(entry.note))
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        line = self._model.line(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)
        if line is None:
            self._paint_heading(painter, option, self._model.heading(index.row()))
        else:
            self._paint_card(painter, option, line)
            self._paint_words(painter, option, line)
        painter.restore()

    def _sizes_of(self, font: QFont) -> RowSizes:
        """Return the sizes, measured anew only when the font changed: every row asks for them."""
        if font != self._font:
            self._font = QFont(font)
            self._sizes = _sizes_for(font)
        return self._sizes

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        rect = option.rect.adjusted(SPACE["xs"], 0, -SPACE["xs"], -SPACE["s"])
        painter.setFont(bold(option.font))
        painter.setPen(QColor(self._appearance.theme.quiet_ink))
        painter.drawText(rect, _HEADING, _cut(painter, text, rect.width()))

    def _paint_card(self, painter: QPainter, option: QStyleOptionViewItem, line: EntryLine) -> None:
        """Paint this row's slice of the day's card, and whether it is selected and focused."""
        theme = self._appearance.theme
        thick = 2 if theme.name is ThemeName.CONTRAST else 1
        rect, half = QRectF(option.rect), thick / 2
        top = half if line.first else -CORNER  # the corners of the middle rows are clipped away
        bottom = half if line.last else -CORNER
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(QColor(theme.line), thick))
        painter.setBrush(QColor(theme.wash if selected else theme.surface))
        painter.drawRoundedRect(rect.adjusted(half, top, -half, -bottom), CORNER, CORNER)
        if not line.last:
            foot = rect.adjusted(SPACE["l"], 0, -SPACE["l"], -half)
            painter.drawLine(foot.bottomLeft(), foot.bottomRight())
        if selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            self._paint_mark(painter, rect.adjusted(3, 3, -3, -3), focused=focused)

    def _paint_mark(self, painter: QPainter, rect: QRectF, *, focused: bool) -> None:
        accent = QColor(self._appearance.theme.accent)
        if focused:
            painter.setPen(QPen(accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, CORNER - 3, CORNER - 3)
        bar = QRectF(rect.left() + 3, rect.top() + 4, _MARK, rect.height() - 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(bar, _MARK / 2, _MARK / 2)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, line: EntryLine
    ) -> None:
        font, sizes = option.font, self._sizes_of(option.font)
        quiet = QColor(self._appearance.theme.quiet_ink)
        time = option.rect.adjusted(SPACE["l"], SPACE["m"], -SPACE["l"], 0)
        time.setHeight(sizes.line)
        words = time.adjusted(sizes.time_width + sizes.time_space, 0, 0, 0)
        painter.setFont(font)
        painter.setPen(quiet)
        painter.drawText(time, _TEXT, line.time)
        self._paint_said(painter, words, font, line.said)
        if line.note:
            words.translate(0, sizes.line + SPACE["xs"])
            words.setHeight(sizes.note_line)
            painter.setFont(note_font(font))
            painter.setPen(quiet)
            painter.drawText(words, _TEXT, _cut(painter, line.note, words.width()))

    def _paint_said(self, painter: QPainter, rect: QRect, font: QFont, words: Said) -> None:
        """Paint what the entry is; the detail is cut short so that the tail stays readable."""
        theme, strong = self._appearance.theme, bold(font)
        tail_font = strong if words.urgent else font
        tail = QFontMetrics(tail_font).horizontalAdvance(words.tail)
        x = rect.left()
        for text, text_font, colour, kept in (
            (words.lead, strong, theme.ink, tail),
            (words.detail, font, theme.ink, tail),
            (words.tail, tail_font, theme.rest if words.urgent else theme.ink, 0),
        ):
            painter.setFont(text_font)
            painter.setPen(QColor(colour))
            place = QRect(x, rect.top(), rect.right() + 1 - kept - x, rect.height())
            shown = _cut(painter, text, place.width())
            painter.drawText(place, _TEXT, shown)
            x += painter.fontMetrics().horizontalAdvance(shown)


def _cut(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))
