import errno
import os
import stat
from pathlib import Path

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from tests.journal.disk import (
    CALLS,
    NEW,
    OLD,
    Calls,
    bak,
    calls_of_a_save,
    names,
)

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EMFILE, errno.EDQUOT)


@pytest.mark.parametrize("number", ERRORS)
def test_an_error_at_any_call_leaves_old_or_new_and_says_which(target: Path, number: int) -> None:
    def fail(_name: str) -> None:
        raise OSError(number, os.strerror(number))

    last_is_close_of_folder = calls_of_a_save(target)
    for at in range(1, last_is_close_of_folder + 1):
        target.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as patch:
            Calls(patch, CALLS, at, fail)
            try:
                safe_file.save_file(target, NEW)
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
        assert bak(target).read_bytes() == OLD, f"call {at}"
        safe_file.sweep(target)
        assert names(target) == {target.name, bak(target).name}, f"call {at}"


def test_the_first_error_is_the_one_that_is_told(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full may refuse the closing too."""
    close = os.close

    def full(_opened: int, _data: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    def broken(opened: int) -> None:
        close(opened)
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "write", full)
    monkeypatch.setattr(os, "close", broken)
    with pytest.raises(NotSavedError) as failed:
        safe_file.save_file(target, NEW)
    assert failed.value.code is NotSavedCode.FULL


def test_an_error_at_closing_is_not_saved(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Network drives may tell only then that the quota is used up."""
    close = os.close

    def told_late(opened: int) -> None:
        is_file = stat.S_ISREG(os.fstat(opened).st_mode)
        close(opened)
        if is_file:
            raise OSError(errno.EDQUOT, "quota")

    monkeypatch.setattr(os, "close", told_late)
    with pytest.raises(NotSavedError) as failed:
        safe_file.save_file(target, NEW)
    assert (failed.value.code, failed.value.confirmed) == (NotSavedCode.FULL, True)
    assert target.read_bytes() == OLD


def test_a_failed_fsync_is_never_tried_again_on_its_descriptor(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    def failing(opened: int) -> None:
        synced.append("folder" if stat.S_ISDIR(os.fstat(opened).st_mode) else "file")
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(NotSavedError) as failed:
        safe_file.save_file(target, NEW)
    assert (failed.value.code, failed.value.confirmed) == (NotSavedCode.BROKEN, True)
    assert synced == ["file"]
    assert names(target) == {target.name}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ENOSPC", NotSavedCode.FULL),
        ("EDQUOT", NotSavedCode.FULL),
        ("EFBIG", NotSavedCode.FULL),
        ("EROFS", NotSavedCode.READ_ONLY),
        ("EACCES", NotSavedCode.READ_ONLY),
        ("EPERM", NotSavedCode.READ_ONLY),
        ("ENOENT", NotSavedCode.GONE),
        ("ENOTDIR", NotSavedCode.GONE),
        ("ESTALE", NotSavedCode.GONE),
        ("ENODEV", NotSavedCode.GONE),
        ("ENXIO", NotSavedCode.GONE),
        ("ENOTCONN", NotSavedCode.GONE),
        ("EHOSTDOWN", NotSavedCode.GONE),
        ("ETIMEDOUT", NotSavedCode.GONE),
        ("EIO", NotSavedCode.BROKEN),
        ("EUCLEAN", NotSavedCode.BROKEN),
        ("EBADMSG", NotSavedCode.BROKEN),
        ("EMFILE", NotSavedCode.OTHER),
        ("ENAMETOOLONG", NotSavedCode.OTHER),
    ],
)
def test_every_error_has_its_reason(tmp_path: Path, name: str, code: NotSavedCode) -> None:
    number = getattr(errno, name, None)
    if number is None:
        pytest.skip(f"this system has no {name}")
    with pytest.raises(NotSavedError) as failed, safe_file.refusing(tmp_path):
        raise OSError(number, "x")
    assert (failed.value.code, failed.value.errno, failed.value.path) == (code, number, tmp_path)
    assert failed.value.confirmed


def test_what_is_not_saved_is_so_for_certain_unless_said_otherwise(tmp_path: Path) -> None:
    assert NotSavedError(NotSavedCode.BUSY, tmp_path).confirmed


def test_an_error_without_a_number_has_a_reason_too(tmp_path: Path) -> None:
    with pytest.raises(NotSavedError) as failed, safe_file.refusing(tmp_path):
        raise OSError("nothing else")
    assert (failed.value.code, failed.value.errno) == (NotSavedCode.OTHER, None)


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
        safe_file.replace_file(target, NEW)
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
        safe_file.replace_file(target, NEW)
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
    safe_file.replace_file(target, NEW)
    assert target.read_bytes() == NEW


def test_short_writes_are_written_on(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda opened, rest: write(opened, bytes(rest[:7])))
    safe_file.replace_file(target, NEW)
    assert target.read_bytes() == NEW


def test_a_write_of_nothing_is_an_error(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda _opened, _rest: 0)
    with pytest.raises(NotSavedError) as failed:
        safe_file.replace_file(target, NEW)
    assert failed.value.confirmed
    assert target.read_bytes() == OLD


def test_killed_at_any_call_the_file_is_old_or_new(target: Path) -> None:
    seen = set()
    calls = calls_of_a_save(target)
    for at in range(1, calls + 1):
        target.write_bytes(OLD)
        bak(target).write_bytes(OLD)
        child = os.fork()
        if not child:
            with pytest.MonkeyPatch.context() as patch:
                Calls(patch, CALLS, at, lambda _: os._exit(9))
                safe_file.save_file(target, NEW)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 9
        seen.add(target.read_bytes())
        assert bak(target).read_bytes() == OLD
        safe_file.sweep(target)
        assert names(target) == {target.name, bak(target).name}
    assert seen == {OLD, NEW}
