"""The screen kept awake through a real bus and a desktop that takes no wrong type."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import QProcess, QProcessEnvironment
from pytestqt.qtbot import QtBot

from itband_gui.cues.keep_awake import KeepAwake, keep_awake
from itband_gui.cues.problems import AwakeProblem
from tests.real.buses import Bus, need

SERVICE = Path(__file__).with_name("strict_screensaver.py")
PYTHON = "/usr/bin/python3"  # python3-gi belongs to the system's own
HOLDER = """
from PySide6.QtCore import QCoreApplication
from itband_gui.cues.keep_awake import keep_awake
app = QCoreApplication([])
awake = keep_awake("IT Band Guide", "A massage is being guided")
awake.hold()
app.exec()
"""
Desktop = Callable[[Literal["screensaver", "gnome"]], QProcess]


@pytest.fixture
def desktop(bus: Bus, qtbot: QtBot) -> Iterator[Desktop]:
    """Starts one of the services that keep the screen on."""
    seen = subprocess.run([PYTHON, "-c", "from gi.repository import Gio"], check=False, timeout=300)
    need("python3-gi", there=seen.returncode == 0)
    started: list[QProcess] = []

    def start(kind: str) -> QProcess:
        process = QProcess()
        started.append(process)
        process.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.start(PYTHON, [str(SERVICE), kind])
        expect(qtbot, process, "ready")
        return process

    yield start
    for process in started:
        process.kill()
        process.waitForFinished()


@pytest.fixture
def awake(qtbot: QtBot) -> Iterator[KeepAwake]:
    awake = keep_awake("IT Band Guide", "A massage is being guided")
    yield awake
    awake.release()
    qtbot.waitUntil(lambda: not awake.findChildren(QProcess), timeout=60_000)


def expect(qtbot: QtBot, service: QProcess, line: str) -> None:
    """Wait for the next thing that happens on the desktop."""
    qtbot.waitUntil(service.canReadLine, timeout=60_000)
    assert bytes(service.readLine().data()).decode().strip() == line


def find_problem(qtbot: QtBot, awake: KeepAwake) -> AwakeProblem | None:
    """Wait for what is found to be wrong."""
    with qtbot.waitSignal(awake.problem_found, timeout=60_000):
        pass
    return awake.problem


HELD = "inhibit|IT Band Guide|A massage is being guided"


def test_the_screen_is_held_by_name_and_released(
    desktop: Desktop, awake: KeepAwake, qtbot: QtBot
) -> None:
    service = desktop("screensaver")
    awake.hold()
    expect(qtbot, service, HELD)
    qtbot.waitUntil(lambda: awake.held, timeout=60_000)
    awake.release()
    expect(qtbot, service, "uninhibit|7")
    assert awake.problem is None


def test_it_is_held_again_after_a_long_pause(
    desktop: Desktop, awake: KeepAwake, qtbot: QtBot
) -> None:
    service = desktop("screensaver")
    for cookie in (7, 8):
        awake.hold()
        awake.hold()
        expect(qtbot, service, HELD)
        qtbot.waitUntil(lambda: awake.held, timeout=60_000)
        awake.release()
        awake.release()
        expect(qtbot, service, f"uninhibit|{cookie}")


def test_a_wish_that_is_taken_back_at_once_holds_nothing_for_long(
    desktop: Desktop, awake: KeepAwake, qtbot: QtBot
) -> None:
    service = desktop("screensaver")
    awake.hold()
    awake.release()
    expect(qtbot, service, HELD)
    expect(qtbot, service, "uninhibit|7")


def test_gnome_is_asked_where_there_is_no_screensaver_service(
    desktop: Desktop, awake: KeepAwake, qtbot: QtBot
) -> None:
    service = desktop("gnome")
    awake.hold()
    no_window, only_the_idle_screen = 0, 8
    expect(
        qtbot,
        service,
        f"inhibit|IT Band Guide|{no_window}|A massage is being guided|{only_the_idle_screen}",
    )
    qtbot.waitUntil(lambda: awake.held, timeout=60_000)
    awake.release()
    expect(qtbot, service, "uninhibit|7")


def test_the_screen_is_released_when_the_program_is_killed(desktop: Desktop, qtbot: QtBot) -> None:
    service = desktop("screensaver")
    with subprocess.Popen([sys.executable, "-c", HOLDER]) as holder:
        expect(qtbot, service, HELD)
        holder.kill()
        expect(qtbot, service, "uninhibit|7")


def test_the_screen_is_released_when_all_of_the_program_is_killed(
    desktop: Desktop, awake: KeepAwake, qtbot: QtBot
) -> None:
    service = desktop("screensaver")
    awake.hold()
    expect(qtbot, service, HELD)
    qtbot.waitUntil(lambda: awake.held, timeout=60_000)
    with qtbot.waitSignal(awake.problem_found, timeout=60_000):
        for child in awake.findChildren(QProcess):
            child.kill()
    expect(qtbot, service, "gone|7")
    assert awake.problem is AwakeProblem.BROKE
    assert not awake.held


def test_the_desktop_of_these_tests_refuses_a_wrong_type(desktop: Desktop) -> None:
    jeepney = pytest.importorskip("jeepney")
    blocking = pytest.importorskip("jeepney.io.blocking")
    desktop("screensaver")
    name = "org.freedesktop.ScreenSaver"
    address = jeepney.DBusAddress("/org/freedesktop/ScreenSaver", name, name)
    with blocking.open_dbus_connection(os.environ["DBUS_SESSION_BUS_ADDRESS"]) as line:
        call = jeepney.new_method_call(address, "UnInhibit", "i", (7,))
        answer = line.send_and_get_reply(call, timeout=300)
    assert answer.header.message_type is jeepney.MessageType.error
    assert "does not match expected type" in answer.body[0]


def test_a_desktop_that_hangs_is_given_up_and_holds_nothing_when_it_wakes(
    desktop: Desktop, awake: KeepAwake, qtbot: QtBot
) -> None:
    service = desktop("screensaver")
    os.kill(service.processId(), signal.SIGSTOP)
    awake.hold()
    assert find_problem(qtbot, awake) is AwakeProblem.NO_ANSWER
    os.kill(service.processId(), signal.SIGCONT)
    expect(qtbot, service, HELD)
    expect(qtbot, service, "gone|7")


def test_a_desktop_that_hangs_later_still_lets_go(
    desktop: Desktop, awake: KeepAwake, qtbot: QtBot
) -> None:
    service = desktop("screensaver")
    awake.hold()
    expect(qtbot, service, HELD)
    qtbot.waitUntil(lambda: awake.held, timeout=60_000)
    os.kill(service.processId(), signal.SIGSTOP)
    awake.release()
    os.kill(service.processId(), signal.SIGCONT)
    expect(qtbot, service, "uninhibit|7")


def test_a_bus_that_hangs_is_given_up(bus: Bus, awake: KeepAwake, qtbot: QtBot) -> None:
    bus.send_signal(signal.SIGSTOP)
    awake.hold()
    assert find_problem(qtbot, awake) is AwakeProblem.NO_ANSWER


def test_a_bus_with_no_desktop_on_it_is_told(bus: Bus, awake: KeepAwake, qtbot: QtBot) -> None:
    awake.hold()
    assert find_problem(qtbot, awake) is AwakeProblem.REFUSED


def test_a_bus_that_has_gone_is_told(bus: Bus, awake: KeepAwake, qtbot: QtBot) -> None:
    bus.kill()
    bus.wait(timeout=300)
    awake.hold()
    assert find_problem(qtbot, awake) is AwakeProblem.NO_BUS
