"""Labels that show plain text only, so that nothing a user typed is ever taken for markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from itband_gui.ui.style import Look, look


class TextLabel(QLabel):
    """A label of plain, wrapping text in one of the looks."""

    def __init__(self, text: str = "", name: Look | None = None, *, wrap: bool = True) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if name is not None:
            look(self, name)
        self.setText(text)

    def show_text(self, text: str) -> None:
        """Show a text, or nothing at all for an empty one; cheap when nothing changed."""
        if text != self.text():
            self.setText(text)
        if self.isHidden() == bool(text):
            self.setVisible(bool(text))
