"""A number, day or time between two buttons that step it: large enough for any finger."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button

# Qt's NoButtons leaves no room for the text under a style sheet that frames the field, so its own
# buttons are made invisible; and the line inside must not have a second frame.
_BARE = """
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
"""


class Stepper(QWidget):
    """Wraps an editor; `step` takes 1 or -1."""

    def __init__(
        self, editor: QAbstractSpinBox | QLineEdit, name: str, step: Callable[[int], object]
    ) -> None:
        super().__init__()
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setAccessibleName(name)
        if isinstance(editor, QAbstractSpinBox):
            editor.setStyleSheet(_BARE)
        editor.installEventFilter(self)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the form instead of changing what it happens to pass over."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _step_button(sign: str, name: str, step: Callable[[], object]) -> QPushButton:
    made = button(sign, step)
    made.setAutoRepeat(True)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same in the editor
    return made
