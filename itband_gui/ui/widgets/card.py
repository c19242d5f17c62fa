"""A quiet box that groups what belongs together."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from itband_gui.ui.style import SPACE, Look, look


class Card(QFrame):
    """A rounded box; widgets are added top to bottom."""

    def __init__(self, *widgets: QWidget, name: Look = "card") -> None:
        super().__init__()
        look(self, name)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
        self.box.setSpacing(SPACE["s"])
        for widget in widgets:
            self.box.addWidget(widget)
