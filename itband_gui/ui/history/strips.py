"""The history page's small pictures: rating pairs, weeks, and change counts."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen

from itband_gui.insight.relief import RatingPair
from itband_gui.insight.weeks import LoadAndSoreness
from itband_gui.journal.entries import SCORE
from itband_gui.leg.names import Leg
from itband_gui.ui.history.column_strip import ColumnStrip
from itband_gui.ui.text.dates import number_locale
from itband_gui.ui.text.relief import changed_text, pair_text, week_text
from itband_gui.wording.counts import signed

_GRID = (0, 5, 10)


class PairStrip(ColumnStrip):
    """Draw pairs, oldest first: a ring for the rating before, a dot for the later one."""

    wide = 1.5

    def __init__(self) -> None:
        super().__init__()
        self._pairs: Sequence[RatingPair] = ()

    def show_pairs(self, pairs: Sequence[RatingPair], name: str, today: date) -> None:
        """Show pairs."""
        self._pairs = pairs
        self.show_columns(len(pairs), lambda index: pair_text(pairs[index], today), name)

    @property
    def radius(self) -> float:
        """The radius of a mark, in px."""
        return self.em * 0.28

    def y_of(self, score: float) -> float:
        """Return the height at which a score is drawn, in px."""
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
        """Draw one pair."""
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
    """Explain the two marks."""
    return QCoreApplication.translate("PairStrip", "○ before  ● later; one pair per column")


_LOAD_SHARE = 0.45  # of the height
_DOT = 0.2  # of a line of text


class WeekStrip(ColumnStrip):
    """Draw a week's load as a bar, the left leg as a dot, the right leg as a hollow square."""

    wide = 1.3
    high = 8.0

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[LoadAndSoreness] = ()
        self._legs: Sequence[Leg] = ()
        self._most = 1

    def show_weeks(
        self, rows: Sequence[LoadAndSoreness], legs: Sequence[Leg], name: str, today: date
    ) -> None:
        """Show weeks."""
        self._rows, self._legs = rows, legs
        self._most = max((row.week.load for row in rows), default=0) or 1
        self.widest = max("10", number_locale().toString(self._most), key=len)
        self.show_columns(len(rows), lambda index: week_text(rows[index], legs, today), name)

    def paint_ground(self, painter: QPainter) -> None:
        """Draw the two base lines, and the numbers of the highest bar and of the scores."""
        painter.setPen(self.line())
        for y in (self._load_foot, self._soreness_y(0)):
            painter.drawLine(QPointF(self.margin, y), QPointF(self.width(), y))
        painter.setPen(self.colour(QPalette.ColorRole.PlaceholderText))
        numbers = {self._soreness_y(score): score for score in (SCORE.low, SCORE.high)}
        for y, number in {self.em / 2: self._most, **numbers}.items():
            box = QRectF(0, y - self.em / 2, self.margin - 6, self.em)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, number_locale().toString(number))

    def paint_column(self, painter: QPainter, index: int, box: QRectF) -> None:
        """Draw one week's bar, and a mark for each leg that was rated enough."""
        row = self._rows[index]
        tall = (self._load_foot - 4) * row.week.load / self._most
        bar = QRectF(
            box.left() + box.width() * 0.2, self._load_foot - tall, box.width() * 0.6, tall
        )
        painter.fillRect(bar, self.colour(QPalette.ColorRole.Highlight))
        radius = self.em * _DOT
        for leg in self._legs:
            median = row.next_soreness[leg].median
            if median is None:
                continue
            shift = -radius * 1.1 if leg is Leg.LEFT else radius * 1.1
            spot = QPointF(box.center().x() + shift, self._soreness_y(median))
            painter.setPen(QPen(self.colour(QPalette.ColorRole.Text), 2))
            if leg is Leg.LEFT:
                painter.setBrush(self.colour(QPalette.ColorRole.Text))
                painter.drawEllipse(spot, radius, radius)
            else:
                painter.setBrush(self.colour(QPalette.ColorRole.Base))
                side = 2 * radius
                painter.drawRect(QRectF(spot.x() - radius, spot.y() - radius, side, side))

    @property
    def _load_foot(self) -> float:
        return self.height() * _LOAD_SHARE

    def _soreness_y(self, score: float) -> float:
        top, foot = self._load_foot + self.em * 0.6, self.height() - self.em * 0.5
        return foot - (foot - top) * score / SCORE.high


def week_legend(legs: Sequence[Leg]) -> str:
    """Explain the marks."""
    if len(legs) > 1:
        return QCoreApplication.translate(
            "WeekStrip", "Bar: a week’s load. Below, the week after: ● left leg  □ right leg"
        )
    if Leg.LEFT in legs:
        return QCoreApplication.translate(
            "WeekStrip", "Bar: a week’s load. Below, the week after: ● left leg"
        )
    return QCoreApplication.translate(
        "WeekStrip", "Bar: a week’s load. Below, the week after: □ right leg"
    )


class ChangeBars(ColumnStrip):
    """Bars from the largest fall on the left to the largest rise on the right."""

    wide = 2.6

    def __init__(self) -> None:
        super().__init__()
        self._changes: Sequence[tuple[int, int]] = ()

    def show_changes(self, changes: Sequence[tuple[int, int]], name: str) -> None:
        """Show changes in points, in order, each with how often it occurred."""
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
    """Explain the bars."""
    return QCoreApplication.translate(
        "ChangeBars", "How often each change occurred; − is less sore, + is sorer"
    )
