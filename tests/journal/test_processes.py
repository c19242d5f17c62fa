"""Several processes share a journal and lose nothing that was saved, even when killed."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.entries import Rating
from itband_gui.journal.lock import locked
from itband_gui.journal.store import LoadCode, Store
from tests.conftest import Amount, Figure
from tests.fleet import CHECKOUT
from tests.makers import save_entries
from tests.power.saving import OURS, Found, Verdict, find

MakeRating = Callable[..., Rating]
WORKERS = 8
FOR_EVER = 1_000_000_000


def worker(
    journal: Path, number: int, times: int, environment: dict[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start a process that adds, amends and removes entries of its own, and tells each save."""
    what = [str(journal), OURS, str(times), str(number)]
    command = [sys.executable, "-m", "tests.power.saver_process", *what]
    return subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True
    )


def last_told(process: subprocess.Popen[str], before: int = 0) -> int:
    """Wait for the end of a process and return the last save that it was sure of."""
    return max(map(int, process.communicate(timeout=300)[0].split()), default=before)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_processes_that_save_at_the_same_time_lose_nothing(
    tmp_path: Path, amount: Amount, figure: Figure
) -> None:
    journal, times = tmp_path / "journal.json", amount(25, 10_000)
    started = [worker(journal, number, times) for number in range(WORKERS)]
    assert [last_told(process) for process in started] == [times] * WORKERS
    assert all(process.returncode == 0 for process in started)
    found = [find(journal, times, times, number) for number in range(WORKERS)]
    assert found == [Found(Verdict.WHOLE, times)] * WORKERS
    assert names(tmp_path) == {"journal.json", "journal.json.bak", "backups"}
    figure(f"{WORKERS} processes, {times:,} saves each (add, amend, remove): 0 lost, file sound")


def test_processes_of_unlike_environments_lose_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, amount: Amount, figure: Figure
) -> None:
    """A desktop, a cron job, a remote login and a container each have folders of their own."""
    journal, times = tmp_path / "journal.json", amount(15, 2_500)
    started = []
    for number, environment in enumerate(unlike_environments(tmp_path_factory)):
        started.append(worker(journal, number, times, environment))
    assert [last_told(process) for process in started] == [times] * len(started)
    found = [find(journal, times, times, number) for number in range(len(started))]
    assert found == [Found(Verdict.WHOLE, times)] * len(started)
    assert names(tmp_path) == {"journal.json", "journal.json.bak", "backups"}
    saves = len(started) * times
    figure(f"{saves:,} saves by {len(started)} processes of unlike environments: 0 lost")


def unlike_environments(folders: pytest.TempPathFactory) -> list[dict[str, str]]:
    """Return what processes of one user may be started with."""
    own = {name: str(folders.mktemp("own")) for name in ("XDG_RUNTIME_DIR", "HOME", "TMPDIR")}
    return [{}, dict(os.environ), own, {"XDG_RUNTIME_DIR": str(folders.mktemp("runtime"))}]


def test_the_command_adds_from_several_terminals_at_once(
    tmp_path: Path, amount: Amount, figure: Figure
) -> None:
    times = amount(8, 1_000)

    def add_all(terminal: int) -> list[str]:
        return [add(tmp_path, f"{terminal} {time}") for time in range(times)]

    with ThreadPoolExecutor(WORKERS) as terminals:
        told = [entry_id for ids in terminals.map(add_all, range(WORKERS)) for entry_id in ids]
    loaded = Store(tmp_path / "journal.json").load()
    assert loaded.code is LoadCode.SOUND
    assert sorted(entry.id for entry in loaded.book) == sorted(told)
    figure(f"`journal add` {WORKERS} x {times:,} times, {WORKERS} at once: 0 lost, file sound")


def add(data_dir: Path, note: str) -> str:
    """Add a rating as a user does, and return the id that the command told."""
    program = Path(sys.executable).with_name("itband-gui")
    what = ["journal", "add", "--leg", "left", "--score", "3", "--note", note]
    command = [str(program), "--data-dir", str(data_dir), *what]
    return subprocess.check_output(command, text=True, timeout=300).strip()


def test_a_process_killed_now_and_then_takes_no_other_with_it(
    tmp_path: Path, amount: Amount, figure: Figure
) -> None:
    journal, kills = tmp_path / "journal.json", amount(10, 2_000)
    others = [worker(journal, number, FOR_EVER) for number in range(1, 4)]
    told = 0
    with closing(killed_and_started_again(journal, kills)) as saves:
        for told in saves:
            assert find(journal, told, FOR_EVER).verdict is Verdict.WHOLE
    for other in others:
        other.send_signal(signal.SIGTERM)
    ends = [last_told(other) for other in others]
    assert find(journal, told, FOR_EVER).verdict is Verdict.WHOLE
    for number, end in enumerate(ends, start=1):
        assert end > 0
        assert find(journal, end, end + 1, number).verdict is Verdict.WHOLE
    figure(
        f"{kills:,} kills of one of four processes; {told + sum(ends):,} saves: 0 lost, file sound"
    )


def killed_and_started_again(journal: Path, kills: int) -> Generator[int, None, None]:
    """Kill worker 0 at some moment of its saves, that often; yield its last save told each time."""
    told = 0
    for _ in range(kills):
        process = worker(journal, 0, FOR_EVER)
        assert process.stdout is not None
        for _ in range(random.randint(1, 5)):  # noqa: S311 - no secret
            told = int(process.stdout.readline())
        process.kill()
        told = last_told(process, told)
        yield told


def test_what_kills_left_is_swept(tmp_path: Path, rating: MakeRating) -> None:
    safe_file.temp_beside(tmp_path / "journal.json").write_bytes(b"half a jour")
    save_entries(tmp_path / "journal.json", [rating()])
    assert names(tmp_path) == {"journal.json"}


HOLDER = """
import sys
from pathlib import Path
from itband_gui.journal.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_holder_that_is_killed_frees_the_lock(tmp_path: Path, end: signal.Signals) -> None:
    target = tmp_path / "journal.json"
    command = [sys.executable, "-c", HOLDER, str(target)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.send_signal(end)
        holder.wait(timeout=300)
        with locked(target):
            pass
