"""A line across the page that says something happened and what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from itband_gui.ui.style import SPACE, look
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel


class Notice(QFrame):
    """A message with actions and a way to put it away; removes itself, unless it `stays`."""

    def __init__(
        self,
        text: str,
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
        *,
        warning: bool = False,
        can_close: bool = True,
        stays: bool = False,
    ) -> None:
        super().__init__()
        look(self, "warning" if warning else "notice")
        self._stays = stays
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.text = TextLabel(text)
        self.buttons: list[QPushButton] = []
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["s"], SPACE["s"])
        box.setSpacing(SPACE["s"])
        box.addWidget(self.text, 1)
        for name, action in actions:
            self._offer(box, name, action)
        if can_close:
            self._offer(box, QCoreApplication.translate("Notice", "Close"), None)

    def _offer(self, box: QHBoxLayout, name: str, action: Callable[[], object] | None) -> None:
        made = button(name, name="quiet" if action is None else None)
        if action is not None:
            made.clicked.connect(lambda _checked=False: action())
        if action is None or not self._stays:
            made.clicked.connect(self.deleteLater)
        box.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self.buttons.append(made)
