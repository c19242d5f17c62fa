import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from itband_gui.journal import durable
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.conflict_copies import put_away, read
from itband_gui.journal.conflict_names import find
from itband_gui.journal.durable import NotSavedError
from itband_gui.journal.entries import Rating
from itband_gui.journal.reading import Verdict
from itband_gui.journal.store import Store
from tests.fleet import run_all

MakeRating = Callable[..., Rating]

COPIES = [
    "journal.sync-conflict-20261122-071000-ABCDEFG.json",  # Syncthing
    "journal.sync-conflict-20261122-071000.json",
    "journal (Anna's conflicted copy 2026-11-22).json",  # Dropbox
    "journal (Anna's conflicted copy 2026-11-22 (1)).json",
    "journal (Anna's conflicted copy 2026-11-22) (2).json",
    "journal (Anna's conflicted copy).json",
    "journal (Case Conflict).json",
    "journal (Case Conflict 1).json",
    "Journal (Unicode Encoding Conflict).json",
    "journal (In Konflikt stehende Kopie von Anna 2026-11-22).json",
    "journal (Copie en conflit de Anna 2026-11-22).json",
    "journal (Copia in conflitto di Anna).json",
    "journal (Annas modstridende kopi 2026-11-22).json",
    "journal (Anna の競合コピー 2026-11-22).json",
    "journal (конфликтующая копия с Anna 2026-11-22).json",
    "journal (conflicted copy 2026-11-22 071000).json",  # Nextcloud
    "journal_conflict-20261122-071000.json",  # ownCloud
    "journal (SFConflict anna@example.org 2026-11-22-07-10-00).json",  # Seafile
    "journal.Conflict.json",  # Resilio
    "journal [conflicted].json",  # pCloud
    "journal (1).json",  # Google Drive
    "journal(12).json",
    "journal_conf(1).json",
    "journal 2.json",  # iCloud
    "journal-DESKTOP-4F2K9QX.json",  # OneDrive
    "journal-Annas-MacBook-Pro-2.json",
    "journal (Konflikt).json",
    "journal (Annas modstridende kopi 2026-11-22 (1)).json",
    "journal (a\nconflict\n).json",
    "journal (1).JSON",
]
OTHERS = [
    "journal.json",
    "journal.json.bak",
    "journal.json.20261122T071000Z.bak",
    "journal.corrupt-20261122T071000Z.json",
    "journal.corrupt-20261122T071000Z.sync-conflict-20261122-071000-ABCDEFG.json",
    "journal.json.sync-conflict-20261122-071000-ABCDEFG.bak",
    "journal-export.json",
    "journal-export-2026-11-22.json",
    "journal-export.sync-conflict-20261122-071000-ABCDEFG.json",
    "journal-2026-11-22.json",
    "journal (2026-11-22).json",
    "journal (before the holiday).json",
    "journal (1234).json",
    "journal 2026.json",
    "journal copy.json",
    "journal - Copy.json",
    "journal (1).csv",
    "journals (1).json",
    "journey (1).json",
    "journal (1).toml",
    "journalxconflict.json",
    "my journal (1).json",
    "settings (1).json",
    ".itband-0011223344556677.tmp",
    "journal",
    ".json",
]


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


# Finding


@pytest.mark.parametrize("name", COPIES)
def test_a_sync_tools_copy_is_found_by_its_name(target: Path, name: str) -> None:
    assert find(target) == []
    path = written(target, b"", name)
    assert find(target) == [path]


@pytest.mark.parametrize("name", OTHERS)
def test_what_no_sync_tool_named_is_not_found(target: Path, name: str) -> None:
    written(target, b"", name)
    assert find(target) == []


def test_copies_are_found_in_order_and_among_files_of_any_name(target: Path) -> None:
    for name in (*OTHERS, *COPIES, *map(os.fsdecode, (b"\xff\xfe (1).json", b"journal \xff.json"))):
        written(target, b"", name)
    assert [path.name for path in find(target)] == sorted(COPIES)


def test_the_journal_may_have_any_name(target: Path) -> None:
    for name in ("Tagebuch ü", "a(b)[c].*", "x" * 240):
        mine = target.with_name(f"{name}.json")
        copy = written(mine, b"", f"{name} (1).json")
        assert find(mine) == [copy]
        copy.unlink()
    bare = target.with_name("journal")
    copy = written(bare, b"", "journal (1)")
    assert find(bare) == [copy]


def test_folders_links_and_pipes_are_no_copies(target: Path, two: bytes) -> None:
    target.write_bytes(two)
    target.with_name("journal (1).json").mkdir()
    target.with_name("journal (2).json").symlink_to(target)
    target.with_name("journal (3).json").symlink_to("nowhere")
    os.mkfifo(target.with_name("journal (4).json"))
    assert find(target) == []


def test_a_folder_that_is_gone_holds_no_copies(target: Path) -> None:
    assert find(target.parent / "gone" / "journal.json") == []


# Reading


def test_a_whole_copy_is_read(target: Path, two: bytes) -> None:
    path = written(target, two)
    copy = read(path)
    assert copy is not None
    assert (copy.path, copy.data, copy.decoded.verdict) == (path, two, Verdict.SOUND)
    assert len(copy.decoded.entries) == 2


def test_a_copy_that_something_edited_is_read(target: Path, two: bytes) -> None:
    copy = read(written(target, two.replace(b'"score":4', b'"score":5')))
    assert copy is not None
    assert copy.decoded.verdict is Verdict.EDITED


def test_a_copy_without_entries_is_a_copy(target: Path) -> None:
    assert read(written(target, encode(Book()))) is not None


@pytest.mark.parametrize("part", [slice(0, -90), slice(30, None)])
def test_what_is_left_of_a_damaged_copy_is_read_and_named(
    target: Path, two: bytes, part: slice
) -> None:
    copy = read(written(target, two[part]))
    assert copy is not None
    assert copy.decoded.verdict is Verdict.DAMAGED
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
    assert copy is not None
    assert (copy.decoded.entries, len(copy.decoded.holding)) == ([], 1)


def test_files_that_are_no_journals_are_left(target: Path, two: bytes) -> None:
    lines = b"\n".join(line.rstrip(b",") for line in two.splitlines()[2:4])
    newer = two.replace(b'"min_reader": 1', b'"min_reader": 9')
    nothing_left = two[:70]
    for data in (b"", b"{}", b"\0" * 999, b'{"kind":"shopping"}', lines, newer, nothing_left):
        path = written(target, data)
        assert read(path) is None
        assert path.read_bytes() == data


def test_a_journal_of_another_program_that_holds_lines_like_ours_is_left(
    target: Path, two: bytes
) -> None:
    other = two.replace(b"itband-journal", b"other-journal").replace(b'"sha256"', b'"sha1"')
    assert read(written(target, other)) is None


def test_a_copy_that_cannot_be_read_now_is_left(target: Path) -> None:
    assert read(target.with_name("gone (1).json")) is None
    os.mkfifo(target.with_name("journal (1).json"))
    assert read(target.with_name("journal (1).json")) is None


# Putting away


def put(path: Path, folder: Path) -> Path | None:
    copy = read(path)
    assert copy is not None
    return put_away(copy, folder)


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
    name = f"journal ({'ü' * 110} conflict).json"
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
    assert copy is not None
    newer = encode(Book([rating()]))
    path.write_bytes(newer)
    assert put_away(copy, tmp_path / "merged") is None
    assert path.read_bytes() == newer


def test_a_copy_that_another_program_took_away_is_kept_all_the_same(
    target: Path, tmp_path: Path, two: bytes
) -> None:
    path = written(target, two)
    copy = read(path)
    assert copy is not None
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
    assert copy is not None

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
    flush = durable.flush_folder

    def noted(folder: Path) -> None:
        steps.append((folder.name, path.exists()))
        flush(folder)

    monkeypatch.setattr(durable, "flush_folder", noted)
    (tmp_path / "merged").mkdir()
    put(path, tmp_path / "merged")
    assert steps == [("data", True), ("data", False)]


def test_what_a_kill_left_where_copies_are_put_goes_the_next_time(
    target: Path, tmp_path: Path, two: bytes
) -> None:
    folder = tmp_path / "merged"
    folder.mkdir()
    durable.temp_beside(folder / "journal (1).json").write_bytes(b"half")
    kept = put(written(target, two), folder)
    assert list(folder.iterdir()) == [kept]


def test_killed_at_every_step_the_copy_is_in_one_place_at_least_and_goes_the_next_time(
    tmp_path: Path,
) -> None:
    (told,) = run_all([["tests.hostile.killed_put_away", str(tmp_path)]])
    assert told["violations"] == []
    assert told["steps"] > 8
