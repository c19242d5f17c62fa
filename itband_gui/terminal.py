"""How the commands speak: one plain line for an error, and no failing over a closed output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from itband_gui.plain_text import plain

PROG = "itband-gui"
FAILED = 1
BAD_USAGE = 2
INTERRUPTED = 128 + 2  # what a shell reports for a program that SIGINT ended


class OutputError(OSError):
    """The output takes nothing more; told apart from every other file."""


@contextmanager
def writing() -> Iterator[None]:
    """Have it told apart that the output, which is written in here, failed.

    Raises:
        OutputError: it did, in another way than by nobody reading it any more.

    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.errno, error.strerror) from error


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
