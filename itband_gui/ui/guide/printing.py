"""The guide on paper: plain text, black on white, and the figures."""

from collections.abc import Iterable

from msgspec.structs import replace
from PySide6.QtCore import QMarginsF, QSize, QSizeF, QUrl
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)

from itband_gui.ui.guide.content import GuideSection
from itband_gui.ui.guide.figures import FIGURES, LegFigure, figure_caption, figure_picture
from itband_gui.ui.guide.section_view import marker
from itband_gui.ui.look.theme import THEMES, ThemeName

BODY_PT, TITLE_PT = 10.5, 15.0
INDENT = BODY_PT * 1.8
NARROW, WIDE, NAMED = QSize(170, 250), QSize(310, 210), QSize(440, 270)  # figures, in pixels
RATIO = 3.0  # printed dots for each pixel of a figure
MARGINS_MM = QMarginsF(20, 18, 20, 18)
PAPER = replace(THEMES[ThemeName.LIGHT], paper="#FFFFFF")


def guide_document(sections: Iterable[GuideSection], page_mm: QSizeF) -> QTextDocument:
    """Return the sections as a document, with no title left at the foot of a page.

    Args:
        sections: in print order.
        page_mm: the printable area of a page, in millimetres.

    """
    document = QTextDocument()
    document.setDocumentMargin(0)
    font = QFont(document.defaultFont())
    font.setPointSizeF(BODY_PT)
    document.setDefaultFont(font)
    document.setPageSize(page_mm * (QGuiApplication.primaryScreen().logicalDotsPerInch() / 25.4))
    cursor = QTextCursor(document)
    titles = []
    for section in sections:
        titles.append(_title(cursor, section.title))
        _figures(cursor, document, section.figures)
        for block in section.blocks:
            before = marker(block)
            layout = QTextBlockFormat()
            layout.setBottomMargin(BODY_PT * 0.5)
            layout.setLeftMargin(INDENT if before else 0)
            layout.setTextIndent(-INDENT if before else 0)
            cursor.insertBlock(layout, QTextCharFormat())
            cursor.insertText(f"{before} {block.text}" if before else block.text)
    for title in titles:
        _keep_with_next(document, title)
    return document


def _title(cursor: QTextCursor, title: str) -> QTextBlock:
    layout, letters = QTextBlockFormat(), QTextCharFormat()
    first = cursor.document().isEmpty()
    layout.setTopMargin(0 if first else TITLE_PT)
    layout.setBottomMargin(BODY_PT * 0.6)
    letters.setFontPointSize(TITLE_PT)
    letters.setFontWeight(QFont.Weight.DemiBold)
    if first:
        cursor.setBlockFormat(layout)
    else:
        cursor.insertBlock(layout, letters)
    cursor.insertText(title, letters)
    return cursor.block()


def _figures(cursor: QTextCursor, document: QTextDocument, names: tuple[str, ...]) -> None:
    if not names:
        return
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
    for name in names:
        figure = FIGURES[name]
        size = WIDE
        if isinstance(figure, LegFigure):
            size = NAMED if figure.names else NARROW
        url = QUrl(f"figure:{name}")
        picture = figure_picture(name, PAPER, size, RATIO).toImage()
        document.addResource(QTextDocument.ResourceType.ImageResource, url, picture)
        image = QTextImageFormat()
        image.setName(url.toString())
        image.setWidth(size.width())
        image.setHeight(size.height())
        cursor.insertImage(image)
    captions = " · ".join(dict.fromkeys(map(figure_caption, names)))
    layout, letters = QTextBlockFormat(), QTextCharFormat()
    layout.setBottomMargin(BODY_PT * 0.6)
    letters.setFontItalic(True)
    cursor.insertBlock(layout, letters)
    cursor.insertText(captions)


def _keep_with_next(document: QTextDocument, title: QTextBlock) -> None:
    """Start a new page at a title if the block after it would be on the next page."""
    layout, height = document.documentLayout(), document.pageSize().height()
    after = title.next()
    page = int(layout.blockBoundingRect(title).top() // height)
    bottom = layout.blockBoundingRect(after).bottom() if after.isValid() else 0.0
    if int(bottom // height) > page:
        cursor = QTextCursor(title)
        broken = title.blockFormat()
        broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        broken.setTopMargin(0)
        cursor.setBlockFormat(broken)
        document.markContentsDirty(0, document.characterCount())  # otherwise what follows overlaps
