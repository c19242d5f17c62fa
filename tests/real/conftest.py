"""A separate X screen with real key events; without one, the tests are skipped."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.buses import BUS_CONFIG, Bus, need

NEEDED = {"Xvfb": "xvfb", "xdotool": "xdotool"}  # programs and their Debian packages


class Screen:
    """A display server that runs the program and presses keys."""

    def __init__(self, display: str) -> None:
        # GNOME is the strictest: there Enter presses whatever has the focus.
        self.environ = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CURRENT_DESKTOP": "GNOME",
        }
        self.environ.pop("WAYLAND_DISPLAY", None)
        self._said: dict[subprocess.Popen[bytes], Path] = {}

    def open(self, folder: Path, *tracer: str) -> "subprocess.Popen[bytes]":
        """Start the program, under a tracer if given; wait for its window to have the keyboard."""
        command = [*tracer, sys.executable, "-m", "itband_gui", "--data-dir", str(folder)]
        # A file, not a pipe: whatever the program leaves running would hold a pipe open.
        said = folder.with_name(f"{folder.name}-{len(self._said)}.stderr")
        with said.open("wb") as stream:
            process = subprocess.Popen(command, env=self.environ, stderr=stream)
        self._said[process] = said
        window = self._xdotool(
            "search", "--sync", "--onlyvisible", "--pid", str(process.pid), "--name", "."
        )
        self._xdotool("windowfocus", "--sync", window.split()[0])
        return process

    def press(self, *keys: str) -> None:
        """Press keys by their X names; they arrive in order, so there is no need to wait."""
        self._xdotool("key", "--clearmodifiers", *keys)

    def end(self, process: "subprocess.Popen[bytes]") -> str:
        """End the program as a logout does; return its stderr."""
        process.terminate()
        process.wait(timeout=300)
        return self._said[process].read_text("utf-8")

    def close(self) -> None:
        """Kill every program that is still open."""
        for process in self._said:
            process.kill()
            process.wait(timeout=300)

    def _xdotool(self, *arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments],
            env=self.environ,
            check=True,
            capture_output=True,
            text=True,
            timeout=300,
        ).stdout


@pytest.fixture
def screen() -> Iterator[Screen]:
    missing = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if missing:
        pytest.skip(f"no screen to be had: apt install {' '.join(missing)}")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        screen = Screen(f":{number}")
        try:
            yield screen
        finally:
            screen.close()
            server.terminate()


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """Return a private session bus, named in the environment."""
    need("dbus-daemon", there=shutil.which("dbus-daemon") is not None)
    config = tmp_path / "bus.conf"
    config.write_text(BUS_CONFIG, "utf-8")
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        assert daemon.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
        yield daemon
        daemon.kill()
