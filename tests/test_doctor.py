import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCTOR = """
import sys
from pathlib import Path
from itband_gui import doctor
code = doctor.main(Path(sys.argv[1]))
qt = [name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))]
sys.exit(f"imported {qt}" if qt else code)
"""
STATES = ("ok", "MISSING", "optional")
linux = pytest.mark.skipif(sys.platform != "linux", reason="names Linux pieces")


def _doctor(data_dir: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", DOCTOR, str(data_dir)],
        env={**kept, **environ},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _states(report: str) -> dict[str, str]:
    """Return {piece: state} of a report; the verdict, its last line, is left out."""
    pairs = (line.split(None, 1) for line in report.splitlines()[:-1])
    return {rest.partition(": ")[0]: state for state, rest in pairs}


def test_it_imports_no_qt_and_gives_one_line_a_piece(tmp_path: Path) -> None:
    done = _doctor(tmp_path)
    assert done.stderr == ""
    *lines, verdict = done.stdout.splitlines()
    assert all(line.split()[0] in STATES and ": " in line for line in lines)
    assert len(_states(done.stdout)) == len(lines)
    assert "needed" in verdict


def test_every_kind_of_piece_is_named(tmp_path: Path) -> None:
    pieces = set(_states(_doctor(tmp_path).stdout))
    assert {"Python", "screen", "data folder"} <= pieces
    if sys.platform == "linux":
        assert {"fonts", "voice", "sound", "session bus", "Qt's own files"} <= pieces
        assert "windows on X11 (libraries)" in pieces


@pytest.mark.parametrize("environ", [{}, {"QT_QPA_PLATFORM": "vnc"}])
def test_the_exit_code_says_whether_a_needed_piece_is_missing(
    environ: dict[str, str], tmp_path: Path
) -> None:
    done = _doctor(tmp_path, **environ)
    assert done.returncode == ("MISSING" in _states(done.stdout).values())


@linux
def test_voice_sound_and_bus_are_never_called_needed(tmp_path: Path) -> None:
    states = _states(_doctor(tmp_path, PATH="").stdout)
    assert states["voice"] == "optional"
    assert states["session bus"] == "optional"
    assert states["sound"] in {"ok", "optional"}


@linux
def test_without_a_screen_it_names_the_tour(tmp_path: Path) -> None:
    done = _doctor(tmp_path)
    assert done.returncode == 1
    assert _states(done.stdout)["screen"] == "MISSING"
    assert "itband-gui tour DIR" in done.stdout


@linux
def test_a_screen_that_does_not_answer_is_missing(tmp_path: Path) -> None:
    done = _doctor(tmp_path, DISPLAY=":59321")
    assert _states(done.stdout)["screen"] == "MISSING"


def test_a_data_folder_that_cannot_be_written_is_named_with_a_fix(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data_dir = tmp_path / "file" / "data"
    done = _doctor(data_dir)
    (line,) = (line for line in done.stdout.splitlines() if "data folder" in line)
    assert line.startswith("MISSING")
    assert str(data_dir) in line
    assert "--data-dir" in line
    assert done.returncode == 1


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    assert _states(_doctor(tmp_path / "new" / "data").stdout)["data folder"] == "ok"
    _doctor(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_tells_nothing_about_the_person(tmp_path: Path) -> None:
    person = {"USER": "zaphod", "LOGNAME": "zaphod", "HOME": "/home/zaphod", "HOSTNAME": "zaphod"}
    assert "zaphod" not in _doctor(tmp_path, **person).stdout
