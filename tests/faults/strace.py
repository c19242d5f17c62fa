"""Runs real programs under strace, to record, kill or refuse their system calls."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple, TypeVar

import pytest

from tests.fleet import CHECKOUT

T = TypeVar("T")
KILLED = -9  # strace dies of the signal that its program died of
_CALL = re.compile(r"^(?:\[pid +)?(?:\d+\]? +)?(\w+)\(")


class Call(NamedTuple):
    """One system call of a traced run; `nth` counts those of its name, from 1."""

    name: str
    nth: int
    text: str


@dataclass(frozen=True)
class Ran:
    """The result and output of a run; `lines` are strace's."""

    code: int
    out: str
    err: str
    lines: list[str]

    @property
    def calls(self) -> list[Call]:
        """Return the system calls in order."""
        seen: Counter[str] = Counter()
        calls = []
        for line in self.lines:
            if match := _CALL.match(line):
                seen[match[1]] += 1
                calls.append(Call(match[1], seen[match[1]], line))
        return calls


def need_strace() -> None:
    """Skip the test if strace is missing; in CI it is required."""
    reason = None
    if not sys.platform.startswith("linux") or not shutil.which("strace"):
        reason = "needs strace (apt-get install strace)"
    elif subprocess.run(
        ["strace", "true"], capture_output=True, check=False, timeout=300
    ).returncode:
        reason = "this machine lets nobody trace a process"
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


def traced(command: Sequence[str], home: Path, *options: str) -> Ran:
    """Run a program under strace with a separate home folder."""
    log = home.with_name(f"{home.name}.strace")
    # No --seccomp-bpf: with it, version 6.1 injects errors, but no signals.
    # Paths (-y), whole arguments (-s), names instead of numbers.
    done = subprocess.run(
        ["strace", "-f", "-y", "-s", "300", "-o", str(log), *options, *command],
        cwd=CHECKOUT,
        env=environ(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return Ran(done.returncode, done.stdout, done.stderr, log.read_text().splitlines())


def own_folders(home: Path) -> dict[str, str]:
    """Return variables that keep a program in one folder and make all runs alike."""
    return {
        "HOME": str(home),
        "ITBAND_GUI_DATA_DIR": str(home / "data"),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def environ(home: Path) -> dict[str, str]:
    """Return an environment that keeps a program in one folder."""
    return {**os.environ, **own_folders(home)}


def calls_from(ran: Ran, begins: str) -> list[Call]:
    """Return the calls from the first one containing this text to the end."""
    calls = [call for call in ran.calls if call.name != "execve"]
    first = next(index for index, call in enumerate(calls) if begins in call.text)
    return calls[first:]


def in_homes(work: Callable[[Path, T], None], cases: Iterable[T], folder: Path) -> None:
    """Call `work(home, case)` for each case on all cores; no two share a home at a time."""
    cores = os.cpu_count() or 1
    homes: SimpleQueue[Path] = SimpleQueue()
    for core in range(cores):
        homes.put(folder / f"home{core}")

    def in_home(case: T) -> None:
        home = homes.get()
        try:
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            work(home, case)
        finally:
            homes.put(home)

    with ThreadPoolExecutor(cores) as pool:
        for _ in pool.map(in_home, cases):
            pass
