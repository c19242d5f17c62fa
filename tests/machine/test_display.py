import socket
import subprocess
import sys
from pathlib import Path

import pytest

from itband_gui.machine.display import can_open_window, has_screen, screen_answers

needs_unix_sockets = pytest.mark.skipif(sys.platform == "win32", reason="no Unix sockets")


@pytest.mark.parametrize(
    ("environ", "there"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"WAYLAND_SOCKET": "5"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0"}, True),
        ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, True),
        ({"QT_QPA_PLATFORM": "wayland-egl", "WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, False),
    ],
)
def test_the_environment_tells_whether_there_is_a_screen(
    environ: dict[str, str], there: bool
) -> None:
    assert has_screen(environ, "linux") is there


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_have_a_screen_without_saying_so(platform: str) -> None:
    assert has_screen({}, platform)


@pytest.mark.parametrize("wish", ["offscreen", "minimal", "offscreen:size"])
def test_qt_may_open_a_window_without_a_screen_when_told_so(wish: str) -> None:
    assert can_open_window({"QT_QPA_PLATFORM": wish}, "linux")
    assert not can_open_window({}, "linux")


@needs_unix_sockets
def test_a_wayland_screen_answers_while_its_server_listens(tmp_path: Path) -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert not screen_answers(environ)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert screen_answers(environ)


@needs_unix_sockets
def test_a_display_left_over_from_a_server_that_is_gone_does_not_answer() -> None:
    assert not screen_answers({"DISPLAY": ":59321.0"})


@pytest.mark.parametrize("wish", ["offscreen", "vnc:port=5901"])
def test_no_server_has_to_answer_where_qt_was_told_to_use_none(wish: str) -> None:
    assert screen_answers({"DISPLAY": ":59321", "QT_QPA_PLATFORM": wish})


def test_a_display_on_another_machine_is_taken_at_its_word() -> None:
    assert screen_answers({"DISPLAY": "far.example:10.0"})


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="a screen is always there")
@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ":59321"}])
def test_make_run_is_told_that_no_screen_can_be_reached(environ: dict[str, str]) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "itband_gui.machine.display"], env=environ, check=False, timeout=300
    )
    assert asked.returncode == 1
