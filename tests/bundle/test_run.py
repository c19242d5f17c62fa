"""The bundle runs where there is no Python, no checkout and no file of the user's."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from itband_gui import __version__

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]


def test_it_says_its_version(run: Run) -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"itband-gui {__version__}\n")


def test_an_entry_is_added_and_listed(run: Run, home: Path) -> None:
    added = run("journal", "add", "--leg", "left", "--score", "4", "--note", "first steps")
    assert added.returncode == 0
    assert "new journal" in added.stderr
    listed = run("journal", "list", "--json")
    entry = json.loads(listed.stdout)
    assert (entry["id"], entry["score"], entry["note"]) == (added.stdout.strip(), 4, "first steps")
    journal = home / ".local/share/itband-gui/journal.json"
    assert journal.stat().st_mode & 0o777 == 0o600
    assert run("journal", "check").returncode == 0


def test_the_tour_is_played_history_and_all(run: Run, home: Path) -> None:
    done = run("tour", str(home / "tour"))
    assert (done.returncode, done.stderr) == (0, "")
    pictures = sorted((home / "tour").glob("*.png"))
    assert len(pictures) > 25
    history = next(picture for picture in pictures if "history" in picture.name)
    assert QImage(str(history)).width() == 1280
    assert json.loads((home / "tour/journal.json").read_text("utf-8"))["count"] > 0


def test_a_report_is_printed(run: Run, home: Path) -> None:
    run("journal", "add", "--leg", "left", "--score", "4")
    done = run("report", "--since", "2026-01-01", "--out", str(home / "report.pdf"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (home / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_doctor_finds_all_that_is_inside(run: Run) -> None:
    lines = run("doctor").stdout.splitlines()
    assert "ok        Python packages: inside the program" in lines
    missing = [line for line in lines if line.startswith("MISSING")]
    assert [line.split()[1] for line in missing] == ["screen:"]  # it was given none


def test_without_a_screen_it_says_so_in_one_line(run: Run) -> None:
    done = run()
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "tour DIR" in done.stderr


@pytest.mark.parametrize(
    ("words", "lacking"),
    [
        (("cue-child", "sounds"), "no-sound-library"),
        (("cue-child", "speech", "mock"), ""),  # Linux speaks without Qt: it says so and ends
        (("keep-awake-child", "IT Band Guide", "a session"), "no-library"),
    ],
)
def test_its_children_start(
    bundle: Path, bare: Mapping[str, str], words: tuple[str, ...], lacking: str
) -> None:
    command = [str(bundle / "itband-gui"), *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=bare, stdin=pipe, stdout=pipe, text=True) as child:
        late = threading.Timer(60, child.kill)
        late.start()
        assert child.stdout
        told = child.stdout.readline().strip()
        rest, _ = child.communicate(timeout=300)
        late.cancel()
    assert child.returncode == 0
    assert told
    assert not lacking or lacking not in told + rest


def test_it_needs_neither_the_checkout_nor_python(
    bundle: Path, bare: Mapping[str, str], home: Path
) -> None:
    unshare = shutil.which("unshare")
    if (
        unshare is None
        or subprocess.run([unshare, "-m", "true"], check=False, timeout=300).returncode
    ):
        pytest.skip("hiding folders takes root (unshare -m)")
    hidden = [ROOT, *(Path(base) for base in [sys.base_prefix] if base != "/usr")]
    script = 'for each; do mount -t tmpfs none "$each" || exit 3; done; exec "$BUNDLE" tour tour'
    place = {**bare, "BUNDLE": str(bundle / "itband-gui"), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [unshare, "-m", "sh", "-c", script, "sh", *(str(each) for each in hidden)],
        env=place,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (home / "tour/journal.json").is_file()


def test_its_window_opens_shows_the_pages_and_closes(
    bundle: Path, bare: Mapping[str, str], home: Path, display: str
) -> None:
    def xdotool(*arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments],
            env={**os.environ, "DISPLAY": display},
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        ).stdout

    command = [str(bundle / "itband-gui")]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env={**bare, "DISPLAY": display}, stderr=pipe, text=True
    ) as process:
        try:
            found = xdotool(
                "search", "--sync", "--onlyvisible", "--pid", str(process.pid), "--name", "IT Band"
            )
            window = found.split()[0]
            shape = xdotool("getwindowgeometry", "--shell", window).splitlines()
            size = dict(line.split("=") for line in shape)
            assert _comes_to_have_an_icon(window, display)
            xdotool("windowfocus", "--sync", window)
            xdotool("key", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+1", "ctrl+q")
            said = process.communicate(timeout=300)[1]
        finally:
            process.kill()
    assert (process.returncode, said) == (0, "")
    assert int(size["WIDTH"]) >= 640
    assert int(size["HEIGHT"]) >= 480
    log = home / ".local/state/itband-gui/log.txt"
    assert not log.exists() or " ERROR " not in log.read_text("utf-8")


def _comes_to_have_an_icon(window: str, display: str) -> bool:
    """Follow what the window tells its desktop, until that is an icon."""
    follow = f"timeout 60 xprop -display {display} -spy -id {window} -notype _NET_WM_ICON"
    with subprocess.Popen(follow.split(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            return any("Icon (" in line for line in process.stdout)
        finally:
            process.kill()
