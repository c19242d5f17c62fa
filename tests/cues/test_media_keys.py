"""Media keys without a bus; the folder media_keys has the tests with one."""

import platform
import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.cues.media_keys import media_keys
from itband_gui.cues.silent_keys import MediaKeysProblem


def test_without_a_bus_the_twin_is_silent(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    keys = media_keys("IT Band Guide")
    assert keys.problem is MediaKeysProblem.NO_BUS
    keys.open()
    keys.show("Rest", 0, 1, playing=True)
    keys.close()


@pytest.mark.parametrize("system", ["Windows", "Darwin"])
def test_elsewhere_the_keys_come_to_the_window(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, system: str
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    assert media_keys("IT Band Guide").problem is MediaKeysProblem.NOT_HERE


def test_nothing_is_loaded_before_there_is_a_bus() -> None:
    program = (
        "import os, sys\n"
        "os.environ.pop('DBUS_SESSION_BUS_ADDRESS', None)\n"
        "os.environ.pop('XDG_RUNTIME_DIR', None)\n"
        "from itband_gui.cues.media_keys import media_keys\n"
        "media_keys('')\n"
        "sys.exit(any(name in sys.modules for name in ('jeepney', 'PySide6.QtNetwork')))"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=300)
