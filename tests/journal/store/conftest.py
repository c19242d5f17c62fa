"""The journal's path and a second machine, for the tests of a store."""

from pathlib import Path

import pytest

from itband_gui.journal.entries import Rating
from tests.journal.store.machine import Machine, MakeRating


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a journal that does not exist yet."""
    return tmp_path / "data" / "journal.json"


@pytest.fixture
def machine(path: Path, tmp_path: Path) -> Machine:
    return Machine(path, tmp_path / "here")


@pytest.fixture
def other(path: Path, tmp_path: Path) -> Machine:
    """Return another machine that shares the file through a sync tool."""
    return Machine(path, tmp_path / "there")


@pytest.fixture
def ten(rating: MakeRating) -> list[Rating]:
    return [rating(score=hour, hour=hour) for hour in range(10)]
