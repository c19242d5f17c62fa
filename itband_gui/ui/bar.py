"""The bar at the top: the standing pages, and whether all is saved."""

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from itband_gui.ui.journal_link import SaveState
from itband_gui.ui.standing import Standing, page_name
from itband_gui.ui.style import SPACE, Look, look
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow

ROOMY_EM = 46  # letters M: from here the names stand apart; our choice


class Bar(QFrame):
    """Chooses a page; says "Saved" only when everything is on the disk."""

    page_chosen = Signal(Standing)

    def __init__(self) -> None:
        super().__init__()
        look(self, "bar")
        self._group = QButtonGroup(self)
        self.saved = TextLabel(name="small", wrap=False)
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["l"], SPACE["s"])
        box.setSpacing(SPACE["xs"])
        for page in Standing:
            made = button(page_name(page), name="nav")
            made.setCheckable(True)
            shortcut = QKeySequence(page.keys)
            made.setToolTip(shortcut.toString(QKeySequence.SequenceFormat.NativeText))
            self._group.addButton(made, page)
        box.addWidget(WrappingRow(self._group.buttons()), 1)
        box.addWidget(self.saved)
        self._group.idToggled.connect(self._toggled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the names closer together where there is little room for them."""
        super().resizeEvent(event)
        letters = self.width() // self.fontMetrics().horizontalAdvance("M")
        name: Look = "nav" if letters >= ROOMY_EM else "nav-tight"
        for each in self._group.buttons():
            if each.property("look") != name:
                look(each, name)

    def mark(self, page: Standing) -> None:
        """Show which page is open."""
        with QSignalBlocker(self._group):
            self._group.button(page).setChecked(True)

    def _toggled(self, number: int, chosen: bool) -> None:
        if chosen:
            self.page_chosen.emit(Standing(number))

    def show_save_state(self, state: SaveState) -> None:
        """Say whether everything is on the disk."""
        look(self.saved, "rest" if state.error else "small")
        if state.error:
            self.saved.setText(QCoreApplication.translate("Bar", "Not saved"))
        elif state.saved:
            self.saved.setText(QCoreApplication.translate("Bar", "Saved"))
        else:
            self.saved.setText(QCoreApplication.translate("Bar", "Saving…"))
