"""The trend on paper: for each moment a row, for each leg a column; one series in each."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from itband_gui.insight.days import Period, day_of
from itband_gui.insight.trend import Series
from itband_gui.journal.entries import SCORE, Moment
from itband_gui.leg.names import Leg
from itband_gui.ui.history.day_ticks import Tick, ticks
from itband_gui.ui.report.content import Content
from itband_gui.ui.report.ink import BLACK, GREY, LIGHT, LINE, PALE, Ink
from itband_gui.ui.words import leg_name, moment_name
from itband_gui.wording.counts import rated_days

LEAST, MOST = 225.0, 520.0  # heights of a strip
_NAMES, _SCALE, _BETWEEN = 780.0, 120.0, 60.0  # widths: names, scores, and from strip to strip
_DOT, _STUB = 26.0, 14.0  # widths of a dot, and of half a line that is one point long
_MANY = 80  # dots: our choice
_FINE = 4  # dots nearer than a fourth of a unit are one
_AIR = 0.12  # of a strip's height, above 10 and below 0


def strips_height(ink: Ink, content: Content, each: float) -> float:
    """Return the height of all strips with the legs' names above and the days below."""
    return each * len(content.moments) + ink.line_height("head") + ink.line_height("small")


def paint_strips(ink: Ink, content: Content, box: QRectF, each: float) -> None:
    """Draw the strips into a box, `each` as high."""
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
    """Return the pen of all dots: finer and paler where the many of a strip would hide its line."""
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
