"""What the program remembers about its window, in `settings.ini` of the data folder."""

from pathlib import Path

from PySide6.QtCore import QSettings

from itband_gui.ui.theme import ThemeName

_THEME = "window/theme"
_LESS_MOTION = "window/less-motion"
_DISCLAIMER = "safety/disclaimer-read"


class Settings:
    """Typed access; a missing, unknown or wrong value counts as not set."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeName | None:
        """The chosen theme; None follows the desktop."""
        value = self._store.value(_THEME, "", type=str)
        return next((name for name in ThemeName if name == value), None)

    @theme.setter
    def theme(self, name: ThemeName | None) -> None:
        if name is None:
            self._store.remove(_THEME)
        else:
            self._store.setValue(_THEME, name.value)
        self._store.sync()

    @property
    def less_motion(self) -> bool | None:
        """Whether motion is to be less; None follows the desktop."""
        return {"true": True, "false": False}.get(str(self._store.value(_LESS_MOTION, "")))

    @less_motion.setter
    def less_motion(self, less: bool) -> None:
        self._store.setValue(_LESS_MOTION, "true" if less else "false")
        self._store.sync()

    @property
    def disclaimer_read(self) -> bool:
        """Whether the disclaimer was shown and accepted once."""
        return self._store.value(_DISCLAIMER, "", type=str) == "true"

    @disclaimer_read.setter
    def disclaimer_read(self, read: bool) -> None:
        self._store.setValue(_DISCLAIMER, "true" if read else "false")
        self._store.sync()
