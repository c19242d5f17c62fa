"""The three themes and their palettes, and the system's display preferences."""

from enum import StrEnum

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QInputDevice, QPalette


class ThemeName(StrEnum):
    """The themes; `tour --theme` takes these names."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Theme(msgspec.Struct, frozen=True):
    """Colours by role, as `#rrggbb`."""

    name: ThemeName
    paper: str
    surface: str
    line: str
    ink: str
    quiet_ink: str
    accent: str
    on_accent: str
    wash: str
    go: str
    easy: str
    rest: str

    def palette(self) -> QPalette:
        """Return the Qt palette; stylesheets and painters take colours from its roles."""
        palette = QPalette()
        role = QPalette.ColorRole
        for colour, roles in (
            (self.paper, (role.Window,)),
            (self.surface, (role.Base, role.Button, role.ToolTipBase)),
            (self.wash, (role.AlternateBase, role.Light, role.Midlight)),
            (self.line, (role.Mid, role.Dark, role.Shadow)),
            (self.ink, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText)),
            (self.quiet_ink, (role.PlaceholderText,)),
            (self.accent, (role.Highlight, role.Accent, role.Link, role.LinkVisited)),
            (self.on_accent, (role.HighlightedText, role.BrightText)),
        ):
            for each in roles:
                palette.setColor(each, QColor(colour))
        for each in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(self.quiet_ink))
        return palette


THEMES = {
    ThemeName.LIGHT: Theme(
        ThemeName.LIGHT,
        paper="#FAF8F5",
        surface="#FFFFFF",
        line="#E3DED6",
        ink="#1D2730",
        quiet_ink="#55606B",
        accent="#0B6E69",
        on_accent="#FFFFFF",
        wash="#DCEFEC",
        go="#1E7B4F",
        easy="#8A5200",
        rest="#B3261E",
    ),
    ThemeName.DARK: Theme(
        ThemeName.DARK,
        paper="#14181C",
        surface="#1D2329",
        line="#323B44",
        ink="#F1EEE9",
        quiet_ink="#A9B4BE",
        accent="#58C9BF",
        on_accent="#08211F",
        wash="#17393A",
        go="#6FD3A0",
        easy="#F0B55A",
        rest="#FF8A80",
    ),
    ThemeName.CONTRAST: Theme(
        ThemeName.CONTRAST,
        paper="#000000",
        surface="#000000",
        line="#FFFFFF",
        ink="#FFFFFF",
        quiet_ink="#FFFFFF",
        accent="#FFE14D",
        on_accent="#000000",
        wash="#2B2B00",
        go="#7CFFB2",
        easy="#FFA033",
        rest="#FF8FA3",
    ),
}


def system_theme() -> ThemeName:
    """Return the theme the desktop asks for; light if it does not say."""
    if _preference("contrastPreference") == "HighContrast":
        return ThemeName.CONTRAST
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return ThemeName.DARK if dark else ThemeName.LIGHT


def system_wants_less_motion() -> bool:
    """Whether the desktop asks for reduced motion; False if it does not say."""
    return _preference("motionPreference") == "ReducedMotion"


def _preference(name: str) -> str:
    """Return an accessibility preference; Qt has contrast since 6.10 and motion since 6.12."""
    hints: object = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    preference = getattr(accessibility(), name, None) if accessibility else None
    return str(getattr(preference(), "name", "")) if preference else ""


def system_has_touch_screen() -> bool:
    """Whether this machine has a touch screen."""
    touch = QInputDevice.DeviceType.TouchScreen
    return any(device.type() is touch for device in QInputDevice.devices())
