"""The list of entries, and how a row is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from itband_gui.journal.entries import Entry
from itband_gui.ui.journal.list_model import EntryLine, EntryListModel, Index
from itband_gui.ui.look.style import CORNER, SPACE, Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.text.dates import clock_time
from itband_gui.ui.text.entries import EntryText
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.lists import CurrentFollows

_LINE = Qt.TextFlag.TextSingleLine.value | Qt.AlignmentFlag.AlignLeft.value
_TEXT = _LINE | Qt.AlignmentFlag.AlignVCenter.value
_HEADING = _LINE | Qt.AlignmentFlag.AlignBottom.value
_NOTE_SIZE = 0.95  # of the list's font; our choice
_MARK = 4  # px, the width of the bar at the selected row


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
    """Return the font of headings and urgent words."""
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
    """Return the widest times of day, with or without "PM"."""
    return [clock_time(hour, 58) for hour in (0, 10, 12, 22)]


class RowDelegate(QStyledItemDelegate):
    """Paint plain text only, with sizes from the list's font and colours from the theme."""

    def __init__(self, model: EntryListModel, appearance: Appearance) -> None:
        super().__init__(model)
        self._model = model
        self._appearance = appearance
        self._font = QFont()
        self._sizes = _sizes_for(self._font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; the list sets the width."""
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
        """Return the sizes, measured only when the font changes, as every row asks for them."""
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
        """Paint this row's slice of the day's card, with its selection and focus."""
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

    def _paint_said(self, painter: QPainter, rect: QRect, font: QFont, words: EntryText) -> None:
        """Paint the entry's words; the detail is elided so that the tail stays readable."""
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


_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_DELETE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}  # a Mac's delete key is a backspace


class EntryList(QListView):
    """Show entries; choice and scroll position are kept when the journal changes."""

    amend_requested = Signal(str)
    delete_requested = Signal(str)
    chosen_changed = Signal()

    def __init__(self, model: EntryListModel, appearance: Appearance) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(RowDelegate(model, appearance))
        self.setAccessibleName(QCoreApplication.translate("JournalList", "Entries, newest first"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        scroll_by_finger(self)
        CurrentFollows(self)
        self.doubleClicked.connect(self._double_clicked)
        appearance.changed.connect(self.viewport().update)

    @property
    def chosen(self) -> str | None:
        """The id of the chosen entry, or None."""
        entry = self._model.entry_at(self.currentIndex().row())
        return None if entry is None else entry.id

    def choose(self, entry_id: str) -> None:
        """Choose an entry and scroll to it, if it is shown."""
        row = self._model.row_of(entry_id)
        if row is not None:
            self.setCurrentIndex(self._model.index(row))

    def show_entries(self, newest_first: Iterable[Entry]) -> None:
        """Show other entries, keeping the choice and the scroll position if possible.

        If the chosen entry is gone, the one that took its place is chosen.
        """
        chosen, row = self.chosen, self.currentIndex().row()
        anchor = self._top_entry()
        self._model.show(newest_first)
        self.executeDelayedItemsLayout()
        if chosen is not None:
            again = self._model.row_of(chosen)
            self._choose_quietly(self._nearest(row) if again is None else again)
        self._return_to(anchor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Amend with Enter, delete with Delete, and move the choice with other keys."""
        wanted = {**dict.fromkeys(_ENTER, self.amend_requested)}
        wanted |= dict.fromkeys(_DELETE, self.delete_requested)
        signal = wanted.get(Qt.Key(event.key()))
        if signal is None or self.chosen is None:
            super().keyPressEvent(event)
        else:
            signal.emit(self.chosen)

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Move as any list, which skips headings, except that Home would land on one."""
        if action is QAbstractItemView.CursorAction.MoveHome or not self.currentIndex().isValid():
            return self._first()
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Scroll to the chosen row, with its heading if it is the first of its day."""
        above = self._model.index(current.row() - 1)
        if current.isValid() and above.isValid() and self._model.entry_at(above.row()) is None:
            self.scrollTo(above)
        super().currentChanged(current, previous)
        # When the list first gets the focus, Qt makes a row current without selecting it.
        self.selectionModel().select(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.chosen_changed.emit()

    def selectionCommand(  # noqa: N802 - Qt's name
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Keep the choice when a click misses the entries, so that it is always visible."""
        if self._model.entry_at(index.row()) is None:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen entry visible when a notice makes the list smaller."""
        was_seen = QRect(QPoint(), event.oldSize()).intersects(self.visualRect(self.currentIndex()))
        super().resizeEvent(event)
        if was_seen:
            self.scrollTo(self.currentIndex())

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        entry = self._model.entry_at(index.row())
        if entry is not None:
            self.amend_requested.emit(entry.id)

    def _first(self) -> QModelIndex:
        return self._model.index(1) if self._model.rowCount() else QModelIndex()

    def _nearest(self, row: int) -> int:
        """Return the row of the entry now at or after `row`; -1 if there is none."""
        row = min(row, self._model.rowCount() - 1)
        return row if self._model.entry_at(row) is not None else row + 1 if row >= 0 else -1

    def _choose_quietly(self, row: int) -> None:
        """Choose without scrolling, which `_return_to` does."""
        auto = self.hasAutoScroll()
        self.setAutoScroll(False)
        self.setCurrentIndex(self._model.index(row))
        self.setAutoScroll(auto)

    def _top_entry(self) -> tuple[str, int] | None:
        """Return the id of the topmost visible entry and its distance from the top, in px."""
        if not self.verticalScrollBar().value():
            return None  # at the very top, new entries should become visible
        index = self.indexAt(QPoint(self.viewport().width() // 2, 1))
        row = index.row()
        if index.isValid() and self._model.entry_at(row) is None:
            row += 1
        entry = self._model.entry_at(row)
        return None if entry is None else (entry.id, self.visualRect(self._model.index(row)).top())

    def _return_to(self, anchor: tuple[str, int] | None) -> None:
        row = None if anchor is None else self._model.row_of(anchor[0])
        if anchor is not None and row is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(self._model.index(row)).top() - anchor[1])
