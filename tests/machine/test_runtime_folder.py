"""The folder for files that last until shutdown belongs to this user alone."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from itband_gui.machine.folders import runtime_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has one temporary folder a user")
NOBODY_S = 3_999_999_999  # a number that no user has


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on a machine that has, or makes, no folder but what the environment names."""

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(os, "mkdir", full)


def own(monkeypatch: pytest.MonkeyPatch, user: int = NOBODY_S) -> Path:
    """Be a user without a folder below /run/user; return the one that is made instead."""
    monkeypatch.setattr(os, "getuid", lambda: user)
    return Path(f"/tmp/itband-gui-{user}")  # noqa: S108 - what is tested


def test_the_environment_has_no_say_where_there_is_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = runtime_folder()
    assert before is not None
    assert not stat.S_IMODE(before.stat().st_mode) & 0o022
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert runtime_folder() == before


def test_a_folder_of_another_user_s_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    made = own(monkeypatch)
    try:
        assert runtime_folder() is None, "the one that was made is the real user's"
    finally:
        made.rmdir()


@pytest.mark.usefixtures("bare")
def test_a_machine_without_room_for_a_folder_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    own(monkeypatch)
    assert runtime_folder() is None
