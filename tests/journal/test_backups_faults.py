import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from hashlib import shake_128
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from itband_gui.journal import backups as module
from itband_gui.journal import safe_file
from itband_gui.journal.backups import BackupError, Backups, Why
from itband_gui.journal.safe_file import NotSavedCode
from tests.journal.copies import AT, CALLS, DAY, HOUR, ONE, THREE, TWO, kept, names
from tests.journal.disk import Calls

NOBODY = 65_534


def test_a_file_in_the_place_of_the_folder_is_told(backups: Backups) -> None:
    backups.folder.parent.mkdir()
    backups.folder.touch()
    for act in (
        backups.copies,
        lambda: backups.due(AT),
        lambda: backups.thin(AT),
        lambda: backups.keep(ONE, AT, Why.TIMED),
    ):
        with pytest.raises(BackupError) as failed:
            act()
        error = failed.value
        assert (error.code, error.errno) == (NotSavedCode.UNREADABLE, errno.ENOTDIR)
        assert error.path.is_relative_to(backups.folder)
        assert error.args == (error.code, error.path, error.errno)


def test_a_disk_that_fails_while_copies_are_listed_is_told(
    backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = kept(backups, ONE)

    def broken(_path: Path) -> os.stat_result:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(Path, "lstat", broken)
    with pytest.raises(BackupError) as failed:
        backups.copies()
    assert (failed.value.code, failed.value.path) == (NotSavedCode.UNREADABLE, copy.path)


def test_a_copy_that_does_not_read_back_does_not_count(
    backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept(backups, ONE)
    write = os.write

    def write_another(opened: int, _data: bytes) -> int:
        return len(_data) if write(opened, first.path.read_bytes()) else 0

    monkeypatch.setattr(os, "write", write_another)
    with pytest.raises(BackupError) as failed:
        backups.keep(TWO, AT + HOUR, Why.TIMED)
    assert failed.value.code is NotSavedCode.BROKEN
    assert names(backups) == [first.path.name]


def test_the_copy_and_its_name_are_synced_and_it_is_read_before_it_has_a_name(
    backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(backups, ONE)
    order: list[str] = []
    fsync, rename, unpacked = os.fsync, os.rename, module._unpacked  # noqa: SLF001 - the order

    def noting_fsync(opened: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(opened).st_mode) else "file")
        fsync(opened)

    def noting_rename(source: Path, target: Path) -> None:
        order.append("name")
        rename(source, target)

    def noting_read(path: Path) -> bytes:
        order.append("read")
        return unpacked(path)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(os, "rename", noting_rename)
    monkeypatch.setattr(module, "_unpacked", noting_read)
    kept(backups, TWO, AT + HOUR)
    assert order[0] == "file"
    assert order[-3:] == ["read", "name", "folder"]


def calls_of_keeping(backups: Backups, data: bytes) -> int:
    with pytest.MonkeyPatch.context() as patch:
        calls = Calls(patch, CALLS, 0, lambda _: None)
        kept(backups, data, AT + HOUR).path.unlink()
    return calls.count


@pytest.mark.parametrize(
    "number",
    [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EMFILE, errno.EDQUOT, errno.ESTALE],
)
@pytest.mark.parametrize("after", [False, True])
def test_an_error_at_any_call_leaves_whole_copies_and_is_told(
    backups: Backups, number: int, after: bool
) -> None:
    def fail(_call: str) -> None:
        raise OSError(number, os.strerror(number))

    first = kept(backups, ONE)
    numbers = []
    for at in range(1, calls_of_keeping(backups, TWO) + 1):
        copy = None
        with pytest.MonkeyPatch.context() as patch:
            Calls(patch, CALLS, at, fail, after=after)
            try:
                copy = backups.keep(TWO, AT + HOUR, Why.TIMED)
            except BackupError as error:
                numbers.append(error.errno)
        copies = backups.copies()
        assert copies[-1] == first, f"call {at}"
        assert copy in (None, copies[0]), f"call {at}"
        assert [backups.read(found) for found in copies] in ([ONE], [TWO, ONE]), f"call {at}"
        for found in copies[:-1]:
            found.path.unlink()
        safe_file.sweep_folder(backups.folder)
        assert names(backups) == [first.path.name], f"call {at}"
    assert set(numbers) == {number}
    assert len(numbers) > 10


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("folder_is_there", [False, True])
def test_killed_at_any_call_no_half_copy_counts(
    backups: Backups, tmp_path: Path, after: bool, folder_is_there: bool
) -> None:
    outcomes = []
    for at in count(1):
        tried = Backups(tmp_path / str(at) / "backups")
        if folder_is_there:
            kept(tried, ONE)
        child = os.fork()
        if not child:
            with pytest.MonkeyPatch.context() as patch:
                Calls(patch, CALLS, at, lambda _: os._exit(9), after=after)
                made = tried.keep(TWO, AT + HOUR, Why.TIMED)
            os._exit(0 if made else 1)
        _, status = os.waitpid(child, 0)
        ended = os.waitstatus_to_exitcode(status)
        if ended == 0:
            break
        assert ended == 9
        found = [tried.read(copy) for copy in tried.copies()]
        outcomes.append(found)
        assert found in ([ONE] * folder_is_there, [TWO] + [ONE] * folder_is_there), f"call {at}"
        kept(tried, THREE, AT + DAY)  # the next one finds nothing in its way, and sweeps
        assert all(name.startswith("journal-") for name in names(tried)), f"call {at}"
    assert len(outcomes) > 15
    assert [ONE] * folder_is_there in outcomes
    assert [TWO] + [ONE] * folder_is_there in outcomes


KEEPER = """
import sys
from datetime import UTC, datetime, timedelta
from hashlib import shake_128
from pathlib import Path

from itband_gui.journal.backups import Backups, Why

backups = Backups(Path(sys.argv[1]))
at = datetime(2026, 11, 22, tzinfo=UTC)
for n in range(100_000):
    copy = backups.keep(shake_128(b"%d" % n).digest(50_000), at + timedelta(seconds=n), Why.TIMED)
    print(n, flush=True)
"""


def test_a_process_killed_while_it_keeps_leaves_every_copy_that_it_told_of(
    backups: Backups,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(backups.folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
        process.kill()
        told = 20 + len(process.stdout.read().splitlines())
    copies = backups.copies()[::-1]
    assert told <= len(copies) <= told + 1
    for n, copy in enumerate(copies):
        assert backups.read(copy) == shake_128(b"%d" % n).digest(50_000)


@pytest.fixture
def refusable() -> Iterator[Backups]:
    """Backups of an ordinary user, whom a folder can refuse; root may do anything."""
    with TemporaryDirectory() as name:
        if os.getuid():
            yield Backups(Path(name) / "backups")
            return
        os.chown(name, NOBODY, -1)
        os.seteuid(NOBODY)
        try:
            yield Backups(Path(name) / "backups")
        finally:
            os.seteuid(0)


def test_a_folder_or_a_copy_that_refuses_is_told_and_is_not_damage(refusable: Backups) -> None:
    copy = kept(refusable, ONE)
    refusable.folder.chmod(0o500)
    with pytest.raises(BackupError) as failed:
        refusable.keep(TWO, AT + HOUR, Why.TIMED)
    assert (failed.value.code, failed.value.errno) == (NotSavedCode.READ_ONLY, errno.EACCES)
    refusable.thin(AT + DAY)
    copy.path.chmod(0)
    with pytest.raises(BackupError) as failed:
        refusable.read(copy)
    assert (failed.value.code, failed.value.errno) == (NotSavedCode.UNREADABLE, errno.EACCES)
    refusable.folder.chmod(0)
    with pytest.raises(BackupError) as failed:
        refusable.copies()
    assert (failed.value.code, failed.value.errno) == (NotSavedCode.UNREADABLE, errno.EACCES)
    refusable.folder.chmod(0o700)
