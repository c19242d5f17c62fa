"""Only one process at a time saves in a journal's folder, however two processes differ."""

import errno
import fcntl
import importlib.util
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from itband_gui.journal import lock
from itband_gui.journal.lock import HeldLock, has_locks, locked, try_hold
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from tests.fleet import CHECKOUT


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "journal.json"


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that were waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr(lock, "sleep", waited.append)
    return waited


def refusing(number: int) -> Callable[..., None]:
    def call(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


# A folder's lock


def test_one_at_a_time(target: Path, waits: list[float]) -> None:
    with locked(target) as is_alone:
        assert is_alone
        with pytest.raises(NotSavedError) as refused, locked(target):
            pytest.fail("two at once")
        assert (refused.value.code, refused.value.path) == (NotSavedCode.BUSY, target)
        assert refused.value.confirmed
        assert 4 < sum(waits) < 6
    with locked(target):
        pass


def test_a_lock_that_comes_free_is_waited_for(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = locked(target)
    first.__enter__()
    monkeypatch.setattr(lock, "sleep", lambda _seconds: first.__exit__(None, None, None))
    with locked(target) as is_alone:
        assert is_alone


def test_another_folder_has_another_lock(target: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with locked(target), locked(tmp_path / "other" / target.name):
        pass


def test_a_lock_is_free_again_after_an_error(target: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(target):
        raise ZeroDivisionError
    with locked(target):
        pass


def test_a_lock_leaves_nothing_in_the_folder_or_in_any_other(target: Path) -> None:
    with locked(target):
        assert [*target.parent.iterdir()] == []


def times_open(path: Path) -> int:
    """Return how often this process has a file or folder open; others come and go meanwhile."""
    found = path.stat()
    count = 0
    for number in range(1024):
        with suppress(OSError):
            status = os.fstat(number)
            count += (status.st_dev, status.st_ino) == (found.st_dev, found.st_ino)
    return count


def test_waiting_leaves_no_file_open(target: Path, waits: list[float]) -> None:
    with locked(target):
        before = times_open(target.parent)
        with pytest.raises(NotSavedError), locked(target):
            pytest.fail("two at once")
        assert times_open(target.parent) == before == 1
    assert times_open(target.parent) == 0
    assert waits


def test_a_folder_that_is_gone_is_told(target: Path, tmp_path: Path) -> None:
    with pytest.raises(NotSavedError) as refused, locked(tmp_path / "gone" / target.name):
        pytest.fail("no folder")
    assert refused.value.code is NotSavedCode.GONE
    assert refused.value.confirmed


def test_a_folder_that_was_replaced_while_it_was_waited_for_is_not_the_one_that_is_locked(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = fcntl.flock

    def replace_the_folder_first(opened: int, how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        target.parent.rename(target.parent.with_name("moved"))
        target.parent.mkdir()
        flock(opened, how)

    monkeypatch.setattr(fcntl, "flock", replace_the_folder_first)
    with locked(target):
        opened = os.open(target.parent, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(opened)


def test_where_the_file_system_knows_no_locks_saving_goes_on_and_it_is_known(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    assert has_locks(target.parent)
    monkeypatch.setattr(fcntl, "flock", refusing(errno.ENOLCK))
    with locked(target) as is_alone:
        assert not is_alone
    assert not has_locks(target.parent)
    assert waits == []


def test_a_folder_that_is_locked_at_this_moment_has_locks(target: Path) -> None:
    with locked(target):
        assert has_locks(target.parent)


def test_a_lock_that_cannot_be_closed_is_no_error(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = os.close

    def told_late(opened: int) -> None:
        close(opened)
        raise OSError(errno.EIO, "broken")

    held = try_hold(target.with_name("other"))
    assert held is not None
    monkeypatch.setattr(os, "close", told_late)
    with locked(target):
        pass
    held.release()


# Which lock it is depends on nothing but the folder


TRY = """
import sys
from pathlib import Path
from itband_gui.journal import lock
lock._TRIES = 1
from itband_gui.journal.safe_file import NotSavedError
try:
    with lock.locked(Path(sys.argv[1])):
        print("free")
except NotSavedError:
    print("held")
"""


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"XDG_RUNTIME_DIR": "{other}"},
        {"HOME": "{other}"},
        {"TMPDIR": "{other}"},
        {"XDG_STATE_HOME": "{other}", "XDG_DATA_HOME": "{other}", "XDG_CACHE_HOME": "{other}"},
        {"USER": "somebody", "LOGNAME": "somebody"},
        {"TZ": "Pacific/Auckland", "LC_ALL": "C"},
    ],
    ids=lambda environment: ",".join(environment) or "none",
)
def test_a_process_of_another_environment_takes_the_same_lock(
    target: Path, tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> None:
    other = tmp_path_factory.mktemp("other")
    told = {name: value.format(other=other) for name, value in environment.items()}
    command = [sys.executable, "-c", TRY, str(target)]
    with locked(target):
        answer = subprocess.run(
            command, env=told, cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=300
        )
    assert answer.stdout == "held\n"


# A lock of a file's


def test_a_held_file_stays_so_until_it_is_released(target: Path) -> None:
    held = try_hold(target)
    assert held is not None
    assert held.is_real
    assert try_hold(target) is None
    held.release()
    held.release()
    assert try_hold(target) is not None


def test_a_lock_file_is_private_and_empty(target: Path) -> None:
    assert try_hold(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_bytes() == b""


def test_a_link_in_place_of_the_lock_is_not_followed(target: Path) -> None:
    target.symlink_to(target.with_name("elsewhere"))
    held = try_hold(target)
    assert held is not None
    assert not held.is_real
    assert not target.with_name("elsewhere").exists()


def test_a_file_that_cannot_be_locked_holds_nobody_up(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = try_hold(target.with_name("nowhere") / "lock")
    monkeypatch.setattr(fcntl, "flock", refusing(errno.ENOLCK))
    for held in (nowhere, try_hold(target)):
        assert isinstance(held, HeldLock)
        assert not held.is_real
        held.release()


def test_a_lock_file_that_was_removed_meanwhile_is_not_held(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = fcntl.flock

    def remove_it_first(opened: int, how: int) -> None:
        target.unlink()
        flock(opened, how)

    monkeypatch.setattr(fcntl, "flock", remove_it_first)
    assert try_hold(target) is None
    monkeypatch.setattr(fcntl, "flock", flock)
    assert try_hold(target) is not None


# Windows


@pytest.fixture
def windows_lock(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return lock.py as Windows loads it, its locks made by flock."""
    msvcrt = ModuleType("msvcrt")

    def locking(opened: int, mode: int, count: int) -> None:
        assert (mode, count) == (3, 1), "at once or not at all, the first byte"
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PermissionError(errno.EACCES, "held") from error

    vars(msvcrt).update(locking=locking, LK_NBLCK=3)
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setattr(sys, "platform", "win32")
    assert lock.__file__
    spec = importlib.util.spec_from_file_location("lock_on_windows", lock.__file__)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_on_windows_one_at_a_time_too(
    windows_lock: ModuleType, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows_lock, "sleep", lambda _seconds: None)
    with windows_lock.locked(target) as is_alone:
        assert is_alone
        with pytest.raises(NotSavedError), windows_lock.locked(target):
            pytest.fail("two at once")
    with windows_lock.locked(target):
        pass
    assert [path.name for path in target.parent.iterdir()] == [lock.LOCK_FILE]
