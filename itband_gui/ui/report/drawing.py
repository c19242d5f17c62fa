"""Drawing on paper: text, lines, tables, the leg map and strips; the unit is 0.1 pt."""

from dataclasses import dataclass, field
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTextLayout,
    QTextOption,
)

from itband_gui.insight.days import Period, day_of
from itband_gui.insight.trend import Series
from itband_gui.journal.entries import SCORE, Moment
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg
from itband_gui.leg.viewport import SORE, Viewport
from itband_gui.ui.history.ticks import Tick, ticks
from itband_gui.ui.leg.art import paint_body
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.report.content import Content, LegPart, ReportTable, SorePlace
from itband_gui.ui.text.words import leg_name, moment_name
from itband_gui.wording.counts import rated_days

POINT = 10  # units
SIZES = {"title": 14.0, "head": 9.0, "body": 7.8, "small": 6.8}  # points
BLACK, GREY, LIGHT, PALE = map(QColor, ("#000000", "#4A4A4A", "#8C8C8C", "#B8B8B8"))
HAIR, LINE = 3.0, 8.0  # widths of lines


@dataclass
class Ink:
    """Measure text and, with a painter, draw it.

    Attributes:
        painter: draws in tenths of a point; None to measure only.
        scale: of all letters.
        said: every text drawn, in order, with elided ends.

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
        """Draw one line, vertically centred in a box, elided if too long."""
        if self.painter is None or not text:
            return
        # One unit more, as the widths lose a little in rounding.
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 1)
        self.said.append(shown)
        self.painter.setFont(font)
        self.painter.setPen(BLACK)
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self.painter.drawText(box, flags | Qt.TextFlag.TextDontClip, shown)

    def paragraph(
        self, x: float, y: float, width: float, text: str, size: str, *, bold: bool = False
    ) -> float:
        """Draw a text wrapped to a width; return its height."""
        layout, height = self._laid_out(text, width, self.font(size, bold=bold))
        if self.painter is not None and text:
            self.said.append(text)
            self.painter.setPen(BLACK)
            layout.draw(self.painter, QPointF(x, y))
        return height

    def height(self, text: str, width: float, size: str, *, bold: bool = False) -> float:
        """Return the height of a text wrapped to a width."""
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
        """Draw a thin horizontal line."""
        if self.painter is not None:
            self.painter.setPen(QPen(colour, HAIR))
            self.painter.drawLine(QPointF(x, y), QPointF(x + width, y))


_PAD = 26.0  # least gap between two columns
_LEADING = 1.12  # so that no letter touches a line
_LEFT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter


class Grid:
    """A table fitted to a width.

    Args:
        words: how many of the first columns hold words, which are left-aligned.

    """

    def __init__(self, ink: Ink, table: ReportTable, width: float, words: int = 1) -> None:
        self._table, self._width, self._words = table, width, words
        natural = self._natural(ink, 1.0)
        self._factor = min(1.0, width / sum(natural))
        widths = self._natural(ink, self._factor)
        spare = max(0.0, width - sum(widths)) / len(widths)
        self._widths = [each + spare for each in widths]
        self._line = ink.line_height("small", self._factor) * _LEADING

    @property
    def height(self) -> float:
        """The height of all rows with their heads."""
        return self._line * (len(self._table.rows) + 1 + bool(self._table.groups))

    def paint(self, ink: Ink, x: float, y: float) -> None:
        """Draw the table with its top left corner at (x, y)."""
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


SHAPE = SORE.width / SORE.height  # the map's width as a share of its height
_SPARSE, _DENSE = 46.0, 13.0  # distance between hatching lines at a share of 0 and of 1


def paint_leg_map(ink: Ink, part: LegPart, box: QRectF) -> None:
    """Draw a leg with its sore places into a box."""
    painter = ink.painter
    if painter is None:
        return
    view = Viewport(SORE, part.leg, box.width(), box.height())
    painter.save()
    painter.setClipRect(box)
    painter.translate(box.topLeft())
    painter.save()
    painter.translate(*view.origin)
    painter.scale(view.flip * view.scale, view.scale)
    paint_body(painter, ThemeName.LIGHT)
    painter.restore()
    for spot in part.spots:
        _hatch(painter, spot, view)
    for spot in part.spots:
        _number(ink, painter, spot, view)
    painter.restore()
    painter.setPen(QPen(GREY, HAIR))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _hatch(painter: QPainter, spot: SorePlace, view: Viewport) -> None:
    """Hatch a place line by line, because brush patterns are coarse on paper."""
    shape = load_anatomy().places.get(spot.place)
    if shape is None:
        return
    outline = QPolygonF([QPointF(*view.to_pixels(corner)) for corner in shape.corners])
    path = QPainterPath()
    path.addPolygon(outline)
    path.closeSubpath()
    area = outline.boundingRect()
    painter.setPen(QPen(BLACK, LINE))
    painter.drawPath(path)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(BLACK, HAIR))
    apart = _SPARSE + (_DENSE - _SPARSE) * spot.share
    high = area.height()
    for step in range(ceil((area.width() + high) / apart)):
        left = area.left() - high + step * apart
        painter.drawLine(QPointF(left, area.bottom()), QPointF(left + high, area.top()))
    painter.restore()


def _number(ink: Ink, painter: QPainter, spot: SorePlace, view: Viewport) -> None:
    shape = load_anatomy().places.get(spot.place)
    if shape is None:
        return
    side = ink.line_height("small")
    ground = QRectF(0, 0, side, side)
    ground.moveCenter(QPointF(*view.to_pixels(shape.centre)))
    painter.setPen(QPen(BLACK, LINE))
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawEllipse(ground)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ink.text(ground, str(spot.number), ink.font("small", bold=True), Qt.AlignmentFlag.AlignHCenter)


LEAST, MOST = 225.0, 520.0  # least and greatest height of a strip
# Widths of the names, the scores and the gap between strips.
_NAMES, _SCALE, _BETWEEN = 780.0, 120.0, 60.0
_DOT, _STUB = 26.0, 14.0  # widths of a dot, and of half the line drawn for a lone point
_MANY = 80  # dots; our choice
_FINE = 4  # dots closer than a quarter of a unit are merged
_AIR = 0.12  # of a strip's height, above 10 and below 0


def strips_height(ink: Ink, content: Content, each: float) -> float:
    """Return the height of all strips, with the legs' names above and the days below."""
    return each * len(content.moments) + ink.line_height("head") + ink.line_height("small")


def paint_strips(ink: Ink, content: Content, box: QRectF, each: float) -> None:
    """Draw the strips into a box, each of the same height."""
    wide = (box.width() - _NAMES - 2 * _SCALE) / 2
    lefts = {Leg.LEFT: box.left() + _NAMES + _SCALE}
    lefts[Leg.RIGHT] = lefts[Leg.LEFT] + wide + _SCALE
    head = ink.line_height("head")
    for leg, left in lefts.items():
        named = QRectF(left, box.top(), wide, head)
        ink.text(named, leg_name(leg), ink.font("small", bold=True))
    top = box.top() + head
    days = _ticks(ink, content.trend.period, wide)
    for moment in content.moments:
        ink.paragraph(box.left(), top, _NAMES - 40, moment_name(moment), "small")
        for leg, left in lefts.items():
            strip = QRectF(left, top, wide - _BETWEEN / 2, each - _BETWEEN)
            _strip(ink, content, leg, moment, strip, days)
        top += each
    for left in lefts.values():
        strip = QRectF(left, top - _BETWEEN, wide - _BETWEEN / 2, ink.line_height("small"))
        _label_days(ink, content.trend.period, strip, days)


def _ticks(ink: Ink, period: Period, wide: float) -> list[Tick]:
    label = QFontMetricsF(ink.font("small")).horizontalAdvance("28 MMM ")
    return ticks(period.first.toordinal(), period.last.toordinal() + 1, wide, label)


def _strip(
    ink: Ink, content: Content, leg: Leg, moment: Moment, box: QRectF, days: list[Tick]
) -> None:
    painter, period = ink.painter, content.trend.period
    series = content.trend.series[leg][moment]
    most = max(len(content.trend.series[each][m].ratings) for each in Leg for m in content.moments)
    if painter is None:
        return
    painter.setPen(QPen(PALE, LINE / 3))
    for tick in days:
        x = _x(tick.day.toordinal(), period, box)
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    for score in (SCORE.low, (SCORE.low + SCORE.high) // 2, SCORE.high):
        y = _y(score, box)
        ink.rule(box.left(), y, box.width())
        if score in SCORE:
            high = ink.line_height("small", 0.8)
            beside = QRectF(box.left() - _SCALE, y - high / 2, _SCALE - 20, high)
            font = ink.font("small", factor=0.8)
            ink.text(beside, str(score), font, Qt.AlignmentFlag.AlignRight)
    _draw(painter, series, period, box, _dot(most))
    if series.short is not None:
        high = ink.line_height("small")
        note = QRectF(box.left(), _y(SCORE.high, box), box.width() - 20, high)
        font = ink.font("small", factor=0.9)
        ink.text(note, rated_days(series.short.have), font, Qt.AlignmentFlag.AlignRight)


def _draw(painter: QPainter, series: Series, period: Period, box: QRectF, dot: QPen) -> None:
    painter.setPen(dot)
    places = {
        (round(_x(day + 0.5, period, box) * _FINE), score)
        for day, score in {(day_of(each).toordinal(), each.score) for each in series.ratings}
    }
    painter.drawPoints([QPointF(x / _FINE, _y(score, box)) for x, score in sorted(places)])
    pen = QPen(BLACK, LINE)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for line in series.lines:
        points = [
            QPointF(_x(each.day.toordinal() + 0.5, period, box), _y(each.median, box))
            for each in line
        ]
        if len(points) == 1:
            points = [points[0] - QPointF(_STUB, 0), points[0] + QPointF(_STUB, 0)]
        painter.drawPolyline(QPolygonF(points))


def _dot(most: int) -> QPen:
    """Return the pen of all dots; finer and paler if many dots would hide the line."""
    pen = QPen(GREY, _DOT) if most < _MANY else QPen(LIGHT, _DOT * 0.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _label_days(ink: Ink, period: Period, box: QRectF, days: list[Tick]) -> None:
    font = ink.font("small", factor=0.9)
    metrics = QFontMetricsF(font)
    for tick in days:
        wide = metrics.horizontalAdvance(tick.text)
        left = _x(tick.day.toordinal(), period, box)
        if left + wide <= box.right() + _SCALE / 2:
            ink.text(QRectF(left, box.top(), wide, box.height()), tick.text, font)


def _x(day: float, period: Period, box: QRectF) -> float:
    return box.left() + (day - period.first.toordinal()) / period.days * box.width()


def _y(score: float, box: QRectF) -> float:
    air = box.height() * _AIR
    share = (score - SCORE.low) / (SCORE.high - SCORE.low)
    return box.bottom() - air - share * (box.height() - 2 * air)
