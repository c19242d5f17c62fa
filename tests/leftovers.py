"""Ends every process that a test started and left running."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


def adopt_orphans() -> None:
    """Become the parent of every orphan that descends from this process (Linux).

    Otherwise a daemon that forks twice or a detached tracer would become a child of init, and
    nothing would show that a test had started it.
    """
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER) was refused")


def children() -> set[int]:
    """Return the processes whose parent is this one, ended ones that nobody waited for included.

    Empty if there is no /proc.
    """
    found: set[int] = set()
    for listing in Path("/proc/self/task").glob("*/children"):
        with suppress(FileNotFoundError):  # a thread that has just ended
            found.update(map(int, listing.read_text("ascii").split()))
    return found


def end_all_but(kept: set[int]) -> list[str]:
    """Kill and reap every child but `kept`, and theirs; return the command lines of the killed."""
    killed: list[str] = []
    while left := children() - kept:  # each one killed may leave us its own children
        for pid in left:
            with suppress(FileNotFoundError, ProcessLookupError, ChildProcessError):
                # Whoever started it may be the first to have waited for it.
                if command := _command(pid):
                    killed.append(command)
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
    return killed


def _command(pid: int) -> str:
    """Return the command line of a process; empty if it has ended."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
