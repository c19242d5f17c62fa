"""How the commands speak: one plain line for an error, and no failing over a closed output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_JOINERS = "\u200c\u200d"  # format characters that emoji and several scripts need
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(text: str) -> str:
    """Return `text` on one line, with control, bidi and other invisible characters as escapes.

    Escapes have the form of JSON, so that a line of JSON stays the same data.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    import unicodedata  # noqa: PLC0415 - a millisecond that most commands need not wait

    if character in _JOINERS or unicodedata.category(character) not in _UNSAFE:
        return character
    if character in _SHORT:
        return _SHORT[character]
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def join_console() -> None:
    """Open what is missing of output and input; where there is no console nothing happens."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only here

        parent = -1  # ATTACH_PARENT_PROCESS
        if not ctypes.windll.kernel32.AttachConsole(parent):
            return
        with suppress(OSError):
            sys.stdin = sys.stdin or open("CONIN$", encoding="utf-8")  # noqa: PTH123, SIM115 - a device
            sys.stdout = sys.stdout or open("CONOUT$", "w", encoding="utf-8")  # noqa: PTH123, SIM115 - a device
            sys.stderr = sys.stderr or open("CONOUT$", "w", encoding="utf-8")  # noqa: PTH123, SIM115 - a device


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
