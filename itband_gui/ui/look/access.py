"""Gives widgets a role for screen readers where Qt has none."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

# Qt deletes a registered interface with its widget; until then Python must keep it alive.
_kept: set["KeptAccess"] = set()


class KeptAccess(QAccessibleWidget):
    """The accessible interface of a widget, kept alive as long as the widget."""

    def register(self) -> None:
        """Register as the widget's accessible interface until the widget is destroyed.

        A factory would do so lazily, but Qt would ask it about every widget of the program, and
        PySide never releases the interfaces that it makes.
        """
        QAccessible.registerAccessibleInterface(self)
        _kept.add(self)
        self.widget().destroyed.connect(self._forget)

    @property
    def is_kept(self) -> bool:
        """Whether the widget is still there."""
        return self in _kept

    def _forget(self) -> None:
        """Drop the reference; Qt has already deleted the interface itself."""
        _kept.discard(self)


def give_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Give a focusable widget a role; otherwise Qt reports it as a filler."""
    KeptAccess(widget, role).register()
