import errno
import fcntl
import os
import stat
import sys
from pathlib import Path

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from tests.journal.disk import (
    NEW,
    OLD,
    bak,
    names,
    refuse,
)
from tests.no_locks import no_locks


def test_the_new_bytes_replace_the_old_and_the_file_is_private(target: Path) -> None:
    target.chmod(0o644)
    status = safe_file.replace_file(target, NEW)
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert (status.st_ino, status.st_mtime_ns) == (target.stat().st_ino, target.stat().st_mtime_ns)
    assert names(target) == {target.name}


@pytest.mark.parametrize("mask", [0, 0o077, 0o777])
def test_modes_are_private_and_usable_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "above" / "data"
    before = os.umask(mask)
    try:
        safe_file.make_folder(folder)
        safe_file.replace_file(folder / "journal.json", NEW)
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
    safe_file.replace_file(target, NEW)
    assert order == ["file", "rename", "folder"]


# The old file as .bak


def test_the_old_file_is_kept_as_bak_and_private(target: Path) -> None:
    target.chmod(0o644)
    assert safe_file.save_file(target, NEW).bak_errno is None
    safe_file.save_file(target, b"newer")
    assert (target.read_bytes(), bak(target).read_bytes()) == (b"newer", NEW)
    safe_file.save_file(target, OLD)
    assert bak(target).read_bytes() == b"newer"
    assert names(target) == {target.name, bak(target).name}
    assert stat.S_IMODE(bak(target).stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_private_as_bak(target: Path) -> None:
    target.chmod(0o644)
    safe_file.save_file(target, NEW)
    assert stat.S_IMODE(bak(target).stat().st_mode) == 0o600


def test_the_first_save_has_nothing_to_keep(tmp_path: Path) -> None:
    target = tmp_path / "journal.json"
    assert safe_file.save_file(target, NEW).bak_errno is None
    assert names(target) == {target.name}


def test_replacing_another_file_keeps_no_bak(target: Path) -> None:
    safe_file.replace_file(target, NEW)
    assert names(target) == {target.name}


def test_a_temporary_file_is_hidden_and_named_as_one() -> None:
    """Sync tools and backups leave such files alone."""
    assert safe_file.TEMP_PREFIX.startswith(".")
    assert safe_file.TEMP_SUFFIX == ".tmp"


def test_no_file_stays_open_after_a_save_or_a_failure(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208 - counted, not walked
    safe_file.save_file(target, NEW)
    refuse(monkeypatch, "fsync", errno.EIO)
    with pytest.raises(NotSavedError):
        safe_file.save_file(target, NEW)
    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208 - counted, not walked


def test_without_hard_links_the_bak_is_a_copy(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, "link", errno.EPERM)
    assert safe_file.save_file(target, NEW).bak_errno is None
    assert bak(target).read_bytes() == OLD
    assert stat.S_IMODE(bak(target).stat().st_mode) == 0o600


def test_a_bak_that_fails_stops_no_save_and_is_told(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bak(target).write_bytes(b"older")
    refuse(monkeypatch, "replace", errno.EACCES, ".bak")
    assert safe_file.save_file(target, NEW).bak_errno == errno.EACCES
    assert (target.read_bytes(), bak(target).read_bytes()) == (NEW, b"older")
    assert names(target) == {target.name, bak(target).name}


def test_a_folder_in_place_of_the_bak_stops_no_save(target: Path) -> None:
    bak(target).mkdir()
    assert safe_file.save_file(target, NEW).bak_errno == errno.EISDIR
    assert target.read_bytes() == NEW


def test_a_bak_that_is_the_file_itself_leaves_nothing_behind(target: Path) -> None:
    os.link(target, bak(target))  # as after a save whose last step failed
    safe_file.save_file(target, NEW)
    assert bak(target).read_bytes() == OLD
    assert names(target) == {target.name, bak(target).name}


def test_a_name_too_long_for_a_bak_is_saved_all_the_same(tmp_path: Path) -> None:
    target = tmp_path / ("j" * 248 + ".json")
    safe_file.save_file(target, OLD)
    assert safe_file.save_file(target, NEW).bak_errno == errno.ENAMETOOLONG
    assert target.read_bytes() == NEW


def test_sweeping_takes_only_temporary_files_of_its_own(tmp_path: Path) -> None:
    safe_file.temp_beside(tmp_path / "journal.json").touch()
    (tmp_path / "journal.json").touch()
    (tmp_path / "other.tmp").touch()
    safe_file.sweep_folder(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"journal.json", "other.tmp"}


def test_sweeping_for_one_file_leaves_what_is_being_written_for_another(tmp_path: Path) -> None:
    journal, export = tmp_path / "journal.json", tmp_path / "export.csv"
    left, writing = safe_file.temp_beside(journal), safe_file.temp_beside(export)
    left.touch()
    writing.touch()
    safe_file.sweep(journal)
    assert [*tmp_path.iterdir()] == [writing]
    assert safe_file.temp_beside(journal) != left


def test_an_export_into_the_journals_folder_outlives_a_save_of_the_journal(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = target.with_name("export.csv")
    fsync = os.fsync

    def save_the_journal_meanwhile(opened: int) -> None:
        monkeypatch.setattr(os, "fsync", fsync)
        safe_file.sweep(target)
        safe_file.save_file(target, NEW)
        fsync(opened)

    monkeypatch.setattr(os, "fsync", save_the_journal_meanwhile)
    safe_file.replace_file(export, b"table")
    assert (export.read_bytes(), target.read_bytes()) == (b"table", NEW)


def test_what_another_is_writing_is_not_swept(target: Path) -> None:
    target.write_bytes(OLD)
    with safe_file.staged(target, NEW) as (temp, _):
        safe_file.sweep(target)
        safe_file.sweep_folder(target.parent)
        assert temp.read_bytes() == NEW
    safe_file.sweep(target)
    assert not temp.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="keeps an open file from being removed")
def test_where_nobody_can_tell_what_is_being_written_nothing_is_swept(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", no_locks)
    left = safe_file.temp_beside(target)
    left.touch()
    safe_file.sweep(target)
    assert left.exists()
    safe_file.replace_file(target, NEW)
    assert names(target) == {target.name, left.name}


def test_a_leftover_that_stays_keeps_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        safe_file.temp_beside(tmp_path / "journal.json").touch()
    first = next(tmp_path.glob(f"{safe_file.TEMP_PREFIX}*"))
    refuse(monkeypatch, "unlink", errno.EPERM, first.name)
    safe_file.sweep(tmp_path / "journal.json")
    assert [*tmp_path.iterdir()] == [first]


def test_a_missing_folder_is_gone_and_a_file_in_its_place_too(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in ("nowhere", "file"):
        with pytest.raises(NotSavedError) as failed:
            safe_file.replace_file(tmp_path / folder / "journal.json", NEW)
        assert failed.value.code is NotSavedCode.GONE


def test_a_pipe_in_place_of_the_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "data")
    with pytest.raises(NotSavedError) as failed:
        safe_file.save_file(tmp_path / "data" / "journal.json", NEW)
    assert failed.value.code is NotSavedCode.GONE


def test_a_link_is_followed_to_the_file_it_means(tmp_path: Path) -> None:
    link = tmp_path / "journal.json"
    link.symlink_to("real.json")
    assert safe_file.real_target(link) == tmp_path / "real.json"
    safe_file.replace_file(safe_file.real_target(link), NEW)
    assert link.is_symlink()
    assert link.read_bytes() == NEW


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(NotSavedError) as failed:
        safe_file.real_target(tmp_path / "a")
    assert failed.value.errno == errno.ELOOP


def test_a_name_of_the_greatest_length_can_be_saved(tmp_path: Path) -> None:
    target = tmp_path / ("j" * 250 + ".json")
    safe_file.replace_file(target, NEW)
    assert target.read_bytes() == NEW


# Folders


def test_folders_that_are_made_are_synced_into_those_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(safe_file, "flush_folder", synced.append)
    safe_file.make_folder(tmp_path / "a/b")
    assert synced == [tmp_path, tmp_path / "a"]


def test_a_folder_that_another_process_makes_first_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = os.mkdir

    def late(path: Path, mode: int) -> None:
        mkdir(path, 0o700)
        mkdir(path, mode)

    monkeypatch.setattr(os, "mkdir", late)
    safe_file.make_folder(tmp_path / "data")
    assert (tmp_path / "data").is_dir()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotSavedError) as failed:
        safe_file.make_folder(tmp_path / "file" / "data")
    assert failed.value.code is NotSavedCode.GONE


def test_a_folder_whose_sync_fails_is_not_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _opened: os.lstat(tmp_path / "nowhere"))
    with pytest.raises(NotSavedError) as failed:
        safe_file.flush_folder(tmp_path)
    assert not failed.value.confirmed


def test_a_file_system_without_modes_is_left_as_it_is(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.chmod(0o644)
    refuse(monkeypatch, "chmod", errno.EPERM)
    assert safe_file.save_file(target, NEW).bak_errno is None
    assert bak(target).read_bytes() == OLD


def test_sweeping_what_cannot_be_listed_is_no_error(tmp_path: Path) -> None:
    safe_file.sweep(tmp_path / "nowhere" / "journal.json")
    safe_file.sweep_folder(tmp_path / "nowhere")
