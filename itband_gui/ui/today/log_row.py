"""What can be logged at any time by one click or one key."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.journal.entries import Kind
from itband_gui.ui.style import SPACE
from itband_gui.ui.today.changes import Changes
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow


class LogRow(QWidget):
    """A run, an activity, a rest day, the warning list; says when today is a rest day."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.run = button(
            QCoreApplication.translate("Today", "Add a run (R)"),
            lambda: changes.add(Kind.RUN, self),
        )
        self.activity = button(
            QCoreApplication.translate("Today", "Add an activity (A)"),
            lambda: changes.add(Kind.ACTIVITY, self),
        )
        self.rest_day = button(
            QCoreApplication.translate("Today", "Rest day (D)"), changes.take_rest_day
        )
        self.signs = button(
            QCoreApplication.translate("Today", "Warning signs (W)"),
            lambda: changes.look_at_signs(self),
        )
        self.remark = TextLabel(name="small")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        box.addWidget(WrappingRow([self.run, self.activity, self.rest_day, self.signs]))
        box.addWidget(self.remark)

    def show_rest_day(self, *, is_one: bool) -> None:
        """Say whether today is a rest day."""
        text = QCoreApplication.translate("Today", "Today is a rest day. It counts.")
        self.remark.show_text(text if is_one else "")
