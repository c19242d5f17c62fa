"""What every test stands on: no screen, no file of the user's, no hurry."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.drawing import load_anatomy

# No deadline: a slow machine is no failure. No database: a run leaves nothing behind.
settings.register_profile("itband", deadline=None, database=None, max_examples=60)
# pytest --hypothesis-profile=thorough
settings.register_profile("thorough", settings.get_profile("itband"), max_examples=1000)
settings.load_profile("itband")

_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test, and the programs that it starts, away from the user's own files."""
    monkeypatch.setenv("ITBAND_GUI_DATA_DIR", str(tmp_path / "data"))
    for name in _FOLDERS:
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture(scope="session")
def anatomy() -> Anatomy:
    """Return the leg as it is drawn."""
    return load_anatomy()
