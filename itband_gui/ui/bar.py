"""The bar at the top: the standing pages, whether all is saved, and the appearance."""

from PySide6.QtCore import QCoreApplication, QSize, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QToolButton

from itband_gui.ui.settings import Settings
from itband_gui.ui.style import SPACE, Appearance, look
from itband_gui.ui.theme import ThemeName, system_theme
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel


class Bar(QFrame):
    """Chooses a page; says "Saved" only when everything is on the disk."""

    page_chosen = Signal(int)

    def __init__(self, names: tuple[str, ...], appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self._appearance = appearance
        self._settings = settings
        look(self, "bar")
        self._group = QButtonGroup(self)
        self.saved = TextLabel(name="small", wrap=False)
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["l"], SPACE["s"])
        box.setSpacing(SPACE["xs"])
        for index, name in enumerate(names):
            made = button(name, name="nav")
            made.setCheckable(True)
            shortcut = QCoreApplication.translate("Bar", "Ctrl+{number}")
            made.setToolTip(shortcut.format(number=index + 1))
            self._group.addButton(made, index)
            box.addWidget(made)
        box.addStretch(1)
        box.addWidget(self.saved)
        box.addWidget(self._appearance_button())
        self._group.idClicked.connect(self.page_chosen)

    def mark(self, index: int) -> None:
        """Show which page is open."""
        self._group.button(index).setChecked(True)

    def show_saved(self, *, saved: bool) -> None:
        """Say whether everything is on the disk."""
        look(self.saved, "small" if saved else "rest")
        self.saved.setText(
            QCoreApplication.translate("Bar", "Saved")
            if saved
            else QCoreApplication.translate("Bar", "Not saved")
        )

    def _appearance_button(self) -> QToolButton:
        made = QToolButton()
        look(made, "quiet")
        made.setText(QCoreApplication.translate("Bar", "Appearance"))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setIconSize(QSize(0, 0))
        menu = QMenu(made)
        group = QActionGroup(menu)
        names: tuple[tuple[ThemeName | None, str], ...] = (
            (None, QCoreApplication.translate("Bar", "As the system")),
            (ThemeName.LIGHT, QCoreApplication.translate("Bar", "Light")),
            (ThemeName.DARK, QCoreApplication.translate("Bar", "Dark")),
            (ThemeName.CONTRAST, QCoreApplication.translate("Bar", "High contrast")),
        )
        for name, text in names:
            action = QAction(text, menu)
            action.setCheckable(True)
            action.setChecked(self._settings.theme is name)
            action.triggered.connect(lambda _checked=False, n=name: self._choose_theme(n))
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        still = QAction(QCoreApplication.translate("Bar", "Less motion"), menu)
        still.setCheckable(True)
        still.setChecked(self._appearance.less_motion)
        still.toggled.connect(self._choose_motion)
        menu.addAction(still)
        made.setMenu(menu)
        return made

    @Slot(bool)
    def _choose_motion(self, less: bool) -> None:
        self._settings.less_motion = self._appearance.less_motion = less

    def _choose_theme(self, name: ThemeName | None) -> None:
        self._settings.theme = name
        self._appearance.choose(name or system_theme())
