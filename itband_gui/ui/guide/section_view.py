"""One section of the guide with its figures."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from itband_gui.ui.guide.content import Block, BlockKind, GuideSection
from itband_gui.ui.guide.figures import FIGURES, LegFigure, figure_caption, figure_picture
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.widgets.text import TextLabel

TALL_EM, WIDE_EM = 22, 18  # heights of leg figures and of drawn ones, in lines of text


class FigureView(QWidget):
    """A picture that fits its width; drawn when first seen, and again when the theme changes."""

    def __init__(self, name: str, appearance: Appearance) -> None:
        super().__init__()
        self.name = name
        self._appearance = appearance
        self._picture: tuple[object, QPixmap] | None = None
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(line * (TALL_EM if isinstance(FIGURES[name], LegFigure) else WIDE_EM))
        self.setMinimumWidth(line * 8)
        self.setAccessibleName(figure_caption(name))
        appearance.changed.connect(self._take_theme)

    def sizeHint(self) -> QSize:
        """Ask for about the width of a leg with its names."""
        return QSize(self.height() * 3 // 4, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show the figure."""
        theme, ratio = self._appearance.theme, self.devicePixelRatioF()
        key = (theme.name, self.size().toTuple(), ratio)
        if self._picture is None or self._picture[0] != key:
            self._picture = (key, figure_picture(self.name, theme, self.size(), ratio))
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture[1])
        painter.end()

    @Slot()
    def _take_theme(self) -> None:
        self.update()


class CaptionedFigure(QWidget):
    """A figure with its caption."""

    def __init__(self, name: str, appearance: Appearance) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        caption = TextLabel(figure_caption(name), "small")
        caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(FigureView(name, appearance))
        box.addWidget(caption)


FIGURE_EM = 9  # least width for each of several figures, in lines of text


class SectionView(QWidget):
    """A section with its figures above its text."""

    def __init__(self, section: GuideSection, appearance: Appearance) -> None:
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
        """Put the figures side by side if there is room."""
        super().resizeEvent(event)
        each = FIGURE_EM * self.fontMetrics().lineSpacing()
        direction = QBoxLayout.Direction
        side_by_side = self.width() >= each * len(self.section.figures)
        self._figures.setDirection(direction.LeftToRight if side_by_side else direction.TopToBottom)


def marker(block: Block) -> str:
    """Return the mark before a block: a bullet, a step's number, or nothing."""
    if block.kind is BlockKind.POINT:
        return QCoreApplication.translate("Guide", "•")
    if block.kind is BlockKind.STEP:
        return QCoreApplication.translate("Guide", "{number}.").format(number=block.number)
    return ""


def _text(section: GuideSection) -> QGridLayout:
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
