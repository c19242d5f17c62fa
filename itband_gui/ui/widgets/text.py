"""Labels that show plain text only, so that a user's text is never taken for markup."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from itband_gui.ui.look.style import Look, look


class TextLabel(QLabel):
    """A label with plain, wrapping text in one of the looks."""

    def __init__(self, text: str = "", name: Look | None = None, *, wrap: bool = True) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if name is not None:
            look(self, name)
        self.setText(text)

    def show_text(self, text: str) -> None:
        """Show a text, or hide the label for an empty one; cheap if nothing changed."""
        if text != self.text():
            self.setText(text)
        if self.isHidden() == bool(text):
            self.setVisible(bool(text))


def in_lines(text: str, width_of: Callable[[str], float], room: float) -> list[str]:
    """Return a text in lines no wider than `room`, except for a single word that is."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
