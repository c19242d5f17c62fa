"""The buttons of a session, each with its key."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from itband_gui.ui.look.keys import ENTER
from itband_gui.ui.look.style import SPACE, Look, look


class Control(StrEnum):
    """A control of a running session."""

    PAUSE = "pause"
    AGAIN = "again"
    SKIP = "skip"
    EASIER = "easier"
    STOP = "stop"
    FLOOR = "floor"
    MUTE = "mute"
    END = "end"


_COLUMNS = (8, 4, 2, 1)  # in one row where it fits, else in more
_NARROW = (2, 1)
_LOOKS: dict[Control, Look] = {Control.PAUSE: "primary", Control.STOP: "danger"}
_TOGGLES = {Control.FLOOR, Control.MUTE}


class SessionButton(QPushButton):
    """Takes no key but Enter, so that the session's keys work wherever the focus is."""

    def __init__(self, text: str, name: Look | None = None) -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if name is not None:
            look(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Click on Enter, once while it is held."""
        if event.key() not in ENTER:
            event.ignore()
        elif not event.isAutoRepeat():
            self.click()


class SessionControls(QWidget):
    """Buttons for everything the keys do; Tab reaches each, and Enter presses it.

    All other keys still belong to the session: Space pauses wherever the focus is.
    """

    pressed = Signal(Control)
    switched = Signal(Control, bool)  # full screen or mute: on or off

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[Control, QPushButton] = {}
        self._columns = 0
        self._keys, self._paused = True, False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE["s"])
        for control in Control:
            made = SessionButton(_text(control), _LOOKS.get(control, "segment"))
            if control in _TOGGLES:
                made.setCheckable(True)
                made.toggled.connect(lambda on, c=control: self.switched.emit(c, on))
            else:
                made.clicked.connect(lambda _checked=False, c=control: self.pressed.emit(c))
            self.buttons[control] = made
        self._arrange(_COLUMNS[1])

    def fit(self, width: int, *, keys: bool) -> None:
        """Use as few rows as the width allows, with or without the key names."""
        self._keys = keys
        self._show_texts()
        widest = max(made.sizeHint().width() for made in self.buttons.values()) + SPACE["s"]
        self._arrange(next((n for n in _COLUMNS if n * widest <= width), _COLUMNS[-1]))
        self._grid.invalidate()
        self.updateGeometry()

    def _show_texts(self) -> None:
        for control, made in self.buttons.items():
            text = _text(control)
            if control is Control.PAUSE and self._paused:
                text = QCoreApplication.translate("Controls", "Continue\nSpace")
            name, _, _key = text.partition("\n")
            shown = text if self._keys else name
            if made.text() != shown:
                made.setText(shown)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(_COLUMNS[0]):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        # If the last rows may have to scroll, Pause and Stop come first.
        first = (Control.PAUSE, Control.STOP) if columns in _NARROW else ()
        for index, control in enumerate((*first, *(each for each in Control if each not in first))):
            self._grid.addWidget(self.buttons[control], *divmod(index, columns))

    def toggle(self, control: Control) -> None:
        """Switch full screen or mute as a click would."""
        self.buttons[control].toggle()

    def set_checked(self, control: Control, *, on: bool) -> None:
        """Show a state: floor mode and mute as checked, paused as another text."""
        button = self.buttons[control]
        if control in _TOGGLES:
            with QSignalBlocker(button):
                button.setChecked(on)
        elif control is Control.PAUSE:
            self._paused = on
            self._show_texts()


def _text(control: Control) -> str:
    return {
        Control.PAUSE: QCoreApplication.translate("Controls", "Pause\nSpace"),
        Control.SKIP: QCoreApplication.translate("Controls", "Skip\n→"),
        Control.AGAIN: QCoreApplication.translate("Controls", "Again\n←"),
        Control.EASIER: QCoreApplication.translate("Controls", "Easier\nE"),
        Control.STOP: QCoreApplication.translate("Controls", "Stop\nS, Backspace"),
        Control.FLOOR: QCoreApplication.translate("Controls", "Full screen\nF"),
        Control.MUTE: QCoreApplication.translate("Controls", "Mute voice\nM"),
        Control.END: QCoreApplication.translate("Controls", "End\nEsc"),
    }[control]
