"""A group of choices is a single tab stop."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from itband_gui.ui.widgets.choices import Segments


class Row(QWidget):
    """Choices between two buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.after = QPushButton("before"), QPushButton("after")
        self.segments = Segments([(number, str(number)) for number in range(3)], "Numbers")
        box = QVBoxLayout(self)
        for each in (self.before, self.segments, self.after):
            box.addWidget(each)

    def press(self, key: Qt.Key) -> QWidget | None:
        """Press a key in the focused widget; return the widget focused then."""
        QTest.keyClick(QApplication.focusWidget() or self, key)
        return QApplication.focusWidget()


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    made = Row()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.before.setFocus()
    return made


def test_tab_stops_at_the_choice_and_then_moves_on(row: Row) -> None:
    row.segments.choose(1)
    assert row.press(Qt.Key.Key_Tab) is row.segments.button_for(1)
    assert row.press(Qt.Key.Key_Tab) is row.after
    assert row.press(Qt.Key.Key_Backtab) is row.segments.button_for(1)


def test_the_arrows_choose_within_and_tab_follows(row: Row) -> None:
    row.segments.choose(0)
    row.press(Qt.Key.Key_Tab)
    assert row.press(Qt.Key.Key_Right) is row.segments.button_for(1)
    assert row.segments.value == 1
    row.before.setFocus()
    assert row.press(Qt.Key.Key_Tab) is row.segments.button_for(1)


def test_tab_stops_at_the_first_button_if_nothing_is_chosen(row: Row) -> None:
    row.segments.choose(2)
    row.segments.clear()
    assert row.press(Qt.Key.Key_Tab) is row.segments.button_for(0)
