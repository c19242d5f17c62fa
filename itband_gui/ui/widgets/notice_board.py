"""The notices above the page; many of them scroll within a third of the window."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.notice import Notice
from itband_gui.ui.widgets.scroll import ScrollColumn

TALLEST = 1 / 3  # of the window


class NoticeBoard(ScrollColumn):
    """Takes no room while it is empty."""

    def __init__(self) -> None:
        content = QWidget()
        super().__init__(content)
        self._box = QVBoxLayout(content)
        self._box.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["l"], 0)
        self._box.setSpacing(SPACE["s"])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.changed.connect(self.updateGeometry)
        self.hide()

    def put_up(self, notice: Notice) -> None:
        """Show a notice below the others, until it is put away."""
        self._box.addWidget(notice)
        notice.destroyed.connect(self._clear)
        self.show()

    def sizeHint(self) -> QSize:
        """Ask for what the notices need, up to a third of the window."""
        wanted = self._box.heightForWidth(self.viewport().width())
        return QSize(0, min(wanted, round(self.window().height() * TALLEST)))

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the text wraps."""
        return QSize(0, self.sizeHint().height())

    def _clear(self) -> None:
        self.setVisible(self._box.count() > 0)
        self.updateGeometry()
