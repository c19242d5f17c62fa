"""Fits the report on one page and writes it as a PDF."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QMarginsF,
    QRectF,
    QSizeF,
)
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from itband_gui.ui.report import text as sentences
from itband_gui.ui.report.content import Content, LegPart
from itband_gui.ui.report.drawing import (
    BLACK,
    LEAST,
    MOST,
    POINT,
    SHAPE,
    Grid,
    Ink,
    paint_leg_map,
    paint_strips,
    strips_height,
)

_MAP = 1250.0  # the height of a leg
_BESIDE, _NEAR = 160.0, 60.0  # gap between two columns, and between a leg and its table


@dataclass(frozen=True)
class PageSection:
    """A part of the page, as wide as the page.

    Attributes:
        height: the least height it needs.
        paint: draws it into a box of at least that height.
        stretch: how much more height it can use.

    """

    height: float
    paint: Callable[[QRectF], None]
    stretch: float = 0.0


class Sections:
    """Build the sections for a width, with the last `weeks` weeks."""

    def __init__(self, ink: Ink, content: Content, width: float, weeks: int) -> None:
        self._ink, self._content, self._width, self._weeks = ink, content, width, weeks
        self._head = ink.line_height("head")
        self._half = (width - _BESIDE) / 2

    def all(self) -> list[PageSection]:
        """Return the sections in the order of the page."""
        if self._content.empty:
            return [self._top(), self._empty()]
        made = [self._top(), self._legs(), self._beside()]
        if self._content.moments:
            made.append(self._trend())
        made.append(self._week_table())
        if self._weeks < self._content.week_count:
            made.append(self._month_tables())
        return [*made, self._remarks()]

    # One section each

    def _top(self) -> PageSection:
        """Return the section of title, name and facts, each in as many lines as it needs."""
        ink, content = self._ink, self._content
        lines = [(sentences.title(), "title", True), (content.name, "head", True)]
        lines = [*lines, *((fact, "body", False) for fact in content.facts)]
        lines = [line for line in lines if line[0]]

        def paint(box: QRectF) -> None:
            y = box.top()
            for text, size, bold in lines:
                y += ink.paragraph(box.left(), y, box.width(), text, size, bold=bold)
            ink.rule(box.left(), y + _NEAR / 2, box.width(), BLACK)

        needed = sum(ink.height(text, self._width, size, bold=bold) for text, size, bold in lines)
        return PageSection(needed + _NEAR / 2, paint)

    def _empty(self) -> PageSection:
        text = sentences.nothing_text(self._content.trend.period)

        def paint(box: QRectF) -> None:
            self._ink.paragraph(box.left(), box.top(), box.width(), text, "head")

        return PageSection(self._ink.height(text, self._width, "head"), paint)

    def _legs(self) -> PageSection:
        ink, parts = self._ink, self._content.legs
        room = self._half - _MAP * SHAPE - _NEAR
        grids = [Grid(ink, part.places, room, 2) for part in parts]
        heights = [
            self._head + grid.height + _NEAR / 2 + ink.height(part.hands, room, "small")
            for part, grid in zip(parts, grids, strict=True)
        ]
        remark = sentences.map_remark()

        def paint(box: QRectF) -> None:
            for index, (part, grid) in enumerate(zip(parts, grids, strict=True)):
                left = box.left() + index * (self._half + _BESIDE)
                self._leg(part, grid, QRectF(left, box.top(), self._half, _MAP), room)
            self._remark(box, remark)

        return PageSection(max(_MAP, *heights) + _NEAR / 3 + self._words((remark,)), paint)

    def _leg(self, part: LegPart, grid: Grid, box: QRectF, room: float) -> None:
        ink = self._ink
        paint_leg_map(ink, part, QRectF(box.left(), box.top(), _MAP * SHAPE, _MAP))
        left, y = box.right() - room, box.top()
        ink.text(QRectF(left, y, room, self._head), part.name, ink.font("head", bold=True))
        y += self._head
        if part.places.rows:
            grid.paint(ink, left, y)
            y += grid.height
        ink.paragraph(left, y + _NEAR / 2, room, part.hands, "small")

    def _beside(self) -> PageSection:
        """Put runs and related numbers on the left, warning signs on the right."""
        content = self._content
        columns = (
            (
                QCoreApplication.translate("Report", "Runs, activities, rest and sessions"),
                (content.running,),
            ),
            (QCoreApplication.translate("Report", "Warning signs"), content.signs),
        )

        def paint(box: QRectF) -> None:
            for index, (title, texts) in enumerate(columns):
                left = box.left() + index * (self._half + _BESIDE)
                y = self._title(left, box.top(), self._half, title)
                self._paragraphs(left, y, self._half, texts)

        heights = [self._words(texts, width=self._half) for _, texts in columns]
        return PageSection(self._head + max(heights), paint)

    def _trend(self) -> PageSection:
        ink, content = self._ink, self._content
        title = QCoreApplication.translate("Report", "How it went")
        remark = sentences.trend_remark()
        rows = len(content.moments)

        def paint(box: QRectF) -> None:
            y = self._title(box.left(), box.top(), box.width(), title)
            y += self._paragraphs(box.left(), y, box.width(), (remark,))
            rest = box.bottom() - y
            each = (rest - strips_height(ink, content, 0.0)) / rows
            paint_strips(ink, content, QRectF(box.left(), y, box.width(), rest), each)

        needed = self._head + self._words((remark,)) + strips_height(ink, content, LEAST)
        return PageSection(needed, paint, (MOST - LEAST) * rows)

    def _week_table(self) -> PageSection:
        content = self._content
        grid = Grid(self._ink, content.weeks.last(self._weeks), self._width)
        title = sentences.weeks_title(self._weeks, content.week_count)
        return self._tables(((title, grid),), sentences.weeks_remark())

    def _month_tables(self) -> PageSection:
        months = self._content.months
        tables = [
            (sentences.months_title(leg), Grid(self._ink, table, self._half))
            for leg, table in months.items()
        ]
        shown = max(len(table.rows) for table in months.values())
        return self._tables(tables, sentences.months_remark(shown, self._content.year_count))

    def _tables(self, tables: Sequence[tuple[str, Grid]], remark: str) -> PageSection:
        """Put titled tables side by side, with an explanation below them."""

        def paint(box: QRectF) -> None:
            for index, (title, grid) in enumerate(tables):
                left = box.left() + index * (self._half + _BESIDE)
                grid.paint(self._ink, left, self._title(left, box.top(), self._width, title))
            self._remark(box, remark)

        highest = max(grid.height for _, grid in tables)
        return PageSection(self._head + highest + _NEAR / 3 + self._words((remark,)), paint)

    def _remarks(self) -> PageSection:
        """Return the section on the ratings around sessions, with its caveats."""
        ink, content = self._ink, self._content
        title = QCoreApplication.translate(
            "Report", "Ratings around massage, as the program shows them to the runner"
        )

        def paint(box: QRectF) -> None:
            y = self._title(box.left(), box.top(), box.width(), title)
            for index, texts in enumerate(content.remarks):
                left = box.left() + index * (self._half + _BESIDE)
                self._paragraphs(left, y, self._half, texts)
            y = box.bottom() - cause
            ink.paragraph(box.left(), y, box.width(), content.cause, "body")

        highest = max(self._words(texts, width=self._half) for texts in content.remarks)
        cause = ink.height(content.cause, self._width, "body")
        return PageSection(self._head + highest + _NEAR / 3 + cause, paint)

    # Shared by the sections

    def _title(self, x: float, y: float, width: float, text: str) -> float:
        """Draw a title; return the y position below it."""
        font = self._ink.font("head", bold=True)
        self._ink.text(QRectF(x, y, width, self._head), text, font)
        return y + self._head

    def _remark(self, box: QRectF, text: str) -> None:
        """Draw a text at the foot of a box."""
        y = box.bottom() - self._words((text,))
        self._ink.paragraph(box.left(), y, box.width(), text, "small")

    def _words(
        self, texts: Sequence[str], size: str = "small", width: float | None = None
    ) -> float:
        return sum(self._ink.height(text, width or self._width, size) for text in texts)

    def _paragraphs(
        self, x: float, y: float, width: float, texts: Sequence[str], size: str = "small"
    ) -> float:
        """Draw texts one below the other; return their height."""
        start = y
        for text in texts:
            y += self._ink.paragraph(x, y, width, text, size)
        return y - start


MARGIN = 36.0 * POINT  # 12.7 mm: more than any printer needs; our choice
_GAP = 60.0  # least gap between sections
_MOST_GAP = 200.0
_FEWEST_WEEKS = 10  # our choice
_LARGER = (1.12, 1.08, 1.04)  # factors for the letters if there is little to show
_SMALLER = tuple(1 - 0.04 * step for step in range(17))


def paint_page(painter: QPainter, content: Content, size: QSizeF) -> Ink:
    """Draw the page; return the ink with the texts drawn.

    Args:
        painter: its unit must be a tenth of a point, and its origin the paper's corner.
        content: the content of the page.
        size: of the paper, in tenths of a point.

    """
    box = QRectF(MARGIN, MARGIN, size.width() - 2 * MARGIN, size.height() - 2 * MARGIN)
    ink, sections = next(_fitting(content, box))
    ink.painter = painter
    spare = max(0.0, box.height() - _height(sections))
    stretch = sum(each.stretch for each in sections)
    share = min(1.0, spare / stretch) if stretch else 0.0
    gap = _GAP
    if len(sections) > 1:
        gap = min(_MOST_GAP, _GAP + (spare - share * stretch) / (len(sections) - 1))
    y = box.top()
    for section in sections:
        height = section.height + share * section.stretch
        section.paint(QRectF(box.left(), y, box.width(), height))
        y += height + gap
    return ink


def _fitting(content: Content, box: QRectF) -> Iterator[tuple[Ink, list[PageSection]]]:
    """Yield layouts that fit, best first; the smallest comes last, even if it does not fit."""
    most = len(content.weeks.rows)
    fewest = min(_FEWEST_WEEKS, most)
    ways = [
        *((scale, most) for scale in _LARGER),
        *product(_SMALLER, range(most, fewest - 1, -1)),
    ]
    for scale, weeks in ways:
        ink = Ink(scale=scale)
        sections = Sections(ink, content, box.width(), weeks).all()
        if _height(sections) <= box.height() or (scale, weeks) == ways[-1]:
            yield ink, sections


def _height(sections: list[PageSection]) -> float:
    return sum(each.height for each in sections) + _GAP * (len(sections) - 1)


_DPI = 72 * POINT  # one unit of the page is one dot


class Paper(StrEnum):
    """The available papers; `report --paper` takes these names."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def page_size(self) -> QPageSize:
        """The paper as a Qt page size."""
        name = QPageSize.PageSizeId.A4 if self is Paper.A4 else QPageSize.PageSizeId.Letter
        return QPageSize(name)

    @property
    def size(self) -> QSizeF:
        """Its size in tenths of a point."""
        return self.page_size.size(QPageSize.Unit.Point) * POINT


def layout_of(paper: Paper) -> QPageLayout:
    """Return the paper in portrait without margins, as the page has its own."""
    return QPageLayout(paper.page_size, QPageLayout.Orientation.Portrait, QMarginsF())


def pdf_bytes(content: Content, paper: Paper) -> bytes:
    """Return the page as a PDF with embedded fonts; its title names nobody."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(layout_of(paper))
    writer.setTitle(sentences.title())
    writer.setCreator("IT Band Guide")
    painter = QPainter(writer)
    paint_page(painter, content, paper.size)
    painter.end()
    return bytes(data.data())


def print_on(device: QPagedPaintDevice, content: Content) -> bool:
    """Draw the page on a printer's paper, of any size; return whether the printer accepted it."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    painter.scale(device.logicalDpiX() / _DPI, device.logicalDpiY() / _DPI)
    paint_page(painter, content, device.pageLayout().fullRectPoints().size().toSizeF() * POINT)
    return painter.end()
