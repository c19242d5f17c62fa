"""Gives the bundle on Windows, a windowed program without output, the console it was started in."""

import sys
from contextlib import suppress


def join_console() -> None:
    """Open what is missing of output and input; where there is no console nothing happens."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only here

        parent = -1  # ATTACH_PARENT_PROCESS
        if not ctypes.windll.kernel32.AttachConsole(parent):
            return
        with suppress(OSError):
            sys.stdin = sys.stdin or open("CONIN$", encoding="utf-8")  # noqa: PTH123, SIM115 - a device
            sys.stdout = sys.stdout or open("CONOUT$", "w", encoding="utf-8")  # noqa: PTH123, SIM115 - so
            sys.stderr = sys.stderr or open("CONOUT$", "w", encoding="utf-8")  # noqa: PTH123, SIM115 - so
