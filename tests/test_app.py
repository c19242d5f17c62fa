"""Starting the program opens the window, or prints one line that says why not."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from itband_gui import __version__
from itband_gui.journal.entries import Moment, Rating, Session
from itband_gui.journal.store import LoadCode, Store
from itband_gui.leg.names import Leg

Done = subprocess.CompletedProcess[str]
NO_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")

# Opens a window offscreen and uses it by keys; what it is to do stands in its arguments.
DRIVER = """
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from itband_gui.app import build_window, start_qt
from itband_gui.ui.window.main_window import NavigationBar
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.tour import ToldClock

app, clock = start_qt(sys.argv[:1]), ToldClock()
appearance = Appearance(app, ThemeName.LIGHT)
window = build_window(Path(sys.argv[1]), appearance, clock.now, clock.now_ms)
window.show()
window.activateWindow()
QCoreApplication.processEvents()
for name in sys.argv[2:]:
    if name == "wait":
        for _ in range(120):
            clock.ms += 250
            window.flow.clock.poll()
    else:
        QTest.keyClick(window.windowHandle(), getattr(Qt.Key, f"Key_{name}"))
    QCoreApplication.processEvents()
while window.findChild(NavigationBar).saved.text() != "Saved":
    QCoreApplication.processEvents()
print(type(window.stack.currentWidget()).__name__, flush=True)
sys.stdin.read()
"""
# More Enters than any size of the warning list needs: in the session the key means nothing.
TO_SESSION = ("Space", "Return", "L", "Return", "Space", "4", *("Return",) * 9, "wait")


def run(*arguments: str, without_screen: bool = True) -> Done:
    environ = dict(os.environ)
    for name in NO_SCREEN if without_screen else ():
        environ.pop(name, None)
    command = [sys.executable, "-m", "itband_gui", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environ, check=False, timeout=300
    )


def drive(folder: Path, *names: str) -> "subprocess.Popen[str]":
    """Start a process that uses a window, and return it once it is done with its keys."""
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(folder), *names],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def page_of(process: "subprocess.Popen[str]") -> str:
    """Wait until the process tells the page that it shows."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a screen")
def test_without_a_screen_one_line_names_the_tour(tmp_path: Path) -> None:
    done = run("--data-dir", str(tmp_path / "data"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "itband-gui tour DIR" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a screen")
def test_a_display_that_does_not_answer_is_no_screen() -> None:
    environ = {**os.environ, "DISPLAY": ":987"}
    for name in NO_SCREEN[1:]:
        environ.pop(name, None)
    command = [sys.executable, "-m", "itband_gui"]
    done = subprocess.run(
        command, capture_output=True, text=True, env=environ, check=False, timeout=300
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_the_version_is_told_without_a_screen() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"itband-gui {__version__}\n")


def test_the_module_and_the_command_are_the_same_program() -> None:
    command = Path(sys.executable).with_name("itband-gui")
    if not command.exists():
        pytest.skip("the command is not installed beside this Python: uv sync")
    done = subprocess.run(
        [command, "--help"], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout == run("--help").stdout


def test_the_window_opens_and_closes_and_leaves_no_journal_behind(tmp_path: Path) -> None:
    program = (
        "import sys; from PySide6.QtCore import QTimer; from itband_gui import app;"
        "qt = app.start_qt(['x']); QTimer.singleShot(0, qt.closeAllWindows);"
        f"sys.exit(app.main(['--data-dir', {str(tmp_path / 'data')!r}]))"
    )
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environ,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "data" / "journal.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_in_a_session_the_journal_is_sound_and_the_next_start_goes_on(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    process = drive(folder, *TO_SESSION)
    assert page_of(process) == "SessionPage"
    process.kill()
    process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL
    loaded = Store(folder / "journal.json").load()
    assert loaded.code is LoadCode.SOUND
    (before,) = loaded.book
    assert isinstance(before, Rating)
    assert (before.leg, before.moment, before.score) == (Leg.LEFT, Moment.BEFORE, 4)
    assert list(folder.glob(".itband-*")) == [], "no half-written file is left"

    again = drive(folder, "Space", "wait", "S", "1", "3")  # the keyboard starts at Go on
    assert page_of(again) == "AfterPage"
    again.communicate("", timeout=300)
    entries = list(Store(folder / "journal.json").load().book)
    (session,) = (entry for entry in entries if isinstance(entry, Session))
    ratings = [e.score for e in entries if isinstance(e, Rating) and e.session == session.id]
    assert sorted(ratings) == [3, 4]
    assert len(entries) == 3
