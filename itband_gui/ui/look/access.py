"""Gives screen readers a role for widgets that have none in Qt."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

# Qt deletes a registered interface when its widget goes; until then Python must hold on to it.
_kept: set["KeptAccess"] = set()


class KeptAccess(QAccessibleWidget):
    """A widget as screen readers see it, for as long as the widget is there."""

    def register(self) -> None:
        """Become what Qt shows of the widget, until the widget goes.

        A factory would do the same later, but is asked about every widget of the program, and
        PySide never lets go of what it made.
        """
        QAccessible.registerAccessibleInterface(self)
        _kept.add(self)
        self.widget().destroyed.connect(self._forget)

    @property
    def is_kept(self) -> bool:
        """Whether the widget is still there."""
        return self in _kept

    def _forget(self) -> None:
        """Let go of what has no widget any more; Qt has already deleted the interface itself."""
        _kept.discard(self)


def give_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Say what a widget is that takes the keyboard; without it Qt calls it a mere filler."""
    KeptAccess(widget, role).register()
