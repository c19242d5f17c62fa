import errno
import fcntl
import os
from pathlib import Path

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from tests.journal.disk import (
    NEW,
    OLD,
    on_system,
    refuse,
)


def test_on_windows_a_file_that_is_held_is_tried_for_two_seconds(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    on_system(monkeypatch, "win32")
    monkeypatch.setattr(safe_file, "sleep", waited.append)
    refuse(monkeypatch, "replace", errno.EACCES, target.name)
    with pytest.raises(NotSavedError) as failed:
        safe_file.save_file(target, NEW)
    assert (failed.value.code, failed.value.confirmed) == (NotSavedCode.READ_ONLY, True)
    assert 1.5 < sum(waited) <= 2.5
    assert target.read_bytes() == OLD


def test_on_windows_a_file_that_is_let_go_is_saved(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_system(monkeypatch, "win32")
    replace = os.replace
    monkeypatch.setattr(safe_file, "sleep", lambda _s: monkeypatch.setattr(os, "replace", replace))
    refuse(monkeypatch, "replace", errno.EACCES, target.name)
    safe_file.save_file(target, NEW)
    assert target.read_bytes() == NEW


def test_on_windows_no_folder_is_opened_which_nobody_can_there(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_system(monkeypatch, "win32")
    refuse(monkeypatch, "open", errno.EACCES, target.parent.name)
    safe_file.save_file(target, NEW)
    assert target.read_bytes() == NEW


def test_elsewhere_a_refused_rename_is_told_at_once(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safe_file, "sleep", lambda _seconds: pytest.fail("it waits"))
    tried = refuse(monkeypatch, "replace", errno.EACCES, target.name)
    with pytest.raises(NotSavedError) as failed:
        safe_file.save_file(target, NEW)
    assert failed.value.confirmed
    assert len(tried) == 2, "from and to, once"


@pytest.fixture
def on_a_mac(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the numbers of what fcntl was asked for."""
    asked: list[int] = []
    on_system(monkeypatch, "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _opened, number: asked.append(number))
    return asked


def test_on_a_mac_the_drive_s_own_memory_is_flushed(
    target: Path, on_a_mac: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _opened: pytest.fail("not enough there"))
    safe_file.save_file(target, NEW)
    assert on_a_mac == [51, 51], "the file's and the folder's"


@pytest.mark.parametrize(("number", "synced"), [(errno.ENOTSUP, True), (errno.EIO, False)])
def test_on_a_mac_fsync_stands_in_only_where_the_better_is_not_known(
    target: Path, on_a_mac: list[int], monkeypatch: pytest.MonkeyPatch, number: int, synced: bool
) -> None:
    def refusing(_opened: int, _number: int) -> None:
        raise OSError(number, "no")

    calls: list[int] = []
    monkeypatch.setattr(fcntl, "fcntl", refusing)
    monkeypatch.setattr(os, "fsync", calls.append)
    if synced:
        safe_file.save_file(target, NEW)
    else:
        with pytest.raises(NotSavedError):
            safe_file.save_file(target, NEW)
    assert bool(calls) == synced
