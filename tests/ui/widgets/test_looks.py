"""The focused widget, and no other, has the theme's focus ring; hints are readable."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from itband_gui.journal.entries import SCORE
from itband_gui.ui.journal.fields import NumberField
from itband_gui.ui.look.style import Appearance, Look
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.widgets.buttons import button
from tests.ui.conftest import settle_down
from tests.ui.look.test_theme import luminance

RING = 6  # px: the border with its rounding, which reaches in at the corners
LOOKS: tuple[Look | None, ...] = (None, "plain", "quiet", "segment", "score", "nav", "place")


@pytest.fixture(params=list(ThemeName))
def theme(request: pytest.FixtureRequest, appearance: Appearance) -> Appearance:
    """Each theme in turn."""
    appearance.choose(request.param)
    return appearance


def shown(*widgets: QWidget) -> QWidget:
    window = QWidget()
    box = QVBoxLayout(window)
    for each in widgets:
        box.addWidget(each)
    window.show()
    window.activateWindow()
    settle_down()
    return window


def inside(widget: QWidget) -> QImage:
    """Return the part of the picture inside the ring."""
    image = widget.grab().toImage()
    ratio = round(image.devicePixelRatio())
    return image.copy(
        image.rect().adjusted(RING * ratio, RING * ratio, -RING * ratio, -RING * ratio)
    )


def with_and_without_keyboard(widget: QWidget) -> tuple[QWidget, list[QImage], list[QImage]]:
    other = QPushButton("Another")
    window = shown(widget, other)
    whole, middle = [], []
    for each in (widget, other):
        each.setFocus(Qt.FocusReason.TabFocusReason)
        settle_down()
        assert each.hasFocus()
        whole.append(widget.grab().toImage())
        middle.append(inside(widget))
    return window, whole, middle


@pytest.mark.parametrize("look", LOOKS)
def test_a_focused_button_has_a_ring_and_nothing_in_its_text(
    theme: Appearance, look: Look | None
) -> None:
    made = button("Add a run", name=look)
    _window, whole, middle = with_and_without_keyboard(made)
    assert whole[0] != whole[1]
    assert middle[0] == middle[1]
    assert theme.theme.accent in colours(whole[0])


def test_a_focused_tick_box_has_a_ring_and_nothing_in_its_text(theme: Appearance) -> None:
    _window, whole, middle = with_and_without_keyboard(QCheckBox("I changed my stride"))
    assert whole[0] != whole[1]
    assert middle[0] == middle[1]
    assert theme.theme.accent in colours(whole[0])


def test_the_hint_in_an_empty_field_can_be_read(theme: Appearance) -> None:
    field = NumberField("How hard", SCORE, None, "Required")
    _window = shown(field, QPushButton("Another"))
    middle = inside(field)
    ground = middle.pixelColor(middle.width() - 1, 0)
    best = max(contrast(each, ground.name()) for each in colours(middle))
    assert best >= 4.5
    assert theme.theme.quiet_ink in colours(middle)


def colours(image: QImage) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x, y in product(range(image.width()), range(image.height()))
    }


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours: WCAG 2.2."""
    dark, light = sorted(luminance(each) for each in (first, second))
    return (light + 0.05) / (dark + 0.05)
