"""Logs errors to one small file in the state folder; no Qt.

It contains no notes, scores or names. Messages of exceptions and other libraries may quote data,
so only their kind and place are written.
"""

import logging
import os
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from itband_gui import __version__
from itband_gui.machine.redaction import place, traced
from itband_gui.machine.terminal import plain

FILE_NAME = "log.txt"
LIMIT = 256 * 1024  # bytes; twice that with the older file
NOWHERE = "No log could be written."
_HELD = 200  # records held while they cannot be written
_LONGEST = 500  # characters per line
_OURS = "itband_gui"
_FLAGS = (
    os.O_WRONLY
    | os.O_APPEND
    | os.O_CREAT
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe with this name must not block
    | getattr(os, "O_BINARY", 0)
)


class LogFile(logging.Handler):
    """Appends records to `path`; records that cannot be written are retried with the next."""

    def __init__(self, state: Path) -> None:
        super().__init__(logging.WARNING)
        self.path = state / FILE_NAME
        self.written = False  # whether any record was written
        self._waiting: deque[str] = deque(maxlen=_HELD)

    @property
    def where(self) -> str:
        """A sentence that says where the log is."""
        return f"The log: {self.path}" if self.written else NOWHERE

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; never raises."""
        try:
            self.write(record.levelname, _told(record))
        except Exception:  # noqa: BLE001 - a failing log must not break its caller
            self.write(record.levelname, f"{record.name}: a record that cannot be written")

    def write(self, level: str, text: str) -> None:
        """Write lines of our own, with the time and the level."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        lines = [plain(line)[:_LONGEST] for line in text.strip().splitlines()]
        self._waiting.append(f"{at} {level} " + "\n    ".join(lines) + "\n")
        self.flush()

    def flush(self) -> None:
        """Write the waiting records, if possible."""
        self.acquire()
        try:
            with suppress(OSError):
                while self._waiting:
                    self._append(self._waiting[0].encode("utf-8", "backslashreplace"))
                    self._waiting.popleft()
        finally:
            self.release()

    def _append(self, data: bytes) -> None:
        opened = private_file(self.path)
        try:
            fits = os.fstat(opened).st_size + len(data) <= LIMIT
            if fits:
                os.write(opened, data)
                self.written = True
        finally:
            os.close(opened)
        if not fits:
            self.path.replace(older(self.path))
            self._append(data)


def older(path: Path) -> Path:
    """Return the path to which a full log is moved."""
    return path.with_suffix(".1.txt")


def private_file(path: Path) -> int:
    """Open a file for appending, mode 0600; create its folder (0700), but not the parents.

    Raises:
        OSError: it cannot be opened or is not a regular file.

    """
    with suppress(FileExistsError):
        path.parent.mkdir(mode=0o700)
    opened = os.open(path, _FLAGS, 0o600)
    status = os.fstat(opened)
    if not S_ISREG(status.st_mode):
        os.close(opened)
        raise OSError(f"{path.name} is not a file")
    if sys.platform != "win32" and status.st_mode & 0o077:
        with suppress(OSError):
            os.fchmod(opened, 0o600)
    return opened


def versions() -> str:
    """Return one line with the versions of the program, Python, the system and Qt if loaded."""
    python = ".".join(map(str, sys.version_info[:3]))
    told = [f"itband-gui {__version__}", f"Python {python}"]
    if "PySide6.QtCore" in sys.modules:
        told.append(f"PySide6 {sys.modules['PySide6'].__version__}")
        told.append(f"Qt {sys.modules['PySide6.QtCore'].qVersion()}")
    if sys.platform == "win32":
        told.append("Windows " + ".".join(map(str, sys.getwindowsversion()[:3])))
    else:
        system = os.uname()
        told.append(f"{system.sysname} {system.release} {system.machine}")
    if getattr(sys, "frozen", False):
        told.append("bundle")
    return ", ".join(told)


def _told(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] != _OURS:
        return f"{record.name}: at {place(record.pathname, record.lineno)}"
    text = f"{record.name}: {record.getMessage()}"
    error = record.exc_info[1] if record.exc_info else None
    return f"{text}\n{traced(error)}" if error else text
