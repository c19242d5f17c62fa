from itertools import product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import THEMES, Theme, ThemeName
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.window.main_window import Page
from itband_gui.ui.window.settings_page import SettingsPage

if TYPE_CHECKING:
    from tests.ui.conftest import User

# design.md section 7; the third theme is ours
DESIGN = {
    ThemeName.LIGHT: "#FAF8F5 #FFFFFF #E3DED6 #1D2730 #55606B #0B6E69 #FFFFFF #DCEFEC "
    "#1E7B4F #8A5200 #B3261E",
    ThemeName.DARK: "#14181C #1D2329 #323B44 #F1EEE9 #A9B4BE #58C9BF #08211F #17393A "
    "#6FD3A0 #F0B55A #FF8A80",
}
ROLES = [
    "paper",
    "surface",
    "line",
    "ink",
    "quiet_ink",
    "accent",
    "on_accent",
    "wash",
    "go",
    "easy",
    "rest",
]
# what is written on what, anywhere in the window
TEXTS = [
    *product(("ink", "quiet_ink", "go", "easy", "rest"), ("paper", "surface")),
    ("ink", "wash"),
    ("on_accent", "accent"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent", "wash"),
]
# floor mode writes its words in ink on paper, its main button in on_accent on accent
FLOOR_MODE = [("ink", "paper")]
EVERY_THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`: WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: Theme, text: str, ground: str) -> float:
    """Return the contrast ratio, 1 to 21, of two roles: WCAG 2.2."""
    dark, light = sorted(luminance(getattr(theme, role)) for role in (text, ground))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_knows_black_on_white_and_mid_grey() -> None:
    assert (luminance("#FFFFFF") + 0.05) / (luminance("#000000") + 0.05) == pytest.approx(21)
    assert (luminance("#FFFFFF") + 0.05) / (luminance("#767676") + 0.05) == pytest.approx(
        4.54, 1e-2
    )


@EVERY_THEME
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(theme: Theme, text: str, ground: str) -> None:
    assert contrast(theme, text, ground) >= 4.5


@EVERY_THEME
@pytest.mark.parametrize(("text", "ground"), FLOOR_MODE)
def test_floor_mode_can_be_read_from_three_metres(theme: Theme, text: str, ground: str) -> None:
    assert contrast(theme, text, ground) >= 7


@EVERY_THEME
def test_what_has_the_focus_stands_out_from_what_has_not(theme: Theme) -> None:
    assert contrast(theme, "accent", "paper") >= 3
    assert contrast(theme, "accent", "surface") >= 3


@pytest.mark.parametrize("name", DESIGN)
def test_the_colours_are_those_of_the_design(name: ThemeName) -> None:
    assert [getattr(THEMES[name], role) for role in ROLES] == DESIGN[name].split()


@EVERY_THEME
def test_widgets_get_the_theme_s_colours_from_the_palette(theme: Theme) -> None:
    palette, role = theme.palette(), QPalette.ColorRole
    roles = {
        "paper": role.Window,
        "surface": role.Base,
        "ink": role.WindowText,
        "accent": role.Highlight,
        "on_accent": role.HighlightedText,
        "wash": role.AlternateBase,
        "line": role.Mid,
        "quiet_ink": role.PlaceholderText,
    }
    colours = {name: palette.color(role).name().upper() for name, role in roles.items()}
    assert colours == {name: getattr(theme, name) for name in roles}


@pytest.mark.parametrize("name", THEMES)
def test_the_buttons_of_qt_s_own_file_dialog_can_be_seen(
    qtbot: QtBot, appearance: Appearance, name: ThemeName
) -> None:
    appearance.choose(name)
    dialog = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    up = dialog.findChild(QToolButton, "toParentButton")
    assert up is not None
    image, middle = up.grab().toImage(), up.rect().center()
    near = [
        luminance(image.pixelColor(middle.x() + x, middle.y() + y).name())
        for x, y in product(range(-8, 9), repeat=2)
    ]
    assert (max(near) + 0.05) / (min(near) + 0.05) >= 3


@pytest.mark.parametrize("name", [ThemeName.DARK, ThemeName.CONTRAST])
def test_choosing_a_theme_repaints_the_window_and_the_leg(
    user: "User", appearance: Appearance, name: ThemeName
) -> None:
    window = user.open()
    leg = window.findChild(LegView)
    assert leg is not None
    before, leg_before = window.grab().toImage(), leg.grab().toImage()
    appearance.choose(name)
    after = window.grab().toImage()
    assert before.pixelColor(2, before.height() - 2) == QColor(THEMES[ThemeName.LIGHT].paper)
    assert after.pixelColor(2, after.height() - 2) == QColor(THEMES[name].paper)
    assert leg.grab().toImage() != leg_before
    assert leg.scene.theme is THEMES[name]


def test_a_theme_is_chosen_on_the_settings_page_and_found_again(
    user: "User", qapp: QApplication
) -> None:
    window = user.open()
    window.show_page(Page.SETTINGS)
    page = user.page_of(SettingsPage)
    user.click(page.theme.button_for(ThemeName.DARK))
    assert user.appearance.theme.name is ThemeName.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#14181C")
    assert Settings(user.folder / "settings.ini").theme is ThemeName.DARK
    user.click(page.theme.button_for(None))
    assert Settings(user.folder / "settings.ini").theme is None
