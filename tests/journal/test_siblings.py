import errno
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from zlib import compress

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import Rating
from itband_gui.journal.siblings import Finder, is_named_after, is_passing

MakeRating = Callable[..., Rating]

OUR_OWN = [
    "journal.json",
    "journal.json.bak",
    "journal.json.20261122T071000Z.bak",
    "journal.json.20261122T071000Z-2.bak",
    "journal.corrupt-20261122T071000Z.json",
    "journal.corrupt-20261122T071000Z-3.json",
    ".itband-0011223344556677.tmp",
]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "journal.json"


@pytest.fixture
def two(rating: MakeRating) -> bytes:
    return encode(Book([rating(hour=1), rating(hour=2)]))


def found(target: Path) -> list[str]:
    return [neighbour.path.name for neighbour in Finder().find(target)]


def test_a_journal_is_found_whatever_its_name(target: Path, two: bytes) -> None:
    names = ["a", "Übung ü.txt", "-rf", "x" * 255, "line\nbreak", os.fsdecode(b"\xff\xfe")]
    for name in (*names, *OUR_OWN):
        target.with_name(name).write_bytes(two)
    assert sorted(found(target)) == sorted(names)


def test_our_own_copies_are_none_but_a_sync_tools_copies_of_them_are(
    target: Path, two: bytes
) -> None:
    theirs = [
        "journal.json.sync-conflict-20261122-071000-ABCDEFG.bak",
        "journal.corrupt-20261122T071000Z.sync-conflict-20261122-071000-ABCDEFG.json",
        "journal.json.bak.conflict1",
        "JOURNAL.JSON",
    ]
    for name in (*OUR_OWN, *theirs):
        target.with_name(name).write_bytes(two)
    assert sorted(found(target)) == sorted(theirs)
    assert safe_file.temp_beside(target).name.startswith(".itband-")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"\0" * 999,
        b"somebody else's",
        b"x" * 2_000,
        b'{"format": "other-journal", "schema": 2}',
        b'The journal begins with {"format": "itband-journal"',
        b"\x1f\x8b",
        compress(b"something", wbits=31),
        b"b0VIM 9.0",
    ],
)
def test_what_is_no_journal_is_not_found(target: Path, data: bytes) -> None:
    target.with_name("notes.txt").write_bytes(data)
    assert found(target) == []


def test_a_journal_is_told_by_either_end_however_it_was_written(target: Path, two: bytes) -> None:
    text = two.decode()
    forms = {
        "bom": b"\xef\xbb\xbf" + two,
        "utf-16": text.encode("utf-16"),
        "spaced": b"\r\n\t " + two,
        "packed": compress(two, wbits=31),
        "minified": two.replace(b": ", b":").replace(b"\n", b""),
        "newer": two.replace(b'"schema": 2', b'"schema": 99'),
        "cut short": two[:70],
    }
    for name, data in forms.items():
        target.with_name(name).write_bytes(data)
    target.with_name("journal, its beginning lost").write_bytes(two[60:] + b"")
    target.with_name("journal, a hole").write_bytes(b"\0" * 4096 + two[100:])
    assert len(found(target)) == len(forms) + 2


def test_a_file_named_like_a_copy_that_holds_nothing_or_is_closed_to_us_is_found(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Journal (1).json", "journal.json.conflict1", "notes.json", ".journal.json.tmp"):
        target.with_name(name).touch()
    target.with_name("journal 2.json").write_bytes(b"\0" * 9_999)
    assert found(target) == ["Journal (1).json", "journal 2.json", "journal.json.conflict1"]
    open_it = os.open

    def closed(path: str | Path, flags: int, *rest: int) -> int:
        if os.fspath(path).endswith(".json"):
            raise OSError(errno.EACCES, "closed")
        return open_it(path, flags, *rest)

    monkeypatch.setattr(os, "open", closed)
    errors = {each.path.name: each.errno for each in Finder().find(target)}
    assert errors == {
        "Journal (1).json": errno.EACCES,
        "journal 2.json": errno.EACCES,
        "journal.json.conflict1": None,
    }


def test_folders_pipes_and_links_to_nothing_or_to_the_journal_are_none(
    target: Path, two: bytes, tmp_path: Path
) -> None:
    target.write_bytes(two)
    target.with_name("journal (1).json").mkdir()
    target.with_name("journal (2).json").symlink_to(target)
    target.with_name("journal (3).json").symlink_to("nowhere")
    target.with_name("journal (4).json").symlink_to("journal (4).json")
    os.mkfifo(target.with_name("journal (5).json"))
    os.link(target, target.with_name("journal (6).json"))
    assert found(target) == []
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(two)
    target.with_name("a link").symlink_to(elsewhere)
    assert found(target) == ["a link"]


def test_a_folder_that_is_gone_holds_none(target: Path) -> None:
    assert Finder().find(target.parent / "gone" / "journal.json") == []


def test_only_what_changed_is_read_again(
    target: Path, two: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        target.with_name(f"{number}.txt").write_text("x" * number)
    finder, opened = Finder(), list[str]()
    assert finder.find(target) == []
    open_it = os.open

    def noted(path: str | Path, flags: int, *rest: int) -> int:
        opened.append(Path(path).name)
        return open_it(path, flags, *rest)

    monkeypatch.setattr(os, "open", noted)
    assert finder.find(target) == []
    assert opened == []
    target.with_name("7.txt").write_bytes(two)
    assert [each.path.name for each in finder.find(target)] == ["7.txt"]
    assert opened == ["7.txt"]


@pytest.mark.parametrize(
    "name", ["journal", "JOURNAL (1)", "my journal.json", ".journal.json.tmp", "xJournalx"]
)
def test_a_name_may_hold_the_journals(name: str) -> None:
    assert is_named_after(Path("journal.json"), name)
    assert not is_named_after(Path("journal.json"), name.casefold().replace("r", "x"))


def test_names_are_compared_in_any_form_of_unicode() -> None:
    journal = Path(unicodedata.normalize("NFD", "Tagebüch.json"))
    assert is_named_after(journal, unicodedata.normalize("NFC", "TAGEBÜCH (1).json"))


def test_names_of_unfinished_files_are_known() -> None:
    names = (".syncthing.journal.json.tmp", "~$journal.json", "journal.json.PART", "j.crdownload")
    assert all(map(is_passing, names))
    assert not any(map(is_passing, ("journal.json", "journal.json~", "journal.tmp.json")))
