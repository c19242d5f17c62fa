"""The first frame shows nothing of the page before."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from itband_gui.ui.history import chart
from itband_gui.ui.history.chart import Chart
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.window.main_window import Page
from tests.ui.conftest import User

SIZES = [(800, 600), (1366, 768), (1600, 1000)]
PLAIN = QImage.Format.Format_RGB32


def on_screen(window: QWidget, part: QRect) -> QImage:
    """Return the pixels last painted in a window, without painting again."""
    picture = window.screen().grabWindow(window.winId()).toImage()
    return picture.copy(part).convertToFormat(PLAIN)


def legs_not_painted(window: QWidget) -> list[str]:
    """Return the legs where the screen shows something else."""
    told = []
    for leg in window.findChildren(LegView):
        seen = leg.visibleRegion().boundingRect()
        if seen.isEmpty():
            continue
        place = QRect(leg.mapTo(window, QPoint()) + seen.topLeft(), seen.size())
        own = leg.grab(seen).toImage().convertToFormat(PLAIN)
        if on_screen(window, place) != own:
            told.append(leg.accessibleName())
    return told


@pytest.mark.parametrize("size", SIZES)
def test_the_legs_are_painted_while_the_chart_still_loads(
    user: User, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    user.fill_journal(40)
    window = user.open()
    window.resize(*size)
    user.look()
    window.show_page(Page.JOURNAL)
    user.look()
    told: list[list[str]] = []

    def watched(appearance: Appearance) -> Chart:
        told.append(legs_not_painted(window))  # the window stands still until the chart is made
        return Chart(appearance)

    monkeypatch.setattr(chart, "Chart", watched)
    window.show_page(Page.HISTORY)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert told == [[]]
