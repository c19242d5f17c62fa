"""The About dialog: the program and its parts as text to read and copy."""

import json
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from itband_gui import __version__
from itband_gui.machine.components import parts
from itband_gui.ui.window.settings_page import AboutDialog, about_dialog

if TYPE_CHECKING:
    from tests.ui.conftest import User


@pytest.fixture
def dialog(user: "User") -> AboutDialog:
    """Return the dialog over a window."""
    return about_dialog(user.open())


def test_every_part_is_listed_with_version_licence_and_source() -> None:
    by_name = {part.name: part for part in parts()}
    assert {"Python", "Qt", "PySide6-Essentials", "PySide6-Addons", "msgspec", "numpy"} <= set(
        by_name
    )
    assert all(p.version and p.licence != "?" and p.source.startswith("http") for p in parts())
    assert by_name["msgspec"].version == metadata.version("msgspec")


def test_the_lgpl_parts_name_the_exact_source() -> None:
    by_name = {part.name: part for part in parts()}
    for name in ("Qt", "PySide6-Essentials", "PySide6-Addons", "shiboken6"):
        assert "LGPL" in by_name[name].licence
        assert by_name[name].version in by_name[name].source
    assert by_name["Qt"].version == qVersion()


def test_a_bundle_s_own_list_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [{"name": "ICU", "version": "73", "licence": "Unicode-3.0", "source": "https://x/"}]
    (tmp_path / "licenses").mkdir()
    file = tmp_path / "licenses" / "parts.json"
    file.write_text(json.dumps(told))
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert [(part.name, part.source) for part in parts()] == [("ICU", "https://x/")]
    file.write_text('[{"name": 3}]')
    assert len(parts()) > 5, "the packages' own words are the next best"


def test_it_shows_version_licence_and_what_the_lgpl_grants(dialog: AboutDialog) -> None:
    words = " ".join(label.text() for label in dialog.labels)
    assert f"Version {__version__}. MIT licence." in words
    assert "LGPL" in words
    assert "replace them with modified versions" in words
    for part in parts():
        assert f"{part.name} {part.version}: {part.licence}" in dialog.box.toPlainText()
        assert part.source in dialog.box.toPlainText()
    dialog.reject()


def test_the_settings_open_it(user: "User") -> None:
    user.open()
    user.press("5", modifier=Qt.KeyboardModifier.ControlModifier)
    user.click_on("About IT Band Guide…")
    shown = user.window.findChild(AboutDialog)
    assert shown is not None
    assert shown.isVisible()


def test_it_can_be_read_copied_and_closed_by_keys_alone(dialog: AboutDialog) -> None:
    assert dialog.focusWidget() is dialog.close_button
    for _ in range(3):
        if dialog.focusWidget() is not dialog.copy:
            QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.copy, Qt.Key.Key_Space)
    assert f"itband-gui {__version__}" in QApplication.clipboard().text()
    assert "LGPL" in QApplication.clipboard().text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
