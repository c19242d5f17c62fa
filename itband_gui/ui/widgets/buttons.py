"""Buttons in the program's looks."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from itband_gui.ui.style import Look, look


def button(
    text: str, on_click: Callable[[], object] | None = None, name: Look | None = None
) -> QPushButton:
    """Return a push button; `on_click` is called without arguments."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if name is not None:
        look(made, name)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made
