"""One figure of the guide with its caption."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.ui.guide.figures import FIGURES, LegFigure, figure_caption, figure_picture
from itband_gui.ui.style import SPACE, Appearance
from itband_gui.ui.widgets.text import TextLabel

TALL_EM, WIDE_EM = 22, 18  # heights of leg figures and of drawn ones, in lines of text


class FigureView(QWidget):
    """A picture that fits its width; drawn when first seen, and again in another theme."""

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
    """A figure and what it shows."""

    def __init__(self, name: str, appearance: Appearance) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        caption = TextLabel(figure_caption(name), "small")
        caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(FigureView(name, appearance))
        box.addWidget(caption)
