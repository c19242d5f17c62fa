"""Runs a private sound service that records its output, and a speech daemon.

Everything lives in one folder, under its own names; nothing of the user's is touched.
"""

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SESSION = Path(__file__).with_name("cue_session.py")
MODULES = ("/usr/lib/speech-dispatcher-modules", "/usr/lib64/speech-dispatcher-modules")
RATE = 8_000
CONFIG = """LogLevel {level}
AudioOutputMethod "pulse"
AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
DefaultModule espeak-ng
"""


def need_sound(*, speech: bool) -> None:
    """Skip the test if a part is missing; in CI on Linux they are required."""
    wanted = {"pulseaudio": "pulseaudio", "parec": "pulseaudio-utils"}
    missing = [package for program, package in wanted.items() if shutil.which(program) is None]
    if speech and shutil.which("speech-dispatcher") is None:
        missing.append("speech-dispatcher speech-dispatcher-audio-plugins")
    if speech and not any(Path(folder, "sd_espeak-ng").exists() for folder in MODULES):
        missing.append("speech-dispatcher-espeak-ng")
    if not missing:
        return
    told = f"nothing was heard: apt install {' '.join(missing)}"
    if os.environ.get("CI") and platform.system() == "Linux":
        pytest.fail(told)
    pytest.skip(told)


@dataclass
class Recording:
    """The recorded output of a sound service, on the monotonic clock."""

    chunks: list[tuple[float, bytes]] = field(default_factory=list)

    def loudness(self, start: float, end: float) -> int:
        """Return the highest peak between two instants, of 32,767; the clock errs by 0.1 s."""
        began = min((at - len(data) / 2 / RATE for at, data in self.chunks[:20]), default=0.0)
        samples = array("h", b"".join(data for _, data in self.chunks))
        piece = samples[max(0, round((start - began) * RATE)) : round((end - began) * RATE)]
        return max((abs(sample) for sample in piece), default=0)


@dataclass
class Heard:
    """The report of a session: its cues, its lines and its result."""

    cues: list[dict[str, object]] = field(default_factory=list)
    lines: list[tuple[float, float, list[str]]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    begun: int = 0
    dropped: int = 0
    end: dict[str, object] = field(default_factory=dict)


class SoundMachine:
    """PulseAudio with a null sink, and speech-dispatcher with espeak-ng."""

    def __init__(self, log_level: int = 1) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="itb"))  # short: sockets have short names
        config = self.folder / "config" / "speech-dispatcher"
        shutil.copytree("/etc/speech-dispatcher", config, dirs_exist_ok=True) if Path(
            "/etc/speech-dispatcher"
        ).is_dir() else config.mkdir(parents=True)
        (config / "speechd.conf").write_text(CONFIG.format(level=log_level), "utf-8")
        self.environ = {
            **os.environ,
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "PULSE_RUNTIME_PATH": str(self.folder),
            "PULSE_SERVER": f"unix:{self.folder}/sound",
            "PIPEWIRE_REMOTE": "none",
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(SESSION.parents[2]),
        }
        self.environ.pop("SPEECHD_ADDRESS", None)
        self._started: list[subprocess.Popen[bytes] | subprocess.Popen[str]] = []

    def start_sound(self) -> None:
        """Start the sound service; it is ready when this returns."""
        subprocess.run(
            [
                *("pulseaudio", "-n", "--daemonize=yes", "--exit-idle-time=-1"),
                *("-L", "module-null-sink sink_name=itband"),
                *("-L", f"module-native-protocol-unix socket={self.folder}/sound auth-anonymous=1"),
            ],
            env=self.environ,
            check=True,
            capture_output=True,
            timeout=300,
        )

    def start_speech(self) -> int:
        """Start the speech daemon, and return its process."""
        subprocess.run(
            ["speech-dispatcher", "--spawn"],
            env=self.environ,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=300,
        )
        return self.speech_pid

    @property
    def speech_pid(self) -> int:
        """Return the current speech daemon; it ends without callers, and another is started."""
        return self.pid("speech-dispatcher/pid/speech-dispatcher.pid")

    def pid(self, file: str) -> int:
        """Return the process id in a file."""
        return int((self.folder / file).read_text("ascii"))

    def record(self) -> Recording:
        """Record the output from now on."""
        recording, listening = Recording(), threading.Event()
        command = ["parec", "-d", "itband.monitor", "--format=s16le", "--channels=1"]
        process = subprocess.Popen(
            [*command, f"--rate={RATE}", "--latency-msec=20"],
            env=self.environ,
            stdout=subprocess.PIPE,
        )
        self._started.append(process)

        def read() -> None:
            assert process.stdout is not None
            while data := os.read(process.stdout.fileno(), 65_536):
                recording.chunks.append((time.monotonic(), data))
                listening.set()

        threading.Thread(target=read, daemon=True).start()
        assert listening.wait(20)
        return recording

    def session(self, source: str, seconds: int, *before: str) -> "subprocess.Popen[str]":
        """Start a session's first seconds; `before` is a command to run it under."""
        process = subprocess.Popen(
            [*before, sys.executable, str(SESSION), source, str(seconds)],
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process

    def close(self) -> None:
        """End everything that was started and remove the folder."""
        for process in self._started:
            process.kill()
            process.communicate(timeout=300)
        for file in ("pid", "speech-dispatcher/pid/speech-dispatcher.pid"):
            if (self.folder / file).exists():
                pid = self.pid(file)
                with suppress(ProcessLookupError):  # it may have ended by itself
                    os.kill(pid, signal.SIGCONT)
                    os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


def follow(process: "subprocess.Popen[str]") -> Heard:
    """Wait for a session to end, and return what it reported."""
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0, out
    heard, began = Heard(), 0.0
    for line in out.splitlines():
        news = json.loads(line)
        match news["is"]:
            case "cue":
                heard.cues.append(news)
            case "began":
                began = news["at"]
                heard.begun += 1
            case "said":
                heard.said.update(news["phrases"])
            case "finished" if news["begun"]:
                heard.lines.append((began, news["at"], news["phrases"]))
            case "finished":
                heard.dropped += bool(news["phrases"])
            case "end":
                heard.end = news
    return heard
