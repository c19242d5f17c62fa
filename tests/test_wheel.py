"""The wheel works when installed into a separate environment."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UV = ROOT / "scripts/uv"

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="scripts/uv is a shell script"),
    pytest.mark.slow,  # half a gigabyte is unpacked
]


def _run(*command: str | Path, cwd: Path, environ: dict[str, str]) -> str:
    done = subprocess.run(
        [*command], cwd=cwd, env=environ, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_plays_the_tour_from_another_folder(tmp_path: Path) -> None:
    given = dict(os.environ)
    if subprocess.run([UV, "--version"], capture_output=True, check=False, timeout=300).returncode:
        pytest.skip("uv is not here: make setup")
    build = ("build", "--quiet", "--wheel", "--out-dir", tmp_path, ROOT)
    _run(UV, *build, cwd=tmp_path, environ=given)
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]
    # The locked versions: this is about our wheel, and not about what came out today.
    locked = tmp_path / "locked.txt"
    export = ("export", "--locked", "--quiet", "--no-dev", "--no-hashes", "--no-emit-project")
    _run(UV, *export, "--output-file", locked, cwd=ROOT, environ=given)
    place = tmp_path / "an environment"
    _run(UV, "venv", "--quiet", "--python", sys.executable, place, cwd=tmp_path, environ=given)
    install = ("pip", "install", "--quiet", "--python", place / "bin/python", "-c", locked, wheel)
    _run(UV, *install, cwd=tmp_path, environ=given)
    home = tmp_path / "home"
    home.mkdir()
    bare = {"HOME": str(home), "PATH": str(home), "LC_ALL": "C.UTF-8"}
    _run(place / "bin/itband-gui", "tour", home / "tour", cwd=home, environ=bare)
    assert len(list((home / "tour").glob("*.png"))) > 25
    assert (home / "tour/journal.json").is_file()
    shutil.rmtree(place)  # half a gigabyte
