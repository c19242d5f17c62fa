import errno
import gzip
import os
import stat
import zlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.journal import backups as module
from itband_gui.journal import safe_file
from itband_gui.journal.backups import BackupError, Backups, Copy, Why
from itband_gui.journal.safe_file import JOURNAL_LIMIT, NotSavedCode
from tests.journal.copies import AT, CALLS, DAY, HOUR, MINUTE, ONE, SECOND, THREE, TWO, kept, names
from tests.journal.disk import Calls

# Keeping


def test_a_copy_is_kept_under_its_time_in_utc_and_its_reason(backups: Backups) -> None:
    at = datetime(2026, 11, 22, 8, 10, 0, 999, tzinfo=timezone(HOUR))
    copy = kept(backups, ONE, at)
    assert copy.path == backups.folder / "journal-20261122T071000Z.timed.json.gz"
    assert (copy.at, copy.why) == (AT, Why.TIMED)
    assert copy.size == copy.path.stat().st_size
    assert backups.copies() == [copy]
    assert backups.read(copy) == ONE
    assert gzip.decompress(copy.path.read_bytes()) == ONE
    assert len({copy, backups.copies()[0]}) == 1  # frozen: it goes from thread to thread


def test_the_names_on_the_disk_stay_as_they_are_for_every_reason(backups: Backups) -> None:
    for n, why in enumerate(Why):
        kept(backups, bytes([n]), AT + n * DAY, why)
    assert names(backups) == [
        "journal-20261122T071000Z.timed.json.gz",
        "journal-20261123T071000Z.import.json.gz",
        "journal-20261124T071000Z.restore.json.gz",
        "journal-20261125T071000Z.migration.json.gz",
        "journal-20261126T071000Z.merge.json.gz",
        "journal-20261127T071000Z.edited.json.gz",
        "journal-20261128T071000Z.shrink.json.gz",
        "journal-20261129T071000Z.acknowledged.json.gz",
    ]


@pytest.mark.parametrize("mask", [0, 0o077, 0o777])
def test_the_folder_and_the_copies_are_private_whatever_the_umask(
    backups: Backups, mask: int
) -> None:
    before = os.umask(mask)
    try:
        copy = kept(backups, ONE)
    finally:
        os.umask(before)
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(backups.folder.stat().st_mode) == 0o700


def test_the_same_bytes_pack_equally_at_any_time(backups: Backups) -> None:
    first, second = kept(backups, TWO), kept(backups, TWO, AT + DAY, Why.IMPORT)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.size < len(TWO) / 50
    header = b"\x1f\x8b\x08" + bytes(5) + b"\x04"  # no name, no time, the fastest packing
    assert first.path.read_bytes().startswith(header)


def test_copies_of_one_second_have_names_of_their_own_in_order(backups: Backups) -> None:
    copies = [kept(backups, bytes([n]), AT, why) for n, why in enumerate(Why)]
    assert len({copy.path for copy in copies}) == len(copies)
    assert backups.copies() == copies[::-1]
    assert names(backups) == [copy.path.name for copy in copies]
    assert copies[1].path.name == "journal-20261122T071000Z_2.import.json.gz"


def test_the_tenth_copy_of_a_second_is_newer_than_the_ninth(backups: Backups) -> None:
    copies = [kept(backups, bytes([n])) for n in range(12)]
    assert backups.copies() == copies[::-1]


def test_the_oldest_of_a_second_may_go_and_its_name_is_not_used_again(backups: Backups) -> None:
    kept(backups, ONE).path.unlink(missing_ok=kept(backups, TWO).path.is_file())
    assert kept(backups, THREE).path.name == "journal-20261122T071000Z_3.timed.json.gz"


def test_a_name_that_is_taken_by_something_else_is_passed_over(backups: Backups) -> None:
    taken = backups.folder / "journal-20261122T071000Z.timed.json.gz"
    taken.mkdir(parents=True)
    copy = kept(backups, ONE)
    assert copy.path.name == "journal-20261122T071000Z_2.timed.json.gz"
    assert backups.copies() == [copy]
    assert taken.is_dir()


@pytest.mark.parametrize("why", Why)
def test_a_name_is_safe_on_every_system(backups: Backups, why: Why) -> None:
    name = kept(backups, ONE, AT, why).path.name
    assert not set(name) & set('<>:"/\\|?* ')
    assert name == name.encode("ascii").decode()


def test_what_has_not_changed_is_not_kept_again_even_by_another_process(backups: Backups) -> None:
    kept(backups, ONE)
    assert backups.keep(ONE, AT, Why.TIMED) is None
    assert Backups(backups.folder).keep(ONE, AT + DAY, Why.TIMED) is None
    assert len(backups.copies()) == 1


def test_what_has_changed_back_is_kept_again(backups: Backups) -> None:
    for n, data in enumerate((ONE, TWO, ONE)):
        assert kept(backups, data, AT + n * HOUR)


def test_a_pinned_copy_is_made_although_a_timed_one_has_the_same_bytes(backups: Backups) -> None:
    kept(backups, ONE)
    assert kept(backups, ONE, AT + SECOND, Why.IMPORT)
    assert backups.keep(ONE, AT + MINUTE, Why.RESTORE) is None
    assert backups.keep(ONE, AT + MINUTE, Why.TIMED) is None


def test_bytes_of_the_same_length_and_checksum_are_still_told_apart(backups: Backups) -> None:
    one, two = b"plumless", b"buckeroo"  # a known pair with one CRC-32
    kept(backups, one)
    assert (zlib.crc32(one), len(one)) == (zlib.crc32(two), len(two))
    assert kept(backups, two, AT + DAY)


@pytest.mark.parametrize("ruin", [b"", b"1234567", b"\x1f\x8b ruins"])
def test_where_the_newest_copy_is_ruined_the_same_bytes_are_kept_again(
    backups: Backups, ruin: bytes
) -> None:
    copy = kept(backups, ONE)
    ending = copy.path.read_bytes()[-8:]
    copy.path.write_bytes(ruin)
    assert kept(backups, ONE, AT + HOUR)
    copy.path.write_bytes(ruin + ending)
    (backups.folder / backups.copies()[0].path.name).unlink()
    assert kept(backups, ONE, AT + HOUR)


def test_a_copy_from_the_future_keeps_none_from_being_made(backups: Backups) -> None:
    kept(backups, ONE, AT + 3650 * DAY)
    assert backups.due(AT)
    assert kept(backups, ONE, AT)
    assert backups.keep(ONE, AT + HOUR, Why.TIMED) is None


def test_what_is_left_of_killed_processes_is_swept(backups: Backups) -> None:
    kept(backups, ONE)
    left = backups.folder / f"{safe_file.TEMP_PREFIX}00{safe_file.TEMP_SUFFIX}"
    left.touch()
    kept(backups, TWO, AT + HOUR)
    assert not left.exists()


def test_more_than_any_journal_holds_is_not_kept(
    backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "JOURNAL_LIMIT", len(ONE))
    kept(backups, ONE)
    with pytest.raises(BackupError):
        backups.keep(ONE + b"\n", AT + HOUR, Why.TIMED)
    assert len(names(backups)) == 1


# When it is time


@pytest.mark.parametrize(
    ("later", "due"), [(0 * MINUTE, False), (30 * MINUTE - SECOND, False), (30 * MINUTE, True)]
)
def test_a_copy_is_due_half_an_hour_after_the_last_timed_one(
    backups: Backups, later: timedelta, due: bool
) -> None:
    assert backups.due(AT)
    kept(backups, ONE)
    kept(backups, TWO, AT + later, Why.MERGE)
    assert backups.due(AT + later) is due
    assert backups.due(AT + later) is due  # asked again, and of the disk alone
    assert Backups(backups.folder).due(AT + later) is due


def test_within_the_half_hour_the_folder_is_not_listed_again(backups: Backups) -> None:
    kept(backups, ONE)
    assert not backups.due(AT)
    with pytest.MonkeyPatch.context() as patch:
        calls = Calls(patch, CALLS, 0, lambda _: None)
        assert not backups.due(AT + 30 * MINUTE - SECOND)
    assert calls.count == 0


def test_a_timed_copy_made_by_another_process_counts(backups: Backups) -> None:
    kept(backups, ONE)
    assert not backups.due(AT)
    assert backups.due(AT + HOUR)
    kept(Backups(backups.folder), TWO, AT + HOUR)
    assert not backups.due(AT + HOUR)


def test_one_is_due_again_when_the_clock_was_set_back(backups: Backups) -> None:
    kept(backups, ONE)
    assert backups.due(AT - SECOND)


# Reading


@pytest.mark.parametrize("data", [b"", ONE, THREE])
def test_every_truncation_and_every_changed_byte_of_a_copy_is_noticed(
    backups: Backups, data: bytes
) -> None:
    codes = set()
    copy = kept(backups, data)
    packed = copy.path.read_bytes()
    for n in range(0, len(packed), 1 + len(packed) // 300):
        copy.path.write_bytes(packed[:n])
        with pytest.raises(BackupError) as failed:
            backups.read(copy)
        assert failed.value.code is NotSavedCode.DAMAGED
        copy.path.write_bytes(packed[:n] + bytes([packed[n] ^ 0xFF]) + packed[n + 1 :])
        try:
            assert backups.read(copy) == data  # the byte told of nothing: a date, a system
        except BackupError as error:
            codes.add(error.code)
    assert codes == {NotSavedCode.DAMAGED}


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_fail_otherwise(
    tmp_path_factory: pytest.TempPathFactory, ruin: bytes
) -> None:
    path = tmp_path_factory.mktemp("ruins") / "ruin"
    path.write_bytes(b"\x1f\x8b\x08" + ruin)
    copy = Copy(path, AT, Why.TIMED, 0)
    with pytest.raises(BackupError) as failed:
        Backups(path.parent).read(copy)
    assert (failed.value.code, failed.value.errno) == (NotSavedCode.DAMAGED, None)


@pytest.mark.parametrize("after", [b"\0", b"more", gzip.compress(ONE, mtime=0)])
def test_something_after_the_end_is_damage(backups: Backups, after: bytes) -> None:
    copy = kept(backups, ONE)
    with copy.path.open("ab") as stream:
        stream.write(after)
    with pytest.raises(BackupError) as failed:
        backups.read(copy)
    assert failed.value.code is NotSavedCode.DAMAGED


def test_a_copy_that_unpacks_to_more_than_any_journal_is_not_read(backups: Backups) -> None:
    copy = kept(backups, ONE)
    with gzip.open(copy.path, "wb", compresslevel=1) as stream:
        for _ in range(JOURNAL_LIMIT // 2**20 + 1):
            stream.write(bytes(2**20))
    with pytest.raises(BackupError) as failed:
        backups.read(copy)
    assert (failed.value.code, failed.value.errno) == (NotSavedCode.DAMAGED, errno.EFBIG)


def test_the_greatest_journal_can_be_read(
    backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = kept(backups, ONE)
    monkeypatch.setattr(module, "JOURNAL_LIMIT", len(ONE))
    assert backups.read(copy) == ONE
    monkeypatch.setattr(module, "JOURNAL_LIMIT", len(ONE) - 1)
    with pytest.raises(BackupError):
        backups.read(copy)


def test_a_giant_file_is_damage_and_is_not_read_whole(backups: Backups) -> None:
    copy = kept(backups, ONE)
    os.truncate(copy.path, JOURNAL_LIMIT + 1)  # takes no space: it is all hole
    with pytest.raises(BackupError) as failed:
        backups.read(copy)
    assert (failed.value.code, failed.value.errno) == (NotSavedCode.DAMAGED, errno.EFBIG)


def test_a_copy_that_is_gone_cannot_be_read_but_is_not_damaged(backups: Backups) -> None:
    copy = kept(backups, ONE)
    copy.path.unlink()
    with pytest.raises(BackupError) as failed:
        backups.read(copy)
    assert (failed.value.code, failed.value.errno) == (NotSavedCode.UNREADABLE, errno.ENOENT)


# What else may be in the folder


FOREIGN = [
    "journal.json.gz",
    "journal-20261122T071000Z.json.gz",
    "journal-20261122T071000Z.other.json.gz",
    "journal-20261122T071000Z_1.timed.json.gz",
    "journal-20261122T071000Z_02.timed.json.gz",
    "journal-20261122T071000.timed.json.gz",
    "journal-20261322T071000Z.timed.json.gz",
    "journal-20261122T240000Z.timed.json.gz",
    "journal-20261122T071060Z.timed.json.gz",
    "journal-20261122T071000Z.timed.json.gz\n",
    "journal-20261122T071000Z.timed.json.gz.part",
    "journal-20261122T071000Z.timed (conflicted copy).json.gz",
    "journal-２０２６1122T071000Z.timed.json.gz",
    "Journal-20261122T071000Z.timed.json.gz",
    "notes.txt",
]


def test_files_of_others_are_never_listed_and_never_removed(backups: Backups) -> None:
    backups.folder.mkdir(parents=True)
    for name in FOREIGN:
        (backups.folder / name).write_text("mine")
    stray = os.fsencode(backups.folder) + b"/journal-\xff.timed.json.gz"
    Path(os.fsdecode(stray)).touch()
    (backups.folder / "journal-20251122T071000Z.timed.json.gz").mkdir()
    (backups.folder / "journal-20241122T071000Z.timed.json.gz").symlink_to("notes.txt")
    os.mkfifo(backups.folder / "journal-20231122T071000Z.timed.json.gz")
    before = names(backups)
    assert backups.copies() == []
    assert backups.due(AT)
    copy = kept(backups, ONE, AT + DAY)
    backups.thin(AT + 3650 * DAY)
    assert names(backups) == sorted([*before, copy.path.name])
    assert (backups.folder / "notes.txt").read_text() == "mine"


def test_without_a_folder_there_are_no_copies(backups: Backups) -> None:
    assert backups.copies() == []
    assert backups.due(AT)
    backups.thin(AT)
    assert not backups.folder.exists()


def test_a_copy_that_goes_while_they_are_listed_is_left_out(
    backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = kept(backups, ONE), kept(backups, TWO, AT + HOUR)
    lstat = Path.lstat

    def gone(path: Path) -> os.stat_result:
        first.path.unlink(missing_ok=True)
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", gone)
    assert backups.copies() == [second]


@given(st.lists(st.sampled_from([*FOREIGN, "a", "b"]) | st.text("jourl-.Z0", min_size=1)))
def test_no_name_makes_listing_fail(
    tmp_path_factory: pytest.TempPathFactory, found: list[str]
) -> None:
    backups = Backups(tmp_path_factory.mktemp("junk"))
    for name in set(found) - {".", ".."}:
        (backups.folder / name).touch()
    assert backups.copies() == []


# Thinning


def test_thinning_removes_what_the_rules_let_go_each_reason_by_itself(backups: Backups) -> None:
    for n in range(30):
        at = AT + n * MINUTE * 5
        kept(backups, b"timed%d" % n, at, Why.TIMED)
        kept(backups, b"merge%d" % n, at + SECOND, Why.MERGE)
    imported = kept(backups, b"import", AT - 300 * DAY, Why.IMPORT)
    copies = backups.copies()
    backups.thin(AT + DAY)
    whys = [copy.why for copy in backups.copies()]
    assert [whys.count(why) for why in (Why.TIMED, Why.MERGE, Why.IMPORT)] == [30, 21, 1]
    backups.thin(AT + 365 * DAY)
    left = backups.copies()
    assert [copy.why for copy in left].count(Why.TIMED) == 1
    assert [copy.why for copy in left].count(Why.MERGE) == 20
    assert left[0] == copies[0]
    assert next(copy for copy in left if copy.why is Why.TIMED) == copies[1]
    assert left[-1] == imported


def test_a_pinned_copy_outlives_the_timed_ones_of_its_day(backups: Backups) -> None:
    kept(backups, ONE, AT, Why.SHRINK)
    kept(backups, TWO, AT + HOUR)
    kept(backups, ONE, AT + 2 * HOUR)
    backups.thin(AT + 100 * DAY)
    assert [copy.why for copy in backups.copies()] == [Why.TIMED, Why.SHRINK]


def test_a_copy_that_cannot_be_removed_does_not_keep_the_others(
    backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = kept(backups, ONE)
    free = kept(backups, TWO, AT + MINUTE)
    newest = kept(backups, THREE, AT + 2 * MINUTE)
    unlink = Path.unlink

    def refuse_one(path: Path, missing_ok: bool = False) -> None:
        if path == stuck.path:
            raise PermissionError(errno.EACCES, "held")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse_one)
    backups.thin(AT + DAY * 3)
    assert not free.path.exists()
    assert backups.copies() == [newest, stuck]
