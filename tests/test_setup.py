import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = (
    "setup",
    "run",
    "check",
    "test",
    "test-hostile",
    "bench",
    "bundle",
    "bundle-environment",
    "uv",
)
TARGETS = ("help", "setup", "run", "check", "test", "test-long", "lint", "bench", "bundle", "clean")
# What the scripts call besides Python, uv and apt.
TOOLS = ("sh", "dirname", "head", "tail", "id", "rm")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows uses uv by itself")
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a checkout of the parts that set-up reads, on a machine with the bare tools only."""
    place = tmp_path / "a checkout"
    shutil.copytree(ROOT / "scripts", place / "scripts")
    (place / "itband_gui" / "machine").mkdir(parents=True)
    for name in ("__init__.py", "machine/__init__.py", "machine/libraries.py"):
        shutil.copy(ROOT / "itband_gui" / name, place / "itband_gui" / name)
    (place / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (place / "bin" / tool).symlink_to(found)
    return place


def _program(file: Path, text: str) -> None:
    """Write a stand-in for a program of another version than this machine has."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(0o755)


def _run(checkout: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(checkout / "scripts" / script), *arguments],
        env={"PATH": str(checkout / "bin")},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@needs_make
def test_make_by_itself_lists_every_target() -> None:
    listed = subprocess.run(
        ["make", "-C", str(ROOT)], capture_output=True, text=True, check=True, timeout=300
    )
    assert all(f"make {target}" in listed.stdout for target in TARGETS)


@needs_make
@pytest.mark.parametrize("target", TARGETS)
def test_each_target_exists(target: str) -> None:
    subprocess.run(
        ["make", "-C", str(ROOT), "--dry-run", target], capture_output=True, check=True, timeout=300
    )


@pytest.mark.parametrize("script", [*(f"scripts/{name}" for name in SCRIPTS), ".ci/run"])
def test_each_script_may_be_run_and_parses(script: str) -> None:
    file = ROOT / script
    assert os.access(file, os.X_OK)
    shell = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("#!")
    subprocess.run([shell, "-n", str(file)], check=True, timeout=300)


def test_without_python_and_uv_one_line_says_so(checkout: Path) -> None:
    done = _run(checkout, "setup")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Python 3.11" in done.stderr


def test_a_python_that_is_too_old_does_not_count(checkout: Path) -> None:
    _program(checkout / "bin" / "python3", "exit 1")
    done = _run(checkout, "setup")
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr


def test_a_newer_python_beside_an_old_one_is_taken(checkout: Path) -> None:
    _program(checkout / "bin" / "python3", "exit 1")
    _program(checkout / "bin" / "python3.12", '[ "$1" = -c ] || { echo "asked: $*" >&2; exit 7; }')
    done = _run(checkout, "setup")
    assert done.returncode == 7
    assert "asked: -B -m itband_gui.machine.libraries --venv" in done.stderr


def test_no_uv_at_all_is_told_by_its_exit_code(checkout: Path) -> None:
    assert _run(checkout, "uv", "--version").returncode == 127


def test_the_uv_of_the_machine_is_used(checkout: Path) -> None:
    _program(checkout / "bin" / "uv", 'echo "uv 0.9.0 ($1)"')
    _program(checkout / ".tools" / "uv" / "bin" / "uv", 'echo "uv 9.9.9"')
    assert _run(checkout, "uv", "hello").stdout == "uv 0.9.0 (hello)\n"


def test_a_uv_too_old_for_the_lock_file_gives_way_to_our_own(checkout: Path) -> None:
    _program(checkout / "bin" / "uv", 'echo "uv 0.4.30"')
    _program(checkout / ".tools" / "uv" / "bin" / "uv", 'echo "uv 0.13.9"')
    assert _run(checkout, "uv", "--version").stdout == "uv 0.13.9\n"


def test_bench_passes_its_arguments_on(checkout: Path) -> None:
    _program(checkout / "bin" / "uv", 'echo "uv 0.9.0: $*"')
    done = _run(checkout, "bench", "-k", "two words")
    assert done.stdout == "uv 0.9.0: run --no-sync python benchmarks/run.py -k two words\n"


@pytest.mark.parametrize(
    ("first", "second", "code", "runs"),
    [
        (0, 0, 0, 2),
        (0, 5, 0, 2),  # nothing was asked for of those that follow a real machine
        (5, 0, 0, 2),
        (5, 5, 5, 2),  # a word that names no test
        (1, 0, 1, 2),
        (0, 1, 1, 2),
        (2, 0, 2, 1),  # interrupted
        (130, 0, 130, 1),
    ],
)
def test_the_two_runs_of_the_tests_end_as_one(
    checkout: Path, first: int, second: int, code: int, runs: int
) -> None:
    codes = f'echo run; if [ "$5" = auto ]; then exit {first}; else exit {second}; fi'
    _program(
        checkout / "bin" / "uv",
        f'if [ "$1" = --version ]; then echo "uv 0.9.0"; else {codes}; fi',
    )
    done = _run(checkout, "test", "-k", "leg")
    assert (done.returncode, done.stdout) == (code, "run\n" * runs)


def test_without_arguments_the_tests_in_real_time_are_left_out(checkout: Path) -> None:
    _program(checkout / "bin" / "uv", 'echo "uv 0.9.0: $*"')
    lines = _run(checkout, "test").stdout.splitlines()
    assert [line for line in lines if "pytest" in line] == [
        "uv 0.9.0: run --no-sync pytest -n auto --dist worksteal -m not real"
    ]


@pytest.mark.parametrize("program", ["exit 1", "exit 0", "echo something else"])
def test_a_bundle_that_does_not_say_its_version_is_not_packed(checkout: Path, program: str) -> None:
    for tool in ("cat", "chmod", "cp", "find", "install", "mkdir", "tar", "uname", "xz"):
        found = shutil.which(tool)
        if not found:
            pytest.skip(f"needs {tool}")
        (checkout / "bin" / tool).symlink_to(found)
    shutil.copytree(ROOT / "packaging", checkout / "packaging")
    (checkout / "build/icons/hicolor").mkdir(parents=True)
    _program(checkout / "scripts/bundle-environment", "exit 0")
    made = f"""\
mkdir -p dist/itband-gui build/icons/hicolor
cat >dist/itband-gui/itband-gui <<'X'
#!/bin/sh
{program}
X
chmod +x dist/itband-gui/itband-gui"""
    _program(checkout / "build/bundle-environment/bin/python", made)
    done = _run(checkout, "bundle")
    assert done.returncode != 0
    assert [file.name for file in (checkout / "dist").iterdir()] == ["itband-gui"]
