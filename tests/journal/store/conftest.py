"""Where a store's tests keep their journal."""

from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal that is not there yet."""
    return tmp_path / "data" / "journal.json"
