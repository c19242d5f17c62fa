"""The folder for the fault tests."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []  # no fork, no strace


@pytest.fixture
def fast_folder(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory if possible: a kill leaves the same files, but faster."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made there
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    folder = Path(mkdtemp(prefix="itband-faults-", dir=memory))
    yield folder
    shutil.rmtree(folder)
