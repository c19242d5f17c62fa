"""One section of the guide: title, figures, paragraphs, points and steps."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from itband_gui.ui.guide.content import Block, BlockKind, Section
from itband_gui.ui.guide.figure_view import CaptionedFigure
from itband_gui.ui.style import SPACE, Appearance
from itband_gui.ui.widgets.text import TextLabel

FIGURE_EM = 9  # the narrowest room for one of several figures, in lines of text


class SectionView(QWidget):
    """A section as it is read."""

    def __init__(self, section: Section, appearance: Appearance) -> None:
        super().__init__()
        self.section = section
        self.setAccessibleName(section.title)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, SPACE["xl"])
        box.setSpacing(SPACE["m"])
        box.addWidget(TextLabel(section.title, "headline"))
        self._figures = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._figures.setSpacing(SPACE["m"])
        for name in section.figures:
            self._figures.addWidget(CaptionedFigure(name, appearance), 1)
        box.addLayout(self._figures)
        box.addLayout(_text(section))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the figures side by side where there is room."""
        super().resizeEvent(event)
        each = FIGURE_EM * self.fontMetrics().lineSpacing()
        direction = QBoxLayout.Direction
        side_by_side = self.width() >= each * len(self.section.figures)
        self._figures.setDirection(direction.LeftToRight if side_by_side else direction.TopToBottom)


def marker(block: Block) -> str:
    """Return what stands before a block: a bullet, a step's number, or nothing."""
    if block.kind is BlockKind.POINT:
        return QCoreApplication.translate("Guide", "•")
    if block.kind is BlockKind.STEP:
        return QCoreApplication.translate("Guide", "{number}.").format(number=block.number)
    return ""


def _text(section: Section) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE["s"])
    grid.setVerticalSpacing(SPACE["s"])
    grid.setColumnStretch(1, 1)
    for row, block in enumerate(section.blocks):
        before = marker(block)
        text = TextLabel(block.text)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if before:
            grid.addWidget(TextLabel(before, wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        else:
            grid.addWidget(text, row, 0, 1, 2)
    return grid
