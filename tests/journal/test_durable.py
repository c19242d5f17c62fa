import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from itband_gui.journal import durable
from itband_gui.journal.durable import NotSavedCode, NotSavedError

OLD, NEW = b"old\n" * 100, b"new\n" * 3000
CALLS = ("open", "write", "fsync", "fstat", "close", "replace", "stat")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EMFILE, errno.EDQUOT)


class Calls:
    """Watches the system calls of a save, and does something at the n-th of them."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, act: Callable[[str], None]) -> None:
        self.count = 0
        self._at, self._act = at, act
        for name in CALLS:
            patch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def _wrapped(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            self.count += 1
            if self.count == self._at and name != "close":
                self._act(name)
            result = real(*args, **kwargs)
            if self.count == self._at and name == "close":  # a failed close has closed
                self._act(name)
            return result

        return call


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "journal.json"
    path.write_bytes(OLD)
    return path


def calls_of_a_save(target: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        calls = Calls(patch, 0, lambda _: None)
        durable.replace_file(target, NEW)
    target.write_bytes(OLD)
    return calls.count


def test_the_new_bytes_replace_the_old_and_the_file_is_private(target: Path) -> None:
    target.chmod(0o644)
    status = durable.replace_file(target, NEW)
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert (status.st_ino, status.st_mtime_ns) == (target.stat().st_ino, target.stat().st_mtime_ns)
    assert [file.name for file in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("mask", [0, 0o077, 0o777])
def test_modes_are_private_and_usable_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "above" / "data"
    before = os.umask(mask)
    try:
        durable.make_folder(folder)
        durable.replace_file(folder / "journal.json", NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "journal.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_the_bytes_are_synced_before_the_rename_and_the_folder_after(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noting_fsync(opened: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(opened).st_mode) else "file")
        fsync(opened)

    def noting_replace(source: Path, destination: Path) -> None:
        order.append("rename")
        replace(source, destination)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(os, "replace", noting_replace)
    durable.replace_file(target, NEW)
    assert order == ["file", "rename", "folder"]


@pytest.mark.parametrize("number", ERRORS)
def test_an_error_at_any_call_leaves_old_or_new_and_says_which(target: Path, number: int) -> None:
    def fail(_name: str) -> None:
        raise OSError(number, os.strerror(number))

    last_is_close_of_folder = calls_of_a_save(target)
    for at in range(1, last_is_close_of_folder + 1):
        target.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as patch:
            Calls(patch, at, fail)
            try:
                durable.replace_file(target, NEW)
                error = None
            except NotSavedError as caught:
                error = caught
        content = target.read_bytes()
        if error is None:
            assert content == NEW, f"call {at}"
        elif error.confirmed:
            assert content == OLD, f"call {at}"
        else:
            assert content in (OLD, NEW), f"call {at}"
        assert [file.name for file in target.parent.iterdir()] == [target.name], f"call {at}"


def test_a_failed_sync_of_the_folder_is_not_confirmed(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def fail_for_folders(opened: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise OSError(errno.EIO, "broken")
        fsync(opened)

    monkeypatch.setattr(os, "fsync", fail_for_folders)
    with pytest.raises(NotSavedError) as failed:
        durable.replace_file(target, NEW)
    assert (failed.value.code, failed.value.confirmed) == (NotSavedCode.BROKEN, False)


def test_a_rename_that_fails_after_its_effect_is_not_confirmed(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def fail_late(source: Path, destination: Path) -> None:
        replace(source, destination)
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "replace", fail_late)
    with pytest.raises(NotSavedError) as failed:
        durable.replace_file(target, NEW)
    assert not failed.value.confirmed
    assert target.read_bytes() == NEW


def test_a_folder_that_knows_no_sync_is_no_error(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def refuse_folders(opened: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise OSError(errno.EINVAL, "unsupported")
        fsync(opened)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    durable.replace_file(target, NEW)
    assert target.read_bytes() == NEW


def test_short_writes_are_written_on(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda opened, rest: write(opened, bytes(rest[:7])))
    durable.replace_file(target, NEW)
    assert target.read_bytes() == NEW


def test_a_write_of_nothing_is_an_error(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda _opened, _rest: 0)
    with pytest.raises(NotSavedError) as failed:
        durable.replace_file(target, NEW)
    assert failed.value.confirmed
    assert target.read_bytes() == OLD


def test_killed_at_any_call_the_file_is_old_or_new(target: Path) -> None:
    seen = set()
    for at in range(1, calls_of_a_save(target) + 1):
        target.write_bytes(OLD)
        child = os.fork()
        if not child:
            with pytest.MonkeyPatch.context() as patch:
                Calls(patch, at, lambda _: os._exit(9))
                durable.replace_file(target, NEW)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 9
        seen.add(target.read_bytes())
        durable.sweep(target.parent)
        assert [file.name for file in target.parent.iterdir()] == [target.name]
    assert seen == {OLD, NEW}


def test_sweeping_takes_only_temporary_files_of_its_own(tmp_path: Path) -> None:
    (tmp_path / f"{durable.TEMP_PREFIX}00{durable.TEMP_SUFFIX}").touch()
    (tmp_path / "journal.json").touch()
    (tmp_path / "other.tmp").touch()
    durable.sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"journal.json", "other.tmp"}


def test_a_missing_folder_is_gone_and_a_file_in_its_place_too(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in ("nowhere", "file"):
        with pytest.raises(NotSavedError) as failed:
            durable.replace_file(tmp_path / folder / "journal.json", NEW)
        assert failed.value.code is NotSavedCode.GONE


def test_a_link_is_followed_to_the_file_it_means(tmp_path: Path) -> None:
    link = tmp_path / "journal.json"
    link.symlink_to("real.json")
    assert durable.real_target(link) == tmp_path / "real.json"
    durable.replace_file(durable.real_target(link), NEW)
    assert link.is_symlink()
    assert link.read_bytes() == NEW


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(NotSavedError) as failed:
        durable.real_target(tmp_path / "a")
    assert failed.value.errno == errno.ELOOP


def test_a_name_of_the_greatest_length_can_be_saved(tmp_path: Path) -> None:
    target = tmp_path / ("j" * 250 + ".json")
    durable.replace_file(target, NEW)
    assert target.read_bytes() == NEW
