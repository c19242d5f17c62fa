"""A number, day or time between two buttons that step it: large enough for any finger."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button


class Stepper(QWidget):
    """Wraps an editor; `step` takes 1 or -1."""

    def __init__(self, editor: QLineEdit, name: str, step: Callable[[int], object]) -> None:
        super().__init__()
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setAccessibleName(name)
        editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        less = QCoreApplication.translate("Stepper", "{name}: less").format(name=name)
        more = QCoreApplication.translate("Stepper", "{name}: more").format(name=name)
        self.less = _step_button("−", less, lambda: step(-1))
        self.more = _step_button("+", more, lambda: step(1))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        for widget in (self.less, editor, self.more):
            box.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)


def _step_button(sign: str, name: str, step: Callable[[], object]) -> QPushButton:
    made = button(sign, step)
    made.setAutoRepeat(True)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same in the editor
    return made
