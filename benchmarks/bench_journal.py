"""Measures opening, saving and adding with 10,000 entries, each against a bare reference.

Opening is compared with `json.loads` of the same bytes; a durable save of one more entry with
write, fsync, rename and folder fsync of the same bytes; the whole process of `journal add` with
`jrnl` adding one entry to its 10,000, installed in a separate environment in build/. Each round
measures both sides. All files are in build/, on the disk of the checkout.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.table import Row, What, alone, hand_over, paired
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.backups import Backups
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.journal.snapshot import FILE_NAME
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg

ENTRIES, FIRST = 10_000, datetime(2016, 1, 1, tzinfo=UTC)
NOTE = "Tight below the hip on the stairs, better after the first strokes. " * 3
OPENINGS, SAVES, ADDS = 15, 60, 9
BUILD = Path(__file__).parents[1] / "build"
# The configuration that jrnl writes itself, apart from journal and editor.
JRNL_CONFIG = """\
journals: {{default: {{journal: {journal}}}}}
encrypt: false
editor: ''
template: false
highlight: false
timeformat: '%F %r'
default_hour: 9
default_minute: 0
tagsymbols: '@'
linewrap: 79
indent_character: '|'
colors: {{body: none, date: none, tags: none, title: none}}
version: v4.2
"""


def rating(number: int) -> Rating:
    return Rating(
        id=new_id(),
        at=FIRST + timedelta(hours=8 * number),
        leg=Leg.LEFT,
        moment=Moment.BEFORE,
        score=number % 11,
        note=NOTE,
    )


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def replaced(path: Path, data: bytes) -> None:
    """Replace a file durably with the fewest possible calls."""
    temp = path.with_suffix(".tmp")
    opened = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(opened, data)
    os.fsync(opened)
    os.close(opened)
    temp.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def opening(data: bytes) -> list[tuple[float, float]]:
    decode(data), json.loads(data)  # warm
    return [
        (seconds(lambda: Book(decode(data).snapshot)), seconds(lambda: json.loads(data)))
        for _ in range(OPENINGS)
    ]


def saving(folder: Path, data: bytes) -> list[tuple[float, float]]:
    path = folder / "saving" / FILE_NAME
    path.parent.mkdir()
    path.write_bytes(data)
    bare = folder / "bare" / FILE_NAME  # in the journal's folder, each save would merge it
    bare.parent.mkdir()
    log = Acknowledged(folder / "state" / "journal.log")
    store = Store(path, Backups(folder / "backups"), lambda: FIRST + timedelta(days=4000), log)
    book = store.load().book
    rows = []
    for number in range(SAVES + 1):
        book.add(rating(ENTRIES + number))
        ours = seconds(lambda: store.save(book))
        rows.append((ours, seconds(lambda: replaced(bare, data))))
    return rows[1:]  # the first one makes a backup


def run(command: list[str]) -> None:
    """Run a program that keeps its compiled modules, as installed programs do."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, env=env)


def process(command: list[str]) -> tuple[float, float]:
    """Return the elapsed seconds and the CPU seconds of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = seconds(lambda: run(command))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def jrnl_command(folder: Path) -> list[str] | None:
    """Return the command to add an entry to a jrnl of ENTRIES; None if jrnl cannot be installed."""
    environment = BUILD / "jrnl"
    program = environment / "bin" / "jrnl"
    uv = [str(BUILD.parent / "scripts" / "uv"), "-q"]
    making = (
        [*uv, "venv", "--clear", str(environment)],
        [*uv, "pip", "install", "--python", str(environment / "bin" / "python"), "jrnl"],
    )
    if not program.exists():
        for command in making:
            if subprocess.run(command, check=False, capture_output=True).returncode:
                return None
    journal, config = folder / "jrnl.txt", folder / "jrnl.yaml"
    times = (FIRST + timedelta(hours=8 * number) for number in range(ENTRIES))
    entries = (f"[{at:%Y-%m-%d %I:%M:%S %p}] Left {at.hour % 11}\n{NOTE}\n\n" for at in times)
    journal.write_text("".join(entries))
    config.write_text(JRNL_CONFIG.format(journal=json.dumps(str(journal))))
    return [str(program), "--config-file", str(config), "2026-11-22 07:10: Left 4. Tight."]


def add_command(folder: Path, data: bytes) -> list[str]:
    """Return the command to add a rating to a journal of ENTRIES."""
    (folder / FILE_NAME).write_bytes(data)
    program = [sys.executable, "-m", "itband_gui", "--data-dir", str(folder)]
    return [*program, "journal", "add", "--leg", "left", "--score", "4"]


def adding(folder: Path, data: bytes) -> Row:
    """Return the row for whole processes; print our CPU time."""
    mine, jrnl = add_command(folder, data), jrnl_command(folder)
    for command in filter(None, (mine, jrnl)):  # compiles the modules
        run(command)
    ours, theirs, busy, bare = [], [], [], []
    for _ in range(ADDS):
        took, on_processor = process(mine)
        ours.append(took)
        busy.append(on_processor)
        bare.append(process([sys.executable, "-c", ""])[1])
        if jrnl is not None:
            theirs.append(process(jrnl)[0])
    print(
        f"journal add, on the processor: {1000 * statistics.median(busy):.1f} ms "
        f"(Python alone {1000 * statistics.median(bare):.1f})"
    )
    if jrnl is None:
        return alone(What.ADD, "s", ours, "jrnl could not be fetched")
    return paired(What.ADD, "s", zip(ours, theirs, strict=True))


def in_ms(rounds: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(ours * 1000, theirs * 1000) for ours, theirs in rounds]


def main() -> int:
    data = encode(Book(rating(number) for number in range(ENTRIES)))
    print(f"{ENTRIES:,} entries, {len(data) / 1e6:.1f} MB")
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as name:
        folder = Path(name)
        hand_over(
            paired(What.OPEN, "ms", in_ms(opening(data))),
            paired(What.SAVE, "ms", in_ms(saving(folder, data))),
            adding(folder, data),
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
