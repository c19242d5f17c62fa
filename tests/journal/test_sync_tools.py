import json
from pathlib import Path

import pytest

from itband_gui.journal.sync_tools import backups_dir, is_synced


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder two below the one that a tool may carry, which is below the test's own."""
    folder = tmp_path / "carried" / "sport" / "data"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def carried(data: Path) -> Path:
    return data.parent.parent


def test_a_plain_folder_is_not_synced(data: Path) -> None:
    assert not is_synced(data, {})


@pytest.mark.parametrize(
    "name",
    [
        *(".stfolder", ".dropbox.cache", ".sync", ".seafile-data"),
        *(".tmp.driveupload", ".tmp.drivedownload"),
    ],
)
def test_a_folder_that_a_tool_left_marks_all_below_it(
    data: Path, carried: Path, tmp_path: Path, name: str
) -> None:
    (carried / name).mkdir()
    assert is_synced(data, {})
    assert is_synced(carried, {})
    assert not is_synced(tmp_path, {})


@pytest.mark.parametrize(
    "name",
    [
        *(".stfolder", ".dropbox", ".sync_1f2e3d.db", "._sync_1f2e3d.db"),
        *(".owncloudsync.log", ".nextcloudsync.log"),
    ],
)
def test_a_file_that_a_tool_left_marks_all_below_it(data: Path, carried: Path, name: str) -> None:
    (carried / name).touch()
    assert is_synced(data, {})


def test_a_marker_in_the_data_folder_itself_counts(data: Path) -> None:
    (data / ".stfolder").mkdir()
    assert is_synced(data, {})


@pytest.mark.parametrize("name", [".dropbox", ".sync_1.db", ".owncloudsync.log"])
def test_a_folder_named_like_a_file_of_a_tool_is_none(data: Path, carried: Path, name: str) -> None:
    (carried / name).mkdir()  # `.dropbox` in a home folder holds Dropbox's settings
    assert not is_synced(data, {})


@pytest.mark.parametrize("name", [".sync", ".dropbox.cache", "my.stfolder", ".stfolder.old"])
def test_a_file_named_like_a_folder_of_a_tool_is_none(data: Path, carried: Path, name: str) -> None:
    (carried / name).touch()
    assert not is_synced(data, {})


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Dropbox",
            "dropbox",
            "Dropbox (Firm)",
            "OneDrive",
            "OneDrive - Firm",
            "OneDrive-Personal",
        ),
        *("Google Drive", "GoogleDrive-me@example.org", "google-drive:host=example.org,user=me"),
        *("Mobile Documents", "iCloudDrive", "CloudStorage", "Nextcloud", "ownCloud", "Seafile"),
        *("SeaDrive", "Resilio Sync", "Syncthing"),
    ],
)
def test_the_names_that_tools_give_their_folders_are_known(tmp_path: Path, name: str) -> None:
    assert is_synced(tmp_path / name / "data", {})


@pytest.mark.parametrize("name", ["Dropboxes", "my Dropbox", "OneDriveOld", "async", "Documents"])
def test_a_name_that_only_resembles_one_is_none(tmp_path: Path, name: str) -> None:
    assert not is_synced(tmp_path / name / "data", {})


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_the_folders_that_onedrive_names_in_the_environment_count(
    data: Path, carried: Path, tmp_path: Path, variable: str
) -> None:
    assert is_synced(data, {variable: str(carried)})
    assert not is_synced(data, {variable: str(tmp_path / "elsewhere")})
    assert not is_synced(data, {variable: str(data / "below")})


@pytest.mark.parametrize("value", ["", "carried", ".", ".."])
def test_an_odd_value_in_the_environment_says_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.chdir(data)
    (data / ".dropbox").mkdir()
    (data / ".dropbox" / "info.json").write_text('{"personal": {"path": "/"}}')
    assert not is_synced(data, {"OneDrive": value, "HOME": value})


@pytest.mark.parametrize(
    ("variable", "place"),
    [("HOME", ".dropbox"), ("APPDATA", "Dropbox"), ("LOCALAPPDATA", "Dropbox")],
)
def test_the_folders_in_dropboxs_own_settings_count(
    data: Path, carried: Path, tmp_path: Path, variable: str, place: str
) -> None:
    home = tmp_path / "home"
    (home / place).mkdir(parents=True)
    accounts = {"personal": {"path": "/nowhere"}, "business": {"path": str(carried), "host": 7}}
    (home / place / "info.json").write_text(json.dumps(accounts))
    assert is_synced(data, {variable: str(home)})
    assert not is_synced(tmp_path, {variable: str(home)})


@pytest.mark.parametrize(
    "info",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"personal": "text"}',
        b'{"personal": {}}',
        b'{"personal": {"path": 7}}',
        b'{"personal": {"path": "relative"}}',
        b'{"personal": {"path": "/\\u0000"}}',
        b'{"personal": {"path": "/\\ud800"}}',
        b"[" * 60_000,
        b" " * 70_000 + b'{"personal": {"path": "/"}}',
    ],
)
def test_settings_that_make_no_sense_say_nothing(data: Path, tmp_path: Path, info: bytes) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_bytes(info)
    assert not is_synced(data, {"HOME": str(tmp_path)})


def test_a_link_is_judged_by_where_it_leads(data: Path, carried: Path, tmp_path: Path) -> None:
    (carried / ".stfolder").mkdir()
    (tmp_path / "inward").symlink_to(data)
    assert is_synced(tmp_path / "inward", {})
    (tmp_path / "plain").mkdir()
    (data / "outward").symlink_to(tmp_path / "plain")
    assert not is_synced(data / "outward", {})


def test_a_named_folder_that_is_a_link_counts_too(
    data: Path, carried: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(carried)
    assert is_synced(data, {"OneDrive": str(tmp_path / "link")})


def test_a_broken_link_beside_a_marker_hides_nothing(data: Path, carried: Path) -> None:
    for name in ("a", "b"):
        (carried / name).symlink_to(carried / name)  # a circle
    (carried / ".stfolder").mkdir()
    assert is_synced(data, {})


def test_a_folder_that_is_not_there_yet_is_judged_by_those_above(
    tmp_path: Path, carried: Path
) -> None:
    assert not is_synced(tmp_path / "new" / "data", {})
    (carried / ".stfolder").mkdir()
    assert is_synced(carried / "new" / "data", {})


def test_backups_lie_beside_the_journal(data: Path, tmp_path: Path) -> None:
    assert backups_dir(data, tmp_path / "state", {}) == data / "backups"
    assert not (data / "backups").exists()


def test_where_the_data_is_synced_backups_lie_in_the_state_of_the_machine(
    data: Path, carried: Path, tmp_path: Path
) -> None:
    (carried / ".stfolder").mkdir()
    folder = backups_dir(data, tmp_path / "state", {})
    assert folder.parent == tmp_path / "state" / "backups"
    assert not is_synced(folder, {})


def test_two_synced_journals_do_not_share_a_folder_but_a_link_does(
    data: Path, carried: Path, tmp_path: Path
) -> None:
    (carried / ".stfolder").mkdir()
    state = tmp_path / "state"
    (tmp_path / "link").symlink_to(data)
    assert backups_dir(data, state, {}) != backups_dir(carried, state, {})
    assert backups_dir(data, state, {}) == backups_dir(tmp_path / "link", state, {})


def test_a_later_version_finds_the_backups_of_synced_data_where_they_are() -> None:
    folder = backups_dir(Path("/nowhere/Dropbox/data"), Path("/state"), {})
    assert folder == Path("/state/backups/45a3b8120aa0902e")


def test_the_environment_of_the_process_is_asked_unless_another_is_given(
    data: Path, carried: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(carried))
    assert is_synced(data)
    assert backups_dir(data, tmp_path / "state").is_relative_to(tmp_path / "state")
