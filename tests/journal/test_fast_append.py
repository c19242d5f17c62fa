"""Appending an entry makes the same file as a store does, or refuses."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal import fast_append, safe_file
from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.entries import Entry, RestDay
from itband_gui.journal.fast_append import Appended, append, with_newest
from itband_gui.journal.lock import locked
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.snapshot import FILE_NAME, read
from itband_gui.journal.store import Store
from itband_gui.journal.validation import EntryInvalidError
from itband_gui.journal.versions import EncodingError, Version, written
from tests.makers import save_entries

from .conftest import MORNING, MakeRating

LATER = MORNING + timedelta(hours=5)


@pytest.fixture
def path(tmp_path: Path, rating: MakeRating) -> Path:
    """A journal of three ratings."""
    path = tmp_path / "data" / FILE_NAME
    save_entries(path, [rating(score=hour, hour=hour) for hour in range(3)])
    return path


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "backups")


def test_the_file_is_byte_for_byte_the_one_that_a_store_saves(
    path: Path, backups: Backups, rating: MakeRating
) -> None:
    new, other = rating(hour=4), path.with_name("by-store") / FILE_NAME
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    save_entries(other, [new])

    assert append(path, new, backups, LATER) == Appended(None, unlocked=False)
    assert path.read_bytes() == other.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_entries_there_are_the_bytes_are_those_of_a_whole_encoding(
    data: st.DataObject, any_entry: st.SearchStrategy[Entry]
) -> None:
    *before, new = data.draw(
        st.lists(any_entry, min_size=1, max_size=6, unique_by=lambda entry: entry.id)
    )
    made = with_newest(encode(Book(before)), written(new))

    is_newest = before and max((e.at, e.id) for e in before) < (new.at, new.id)
    whole = encode(Book([*before, new]))
    assert (made and (made.data, made.checksum)) == (
        (whole, read(whole).checksum) if is_newest else None
    )


def test_the_journal_before_is_kept_as_the_previous_and_as_a_copy_by_the_clock(
    path: Path, backups: Backups, rating: MakeRating
) -> None:
    before = path.read_bytes()

    append(path, rating(hour=4), backups, LATER)

    assert path.with_name(f"{FILE_NAME}.bak").read_bytes() == before
    (copy,) = backups.copies()
    assert (copy.why, backups.read(copy)) == (Why.TIMED, before)


def test_what_a_killed_save_left_is_swept_away(
    path: Path, backups: Backups, rating: MakeRating
) -> None:
    left = safe_file.temp_beside(path)
    left.write_bytes(b"half")

    append(path, rating(hour=4), backups, LATER)

    assert not left.exists()


def test_a_copy_that_fails_is_told_and_stops_no_save(
    path: Path, backups: Backups, rating: MakeRating
) -> None:
    backups.folder.write_bytes(b"no folder")
    new = rating(hour=4)

    appended = append(path, new, backups, LATER)

    assert appended
    assert appended.backup_error
    assert new in decode(path.read_bytes()).entries


def test_a_link_stays_a_link(path: Path, backups: Backups, rating: MakeRating) -> None:
    link = path.with_name("link.json")
    link.symlink_to(path)
    new = rating(hour=4)

    assert append(link, new, backups, LATER)
    assert link.is_symlink()
    assert new in decode(path.read_bytes()).entries


def test_a_save_that_fails_is_told(
    path: Path, backups: Backups, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def full(opened: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotSavedError):
        append(path, rating(hour=4), backups, LATER)
    assert path.read_bytes() == before


def test_what_may_not_enter_the_journal_is_refused(
    path: Path, backups: Backups, rating: MakeRating
) -> None:
    with pytest.raises(EntryInvalidError):
        append(path, rating(score=11, hour=4), backups, LATER)


def test_the_lock_is_held_from_the_reading_to_the_writing(
    path: Path, backups: Backups, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("itband_gui.journal.lock._TRIES", 1)
    with locked(path), pytest.raises(NotSavedError):
        append(path, rating(hour=4), backups, LATER)


# What is left to the store


def _edited(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"score":2', b'"score":3'))


def _count_flipped(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"count": 3', b'"count": 2'))


def _with_own_checksum(path: Path, old: bytes, new: bytes) -> None:
    """Change a journal as somebody does who can count a checksum."""
    lines = path.read_bytes().replace(old, new)
    end = lines.rfind(b"\n", 0, -1) + 1
    checksum = read(lines).checksum.encode()
    path.write_bytes(lines[:end] + b'"count": 3, "sha256": "' + checksum + b'"}\n')


def _newer(path: Path) -> None:
    _with_own_checksum(path, b'"min_reader": 1', b'"min_reader": 2')


def _older_schema(path: Path) -> None:
    _with_own_checksum(path, b'"schema": 2', b'"schema": 1')


def _newer_schema(path: Path) -> None:
    _with_own_checksum(path, b'"schema": 2', b'"schema": 3')


def _other_header(path: Path) -> None:
    _with_own_checksum(path, b'{"format": ', b'{"format":')


def _last_line_unknown(path: Path) -> None:
    lines = path.read_bytes()
    start = lines.rfind(b'{"kind":"rating"')
    _with_own_checksum(path, lines[start:], lines[start:].replace(b"rating", b"dreams"))


def _without_lines(path: Path) -> None:
    path.write_bytes(encode(Book()))


def _conflicting(path: Path) -> None:
    path.with_name("journal.sync-conflict-20261122-071000-ABCDEFG.json").write_bytes(
        path.read_bytes()
    )


@pytest.mark.parametrize(
    "change",
    [
        _edited,
        _count_flipped,
        _newer,
        _older_schema,
        _newer_schema,
        _other_header,
        _last_line_unknown,
        _without_lines,
        _conflicting,
        Path.unlink,
    ],
)
def test_what_is_not_just_a_journal_of_ours_is_left_to_the_store(
    path: Path, backups: Backups, rating: MakeRating, change: Callable[[Path], None]
) -> None:
    change(path)
    before = {file: file.read_bytes() for file in path.parent.iterdir()}

    assert append(path, rating(hour=4), backups, LATER) is None
    assert {file: file.read_bytes() for file in path.parent.iterdir()} == before
    assert not backups.folder.exists()


def test_an_older_journal_is_left_to_the_store_once(
    path: Path, backups: Backups, rating: MakeRating
) -> None:
    _older_schema(path)
    before = decode(path.read_bytes()).snapshot.data
    new = rating(hour=4)
    assert append(path, new, backups, LATER) is None
    window = Store(path, backups, lambda: LATER)
    book = window.load().book
    book.add(new)
    window.save(book)

    assert append(path, rating(hour=4.5), backups, LATER) == Appended(None, unlocked=False)
    saved = decode(path.read_bytes())
    assert (len(saved.entries), saved.migrated_from) == (5, None)
    assert before.items() <= saved.snapshot.data.items(), "no line has changed"


@pytest.mark.parametrize("hour", [-1, 1.5, 2])
def test_an_entry_from_before_the_newest_is_left_to_the_store(
    path: Path, backups: Backups, rating: MakeRating, hour: float
) -> None:
    newest = decode(path.read_bytes()).entries[-1]
    early = replace(rating(hour=hour), id=newest.id[:-1] + " ")  # of one time, the ids decide

    assert append(path, early, backups, LATER) is None


def test_an_id_that_is_taken_is_left_to_the_store(path: Path, backups: Backups) -> None:
    taken = decode(path.read_bytes()).entries[0].id

    assert append(path, RestDay(id=taken, at=LATER), backups, LATER) is None


def test_an_entry_that_cannot_be_written_is_left_to_the_store(
    path: Path, backups: Backups, rating: MakeRating, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(entry: Entry) -> Version:
        raise EncodingError(entry.id)

    monkeypatch.setattr(fast_append, "written", forgetful)
    assert append(path, rating(hour=4), backups, LATER) is None
