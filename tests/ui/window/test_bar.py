"""The bar names each page in full and shows the save state, however large the text is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.services.autosave import SaveState
from itband_gui.ui.window.main_window import NavigationBar, Page, page_name
from tests.ui.conftest import settle_down


@pytest.fixture(params=[1, 2], ids=["100 %", "200 %"])
def _text(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    large = qapp.font()
    large.setPointSizeF(before.pointSizeF() * request.param)
    qapp.setFont(large)
    Appearance(qapp, ThemeName.LIGHT)
    yield
    qapp.setFont(before)
    Appearance(qapp, ThemeName.LIGHT)


def within(part: QWidget, whole: QWidget) -> bool:
    return whole.rect().contains(QRect(part.mapTo(whole, QPoint()), part.size()))


@pytest.mark.usefixtures("_text")
@pytest.mark.parametrize("width", [640, 800, 1100, 1600])
def test_no_name_is_cut_off_while_nothing_can_be_saved(width: int, tmp_path: Path) -> None:
    frame = QWidget()  # no layout: like a window, it may be narrower than all names together
    bar = NavigationBar()
    bar.setParent(frame)
    bar.show_save_state(SaveState(saved=False, error=NotSavedError(NotSavedCode.FULL, tmp_path)))
    frame.resize(width, 300)
    frame.show()
    for _ in range(2):  # its height follows from the room between the names
        bar.resize(width, max(bar.heightForWidth(width), bar.sizeHint().height()))
        settle_down()
    names = bar.findChildren(QPushButton)
    assert [each.text() for each in names] == [page_name(page) for page in Page]
    parts: list[QPushButton | QLabel] = [*names, bar.saved]
    for part in parts:
        assert within(part, bar), part.text()
        assert part.width() >= part.sizeHint().width(), part.text()
        assert part.height() >= part.sizeHint().height(), part.text()
