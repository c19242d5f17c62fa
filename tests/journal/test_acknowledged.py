"""The record of saves grows by little and is read as far as it is intact."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from itband_gui.journal import acknowledged
from itband_gui.journal.acknowledged import Acknowledged, Remembered
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Rating
from itband_gui.journal.snapshot import FileImage, FileSnapshot

MakeRating = Callable[..., Rating]


@pytest.fixture
def log(tmp_path: Path) -> Acknowledged:
    return Acknowledged(tmp_path / "state" / "journal.log")


@pytest.fixture
def journals(rating: MakeRating) -> list[FileImage]:
    """Journals of one entry, of two, and so on to ten."""
    entries = [rating(hour=hour) for hour in range(10)]
    return [FileSnapshot.of_entries(entries[: n + 1]).encoded() for n in range(10)]


def kept_of(whole: FileImage) -> int:
    """Return for how many bytes the journal with one more entry is the same."""
    return whole.data.rfind(b"\n],\n")


def fill(log: Acknowledged, journals: list[FileImage]) -> None:
    before = None
    for whole in journals:
        if before is None:
            assert log.add(whole, "", 0)
        else:
            assert log.add(whole, before.checksum, kept_of(before))
        before = whole


def recalled(log: Acknowledged) -> Remembered:
    remembered = log.recall()
    assert remembered is not None
    return remembered


def test_the_last_journal_is_remembered_byte_for_byte_and_those_before_by_their_checksums(
    log: Acknowledged, journals: list[FileImage]
) -> None:
    assert (log.last(), log.recall(), log.read()) == (None, None, b"")
    fill(log, journals)
    remembered = recalled(log)
    assert log.read() == remembered.data == journals[-1].data
    assert log.last() == remembered.digest == journals[-1].checksum
    assert all(remembered.is_earlier(whole.checksum) for whole in journals[:-1])
    assert not remembered.is_earlier(journals[-1].checksum)
    assert not remembered.is_earlier("0" * 64)
    assert [remembered.version(whole.checksum) for whole in journals] == [w.data for w in journals]
    assert remembered.version("0" * 64) is None


def test_one_more_entry_costs_its_own_bytes_and_no_new_file(
    log: Acknowledged, journals: list[FileImage]
) -> None:
    fill(log, journals[:-1])
    before = log.file.stat()
    assert log.add(journals[-1], journals[-2].checksum, kept_of(journals[-2]))
    after = log.file.stat()
    line = len(journals[-1].data) - len(journals[-2].data)
    assert after.st_ino == before.st_ino
    assert after.st_size - before.st_size < line + 300


def test_it_is_private_and_so_is_its_folder(log: Acknowledged, journals: list[FileImage]) -> None:
    fill(log, journals)
    assert log.file.stat().st_mode & 0o777 == 0o600
    assert log.file.parent.stat().st_mode & 0o777 == 0o700


def test_a_log_that_grows_is_begun_anew_and_knows_the_earlier_ones_still(
    log: Acknowledged, journals: list[FileImage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acknowledged, "_ROOM", 0)
    fill(log, journals)
    for _ in range(5):  # the same journals again: each a change from the first line on
        for whole, before in zip(journals, [journals[-1], *journals], strict=False):
            assert log.add(whole, before.checksum, 0)
    assert log.file.stat().st_size <= 3 * len(journals[-1].data) + 20 * 80
    remembered = recalled(log)
    assert remembered.data == journals[-1].data
    assert all(remembered.is_earlier(whole.checksum) for whole in journals[:-1])


def test_the_oldest_checksums_are_forgotten(
    log: Acknowledged, journals: list[FileImage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acknowledged, "MOST_EARLIER", 3)
    for whole in journals:
        assert log.add(whole, "", 0)
    remembered = recalled(log)
    known = [remembered.is_earlier(whole.checksum) for whole in journals]
    assert known == [False] * 6 + [True] * 3 + [False]
    assert remembered.version(journals[-2].checksum) is None  # its bytes went with the old log


def test_files_that_were_taken_in_are_known_by_their_digests(
    log: Acknowledged, journals: list[FileImage]
) -> None:
    assert log.add(journals[0], "", 0, ["a" * 64])
    assert log.add(journals[1], journals[0].checksum, kept_of(journals[0]), ["b" * 64])
    remembered = recalled(log)
    assert remembered.is_earlier("a" * 64)
    assert remembered.is_earlier("b" * 64)
    assert remembered.data == journals[1].data


def test_every_cut_and_every_tail_of_zeros_leaves_a_whole_journal_or_none(
    log: Acknowledged, journals: list[FileImage]
) -> None:
    """A power cut spoils what was not yet synced; what is recalled is always one that there was."""
    fill(log, journals[:4])
    data = log.file.read_bytes()
    first = data.index(journals[0].data) + len(journals[0].data)
    known = {whole.data for whole in journals[:4]}
    for cut in range(0, len(data), 7):
        for end in (b"", bytes(len(data) - cut)):
            log.file.write_bytes(data[:cut] + end)
            remembered = log.recall()
            assert remembered is None or remembered.data in known
            assert (remembered is not None) == (cut >= first)
            if remembered is None or remembered.data != journals[3].data:
                assert log.last() != journals[3].checksum
    assert log.add(journals[4], journals[3].checksum, kept_of(journals[3]))
    assert recalled(log).data == journals[4].data


@pytest.mark.parametrize(
    "found", [b"", b"itband-acknowledged 2\nwhatever", b"\0" * 900, b"{}", b"\xff" * 300]
)
def test_a_log_of_a_newer_form_or_of_no_form_counts_as_nothing_and_is_begun_anew(
    log: Acknowledged, journals: list[FileImage], found: bytes
) -> None:
    log.file.parent.mkdir()
    log.file.write_bytes(found + journals[0].data)
    assert (log.last(), log.recall()) == ("", None)
    assert log.add(journals[1], journals[0].checksum, kept_of(journals[0]))
    assert recalled(log).data == journals[1].data


def test_a_flipped_bit_costs_no_more_than_what_comes_after_it(
    log: Acknowledged, journals: list[FileImage]
) -> None:
    fill(log, journals)
    data = bytearray(log.file.read_bytes())
    data[-300] ^= 1
    log.file.write_bytes(data)
    assert decode(recalled(log).data).entries == decode(journals[8].data).entries


def test_where_the_beginning_is_spoilt_nothing_is_remembered(
    log: Acknowledged, journals: list[FileImage]
) -> None:
    fill(log, journals)
    data = bytearray(log.file.read_bytes())
    data[data.index(b'"score"')] ^= 1
    log.file.write_bytes(data)
    assert log.recall() is None


def test_a_log_that_ends_before_the_journal_that_covers_others_is_read_up_to_there(
    log: Acknowledged, journals: list[FileImage]
) -> None:
    fill(log, journals)
    with log.file.open("ab") as stream:
        stream.write(b"0 0 " + b"a" * 64 + b"\n")
    remembered = recalled(log)
    assert remembered.data == journals[-1].data
    assert not remembered.is_earlier("a" * 64)


@pytest.mark.skipif(os.name == "nt", reason="a folder that refuses writing is made with modes")
def test_where_it_cannot_be_written_nothing_is_raised(
    tmp_path: Path, journals: list[FileImage]
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    log = Acknowledged(tmp_path / "state" / "journal.log")
    assert not log.add(journals[0], "", 0)
    assert (log.last(), log.recall(), log.read()) == (None, None, b"")
    log.forget()


def test_what_is_forgotten_is_gone(log: Acknowledged, journals: list[FileImage]) -> None:
    fill(log, journals)
    log.forget()
    assert (log.last(), log.recall()) == (None, None)
