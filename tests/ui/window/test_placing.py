"""The window comes back as it was left, fitted to the current screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from itband_gui.window_run import keep_place, restore_place


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def came_back(qtbot: QtBot, state: Path) -> QWidget:
    """Return the window of the next start."""
    made = window(qtbot)
    made.resize(321, 123)
    restore_place(made, state)
    made.show()
    return made


def test_size_and_place_come_back(qtbot: QtBot, state: Path) -> None:
    first = window(qtbot)
    first.setGeometry(20, 30, 500, 400)
    first.show()
    keep_place(first, state)
    again = came_back(qtbot, state)
    assert again.size() == QSize(500, 400)
    assert again.pos() == first.pos()


def test_a_maximised_window_comes_back_maximised(qtbot: QtBot, state: Path) -> None:
    first = window(qtbot)
    first.resize(500, 400)
    first.showMaximized()
    keep_place(first, state)
    again = came_back(qtbot, state)
    assert again.windowState() & Qt.WindowState.WindowMaximized


def test_a_full_screen_is_not_remembered(qtbot: QtBot, state: Path) -> None:
    first = window(qtbot)
    first.showFullScreen()
    keep_place(first, state)
    assert not state.exists()


def test_a_window_off_or_larger_than_the_screen_is_brought_back(qtbot: QtBot, state: Path) -> None:
    first = window(qtbot)
    first.setGeometry(-9000, 7000, 5000, 4000)
    first.show()
    keep_place(first, state)
    again = came_back(qtbot, state)
    assert again.screen().availableGeometry().contains(again.geometry())


@pytest.mark.parametrize("data", [b"", b"\0" * 70, b"x" * 5000])
def test_an_empty_file_changes_nothing(qtbot: QtBot, state: Path, data: bytes) -> None:
    state.mkdir()
    (state / "window.geometry").write_bytes(data)
    assert came_back(qtbot, state).size() == QSize(321, 123)


def test_a_missing_folder_is_not_recreated(qtbot: QtBot, tmp_path: Path) -> None:
    keep_place(window(qtbot), tmp_path / "gone" / "state")
    assert not (tmp_path / "gone").exists()
    assert came_back(qtbot, tmp_path / "gone" / "state").size() == QSize(321, 123)
