"""The log: one small file in the state folder about what went wrong; no Qt.

It holds no note, no score and no name: what an exception or another library says may quote data,
so of those only the kind and the place are written.
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
LIMIT = 256 * 1024  # bytes; with the file before it twice that
NOWHERE = "No log could be written."
_HELD = 200  # records that wait for a folder to be there
_LONGEST = 500  # characters of a line
_OURS = "itband_gui"
_FLAGS = (
    os.O_WRONLY
    | os.O_APPEND
    | os.O_CREAT
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe of that name must not hold anybody up
    | getattr(os, "O_BINARY", 0)
)


class LogFile(logging.Handler):
    """Appends records to `path`; what cannot be written now is tried again with the next."""

    def __init__(self, state: Path) -> None:
        super().__init__(logging.WARNING)
        self.path = state / FILE_NAME
        self.written = False  # whether it is there to be read
        self._waiting: deque[str] = deque(maxlen=_HELD)

    @property
    def where(self) -> str:
        """Return where to read on, as the end of a line."""
        return f"The log: {self.path}" if self.written else NOWHERE

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; never raises."""
        try:
            self.write(record.levelname, _told(record))
        except Exception:  # noqa: BLE001 - a log that fails must fail nobody else
            self.write(record.levelname, f"{record.name}: a record that cannot be told")

    def write(self, level: str, text: str) -> None:
        """Write lines of ours."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        lines = [plain(line)[:_LONGEST] for line in text.strip().splitlines()]
        self._waiting.append(f"{at} {level} " + "\n    ".join(lines) + "\n")
        self.flush()

    def flush(self) -> None:
        """Write what waits, if it can be."""
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
    """Return where the full log is put."""
    return path.with_suffix(".1.txt")


def private_file(path: Path) -> int:
    """Open a file of ours to append to, mode 0600; its folder, 0700, is made, those above not.

    Raises:
        OSError: it cannot be, or it is no file.

    """
    with suppress(FileExistsError):
        path.parent.mkdir(mode=0o700)
    opened = os.open(path, _FLAGS, 0o600)
    status = os.fstat(opened)
    if not S_ISREG(status.st_mode):
        os.close(opened)
        raise OSError(f"{path.name} is no file")
    if sys.platform != "win32" and status.st_mode & 0o077:
        with suppress(OSError):
            os.fchmod(opened, 0o600)
    return opened


def versions() -> str:
    """Return the program, Python and the system in one line; Qt, where it is loaded."""
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
