"""Measures the start to Today's first frame with 1,000 entries, against a bare window.

Whole processes run in turns on our own X server (Xvfb): a few lines that show an empty PySide6
window, the program from source and, if built, the bundle. The first frame is detected without the
program's help: the server keeps its picture in a file, which is watched until it changes. Memory is
the resident size 1.5 seconds later. The reference of every row is the bare window from source; a
bare bundle would hide the cost of bundling.
"""

import mmap
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.table import What, hand_over, not_measured, paired
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.journal.snapshot import FILE_NAME
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg, Place
from itband_gui.machine.folders import VARIABLE

ENTRIES, ROUNDS = 1_000, 17
WIDTH, HEIGHT = 1280, 900
# Modules loaded in the half second after the first frame count as memory, too.
SETTLE_S, TIMEOUT_S = 1.5, 30.0
ROOT = Path(__file__).parents[1]
BUNDLE = ROOT / "dist" / "itband-gui" / "itband-gui"
BARE = """\
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1100, 760)
window.show()
app.exec()
"""


class Start(NamedTuple):
    """The milliseconds to the first frame of a start, and the MB resident soon after."""

    ms: float
    mb: float


class Screen:
    """The picture that an X server keeps in a file."""

    def __init__(self, file: Path) -> None:
        with file.open("r+b") as opened:
            self._picture = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self._picture[:100])  # of an X window dump
        line = header[12]
        begin = header[0] + 12 * header[19] + HEIGHT // 2 * line
        self._row = slice(begin, begin + line)
        self._empty = self.row

    @property
    def row(self) -> bytes:
        """The row of pixels half-way down."""
        return self._picture[self._row]

    def wait(self, *, empty: bool, process: subprocess.Popen[bytes]) -> None:
        """Wait until something is shown or, with `empty`, until nothing is."""
        end = time.monotonic() + TIMEOUT_S
        while (self.row == self._empty) != empty:
            if time.monotonic() > end or (not empty and process.poll() is not None):
                raise TimeoutError("no window appeared or disappeared in time")
            time.sleep(0.0005)


@contextmanager
def x_server(folder: Path) -> Iterator[tuple[Screen, str]]:
    """Run an X server; yield its screen and its display name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-fbdir", str(folder), "-nolisten", "tcp"]
    command += ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-noreset", "-nocursor"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        yield Screen(folder / "Xvfb_screen0"), display
    finally:
        server.terminate()
        server.wait()


def started(command: Sequence[str | Path], env: dict[str, str], screen: Screen) -> Start:
    """Start a program, measure it and end it."""
    begin = time.monotonic()
    process = subprocess.Popen(command, env=env, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        screen.wait(empty=False, process=process)
        ms = (time.monotonic() - begin) * 1000
        time.sleep(SETTLE_S)
        return Start(ms, resident_mb(process.pid))
    finally:
        process.terminate()  # not kill: the next start would look for this one's window
        process.wait(TIMEOUT_S)
        screen.wait(empty=True, process=process)


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def write_journal(folder: Path) -> None:
    """Write a journal with three ratings a day until today."""
    now = datetime.now(UTC)
    book = Book()
    for number in range(ENTRIES):
        book.add(
            Rating(
                id=new_id(),
                at=now - timedelta(hours=8 * (ENTRIES - number)),
                leg=list(Leg)[number % 2],
                moment=Moment.OTHER,
                score=number % 5,
                places=(Place.OUTER_KNEE,),
            )
        )
    Store(folder / FILE_NAME).save(book)


def environment(folder: Path, display: str) -> dict[str, str]:
    """Return an environment in which compiled modules are kept, as on a user's computer."""
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", VARIABLE: str(folder)}
    for name in ("PYTHONDONTWRITEBYTECODE", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"):
        env.pop(name, None)
    return {**env, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def main() -> int:
    rows = (What.START, What.START_BUNDLE, What.MEMORY, What.MEMORY_BUNDLE)
    if shutil.which("Xvfb") is None or not sys.platform.startswith("linux"):
        hand_over(*(not_measured(what, "needs Linux and Xvfb") for what in rows))
        return 0
    commands: dict[str, list[str | Path]] = {
        "bare": [sys.executable, "-c", BARE],
        "source": [sys.executable, "-m", "itband_gui"],
    }
    if BUNDLE.is_file():
        commands["bundle"] = [BUNDLE]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_journal(folder)
        with x_server(folder) as (screen, display):
            env = environment(folder, display)
            rounds = [
                {name: started(command, env, screen) for name, command in commands.items()}
                for _ in range(ROUNDS + 1)
            ][1:]  # the first compiles the modules
    found = []
    for time_row, memory_row, name in (
        (What.START, What.MEMORY, "source"),
        (What.START_BUNDLE, What.MEMORY_BUNDLE, "bundle"),
    ):
        if name not in commands:
            found += [not_measured(what, "no bundle in dist/") for what in (time_row, memory_row)]
            continue
        pairs = [(each[name], each["bare"]) for each in rounds]
        found.append(paired(time_row, "ms", [(ours.ms, bare.ms) for ours, bare in pairs]))
        found.append(paired(memory_row, "MB", [(ours.mb, bare.mb) for ours, bare in pairs]))
    hand_over(*found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
