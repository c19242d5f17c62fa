import errno
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.entries import Entry, Rating
from itband_gui.journal.recovery import (
    RecoveryOption,
    RecoverySource,
    keep_previous,
    previous_of,
    recovery_options,
)
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.store import Store

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "journal.json"


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "backups")


@pytest.fixture
def five(rating: MakeRating) -> list[Rating]:
    return [rating(hour=hour) for hour in range(5)]


def previous(target: Path, entries: list[Rating], at: datetime, name: str = "") -> Path:
    """Write a previous journal that was last changed at a time."""
    path = target.with_name(name) if name else previous_of(target)
    path.write_bytes(encode(Book(entries)))
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def told(found: list[RecoveryOption]) -> list[tuple[RecoverySource, datetime | None, int, int]]:
    return [(offer.source, offer.at, offer.entries, len(offer.missing)) for offer in found]


def test_where_there_is_nothing_nothing_is_offered(target: Path, backups: Backups) -> None:
    assert list(recovery_options(target, None, None)) == []
    assert list(recovery_options(target, decode(b""), backups)) == []
    assert not backups.folder.exists()


def test_what_was_salvaged_comes_first_and_lacks_nothing_of_itself(
    target: Path, five: list[Rating]
) -> None:
    salvaged = decode(encode(Book(five))[:-90])
    (offer,) = recovery_options(target, salvaged, None)
    assert offer == RecoveryOption(RecoverySource.SALVAGE, None, 5, five[0].at, five[4].at, ())
    assert offer.missing == ()


def test_copies_are_offered_newest_first_with_what_the_salvage_lacks(
    target: Path, backups: Backups, five: list[Rating]
) -> None:
    salvaged = decode(encode(Book(five[1:4]))[:-90])
    assert len(salvaged.entries) == 3
    hour = timedelta(hours=1)
    backups.keep(encode(Book(five[:2])), NOON - 2 * hour, Why.TIMED)
    previous(target, five[:4], NOON - hour)
    backups.keep(encode(Book(five)), NOON, Why.MERGE)
    found = list(recovery_options(target, salvaged, backups))
    assert told(found) == [
        (RecoverySource.SALVAGE, None, 3, 0),
        (RecoverySource.BACKUP, NOON, 5, 2),
        (RecoverySource.PREVIOUS, NOON - hour, 4, 1),
        (RecoverySource.BACKUP, NOON - 2 * hour, 2, 1),
    ]
    assert found[1].missing == (five[0], five[4])
    assert (found[3].first, found[3].last) == (five[0].at, five[1].at)


def test_beside_a_missing_journal_everything_is_missing(
    target: Path, backups: Backups, five: list[Rating]
) -> None:
    previous(target, five, NOON)
    (offer,) = recovery_options(target, None, backups)
    assert (offer.source, offer.missing) == (RecoverySource.PREVIOUS, tuple(five))


def test_beside_an_empty_journal_everything_is_missing(target: Path, five: list[Rating]) -> None:
    previous(target, five, NOON)
    (offer,) = recovery_options(target, decode(b""), None)
    assert len(offer.missing) == 5


def test_first_and_last_are_found_in_entries_of_any_order(target: Path, five: list[Rating]) -> None:
    lines = encode(Book(five)).splitlines(keepends=True)
    lines[2:6] = reversed(lines[2:6])
    previous_of(target).write_bytes(b"".join(lines))
    (offer,) = recovery_options(target, None, None)
    assert (offer.first, offer.last) == (five[0].at, five[4].at)


def test_a_copy_edited_by_hand_is_offered(target: Path, five: list[Rating]) -> None:
    path = previous(target, five, NOON)
    path.write_bytes(path.read_bytes().replace(b'"score":4', b'"score":5', 1))
    assert [offer.entries for offer in recovery_options(target, None, None)] == [5]


def test_copies_that_are_damaged_newer_or_empty_are_passed_over(
    target: Path, backups: Backups, five: list[Rating]
) -> None:
    whole = encode(Book(five))
    good = backups.keep(whole, NOON, Why.TIMED)
    assert good is not None
    hour = timedelta(hours=1)
    bad = backups.keep(encode(Book(five[:1])), NOON + 2 * hour, Why.TIMED)
    assert bad is not None
    bad.path.write_bytes(bad.path.read_bytes()[:-9])
    backups.keep(whole[:-90], NOON + hour, Why.TIMED)
    backups.keep(encode(Book()), NOON + 3 * hour, Why.TIMED)
    backups.keep(whole.replace(b'"min_reader": 1', b'"min_reader": 9'), NOON + 4 * hour, Why.TIMED)
    assert len(backups.copies()) == 5
    assert [offer.at for offer in recovery_options(target, None, backups)] == [NOON]


def test_only_what_is_asked_for_is_read(target: Path, backups: Backups, five: list[Rating]) -> None:
    older = backups.keep(encode(Book(five)), NOON - timedelta(hours=1), Why.TIMED)
    previous(target, five, NOON)
    assert older is not None
    asked = recovery_options(target, None, backups)
    assert next(asked).source is RecoverySource.PREVIOUS
    older.path.unlink()
    assert list(asked) == []


def test_pipes_links_to_nowhere_and_other_files_are_passed_over(
    target: Path, five: list[Rating]
) -> None:
    os.mkfifo(target.with_name("journal.json.1.bak"))
    for number in range(20):
        target.with_name(f"journal.json.link-{number}.bak").symlink_to("nowhere")
    target.with_name("journal.json.3.bak").mkdir()
    previous(target, five, NOON, "journal.json")
    target.with_name("journal.json.txt").write_text("somebody else's")
    assert list(recovery_options(target, None, None)) == []
    previous(target, five, NOON)
    assert len(list(recovery_options(target, None, None))) == 1


def test_beside_a_missing_journal_every_other_journal_is_offered(
    target: Path, five: list[Rating]
) -> None:
    names = ["journals.json.bak", "other.bak", "journal.json.txt", "journal.json.conflict1"]
    for number, name in enumerate(names):
        previous(target, five[: number + 1], NOON + timedelta(hours=number), name)
    previous(target, five, NOON)
    found = list(recovery_options(target, None, None))
    assert [offer.name for offer in found] == [*reversed(names), ""]
    assert [(offer.source, offer.entries) for offer in found] == [
        (RecoverySource.BESIDE, 4),
        (RecoverySource.BESIDE, 3),
        (RecoverySource.BESIDE, 2),
        (RecoverySource.BESIDE, 1),
        (RecoverySource.PREVIOUS, 5),
    ]
    target.write_bytes(encode(Book(five))[:-90])
    salvaged = decode(target.read_bytes())
    sources = [offer.source for offer in recovery_options(target, salvaged, None)]
    assert sources == [RecoverySource.SALVAGE, RecoverySource.PREVIOUS], (
        "the others are taken in without asking"
    )


def test_folders_that_cannot_be_listed_offer_nothing(
    target: Path, backups: Backups, five: list[Rating]
) -> None:
    backups.folder.write_text("a file where the folder should be")
    assert list(recovery_options(target.parent / "gone" / "journal.json", None, backups)) == []
    previous(target, five, NOON)
    assert len(list(recovery_options(target, None, backups))) == 1


# Keeping the previous journal


def test_without_a_previous_journal_nothing_is_kept(target: Path) -> None:
    keep_previous(target)
    assert list(target.parent.iterdir()) == []
    keep_previous(target.parent / "gone" / "journal.json")


def test_a_kept_previous_journal_is_out_of_reach_and_still_offered(
    target: Path, five: list[Rating]
) -> None:
    path = previous(target, five, NOON)
    data = path.read_bytes()
    keep_previous(target)
    (kept,) = target.parent.iterdir()
    assert kept.name == "journal.json.20261122T120000Z.bak"
    assert kept.read_bytes() == data
    previous(target, five[:1], NOON + timedelta(hours=1))
    assert [offer.entries for offer in recovery_options(target, None, None)] == [1, 5]


def test_every_kept_journal_gets_a_name_of_its_own(target: Path, five: list[Rating]) -> None:
    for number in (5, 4, 3):
        previous(target, five[:number], NOON)
        keep_previous(target)
    names = {offer.entries for offer in recovery_options(target, None, None)}
    assert names == {5, 4, 3}
    assert sorted(path.name for path in target.parent.iterdir()) == [
        "journal.json.20261122T120000Z-2.bak",
        "journal.json.20261122T120000Z-3.bak",
        "journal.json.20261122T120000Z.bak",
    ]


def test_keeping_is_durable_when_it_returns(
    target: Path, five: list[Rating], monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = list[Path]()
    monkeypatch.setattr(safe_file, "flush_folder", flushed.append)
    path = previous(target, five, NOON)
    keep_previous(target)
    assert flushed == [target.parent]
    assert not path.exists()


def test_what_cannot_be_kept_is_told_and_stays(
    target: Path, five: list[Rating], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = previous(target, five, NOON)

    def refuse(path: Path, target: Path) -> None:
        raise OSError(errno.EROFS, "read-only", str(path))

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(NotSavedError) as refused:
        keep_previous(target)
    assert refused.value.code is NotSavedCode.READ_ONLY
    assert stat.S_ISREG(path.stat().st_mode)


@pytest.mark.parametrize("length", [255, 252, 245])
def test_of_a_journal_whose_name_is_too_long_no_previous_is_kept_or_lost(
    target: Path, five: list[Rating], length: int
) -> None:
    long = target.with_name("x" * length)
    if length < 252:
        previous(long, five, NOON)
    before = list(target.parent.iterdir())
    keep_previous(long)
    assert list(target.parent.iterdir()) == before


def test_what_was_removed_is_not_missing(target: Path, five: list[Rating]) -> None:
    book = Book()
    for entry in five:
        book.add(entry)
    Store(target).save(book)
    book.remove(five[0].id)
    Store(target).save(book)
    previous(target, five, NOON)
    salvaged = decode(target.read_bytes()[:-90])
    assert len(salvaged.entries) == 4
    assert [len(offer.missing) for offer in recovery_options(target, salvaged, None)] == [0, 0]


def test_missing_entries_can_be_added_to_the_salvage(target: Path, five: list[Rating]) -> None:
    salvaged = decode(encode(Book(five[1:3]))[:-90])
    previous(target, five, NOON)
    *_, offer = recovery_options(target, salvaged, None)
    book = Book(salvaged.entries)
    for entry in offer.missing:
        book.add(entry)
    assert list(book) == list[Entry](five)
