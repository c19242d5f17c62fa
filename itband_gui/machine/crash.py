"""Logs uncaught exceptions and fatal signals and notifies a listener; imports no Qt.

Without a window, one plain line goes to stderr.
"""

import atexit
import errno
import faulthandler
import logging
import os
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, TextIO

from itband_gui.machine.log import NOWHERE, LogFile, private_file, versions
from itband_gui.machine.redaction import innermost, kind, place, traced
from itband_gui.machine.terminal import INTERRUPTED, say

FATAL_FILE = "fatal.txt"
_FATAL_LIMIT = 64 * 1024  # bytes that are read
# Of what faulthandler writes, the lines that are known to hold no data. Not compiled at a start.
_FATAL = r"(?:Fatal Python error|Windows fatal exception): [\w :-]+"
_FRAME = r'  File "(?P<file>.+)", line (?P<line>[0-9]{1,9}) in (?P<name>\S+)'
_THREAD = r"(?:Current thread|Thread) 0x[0-9a-f]+.*\(most recent call first\):"


class FaultKind(StrEnum):
    """The kinds of faults that get a sentence of their own."""

    DISK_FULL = "disk-full"
    MEMORY = "memory"
    PART_MISSING = "part-missing"
    OTHER = "other"


class Fault(NamedTuple):  # not a msgspec.Struct: msgspec may be what is missing
    """An uncaught error: its kind and places, without data, and how often it came."""

    sort: FaultKind
    trace: str
    times: int = 1


class Watch:
    """Collects faults from any thread; a fault that comes again is only counted."""

    def __init__(self, log: LogFile) -> None:
        self.log = log
        self.listener: Callable[[], object] | None = None  # called in the thread of the fault
        self.fatal = ""  # traceback of a fatal signal that ended the last run
        self._awaits_fatal = False
        self._lock = threading.RLock()
        self._faults: dict[str, Fault] = {}

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All faults so far, in the order of their first time."""
        with self._lock:
            return tuple(self._faults.values())

    def take(self, error: BaseException) -> None:
        """Keep and report an exception; a failure in here becomes one line on stderr."""
        try:
            with self._lock:
                self._keep(error)
            if self.listener is not None:
                self.listener()
        except Exception as another:  # noqa: BLE001 - nobody is left to handle it
            say(f"Something unexpected went wrong and could not be reported: {kind(another)}.")

    def await_fatal(self) -> None:
        """Write the next fatal signal to a file next to the log; read what the last one wrote.

        The file stays open because none can be opened during a signal. While the folder does not
        exist, fatal signals go to stderr; call again once it does.
        """
        path = self.log.path.with_name(FATAL_FILE)
        if self._awaits_fatal:
            return
        try:
            opened = private_file(path)
        except OSError:
            if sys.stderr is not None:
                faulthandler.enable()
            return
        self._awaits_fatal = True
        with suppress(OSError):
            with path.open("rb") as left:
                self.fatal = _fatal_told(left.read(_FATAL_LIMIT).decode("utf-8", "replace"))
            os.truncate(path, 0)
        faulthandler.enable(opened)
        if self.fatal:
            self.log.write("ERROR", f"the program before this one: {self.fatal}")

    def _keep(self, error: BaseException) -> None:
        key = f"{kind(error)} {innermost(error)}"
        if known := self._faults.get(key):
            self._faults[key] = known._replace(times=known.times + 1)
            return
        trace = traced(error)
        self.log.write("ERROR", f"unexpected: {trace}")
        self._faults[key] = Fault(sort_of(error), trace)
        say(failed_line(error, self.log))


@contextmanager
def watching(state: Path) -> Iterator[Watch]:
    """Record uncaught exceptions, and log them in the state folder, inside this context."""
    watch = Watch(LogFile(state))
    before = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning
    was_enabled = faulthandler.is_enabled()
    root = logging.getLogger()
    root.addHandler(watch.log)
    sys.excepthook = lambda _kind, error, trace: _take(watch, error, trace)
    threading.excepthook = lambda told: _take(watch, told.exc_value, told.exc_traceback)
    sys.unraisablehook = lambda told: _take(watch, told.exc_value, told.exc_traceback)
    warnings.showwarning = _log_warnings(watch.log)
    try:
        yield watch
    finally:
        if not was_enabled:
            faulthandler.disable()
        sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = before
        root.removeHandler(watch.log)
        if qt := sys.modules.get(
            "PySide6.QtCore"
        ):  # Qt's last messages come after Python has ended
            qt.qInstallMessageHandler(None)


@contextmanager
def in_qt(log: LogFile, keep: Callable[[], object]) -> Iterator[None]:
    """Call `keep`, and log it, if a SystemExit inside Qt ends Python at once.

    Enter this after Qt is loaded: exit handlers run in reverse order, so Qt is still alive then.
    """

    def left() -> None:
        log.write("ERROR", f"ended by: SystemExit inside Qt\n{versions()}")
        say(f"Something inside ended the program (SystemExit). {log.where}")
        keep()

    atexit.register(left)
    try:
        yield
    finally:
        atexit.unregister(left)


def sort_of(error: BaseException) -> FaultKind:
    """Return the kind of fault that an error is."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return FaultKind.DISK_FULL
    if isinstance(error, ImportError):
        return FaultKind.PART_MISSING
    return FaultKind.MEMORY if isinstance(error, MemoryError) else FaultKind.OTHER


def failed(error: Exception | SystemExit, state: Path) -> tuple[Fault, LogFile]:
    """Report the error that ended the program on stderr and in the log; return both."""
    log = LogFile(state)
    fault = Fault(sort_of(error), traced(error))
    log.write("ERROR", f"ended by: {fault.trace}\n{versions()}")
    say(failed_line(error, log))
    return fault, log


def failed_line(error: BaseException, log: LogFile | None = None) -> str:
    """Return one line that says what went wrong and where the log is."""
    where = log.where if log else NOWHERE
    if isinstance(error, ImportError):
        what = f"A part of the program can't be loaded ({kind(error)})."
        return f"{what} `itband-gui doctor` lists what is missing. {where}"
    return f"Something unexpected went wrong ({kind(error)}). {where}"


def report(faults: tuple[Fault, ...], more: str = "") -> str:
    """Return the text to paste into a bug report."""
    told = [versions(), *([more] if more else [])]
    for each in faults:
        times = f" ({each.times} times)" if each.times > 1 else ""
        first, *rest = each.trace.splitlines()
        told += ["", first + times, *rest]
    return "\n".join(told) + "\n"


def _take(watch: Watch, error: BaseException | None, trace: TracebackType | None) -> None:
    if error is None:
        return
    if isinstance(error, KeyboardInterrupt):  # raised inside Qt, which would carry on
        os._exit(INTERRUPTED)
    watch.take(error if error.__traceback__ else error.with_traceback(trace))


def _log_warnings(log: LogFile) -> Callable[..., None]:
    def show(
        _message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        _file: TextIO | None = None,
        _line: str | None = None,
    ) -> None:
        log.write("WARNING", f"{category.__qualname__} at {place(filename, lineno)}")

    return show


def _fatal_told(text: str) -> str:
    """Return the known lines of faulthandler's output, with file paths shortened."""
    told = []
    for line in text.splitlines():
        if frame := re.fullmatch(_FRAME, line):
            told.append(f"  {place(frame['file'], int(frame['line']))} in {frame['name']}")
        elif re.fullmatch(_FATAL, line) or re.fullmatch(_THREAD, line):
            told.append(line)
    return "\n".join(told)
