"""Nothing ends silently: real processes with a real window in which something goes wrong."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg
from itband_gui.machine.crash import FATAL_FILE

PROGRAM = Path(__file__).with_name("mishap_window.py")
NOTE = "Zaphod cried terribly"
# Answers second starts as a window on the folder does.
LISTEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from itband_gui.ui.window.single_instance import SingleInstance
app = QCoreApplication([])
SingleInstance(Path(sys.argv[1]), app)
print("listens", flush=True)
app.exec()
"""
Done = subprocess.CompletedProcess[str]
posix = pytest.mark.skipif(sys.platform == "win32", reason="has no such modes or signals")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with one telling entry."""
    at = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
    book = Book()
    book.add(Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.BEFORE, score=7, note=NOTE))
    data = tmp_path / "data"
    data.mkdir()
    Store(data / "journal.json").save(book)
    return data


def start(folder: Path, what: str, **environ: str) -> Done:
    return subprocess.run(
        [sys.executable, PROGRAM, folder, what],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environ},
        check=False,
        timeout=300,
    )


def shown(done: Done) -> dict[str, Any]:
    assert done.stdout, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def log_of(folder: Path) -> str:
    return (folder / "state" / "log.txt").read_text("utf-8")


def assert_private(folder: Path) -> None:
    """No file of the state folder holds a word of the note, the score's line or the folder."""
    for file in (folder / "state").glob("*.txt"):
        text = file.read_text("utf-8")
        assert not [
            w for w in (*NOTE.split(), '"score"', str(folder), str(Path.home())) if w in text
        ]


@pytest.mark.parametrize(
    ("what", "kind", "times"),
    [
        ("slot", "KeyError", 1),
        ("paint", "ValueError", 5),
        ("thread", "ValueError", 1),
        ("qthread", "ValueError", 1),
        ("unraisable", "ValueError", 1),
    ],
)
def test_what_nobody_catches_is_one_dialog_with_a_checked_journal(
    folder: Path, what: str, kind: str, times: int
) -> None:
    done = start(folder, what)
    told = shown(done)
    assert done.returncode == 0, done.stderr
    assert told["dialogs"] == 1
    assert "Your journal is safe" in told["journal"]
    assert "Entries: 1." in told["journal"]
    assert (f"happened {times} times" in told["happened"]) == (times > 1)
    assert kind in told["report"]
    assert not set(NOTE.split()) & set(told["report"].split())
    assert "Traceback" not in done.stderr
    assert f"({kind})" in done.stderr
    assert log_of(folder).count(f"unexpected: {kind}") == 1
    assert_private(folder)


@posix
def test_a_fatal_signal_is_in_the_log_and_told_at_the_next_start(folder: Path) -> None:
    assert start(folder, "fatal").returncode == -signal.SIGSEGV
    told = shown(start(folder, "quiet"))
    assert "crashed last time" in told["notice"]
    assert "Fatal Python error: Segmentation fault" in log_of(folder)
    assert " in fatal\n" in log_of(folder)
    assert_private(folder)
    assert shown(start(folder, "quiet"))["notice"] == "", "it is told once"


@posix
def test_a_damaged_note_of_a_fatal_end_keeps_no_start_from_opening(folder: Path) -> None:
    """Python refuses to read a number of 5,000 digits."""
    state = folder / "state"
    state.mkdir(parents=True, exist_ok=True)
    fatal = "Fatal Python error: Aborted"
    frame = f'  File "x.py", line {"9" * 5_000} in huge'
    (state / FATAL_FILE).write_text(f"{fatal}\n{frame}\n", "utf-8")
    assert "crashed last time" in shown(start(folder, "quiet"))["notice"]
    assert fatal in log_of(folder)
    assert "huge" not in log_of(folder)


def test_a_start_that_fails_says_so_on_the_screen_and_on_one_line(folder: Path) -> None:
    done = start(folder, "start")
    assert done.returncode == 1
    (line,) = (each for each in done.stderr.splitlines() if each.startswith("itband-gui: "))
    assert str(folder / "state" / "log.txt") in line
    assert "Traceback" not in done.stderr
    texts = shown(done)["texts"]
    assert "IT Band Guide could not open its window." in texts
    assert any("can be read" in text and "Entries: 1." in text for text in texts)
    assert not any("safe" in text for text in texts), "nobody knows what should be in it"
    assert "ended by: ValueError" in log_of(folder)
    assert_private(folder)


def test_a_start_that_fails_without_a_journal_says_so_and_names_its_copies(folder: Path) -> None:
    file = folder / "journal.json"
    file.rename(file.with_name("journal.json.bak"))
    texts = " ".join(shown(start(folder, "start"))["texts"])
    assert f"There is no journal file: {file}. Copies of it are kept" in texts
    assert "lost" not in texts


def test_a_log_that_could_not_be_written_is_not_named(tmp_path: Path) -> None:
    done = start(tmp_path / "new", "start")
    texts = " ".join(shown(done)["texts"])
    assert not (tmp_path / "new").exists()
    assert "No log could be written" in done.stderr
    assert "No log could be written" in texts
    assert "log.txt" not in done.stderr + texts


def test_a_systemexit_inside_qt_is_logged_and_the_journal_saved_first(folder: Path) -> None:
    done = start(folder, "leave")
    assert done.returncode == 3
    assert "ended by: SystemExit" in log_of(folder)
    assert "Traceback" not in done.stderr
    assert len(Store(folder / "journal.json").load().book) == 2
    start(folder, "quiet")
    assert log_of(folder).count("ended by") == 1, "an end in good order is none"


def test_a_systemexit_of_somebody_else_s_is_told_as_a_fault(folder: Path) -> None:
    done = breaking_doctor(folder, f"SystemExit({NOTE!r})")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "ended by: SystemExit" in log_of(folder)
    assert_private(folder)


def test_an_error_that_is_not_the_output_s_is_not_called_so(folder: Path) -> None:
    done = breaking_doctor(folder, "OSError(20, 'Not a directory')")
    assert done.returncode == 1
    assert "ENOTDIR" in done.stderr
    assert "output" not in done.stderr


def breaking_doctor(folder: Path, error: str) -> Done:
    program = (
        "import sys; from itband_gui import app; from itband_gui.doctor import report\n"
        f"def broken(*a, **k): raise {error}\n"
        "report.main = broken\n"
        f"sys.exit(app.main(['doctor', '--data-dir', {str(folder)!r}]))"
    )
    return run_program(program)


def run_program(program: str) -> Done:
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        timeout=300,
    )


@posix
@pytest.mark.parametrize(
    "play", ["kill()", "(QTimer.singleShot(0, kill), QCoreApplication.exec())"]
)
def test_ctrl_c_ends_a_tour_quietly(tmp_path: Path, play: str) -> None:
    program = (
        "import os, signal, sys; from itband_gui import app\n"
        "from PySide6.QtCore import QCoreApplication, QTimer; from itband_gui.ui import tour\n"
        "kill = lambda: os.kill(os.getpid(), signal.SIGINT)\n"
        f"tour.Tour.play = lambda self: {play}\n"
        f"sys.exit(app.main(['tour', {str(tmp_path)!r}, '--data-dir', {str(tmp_path)!r}]))"
    )
    done = run_program(program)
    assert (done.returncode, done.stderr) == (130, "")


@pytest.mark.parametrize("package", ["msgspec", "platformdirs"])
@pytest.mark.parametrize(
    "arguments", [[], ["journal", "list"], ["journal", "add", "--leg", "left", "--score", "1"]]
)
def test_a_missing_package_is_told_on_one_line(
    tmp_path: Path, package: str, arguments: list[str]
) -> None:
    program = (
        f"import os, sys; sys.modules[{package!r}] = None\n"
        f"os.environ.pop('ITBAND_GUI_DATA_DIR', None); os.environ['HOME'] = {str(tmp_path)!r}\n"
        f"from itband_gui import app; sys.exit(app.main({arguments!r}))"
    )
    done = run_program(program)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "`itband-gui doctor` lists what is missing" in done.stderr


@pytest.mark.parametrize(
    ("package", "options"),
    [("msgspec", ["--data-dir", "x"]), ("platformdirs", []), ("platformdirs", ["--report"])],
)
def test_the_doctor_works_without_what_the_journal_needs(package: str, options: list[str]) -> None:
    program = (
        f"import os, sys; sys.modules[{package!r}] = None\n"
        "os.environ.pop('ITBAND_GUI_DATA_DIR', None)\n"
        f"from itband_gui import app; app.main(['doctor', *{options!r}])"
    )
    done = run_program(program)
    assert done.stderr == ""
    assert "not checked: a Python package is missing" in done.stdout


@posix
def test_what_was_fatal_is_kept_by_a_start_that_opens_no_window(folder: Path) -> None:
    assert start(folder, "fatal").returncode == -signal.SIGSEGV
    written = (folder / "state" / "fatal.txt").read_bytes()
    command = [sys.executable, "-m", "itband_gui", "--data-dir", str(folder)]
    names = {"DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"}
    environ = {name: value for name, value in os.environ.items() if name not in names}
    assert subprocess.run(command, env=environ, check=False, timeout=300).returncode == 2
    with subprocess.Popen(
        [sys.executable, "-c", LISTEN, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline()
        environ["QT_QPA_PLATFORM"] = "offscreen"
        second = subprocess.run(
            command, env=environ, capture_output=True, text=True, check=False, timeout=300
        )
        first.kill()
    assert "already open" in second.stdout
    assert (folder / "state" / "fatal.txt").read_bytes() == written
    assert "crashed last time" in shown(start(folder, "quiet"))["notice"]


def test_qt_s_messages_and_warnings_are_in_the_log_without_what_they_quote(folder: Path) -> None:
    start(folder, "qt", HOME=str(folder.parent))
    start(folder, "warning")
    assert 'no such font "…" in <path>' in log_of(folder)
    assert "RuntimeWarning at mishap_window.py:" in log_of(folder)
    assert_private(folder)


def test_the_versions_are_in_the_log_at_each_start(folder: Path) -> None:
    start(folder, "quiet")
    (line,) = [each for each in log_of(folder).splitlines() if "INFO start: " in each]
    assert all(word in line for word in ("itband-gui ", "Python ", "PySide6 ", "Qt "))


def test_a_damaged_journal_leaves_none_of_its_lines_in_the_log(folder: Path) -> None:
    file = folder / "journal.json"
    file.write_bytes(file.read_bytes().replace(b'"score":7', b'"score":"Zaphod cried"'))
    start(folder, "slot")
    assert_private(folder)


@posix
def test_the_log_and_its_folder_are_for_their_owner_alone(folder: Path) -> None:
    start(folder, "quiet")
    assert (folder / "state").stat().st_mode & 0o777 == 0o700
    files = list((folder / "state").glob("*.txt"))
    assert {file.name for file in files} == {"log.txt", "fatal.txt"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_without_a_place_for_the_log_the_program_goes_on(folder: Path) -> None:
    (folder / "state").write_text("a file in its place")
    done = start(folder, "slot")
    assert "Your journal is safe" in shown(done)["journal"]
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names a Linux plugin")
def test_where_qt_cannot_start_one_line_says_what_to_do(folder: Path) -> None:
    program = (
        "import os, sys; from itband_gui import app;"
        "app.can_open_window = lambda environ: True;"
        f"sys.exit(app.main(['--data-dir', {str(folder)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "nonsense"},
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "itband-gui doctor" in done.stderr
    assert "FATAL Qt" in log_of(folder)


@pytest.mark.parametrize("command", [["journal", "list"], ["journal", "add"], ["doctor"]])
def test_a_command_that_breaks_says_so_on_one_line(folder: Path, command: list[str]) -> None:
    modules = {"list": "itband_gui.commands.list_entries", "add": "itband_gui.commands.add"}
    module = modules.get(command[-1], "itband_gui.doctor.report")
    name = "main" if command == ["doctor"] else "run"
    options = ["--leg", "left", "--score", "3"] if command[-1] == "add" else []
    program = (
        "import sys, importlib; from itband_gui import app\n"
        f"def broken(*a, **k): raise ValueError({NOTE!r})\n"
        f"importlib.import_module({module!r}).{name} = broken\n"
        f"sys.exit(app.main([*{command + options!r}, '--data-dir', {str(folder)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "ValueError" in done.stderr
    assert str(folder / "state" / "log.txt") in done.stderr
    assert "ended by: ValueError" in log_of(folder)
    assert_private(folder)
