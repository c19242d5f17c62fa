"""Buttons in the program's looks."""

from collections.abc import Callable

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from itband_gui.ui.look.keys import ENTER
from itband_gui.ui.look.style import Look, look

_CHOICES = frozenset({"segment", "score", "place"})


class _Button(QPushButton):
    """Takes Enter as a click, unless it is one of several choices: there Enter continues.

    Qt leaves this to the desktop: GNOME and Xfce press the focused button, others press nothing.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Treat Enter the same on every desktop; a held key clicks nothing."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif self.property("look") in _CHOICES or event.isAutoRepeat():
            event.ignore()
        else:
            self.click()


def button(
    text: str, on_click: Callable[[], object] | None = None, name: Look | None = None
) -> QPushButton:
    """Return a push button; `on_click` is called without arguments."""
    made = _Button(text)
    made.setAutoDefault(False)
    if name is not None:
        look(made, name)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made
