"""The page as it will be on paper, as large as there is room, or large enough to read."""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPicture,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from itband_gui.ui.access import give_role
from itband_gui.ui.report.content import Content
from itband_gui.ui.report.ink import GREY
from itband_gui.ui.report.page import paint_page
from itband_gui.ui.report.pdf import Paper
from itband_gui.ui.widgets.finger import scroll_by_finger

_LETTER_EM = 100  # the page's width in letters M where it is large enough to read; our choice
_NEAR_ENOUGH = 0.8  # of that: then it is as wide as there is room


class _Sheet(QWidget):
    """The paper itself; white in every theme, as it is to be printed."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPicture()
        self.paper = Paper.A4
        self.is_focused = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the recorded page at this size."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.save()
        painter.setPen(Qt.GlobalColor.black)  # what a picture begins with is not recorded in it
        scale = self.width() / self.paper.size.width()
        painter.scale(scale, scale)
        painter.drawPicture(0, 0, self.picture)
        painter.restore()
        pen = QPen(self.palette().highlight(), 4) if self.is_focused else QPen(GREY, 1)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        half = pen.widthF() / 2
        painter.setPen(pen)
        painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
        painter.end()


class Preview(QScrollArea):
    """Shows a page; arrow keys scroll where it is larger than its room."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = _Sheet()
        self._is_large = False
        self.setWidget(self.sheet)
        scroll_by_finger(self)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Graphic)
        self.setAccessibleName(QCoreApplication.translate("Report", "Preview of the page"))

    def show_page(self, content: Content, paper: Paper) -> None:
        """Show a content on a paper; screen readers get its words."""
        picture = QPicture()
        painter = QPainter(picture)
        ink = paint_page(painter, content, paper.size)
        painter.end()
        self.sheet.picture, self.sheet.paper = picture, paper
        self.setAccessibleDescription("\n".join(ink.said))
        self._fit()

    def enlarge(self, *, large: bool) -> None:
        """Show the page large enough to read, or the whole of it."""
        self._is_large = large
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page anew."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys scroll the page."""
        super().focusInEvent(event)
        self._outline(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they do not."""
        super().focusOutEvent(event)
        self._outline(on=False)

    def _outline(self, *, on: bool) -> None:
        self.sheet.is_focused = on
        self.sheet.update()

    def _fit(self) -> None:
        size, room = self.sheet.paper.size, self.maximumViewportSize()
        shape = size.height() / size.width()
        if self._is_large:
            wanted = _LETTER_EM * self.fontMetrics().horizontalAdvance("M")
            beside = room.width() - self.verticalScrollBar().sizeHint().width()
            width = float(beside if beside > wanted * _NEAR_ENOUGH else wanted)
        else:
            width = min(room.width(), room.height() / shape)
        self.sheet.resize(round(width), round(width * shape))
        self.sheet.update()
