"""A second start on a data folder brings the first window to the front and ends."""

import os
import selectors
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from itband_gui.ui.window.single_instance import (
    ANSWER_MS,
    LIMIT,
    MOST_CALLERS,
    RAISE,
    RAISED,
    SingleInstance,
    claim,
    socket_name,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has named pipes")

NOBODY = 65534
SOON_S = 60  # a bound, far beyond the few seconds that it takes on a busy machine
ASK = """
import sys, time
from pathlib import Path
from itband_gui.ui.window.single_instance import raise_first
began = time.monotonic()
print(raise_first(Path(sys.argv[1])), time.monotonic() - began)
"""
CLAIM = """
import sys, time
from pathlib import Path
from itband_gui.ui.window.single_instance import claim
claimed = claim(Path(sys.argv[1]))
print("claimed", flush=True)
time.sleep(600)
"""
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def first(qapp: QApplication, folder: Path) -> Iterator[SingleInstance]:
    """The first window's listener."""
    instance = SingleInstance(folder, qapp)
    yield instance
    instance.close()
    instance.deleteLater()


def python(program: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True
    )


def name_of(folder: Path) -> str:
    name = socket_name(folder)
    assert name is not None
    return name


def call(qtbot: QtBot, folder: Path, *parts: bytes) -> tuple[bytes, bool]:
    """Send parts one by one; return the answer, and whether the other end hung up."""
    caller = QLocalSocket()
    gone: list[bool] = []
    caller.disconnected.connect(lambda: gone.append(True))
    caller.connectToServer(name_of(folder))
    for part in parts:
        caller.write(part)
        caller.flush()
        for _ in range(20):
            QApplication.processEvents()
    return bytes(caller.readAll().data()), bool(gone)


def test_a_second_start_raises_the_window_and_ends_with_one_line(
    qtbot: QtBot, first: SingleInstance, folder: Path
) -> None:
    command = [sys.executable, "-m", "itband_gui", "--data-dir", str(folder)]
    with qtbot.waitSignal(first.requested, timeout=60_000):
        second = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    said, complaint = second.communicate(timeout=300)
    assert (second.returncode, complaint) == (0, "")
    assert said.count("\n") == 1
    assert "already open" in said
    assert not folder.exists(), "it touches nothing"


def test_two_simultaneous_starts_open_one_window(folder: Path) -> None:
    command = [sys.executable, "-m", "itband_gui", "--data-dir", str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        said = selectors.DefaultSelector()
        for each in both:
            assert each.stdout is not None
            said.register(each.stdout, selectors.EVENT_READ, each)
        ((key, _),) = said.select(timeout=300)
        second: subprocess.Popen[str] = key.data
        assert "already open" in second.communicate(timeout=300)[0]
        assert [each.poll() for each in both if each is not second] == [None], "it stays open"
    finally:
        for each in both:
            each.terminate()
            each.communicate(timeout=300)


def test_a_start_that_died_leaves_the_claim_free_and_one_that_hangs_is_not_waited_for_long(
    folder: Path,
) -> None:
    other = python(CLAIM, folder)
    assert other.stdout is not None
    assert other.stdout.readline() == "claimed\n"
    began = monotonic()
    second = claim(folder)
    assert second is not None, "a second window, rather than none"
    assert not second.is_real, "and one that does not take the first one's place"
    assert monotonic() - began < SOON_S
    other.kill()
    other.communicate(timeout=300)
    claimed = claim(folder)
    assert claimed is not None
    assert claimed.is_real
    claimed.release()


def test_a_link_to_the_folder_is_the_same_folder_and_another_is_not(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    assert socket_name(tmp_path / "link") == socket_name(tmp_path / "data")
    assert socket_name(tmp_path / "other") != socket_name(tmp_path / "data")


def test_nobody_else_can_reach_the_socket(first: SingleInstance, folder: Path) -> None:
    path = Path(name_of(folder))
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o022 == 0
    assert path.parent.stat().st_uid == os.getuid()


def test_another_user_s_call_is_hung_up_on(
    qtbot: QtBot, first: SingleInstance, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.getuid() != 0:
        pytest.skip("nobody but root can call as somebody else")
    first.requested.connect(lambda: pytest.fail("raised"))
    path = Path(name_of(folder))
    path.chmod(0o666)  # as on a system that looks at no modes of sockets
    monkeypatch.chdir(path.parent)
    mode = stat.S_IMODE(path.parent.stat().st_mode)
    path.parent.chmod(0o711)
    try:
        with socket.socket(socket.AF_UNIX) as caller:
            os.seteuid(NOBODY)
            try:
                caller.connect(path.name)
                caller.sendall(RAISE)
            finally:
                os.seteuid(0)
            caller.setblocking(False)
            heard: list[bytes] = []
            qtbot.waitUntil(lambda: heard_from(caller, heard), timeout=60_000)
    finally:
        path.parent.chmod(mode)
    assert heard == [b""]


def heard_from(caller: socket.socket, heard: list[bytes]) -> bool:
    """Whether the other end has said something or hung up; what it was is put in `heard`."""
    try:
        heard.append(caller.recv(LIMIT))
    except BlockingIOError:
        return False
    except ConnectionResetError:
        heard.append(b"")
    return True


def test_after_close_nobody_is_answered_and_the_name_is_free(
    qapp: QApplication, first: SingleInstance, folder: Path
) -> None:
    path = Path(name_of(folder))
    assert path.exists()
    first.close()
    assert not path.exists()
    caller = QLocalSocket()
    caller.connectToServer(str(path))
    assert not caller.waitForConnected(ANSWER_MS)
    second = SingleInstance(folder, qapp)
    assert path.exists()
    second.close()


def test_a_window_that_hangs_is_not_waited_for_for_ever(
    first: SingleInstance, folder: Path
) -> None:
    said, _ = python(ASK, folder).communicate(timeout=300)  # while this process answers nothing
    raised, seconds = said.split()
    assert raised == "False"
    assert float(seconds) < SOON_S


def test_the_name_of_a_killed_window_is_taken_over(
    qtbot: QtBot, qapp: QApplication, folder: Path
) -> None:
    killed = python(LISTEN, folder)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "listens\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=300)
    assert Path(name_of(folder)).is_socket(), "it is left behind"
    assert python(ASK, folder).communicate(timeout=300)[0].startswith("False")
    second = SingleInstance(folder, qapp)
    with qtbot.waitSignal(second.requested, timeout=60_000):
        asking = python(ASK, folder)
    assert asking.communicate(timeout=300)[0].startswith("True")
    second.close()


def test_no_window_is_asked_where_none_is(folder: Path) -> None:
    assert python(ASK, folder).communicate(timeout=300)[0].startswith("False")


def test_a_message_in_two_pieces_is_understood(
    qtbot: QtBot, first: SingleInstance, folder: Path
) -> None:
    requested: list[QObject] = []
    first.requested.connect(lambda: requested.append(first))
    assert call(qtbot, folder, RAISE[:3], RAISE[3:]) == (RAISED, True)
    assert len(requested) == 1


@pytest.mark.parametrize(
    "message", [b"quit\n", b"raise\nraise\n", RAISE * LIMIT, b"\0", b"raise it\n"]
)
def test_anything_but_raise_is_hung_up_on(
    qtbot: QtBot, first: SingleInstance, folder: Path, message: bytes
) -> None:
    first.requested.connect(lambda: pytest.fail("raised"))
    assert call(qtbot, folder, message) == (b"", True)


def idle_callers(folder: Path, count: int, said: bytes = b"") -> list[socket.socket]:
    """Connect and say no more than a part of the word."""
    callers = []
    for _ in range(count):
        caller = socket.socket(socket.AF_UNIX)
        caller.connect(name_of(folder))
        caller.sendall(said)
        caller.setblocking(False)
        callers.append(caller)
        QApplication.processEvents()
    return callers


def still_held(callers: list[socket.socket]) -> list[socket.socket]:
    return [each for each in callers if not heard_from(each, [])]


@pytest.mark.parametrize("said", [b"", RAISE[:3]])
def test_no_more_than_a_few_idle_callers_are_held_and_none_for_long(
    qtbot: QtBot, first: SingleInstance, folder: Path, said: bytes
) -> None:
    callers = idle_callers(folder, 3 * MOST_CALLERS, said)
    qtbot.waitUntil(lambda: len(still_held(callers)) <= MOST_CALLERS, timeout=60_000)
    qtbot.waitUntil(lambda: not still_held(callers), timeout=60_000)
    for each in callers:
        each.close()


def test_a_second_start_is_heard_among_idle_callers(
    qtbot: QtBot, first: SingleInstance, folder: Path
) -> None:
    callers = idle_callers(folder, MOST_CALLERS)
    with qtbot.waitSignal(first.requested, timeout=60_000):
        assert call(qtbot, folder, RAISE) == (RAISED, True)
    for each in callers:
        each.close()
