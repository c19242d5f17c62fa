"""With letters twice as large, words wrap and nothing is cut off."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QScrollArea

from itband_gui.leg.drawing import load_anatomy
from itband_gui.ui.guide.figures import FIGURES, LegFigure, figure_viewport
from itband_gui.ui.guide.page import GuidePage
from itband_gui.ui.leg.labels import anatomy_labels, draw_labels
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.widgets.text import in_lines
from itband_gui.ui.window.main_window import Page
from tests.ui.conftest import User
from tests.ui.room import cut, letters

TWICE = 2.0


@pytest.fixture(params=[(800, 600), (640, 480)], ids=str)
def reader(request: pytest.FixtureRequest, user: User) -> Iterator[User]:
    """A user with large letters and a small window."""
    with letters(user.appearance, TWICE):
        window = user.open()
        window.setMinimumSize(1, 1)
        window.resize(*request.param)
        user.look()
        yield user
        user.leave()


def test_after_a_stop_nothing_lies_beyond_the_side(reader: User) -> None:
    reader.skip_to_session("full", "B", ("4", "3"))
    reader.press("S")
    (area,) = reader.after.findChildren(QScrollArea)
    reasons = reader.after.question
    assert reasons is not None
    assert area.horizontalScrollBar().maximum() == 0
    assert cut(reader.window) == []
    first, *_ = reasons.reasons.findChildren(type(reasons.change))
    assert "\n" not in first.accessibleName()


def test_each_title_of_the_guide_has_the_lines_that_it_needs(reader: User) -> None:
    reader.window.show_page(Page.GUIDE)
    reader.look()
    contents = reader.page_of(GuidePage).contents
    metrics, wrap = contents.fontMetrics(), Qt.TextFlag.TextWordWrap
    for row in range(contents.count()):
        item = contents.item(row)
        place = contents.visualItemRect(item)
        assert place.width() <= contents.viewport().width()
        inside = QRect(0, 0, place.width() - 20, 1000)  # without the room beside the words
        assert metrics.boundingRect(inside, wrap, item.text()).height() <= place.height() - 16


class Noting(QPainter):
    """Records the text that is drawn."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__(picture)
        self.written: list[str] = []

    def drawText(self, *given: object) -> None:  # type: ignore[override] # noqa: N802 - Qt's
        self.written.append(str(given[-1]))


def test_the_names_beside_a_figure_are_written_whole(appearance: Appearance) -> None:
    figure, anatomy, size = FIGURES["band"], load_anatomy(), QSize(460, 616)
    assert isinstance(figure, LegFigure)
    labels = anatomy_labels(anatomy)
    with letters(appearance, TWICE):
        picture = QPixmap(size)
        painter = Noting(picture)
        scene = Scene(figure_viewport(figure, labels, size), appearance.theme, labels=labels)
        draw_labels(painter, scene, anatomy)
        painter.end()
    assert {text.replace("\n", " ") for text in painter.written} == {each.text for each in labels}


@given(st.lists(st.text("abc", min_size=1, max_size=8), min_size=1), st.integers(1, 30))
def test_lines_hold_every_word_and_are_no_wider_than_the_room(words: list[str], room: int) -> None:
    lines = in_lines(" ".join(words), len, room)
    assert " ".join(lines) == " ".join(words)
    assert all(len(line) <= room or " " not in line for line in lines)
