"""Fits the report on one page and writes it as a PDF."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import product

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from itband_gui.ui.report.content import Content
from itband_gui.ui.report.drawing import POINT, Ink
from itband_gui.ui.report.sections import PageSection, Sections
from itband_gui.ui.report.text import title

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
    writer.setTitle(title())
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
