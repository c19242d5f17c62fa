import os
import sys
from pathlib import Path

import platformdirs
import pytest

from itband_gui.journal.sync_tools import backups_dir
from itband_gui.machine.folders import (
    VARIABLE,
    acknowledged_file,
    data_dir,
    state_dir,
    user_state_dir,
)


def test_the_option_comes_before_the_variable(tmp_path: Path) -> None:
    assert data_dir(tmp_path / "a", {VARIABLE: str(tmp_path / "b")}) == tmp_path / "a"


def test_the_variable_comes_before_the_platform(tmp_path: Path) -> None:
    assert data_dir(None, {VARIABLE: str(tmp_path / "b")}) == tmp_path / "b"


@pytest.mark.parametrize("environ", [{}, {VARIABLE: ""}])
def test_else_it_is_a_folder_of_our_name_in_the_platform_s_data_folder(
    environ: dict[str, str],
) -> None:
    folder = data_dir(None, environ)
    assert folder.is_absolute()
    assert "itband-gui" in folder.parts


def test_a_relative_folder_is_meant_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_dir(Path(), {}) == tmp_path
    assert data_dir(None, {VARIABLE: "sub"}) == tmp_path / "sub"


def test_with_a_data_folder_given_the_state_stays_inside_it(tmp_path: Path) -> None:
    environ = {VARIABLE: str(tmp_path / "b")}
    assert state_dir(tmp_path / "a", environ).parent == tmp_path / "a"
    assert state_dir(None, environ).parent == tmp_path / "b"


@pytest.mark.parametrize("given", [{}, {VARIABLE: ""}])
def test_else_the_state_is_in_the_platform_s_folder_for_it(
    tmp_path: Path, given: dict[str, str]
) -> None:
    folder = state_dir(None, {"XDG_STATE_HOME": os.environ["XDG_STATE_HOME"], **given})
    assert folder.is_absolute()
    assert "itband-gui" in folder.parts
    if sys.platform == "linux":
        assert folder == tmp_path / "xdg_state_home" / "itband-gui"


def test_a_relative_folder_s_state_is_meant_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert state_dir(Path("sub"), {}).parent == tmp_path / "sub"


def test_backups_lie_beside_the_journal_unless_a_sync_tool_takes_them(tmp_path: Path) -> None:
    assert (
        backups_dir(tmp_path / "data", user_state_dir(os.environ)) == tmp_path / "data" / "backups"
    )
    carried = tmp_path / "Dropbox" / "data"
    elsewhere = backups_dir(carried, user_state_dir(os.environ))
    assert "Dropbox" not in elsewhere.parts
    assert "itband-gui" in elsewhere.parts
    assert elsewhere != backups_dir(tmp_path / "Dropbox" / "other", user_state_dir(os.environ))


def test_what_was_acknowledged_is_remembered_in_the_platform_s_state_folder_for_each_journal(
    tmp_path: Path,
) -> None:
    one = acknowledged_file(tmp_path / "a" / "journal.json", os.environ)
    assert one.parent == platformdirs.user_state_path("itband-gui", False) / "acknowledged"
    assert one != acknowledged_file(tmp_path / "b" / "journal.json", os.environ)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert acknowledged_file(tmp_path / "link" / "journal.json", os.environ) == one


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="XDG folders are not used there")
@pytest.mark.parametrize("given", [{}, {"XDG_STATE_HOME": ""}, {"XDG_STATE_HOME": "relative"}])
def test_without_a_state_folder_that_can_be_meant_it_is_the_home_folder_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    file = acknowledged_file(tmp_path / "journal.json", given)
    assert file.parent == tmp_path / "home/.local/state/itband-gui/acknowledged"
