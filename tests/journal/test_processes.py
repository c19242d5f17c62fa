"""Several processes at one journal, and processes killed while they save."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Rating
from itband_gui.journal.lock import locked
from itband_gui.journal.store import LoadCode, Store

MakeRating = Callable[..., Rating]

# Adds entries as fast as it can and prints the id of each one that is acknowledged as durable.
ADDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from itband_gui.journal.book import Book
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.store import Store

for _ in range(int(sys.argv[2])):
    book = Book()
    entry = book.add(RestDay(id=new_id(), at=datetime(2026, 1, 1, tzinfo=UTC), note="x" * 500))
    Store(Path(sys.argv[1])).save(book)
    print(entry.id, flush=True)
"""


def adder(path: Path, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADDER, str(path), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_processes_adding_at_the_same_time_lose_nothing(tmp_path: Path, rating: MakeRating) -> None:
    path = tmp_path / "journal.json"
    window = Store(path)
    book = window.load().book
    processes = [adder(path, 30) for _ in range(6)]
    for hour in range(30):
        book.add(rating(hour=hour))
        window.save(book)
    ids = {entry_id for process in processes for entry_id in process.communicate()[0].split()}
    assert all(process.returncode == 0 for process in processes)
    loaded = Store(path).load()
    assert loaded.code is LoadCode.SOUND
    assert len(loaded.book) == 6 * 30 + 30
    assert ids <= {entry.id for entry in loaded.book}
    assert {file.name for file in tmp_path.iterdir()} == {"journal.json", "journal.json.bak"}


def test_a_process_killed_at_random_leaves_a_sound_journal_with_all_it_acknowledged(
    tmp_path: Path, rating: MakeRating
) -> None:
    path = tmp_path / "journal.json"
    acknowledged: set[str] = set()
    for _ in range(30):
        process = adder(path, 1_000_000)
        assert process.stdout is not None
        acknowledged.add(process.stdout.readline().strip())
        with suppress(subprocess.TimeoutExpired):  # some saves' time, to meet one anywhere
            process.wait(random.uniform(0, 0.02))  # noqa: S311 - no secret
        process.send_signal(signal.SIGKILL)
        acknowledged.update(process.communicate()[0].split())
        loaded = Store(path).load()
        assert loaded.code is LoadCode.SOUND
        assert acknowledged <= {entry.id for entry in loaded.book}
    book = Book()
    book.add(rating())
    Store(path).save(book)
    assert {file.name for file in tmp_path.iterdir()} == {"journal.json", "journal.json.bak"}, (
        "what the kills left is swept"
    )


def test_killed_at_every_step_the_journal_is_the_old_or_the_new(
    tmp_path: Path, rating: MakeRating
) -> None:
    path = tmp_path / "journal.json"
    first, second = rating(hour=1), rating(hour=2)
    seen = set()
    for step in range(1, 200):
        path.unlink(missing_ok=True)
        book = Book()
        book.add(first)
        store = Store(path)
        store.save(book)
        book.add(second)
        child = os.fork()
        if not child:
            _die_at(step)
            store.save(book)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        loaded = Store(path).load()
        assert loaded.code is LoadCode.SOUND
        assert next(iter(loaded.book)) == first
        seen.add(len(loaded.book))
        if code == 0:
            break
    assert seen == {1, 2}
    assert code == 0, "every step of a save was tried"


def _die_at(step: int) -> None:
    """Kill this process at its n-th audited call to the operating system, or half a write later."""
    left = [step]

    def audit(event: str, _args: object) -> None:
        if event.startswith(("open", "os.", "fcntl", "glob", "pathlib")):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    write = os.write

    def torn(opened: int, data: bytes) -> int:
        audit("os.write", ())
        done = write(opened, bytes(data)[: len(data) // 2 + 1])
        audit("os.write", ())
        return done

    fsync = os.fsync

    def synced(opened: int) -> None:
        audit("os.fsync", ())
        fsync(opened)
        audit("os.fsync", ())

    os.write, os.fsync = torn, synced  # type: ignore[assignment] # only in the forked child
    sys.addaudithook(audit)


def test_a_holder_that_is_killed_frees_the_lock(tmp_path: Path) -> None:
    target = tmp_path / "journal.json"
    ready, told = os.pipe()
    child = os.fork()
    if not child:
        with locked(target):
            os.write(told, b"!")
            signal.pause()
    os.read(ready, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with locked(target):
        pass
    os.close(ready)
    os.close(told)
