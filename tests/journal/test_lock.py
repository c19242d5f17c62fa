import errno
import fcntl
import importlib.util
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from itband_gui.journal import lock
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.lock import locked, runtime_folders, try_hold


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only runtime folder that there is."""
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(lock, "runtime_folders", lambda: iter([folder]))
    return folder


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


def test_one_at_a_time(runtime: Path, target: Path, waits: list[float]) -> None:
    with locked(target):
        with pytest.raises(NotSavedError) as refused, locked(target):
            pytest.fail("two at once")
        assert (refused.value.code, refused.value.path) == (NotSavedCode.BUSY, target)
        assert refused.value.confirmed
        assert 4 < sum(waits) < 6
        assert try_hold(target) is None
    with locked(target):
        pass


def test_a_lock_that_comes_free_is_waited_for(
    runtime: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = try_hold(target)
    assert held is not None
    monkeypatch.setattr(lock, "sleep", lambda _seconds: held.release())
    with locked(target):
        pass


def test_other_files_have_other_locks(runtime: Path, target: Path) -> None:
    with locked(target), locked(target.with_name("other.json")):
        pass
    assert len([*runtime.iterdir()]) == 2


def test_a_lock_is_free_again_after_an_error(runtime: Path, target: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(target):
        raise ZeroDivisionError
    assert try_hold(target) is not None


def test_a_held_lock_stays_until_it_is_released(runtime: Path, target: Path) -> None:
    held = try_hold(target)
    assert held is not None
    assert try_hold(target) is None
    held.release()
    held.release()
    assert try_hold(target) is not None


def test_asking_for_a_lock_that_is_held_leaves_no_file_open(runtime: Path, target: Path) -> None:
    with locked(target):
        before = os.open(os.devnull, os.O_RDONLY)
        assert try_hold(target) is None
        after = os.open(os.devnull, os.O_RDONLY)
    os.close(before)
    os.close(after)
    assert after == before + 1


def test_a_lock_file_is_private_and_tells_nothing(runtime: Path, target: Path) -> None:
    with locked(target):
        (file,) = runtime.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes() == b""
    assert "journal" not in file.name


def test_a_link_in_place_of_the_lock_is_not_followed(runtime: Path, target: Path) -> None:
    with locked(target):
        (file,) = runtime.iterdir()
    file.unlink()
    file.symlink_to(target)
    with locked(target):
        pass
    assert not target.exists()


def test_without_any_folder_for_it_saving_goes_on(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "runtime_folders", lambda: iter([]))
    with locked(target):
        pass
    held = try_hold(target)
    assert held is not None
    held.release()


def test_a_folder_that_is_full_leaves_the_next_one(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, there = tmp_path / "gone", tmp_path / "there"
    there.mkdir()
    monkeypatch.setattr(lock, "runtime_folders", lambda: iter([gone, there]))
    with locked(target):
        assert len([*there.iterdir()]) == 1


def test_where_the_file_system_knows_no_locks_saving_goes_on(
    runtime: Path, target: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    monkeypatch.setattr(fcntl, "flock", refusing(errno.ENOLCK))
    with locked(target):
        pass
    assert try_hold(target) is not None
    assert waits == []


def test_a_lock_that_cannot_be_closed_is_no_error(
    runtime: Path, target: Path, monkeypatch: pytest.MonkeyPatch
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


# Where locks lie


def at_home(monkeypatch: pytest.MonkeyPatch, user: int) -> None:
    """Be a user without a folder below /run/user."""
    monkeypatch.setattr(os, "getuid", lambda: user)


NOBODY_S = 3_999_999_999  # a number that no user has


def test_the_session_s_own_folder_is_taken_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    tmp_path.chmod(0o700)
    folders = [*runtime_folders()]
    assert tmp_path in folders
    assert folders[-1] == Path(f"/tmp/itband-gui-{os.getuid()}")  # noqa: S108 - what is tested
    assert stat.S_IMODE(folders[-1].stat().st_mode) == 0o700


def test_a_folder_that_others_may_only_look_through_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert tmp_path in runtime_folders()


@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_a_folder_that_others_may_write_to_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    tmp_path.chmod(mode)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert tmp_path not in runtime_folders()


def test_what_is_no_folder_or_not_there_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch(mode=0o600)
    (tmp_path / "real").mkdir(mode=0o700)
    link.symlink_to("real")
    for path in (file, link, tmp_path / "nowhere"):
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(path))
        assert path not in runtime_folders()


def test_a_folder_of_another_user_s_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    at_home(monkeypatch, NOBODY_S)
    made = Path(f"/tmp/itband-gui-{NOBODY_S}")  # noqa: S108 - what is tested
    try:
        assert [*runtime_folders()] == [], "the one that was made is the real user's"
    finally:
        made.rmdir()


def test_a_machine_without_room_for_a_folder_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    at_home(monkeypatch, NOBODY_S)
    monkeypatch.setattr(os, "mkdir", refusing(errno.ENOSPC))
    assert [*runtime_folders()] == []


# Windows


@pytest.fixture
def windows_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
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
    monkeypatch.setenv("TEMP", str(tmp_path))
    assert lock.__file__
    spec = importlib.util.spec_from_file_location("lock_on_windows", lock.__file__)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_on_windows_one_at_a_time_too(windows_lock: ModuleType, target: Path) -> None:
    held = windows_lock.try_hold(target)
    assert windows_lock.try_hold(target) is None
    held.release()
    with windows_lock.locked(target):
        assert windows_lock.try_hold(target) is None
    assert [path.suffix for path in target.parent.iterdir()] == [".lock"]


def test_on_windows_locks_lie_among_the_temporary_files(
    windows_lock: ModuleType, tmp_path: Path
) -> None:
    assert [*windows_lock.runtime_folders()] == [tmp_path]
