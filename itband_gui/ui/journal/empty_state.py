"""The text that a page shows while there are no entries for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.scroll import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel


class EmptyState(ScrollColumn):
    """A headline, what to do first, and perhaps a button for it."""

    def __init__(self, headline: str, advice: str, action: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(content)
        box = QVBoxLayout(content)
        box.setSpacing(SPACE["m"])
        box.addStretch(2)
        for label in (TextLabel(headline, "headline"), TextLabel(advice)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(label)
        if action is not None:
            box.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
