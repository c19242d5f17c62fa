"""Hostile places for the data folder and what lies in it: refused with a reason, or simply used."""

import errno
import os
import shutil
import stat
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui import cli
from itband_gui.journal.backups import Backups
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.conflict_copies import put_away, read
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.recovery import keep_previous, previous_of, recovery_options
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.siblings import Finder
from itband_gui.journal.store import LoadCode, Store
from tests.conftest import Figure
from tests.fleet import run_all

NOW = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
Place = Callable[[Path], object]


def rest(note: str = "") -> RestDay:
    return RestDay(id=new_id(), at=NOW, note=note)


def store(path: Path) -> Store:
    return Store(path, Backups(path.parent / "backups"), lambda: NOW)


def saved(path: Path) -> Book:
    """Save one entry, and return the book."""
    book = Book()
    book.add(rest("mine"))
    store(path).save(book)
    return book


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    """Return what kind each thing under `root` is, and what a file or a link holds."""
    found = {}
    for path in root.rglob("*"):
        mode = path.lstat().st_mode
        data = b""
        if stat.S_ISREG(mode):
            data = path.read_bytes()
        if stat.S_ISLNK(mode):
            data = os.fsencode(path.readlink())
        found[str(path)] = stat.S_IFMT(mode), data
    return found


# What is no file


def a_folder(path: Path) -> None:
    path.mkdir()
    (path / "mine").write_text("precious")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # zeros without end
    except (PermissionError, AttributeError):
        pytest.skip("only root may make a device")


def a_link_to(make: Place) -> Place:
    def place(path: Path) -> None:
        make(path.with_name("elsewhere"))
        path.symlink_to("elsewhere")

    return place


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def links_in_a_circle(path: Path) -> None:
    path.symlink_to("one")
    path.with_name("one").symlink_to("two")
    path.with_name("two").symlink_to(path.name)


NO_FILES: dict[str, tuple[Place, int]] = {
    "a folder": (a_folder, errno.EISDIR),
    "a pipe": (a_pipe, errno.EISDIR),
    "a device": (a_device, errno.EISDIR),
    "a link to a folder": (a_link_to(a_folder), errno.EISDIR),
    "a link to a pipe": (a_link_to(a_pipe), errno.EISDIR),
    "a link to a device": (a_link_to(a_device), errno.EISDIR),
    "a link to itself": (a_link_to_itself, errno.ELOOP),
    "links in a circle": (links_in_a_circle, errno.ELOOP),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_file_is_neither_read_nor_replaced_nor_waited_for(
    name: str, tmp_path: Path
) -> None:
    place, number = NO_FILES[name]
    data = tmp_path / "data"
    data.mkdir()
    path = data / "journal.json"
    place(path)
    before = everything(data)
    for set_aside in (False, True):
        loaded = store(path).load(set_aside=set_aside)
        assert (loaded.code, loaded.errno) == (LoadCode.UNREADABLE, number)
        assert loaded.read_only
    window = store(path)
    book = window.load().book
    entry = book.add(rest())
    with pytest.raises(NotSavedError) as refused:
        window.save(book)
    assert refused.value.confirmed
    assert book.dirty
    assert entry in list(book)
    with pytest.raises(NotSavedError):
        window.look()
    add = ["--data-dir", str(data), "journal", "add", "--leg", "left", "--score", "4"]
    assert cli.run(cli.parse(add)) == 1
    assert everything(data) == before


@pytest.mark.parametrize("name", NO_FILES)
def test_beside_a_journal_what_is_no_file_is_left_alone(name: str, tmp_path: Path) -> None:
    """As its conflict copy, as a backup, as a kept previous journal."""
    place, _ = NO_FILES[name]
    path = tmp_path / "data" / "journal.json"
    saved(path)
    (path.parent / "backups").mkdir(exist_ok=True)
    odd = (
        path.with_name("journal (1).json"),
        path.with_name("journal.json.old.bak"),
        path.parent / "backups" / "journal-20261122T071000Z.timed.json.gz",
    )
    before = {}
    for number, spot in enumerate(odd):
        spot.parent.joinpath(str(number)).mkdir()
        place(spot.parent / str(number) / spot.name)
        spot.symlink_to(Path(str(number)) / spot.name)
        before[spot] = everything(spot.parent / str(number))
    assert Finder().find(path) == []
    with pytest.raises(OSError, match=r"."):
        read(odd[0])
    assert [offer.entries for offer in recovery_options(path, None, Backups(odd[2].parent))] == []
    window = store(path)
    book = window.load().book
    book.add(rest())
    window.save(book)
    assert len(store(path).load().book) == 2
    assert {spot: everything(spot.parent / str(n)) for n, spot in enumerate(odd)} == before
    assert all(spot.is_symlink() for spot in odd)


@pytest.mark.parametrize("name", ["a folder", "a pipe", "a link to itself"])
def test_what_lies_where_the_previous_journal_belongs_costs_no_save(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "data" / "journal.json"
    book = saved(path)
    NO_FILES[name][0](previous_of(path))
    book.add(rest())
    window = store(path)
    window.load()
    window.save(book)
    assert len(store(path).load().book) == 2


# Links


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    real, path = tmp_path / "real" / "elsewhere.json", tmp_path / "data" / "journal.json"
    real.parent.mkdir()
    path.parent.mkdir()
    path.symlink_to(real)
    for entries in (1, 2):
        book = store(path).load().book
        book.add(rest())
        store(path).save(book)
        assert path.is_symlink()
        assert len(store(real).load().book) == entries
    assert sorted(file.name for file in real.parent.iterdir() if file.is_file()) == [
        "elsewhere.json",
        "elsewhere.json.bak",
    ]


def test_a_link_to_where_no_file_can_be_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "data" / "journal.json"
    path.parent.mkdir()
    path.symlink_to(tmp_path / "gone" / "journal.json")
    window = store(path)
    loaded = window.load()
    assert loaded.code is LoadCode.NEW
    loaded.book.add(rest())
    (tmp_path / "gone").write_text("a file where the folder should be")
    with pytest.raises(NotSavedError) as refused:
        window.save(loaded.book)
    assert refused.value.code is NotSavedCode.GONE
    assert path.is_symlink()


def test_a_data_folder_that_is_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.symlink_to("data")
    path = data / "journal.json"
    assert store(path).load().code is LoadCode.UNREADABLE
    with pytest.raises(NotSavedError):
        saved(path)
    assert Finder().find(path) == []
    assert list(recovery_options(path, None, None)) == []


# Names

NAMES = [
    "x" * 255,
    "ü" * 127,
    unicodedata.normalize("NFD", "Tagebücher"),
    "日記 🦵",
    "\u202egnirts \u200b",
    "line\nbreak\ttab",
    " leading and trailing ",
    "-rf",
    "%s%n${HOME}`id`",
    "a'b\"c\\d;e|f*g?[h]",
    os.fsdecode(b"latin \xe9 \xff"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_data_folder_of_any_name_serves(name: str, tmp_path: Path) -> None:
    path = tmp_path / name / "journal.json"
    saved(path)
    copy = path.with_name("journal (1).json")
    copy.write_bytes(encode(Book([rest()])))
    assert [each.path for each in Finder().find(path)] == [copy]
    assert put_away(read(copy), path.parent / "backups" / "merged")
    window = store(path)
    book = window.load().book
    book.add(rest())
    window.save(book)
    path.write_bytes(path.read_bytes()[:-90])
    rescued = store(path).load(set_aside=True)
    assert rescued.set_aside is not None
    assert len(rescued.book) == 2
    (tmp_path / name / "other.json.bak").write_bytes(b"")
    assert cli.run(cli.parse(["--data-dir", str(path.parent), "journal", "list"])) == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_journal_of_any_name_behind_a_link_serves(name: str, tmp_path: Path) -> None:
    """Where the name is too long for a `.bak`, or for a name aside, only that is missing."""
    real, path = tmp_path / "real" / name, tmp_path / "data" / "journal.json"
    real.parent.mkdir()
    path.parent.mkdir()
    path.symlink_to(real)
    book = saved(path)
    book.add(rest())
    window = store(path)
    window.load()
    window.save(book)
    assert len(store(path).load().book) == 2
    assert Finder().find(real) == []
    keep_previous(real)
    ruins = real.read_bytes()[:-90]
    real.write_bytes(ruins)
    rescued = store(path).load(set_aside=True)
    assert rescued.code is LoadCode.DAMAGED
    assert len(rescued.book) == 2
    assert ruins in [file.read_bytes() for file in real.parent.iterdir() if file.is_file()]


@pytest.mark.parametrize("parts", [["x" * 256], ["y" * 200] * 30])
def test_a_path_that_is_too_long_is_refused(parts: list[str], tmp_path: Path) -> None:
    path = tmp_path.joinpath(*parts, "journal.json")
    loaded = store(path).load()
    assert (loaded.code, loaded.errno) == (LoadCode.UNREADABLE, errno.ENAMETOOLONG)
    with pytest.raises(NotSavedError) as refused:
        saved(path)
    assert refused.value.errno == errno.ENAMETOOLONG
    assert Finder().find(path) == []
    assert list(recovery_options(path, None, Backups(path.parent))) == []
    keep_previous(path)


# Folders that come and go


def test_a_folder_that_vanished_is_not_made_anew_and_the_entry_waits(tmp_path: Path) -> None:
    path = tmp_path / "disk" / "journal.json"
    saved(path)
    window = store(path)
    book = window.load().book
    entry = book.add(rest())
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    for _ in range(2):
        with pytest.raises(NotSavedError) as refused:
            window.save(book)
        assert refused.value.code is NotSavedCode.GONE
        assert not path.parent.exists()
        assert book.dirty
    (tmp_path / "unplugged").rename(tmp_path / "disk")
    window.save(book)
    assert entry in list(store(path).load().book)
    assert len(store(path).load().book) == 2


def test_a_folder_that_became_a_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "data" / "journal.json"
    saved(path)
    window = store(path)
    book = window.load().book
    book.add(rest())
    shutil.rmtree(path.parent)
    path.parent.write_text("mine")
    with pytest.raises(NotSavedError) as refused:
        window.save(book)
    assert refused.value.code is NotSavedCode.GONE
    assert path.parent.read_text() == "mine"
    assert store(path).load().code is LoadCode.UNREADABLE


def test_a_file_that_vanished_is_written_anew_and_its_previous_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "data" / "journal.json"
    book = saved(path)
    window = store(path)
    window.load()
    book.add(rest())
    window.save(book)
    path.unlink()
    fresh = store(path)
    other = fresh.load().book
    for _ in range(3):
        other.add(rest())
        fresh.save(other)
    assert 1 in [offer.entries for offer in recovery_options(path, None, None)], (
        "the previous of then"
    )


# What may not be read, or written, by one who is not root


def test_what_permissions_refuse_is_told_and_kept(tmp_path: Path, figure: Figure) -> None:
    (told,) = run_all([["tests.hostile.forbidden", str(tmp_path)]])
    assert told["violations"] == []
    assert told["tried"] >= 7
    figure("folders, pipes, devices, links, names, gone and forbidden places: 0 errors, 0 lost")


def test_each_trial_of_permissions_complains_where_nothing_is_forbidden(tmp_path: Path) -> None:
    (told,) = run_all([["tests.hostile.forbidden", str(tmp_path), "allowed"]])
    assert len(told["violations"]) == told["tried"]


def test_backups_that_cannot_be_kept_cost_no_save(tmp_path: Path) -> None:
    path = tmp_path / "data" / "journal.json"
    path.parent.mkdir()
    (path.parent / "backups").write_text("a file where the folder should be")
    book = saved(path)
    book.add(rest())
    window = store(path)
    window.load()
    assert window.save(book).backup_error is not None
    assert len(store(path).load().book) == 2
