"""How the commands speak: one plain line for an error, and no failing over a closed output."""

import os
import sys
from contextlib import suppress

from itband_gui.plain_text import plain

PROG = "itband-gui"
BAD_USAGE = 2


def say(line: str) -> None:
    """Write one plain line to stderr."""
    with suppress(OSError):
        print(f"{PROG}: {plain(line)}", file=sys.stderr)  # noqa: T201 - the commands' own voice


def drop_output() -> None:
    """Write no more: keep the interpreter from failing again when it flushes at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tolerate_any_text() -> None:
    """Let a terminal that lacks a character show its escape."""
    for stream in (sys.stdout, sys.stderr):
        if stream and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
