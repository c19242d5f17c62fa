"""Real short sounds and a real speech daemon that tests control."""

import math
import os
import platform
import shlex
import subprocess
import sys
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from itband_gui.session.cues import Tone

RATE = 22_050
TEXTS = {"left": "Left leg.", "sit": "Sit, knee relaxed.", "one": "one", "two": "two"}
DAEMON = Path(__file__).with_name("ssip_daemon.py")


def write_wav(file: Path, ms: int, rate: int = RATE) -> None:
    """Write a beep."""
    count = rate * ms // 1000
    samples = array(
        "h", (round(9000 * math.sin(i * 2 * math.pi * 440 / rate)) for i in range(count))
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())


class Daemon:
    """A process that speaks SSIP and answers according to its mode."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "speechd.sock"
        self.log = folder / "ssip.log"
        self.environ = {
            **os.environ,
            "SPEECHD_ADDRESS": f"unix_socket:{self.socket}",
            "PATH": str(folder),
        }
        self._process: subprocess.Popen[str] | None = None

    def run(self, *modes: str) -> None:
        """Start it, and wait until it listens."""
        command = [sys.executable, str(DAEMON), str(self.socket), str(self.log), *modes]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "listening\n"

    def install(self, *modes: str, code: int = 0) -> None:
        """Put a `speech-dispatcher` on the PATH that starts it, or ends with another code."""
        program = self.socket.with_name("speech-dispatcher")
        words = map(str, (sys.executable, DAEMON, self.socket, self.log, *modes))
        start = f"{shlex.join(words)} &"
        program.write_text(f"#!/bin/sh\n{start if not code else ''}\nexit {code}\n")
        program.chmod(0o755)

    def heard(self) -> list[str]:
        """Return the lines that it received."""
        return self.log.read_text("utf-8").splitlines() if self.log.exists() else []

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate(timeout=300)
            self._process = None


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    if platform.system() != "Linux":
        pytest.skip("speech-dispatcher is Linux's")
    daemon = Daemon(tmp_path)
    yield daemon
    daemon.stop()


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    """Return a folder of tones and of a recording for each text, 100 ms each."""
    folder = tmp_path / "sounds"
    for tone in Tone:
        write_wav(folder / "tones" / f"{tone}.wav", 100)
    for phrase in TEXTS:
        write_wav(folder / "phrases" / f"{phrase}.wav", 100)
    return folder


@pytest.fixture
def no_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the machine's sound service from programs that the test starts."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("PIPEWIRE_REMOTE", "none")
