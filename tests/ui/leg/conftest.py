"""Pictures of a leg at a given size."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from itband_gui.leg.names import Leg
from itband_gui.ui.leg.body_map import BodyMap
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.look.style import Appearance

ShowLeg = Callable[..., LegView]
ShowMap = Callable[..., BodyMap]


@pytest.fixture
def show_leg(qtbot: QtBot, appearance: Appearance) -> ShowLeg:
    def show(leg: Leg = Leg.RIGHT, size: tuple[int, int] = (400, 700)) -> LegView:
        view = LegView(appearance, leg)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        return view

    return show


@pytest.fixture
def show_map(qtbot: QtBot, appearance: Appearance) -> ShowMap:
    def show(leg: Leg = Leg.RIGHT, size: tuple[int, int] = (400, 700)) -> BodyMap:
        view = BodyMap(appearance, leg)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        view.activateWindow()
        QCoreApplication.processEvents()
        return view

    return show
