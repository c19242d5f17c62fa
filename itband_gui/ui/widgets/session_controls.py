"""The buttons of a session, each with its key."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from itband_gui.ui.style import SPACE, Look
from itband_gui.ui.widgets.buttons import button


class Control(StrEnum):
    """What a user can ask of a running session."""

    PAUSE = "pause"
    AGAIN = "again"
    SKIP = "skip"
    EASIER = "easier"
    STOP = "stop"
    FLOOR = "floor"
    MUTE = "mute"
    END = "end"


_COLUMNS = 4
_LOOKS: dict[Control, Look] = {Control.PAUSE: "primary", Control.STOP: "danger"}
_TOGGLES = {Control.FLOOR, Control.MUTE}


class SessionControls(QWidget):
    """Two rows of four; they take clicks but never the focus, so that Space always pauses."""

    pressed = Signal(Control)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[Control, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE["s"])
        for index, control in enumerate(Control):
            made = button(_text(control), name=_LOOKS.get(control, "segment"))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setCheckable(control in _TOGGLES)
            made.clicked.connect(lambda _checked=False, c=control: self.pressed.emit(c))
            self.buttons[control] = made
            grid.addWidget(made, *divmod(index, _COLUMNS))

    def set_checked(self, control: Control, *, on: bool) -> None:
        """Show a state: floor mode, muted; paused changes the button's text."""
        if control in _TOGGLES:
            self.buttons[control].setChecked(on)
        elif control is Control.PAUSE:
            going_on = QCoreApplication.translate("Controls", "Go on (Space)")
            self.buttons[control].setText(going_on if on else _text(control))


def _text(control: Control) -> str:
    return {
        Control.PAUSE: QCoreApplication.translate("Controls", "Pause (Space)"),
        Control.SKIP: QCoreApplication.translate("Controls", "Skip (→)"),
        Control.AGAIN: QCoreApplication.translate("Controls", "Again (←)"),
        Control.EASIER: QCoreApplication.translate("Controls", "Easier (E)"),
        Control.STOP: QCoreApplication.translate("Controls", "Stop: it hurts (S)"),
        Control.FLOOR: QCoreApplication.translate("Controls", "Full screen (F)"),
        Control.MUTE: QCoreApplication.translate("Controls", "Mute voice (M)"),
        Control.END: QCoreApplication.translate("Controls", "End (Esc)"),
    }[control]
