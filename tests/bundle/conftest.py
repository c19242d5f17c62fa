"""The bundle of `make bundle`, copied out of the checkout.

Skipped if there is none, or only one made from other sources.
"""

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist/itband-gui"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def made() -> Path:
    """Return the folder that `make bundle` made."""
    if sys.platform != "linux" or not (DIST / "itband-gui").is_file():
        pytest.skip("no bundle here: make bundle")
    built_from = DIST / "_internal/built-from"
    digest = runpy.run_path(str(ROOT / "packaging/sources.py"))["digest"]()
    if not built_from.is_file() or built_from.read_text("utf-8") != digest:
        other = "dist/ was made by other sources than these: make bundle"
        pytest.fail(other) if os.environ.get("CI") else pytest.skip(other)
    return DIST


@pytest.fixture(scope="session")
def bundle(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of it outside the checkout, with a space in its path."""
    place = tmp_path_factory.mktemp("a bundle") / "itband-gui"
    shutil.copytree(made, place, symlinks=True)
    return place


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an empty home folder with a space in its path."""
    folder = tmp_path / "a home"
    folder.mkdir()
    return folder


@pytest.fixture
def bare(home: Path) -> Mapping[str, str]:
    """Return an environment with only a home folder, without any program on the path."""
    (home.parent / "nothing").mkdir()
    return {"HOME": str(home), "PATH": str(home.parent / "nothing"), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def run(bundle: Path, bare: Mapping[str, str]) -> Run:
    """Return a function that runs the bundle in the bare environment."""

    def start(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [bundle / "itband-gui", *arguments],
            env=bare,
            cwd=bare["HOME"],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return start


@pytest.fixture
def display() -> Iterator[str]:
    """Return the name of a new X display."""
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"no screen to be had: {', '.join(missing)} missing")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield f":{number}"
        server.terminate()
