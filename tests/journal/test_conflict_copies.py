import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from zlib import compress

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.conflict_copies import put_away, read
from itband_gui.journal.entries import Rating
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.journal.store import Store
from tests.fleet import run_all

MakeRating = Callable[..., Rating]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "journal.json"


@pytest.fixture
def two(rating: MakeRating) -> bytes:
    return encode(Book([rating(hour=1), rating(hour=2)]))


def written(target: Path, data: bytes, name: str = "journal (1).json") -> Path:
    path = target.with_name(name)
    path.write_bytes(data)
    return path


# Reading


def test_a_whole_copy_is_read(target: Path, two: bytes) -> None:
    path = written(target, two)
    copy = read(path)
    assert (copy.path, copy.data, copy.decoded.verdict) == (path, two, JournalVerdict.SOUND)
    assert len(copy.decoded.entries) == 2


def test_a_copy_that_something_edited_is_read(target: Path, two: bytes) -> None:
    copy = read(written(target, two.replace(b'"score":4', b'"score":5')))
    assert copy.decoded.verdict is JournalVerdict.EDITED


def test_a_copy_without_entries_is_a_copy(target: Path) -> None:
    assert read(written(target, encode(Book()))).decoded.verdict is JournalVerdict.SOUND


@pytest.mark.parametrize("part", [slice(0, -90), slice(30, None)])
def test_what_is_left_of_a_damaged_copy_is_read_and_named(
    target: Path, two: bytes, part: slice
) -> None:
    copy = read(written(target, two[part]))
    assert copy.decoded.verdict is JournalVerdict.DAMAGED
    assert copy.decoded.problems
    assert len(copy.decoded.entries) == 2


def test_a_damaged_copy_that_tells_of_a_removal_alone_is_read(
    target: Path, rating: MakeRating
) -> None:
    book = Book()
    entry = book.add(rating())
    Store(target).save(book)
    book.remove(entry.id)
    Store(target).save(book)
    copy = read(written(target, target.read_bytes()[:-90]))
    assert (copy.decoded.entries, len(copy.decoded.snapshot)) == ([], 1)


def test_a_copy_that_is_packed_is_read_and_one_cut_short_is_damaged(
    target: Path, two: bytes
) -> None:
    packed = compress(two, wbits=31)
    copy = read(written(target, packed, "journal.json.gz"))
    assert (copy.data, copy.decoded.verdict, len(copy.decoded.entries)) == (
        packed,
        JournalVerdict.SOUND,
        2,
    )
    for part in (packed[:-60], packed[:40], b"\x1f\x8b"):
        assert read(written(target, part)).decoded.verdict is JournalVerdict.DAMAGED


def test_a_copy_that_cannot_be_read_now_is_an_error_of_the_disk(target: Path) -> None:
    os.mkfifo(target.with_name("journal (1).json"))
    for name in ("gone (1).json", "journal (1).json"):
        with pytest.raises(OSError, match=r"."):
            read(target.with_name(name))


# Putting away


def put(path: Path, folder: Path) -> Path | None:
    return put_away(read(path), folder)


def test_a_copy_is_moved_as_it_is_and_kept_private(
    target: Path, tmp_path: Path, two: bytes
) -> None:
    path, folder = written(target, two[:-90]), tmp_path / "state" / "merged"
    kept = put(path, folder)
    assert kept is not None
    assert not path.exists()
    assert (kept.parent, kept.suffix, kept.read_bytes()) == (folder, ".json", two[:-90])
    assert kept.name.startswith("journal (1).")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == [kept]


def test_copies_of_one_name_are_all_kept(
    target: Path, tmp_path: Path, rating: MakeRating, two: bytes
) -> None:
    kept = {
        put(written(target, data), tmp_path / "merged")
        for data in (two, encode(Book([rating()])), two)
    }
    assert len(kept) == 2
    assert {path.read_bytes() for path in kept if path} >= {two}


def test_the_longest_name_is_put_away(target: Path, tmp_path: Path, two: bytes) -> None:
    for name in (f"journal ({'ü' * 110} conflict).json", f"journal.{'🦵' * 60}"):
        path = written(target, two, name)
        assert len(os.fsencode(path.name)) > 240
        kept = put(path, tmp_path / "merged")
        assert kept is not None
        assert kept.read_bytes() == two


def test_a_copy_that_changed_meanwhile_stays_to_be_merged_as_well(
    target: Path, tmp_path: Path, rating: MakeRating, two: bytes
) -> None:
    path = written(target, two)
    copy = read(path)
    newer = encode(Book([rating()]))
    path.write_bytes(newer)
    assert put_away(copy, tmp_path / "merged") is None
    assert path.read_bytes() == newer


def test_a_copy_that_another_program_took_away_is_kept_all_the_same(
    target: Path, tmp_path: Path, two: bytes
) -> None:
    path = written(target, two)
    copy = read(path)
    path.unlink()
    kept = put_away(copy, tmp_path / "merged")
    assert kept is not None
    assert kept.read_bytes() == two


def test_what_cannot_be_kept_is_not_taken_away(target: Path, tmp_path: Path, two: bytes) -> None:
    path = written(target, two)
    (tmp_path / "merged").write_text("a file where the folder should be")
    with pytest.raises(NotSavedError):
        put(path, tmp_path / "merged")
    assert path.read_bytes() == two


def test_a_copy_that_cannot_be_taken_away_says_so(
    target: Path, tmp_path: Path, two: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(target, two)
    copy = read(path)

    def refuse(path: Path) -> None:
        raise OSError(errno.EROFS, "read-only", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(NotSavedError):
        put_away(copy, tmp_path / "merged")
    assert path.read_bytes() == two


def test_the_journals_folder_is_durable_before_and_after_the_copy_goes(
    target: Path, tmp_path: Path, two: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, steps = written(target, two), list[tuple[str, bool]]()
    flush = safe_file.flush_folder

    def noted(folder: Path) -> None:
        steps.append((folder.name, path.exists()))
        flush(folder)

    monkeypatch.setattr(safe_file, "flush_folder", noted)
    (tmp_path / "merged").mkdir()
    put(path, tmp_path / "merged")
    assert steps == [("data", True), ("data", False)]


def test_what_a_kill_left_where_copies_are_put_goes_the_next_time(
    target: Path, tmp_path: Path, two: bytes
) -> None:
    folder = tmp_path / "merged"
    folder.mkdir()
    safe_file.temp_beside(folder / "journal (1).json").write_bytes(b"half")
    kept = put(written(target, two), folder)
    assert list(folder.iterdir()) == [kept]


def test_killed_at_every_step_the_copy_is_in_one_place_at_least_and_goes_the_next_time(
    tmp_path: Path,
) -> None:
    (told,) = run_all([["tests.hostile.killed_put_away", str(tmp_path)]])
    assert told["violations"] == []
    assert told["steps"] > 8
