"""The bar at the top: the standing pages, and whether all is saved."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from itband_gui.ui.journal_link import SaveState
from itband_gui.ui.style import SPACE, look
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel


class Bar(QFrame):
    """Chooses a page; says "Saved" only when everything is on the disk."""

    page_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        look(self, "bar")
        self._group = QButtonGroup(self)
        self.saved = TextLabel(name="small", wrap=False)
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["l"], SPACE["s"])
        box.setSpacing(SPACE["xs"])
        for index, name in enumerate(_names()):
            made = button(name, name="nav")
            made.setCheckable(True)
            shortcut = QCoreApplication.translate("Bar", "Ctrl+{number}")
            made.setToolTip(shortcut.format(number=index + 1))
            self._group.addButton(made, index)
            box.addWidget(made)
        box.addStretch(1)
        box.addWidget(self.saved)
        self._group.idClicked.connect(self.page_chosen)

    def mark(self, index: int) -> None:
        """Show which page is open."""
        self._group.button(index).setChecked(True)

    def show_save_state(self, state: SaveState) -> None:
        """Say whether everything is on the disk."""
        look(self.saved, "rest" if state.error else "small")
        if state.error:
            self.saved.setText(QCoreApplication.translate("Bar", "Not saved"))
        elif state.saved:
            self.saved.setText(QCoreApplication.translate("Bar", "Saved"))
        else:
            self.saved.setText(QCoreApplication.translate("Bar", "Saving…"))


def _names() -> tuple[str, ...]:
    """Return the names of the standing pages, in their order in the window."""
    return (
        QCoreApplication.translate("Bar", "Today"),
        QCoreApplication.translate("Bar", "Journal"),
        QCoreApplication.translate("Bar", "Guide"),
        QCoreApplication.translate("Bar", "Settings"),
    )
