"""What counts as pressing a key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def is_answer(event: QKeyEvent) -> bool:
    """Whether a key was pressed once and alone; Shift may be held, as some digits need it.

    A key held down too long must answer no second question, least of all the warning list.
    """
    return not event.isAutoRepeat() and not event.modifiers() & _COMMANDS
