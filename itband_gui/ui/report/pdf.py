"""The page as a PDF, and on a printer."""

from enum import StrEnum

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from itband_gui.ui.report.content import Content
from itband_gui.ui.report.ink import POINT
from itband_gui.ui.report.page import paint_page
from itband_gui.ui.report.sentences import title

_DPI = 72 * POINT  # so that a unit of the page is a dot


class Paper(StrEnum):
    """The papers there are; `report --paper` takes these names."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def page_size(self) -> QPageSize:
        """The paper as Qt knows it."""
        name = QPageSize.PageSizeId.A4 if self is Paper.A4 else QPageSize.PageSizeId.Letter
        return QPageSize(name)

    @property
    def size(self) -> QSizeF:
        """Its size in tenths of a point."""
        return self.page_size.size(QPageSize.Unit.Point) * POINT


def layout_of(paper: Paper) -> QPageLayout:
    """Return the paper upright and to its edges: the page keeps margins of its own."""
    return QPageLayout(paper.page_size, QPageLayout.Orientation.Portrait, QMarginsF())


def pdf_bytes(content: Content, paper: Paper) -> bytes:
    """Return the page as a PDF with its fonts inside; its title names nobody."""
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
    """Draw the page on a printer's paper, whichever it is; return whether it was taken."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    painter.scale(device.logicalDpiX() / _DPI, device.logicalDpiY() / _DPI)
    paint_page(painter, content, device.pageLayout().fullRectPoints().size().toSizeF() * POINT)
    return painter.end()
