"""Other journals in the folder are merged or reported once, whatever their names."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import compress

import pytest

from itband_gui.journal import safe_file
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.changes import Saved
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import Rating, Removed
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.sibling_merge import siblings_of
from itband_gui.journal.siblings import Fate, SiblingJournal
from itband_gui.journal.store import CONFLICTS, LoadCode, Store

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

IN_CONFLICT = [
    "journal_Andy-PC_Nov-30-0901-2026_Conflict.json",  # Synology Drive
    "journal_DESKTOP-AB12_Nov-30-1010-2026_Conflict.json",
    "journal_DESKTOP-AB12_Nov-30-1010-2026_CaseConflict_1.json",
    "journal.json.conflict1",  # rclone bisync
    "journal.json.conflict2",
    "journal.conflict1.json",
    "journal.sync-conflict-20261122-071000-ABCDEFG.json",  # Syncthing
    "journal.json.sync-conflict-20261122-071000-ABCDEFG",
    "journal (Anna's conflicted copy 2026-11-22).json",  # Dropbox
    "journal (Anna (work)'s conflicted copy 2026-11-30).json",
    "journal (Anna [2]'s conflicted copy 2026-11-30 (1)) (2).json",
    "journal (Unicode Encoding Conflict).json",
    "journal (In Konflikt stehende Kopie von Anna 2026-11-22).json",
    "journal (Copie en conflit de Anna 2026-11-22).json",
    "journal (Copia in conflitto di Anna).json",
    "journal (Copia en conflicto de Anna 2026-11-22).json",
    "journal (conflicted copy 2026-11-22 071000).json",  # Nextcloud
    "journal_conflict-20261122-071000.json",  # ownCloud
    "journal (SFConflict anna@example.org 2026-11-22-07-10-00).json",  # Seafile
    "journal.Conflict.json",  # Resilio
    "journal [conflicted].json",  # pCloud
    "journal # Edit conflict 2026-11-30 AB12CD3 #.json",
    "journal (Tresorit conflict 2026-11-22 Anna).json",
    "journal (copy: conflict with laptop on 2026-11-22).json",  # Unison
    "journal.json.sync-conflict-20261122-071000-ABCDEFG.bak",
]
OTHER_NAMES = [
    "journal..path1.json",  # rclone bisync
    "journal.json..path1",
    "journal-annas-macbook.json",  # OneDrive
    "journal-anna-laptop.json",
    "journal-Annas MacBook Pro.json",
    "journal-PC von Anna.json",
    "journal-DESKTOP-4F2K9QX.json",
    "journal-Anna's PC-2.json",
    "journal (case clash from Anna on 2026-11-30).json",  # Nextcloud
    "journal (1).json",  # Google Drive, Mega, Box
    "journal (1) (1).json",
    "journal(12).json",
    "journal_1.json",
    "journal_conf(1).json",
    "journal 2.json",  # iCloud
    "journal 2 2.json",
    "journal copy.json",  # macOS
    "journal copy 2.json",
    "journal - Copy.json",  # Windows
    "journal - Copy (2).json",
    "journal – Kopie.json",
    "Kopie von journal.json",
    "Copy of journal.json",
    "journal (Anna の競合コピー 2026-11-22).json",  # Dropbox
    "journal (конфликтующая копия с Anna 2026-11-22).json",
    "journal (نسخة متعارضة 2026-11-22).json",
    "journal (Annas modstridende kopi 2026-11-22).json",
    "journal.json~",  # editors
    "#journal.json#",
    "journal.json.orig",  # git
    "journal.json.mine",
    "journal.json.r12",
    "journal.json.old",
    "journal.json.1",
    "journal.old.bak",
    "journal.json.gz",
    ".journal.json.sb-1a2b3c4d-XyZ",  # macOS, while it saves
    ".syncthing.journal.json.tmp",
    "~journal.tmp",
    ".~lock.journal.json",
    "journal",
    "JOURNAL.JSON",
    "Journal.Json",
    "journal-2025.json",
    "old journal.json",
    "export.json",
    "Übungen.json",
    "日記.json",
    "a\nb.json",
    os.fsdecode(b"latin \xe9.json"),
    "x" * 250,
]


class Machine:
    """A journal of one entry, and what another machine made of it: one entry more."""

    def __init__(self, folder: Path, rating: MakeRating) -> None:
        self.path = folder / "data" / "journal.json"
        self.backups = Backups(folder / "backups")
        self.log = Acknowledged(folder / "state" / "a.log")
        self.ours, self.theirs = rating(hour=1), rating(hour=2)
        self.rating = rating
        self.now = NOON
        book = Book()
        book.add(self.ours)
        Store(self.path, self.backups, lambda: self.now, self.log).save(book)
        self.copy = encode(Book([self.ours, self.theirs]))

    def store(self) -> Store:
        """Return the store of a process that was just started."""
        return Store(self.path, self.backups, lambda: self.now, self.log)

    def put(self, name: str, data: bytes | None = None) -> Path:
        path = self.path.with_name(name)
        path.write_bytes(self.copy if data is None else data)
        return path

    def add(self, hour: float = 3) -> Saved:
        """Add an entry in a process of its own."""
        store, book = self.store(), Book()
        book.add(self.rating(hour=hour))
        return store.save(book)

    def look(self) -> tuple[SiblingJournal, ...]:
        """Open the journal in a process of its own, and return what is told of its neighbours."""
        store = self.store()
        book = store.load().book
        news = store.refresh(book)
        return (*news.beside, *(store.save(book).beside if news.needs_write else ()))

    def held(self) -> set[str]:
        return {entry.id for entry in Store(self.path).load().book}


@pytest.fixture
def here(tmp_path: Path, rating: MakeRating) -> Machine:
    return Machine(tmp_path, rating)


# Any name


@pytest.mark.parametrize("name", IN_CONFLICT)
def test_what_a_sync_tool_named_a_conflict_is_taken_in_and_put_away(
    here: Machine, name: str
) -> None:
    path = here.put(name)
    (told,) = here.look()
    assert here.held() == {here.ours.id, here.theirs.id}
    assert not path.exists()
    assert (told.path, told.fate, told.more) == (path, Fate.TAKEN_IN, 1)
    assert told.moved is not None
    assert told.moved.parent == here.backups.folder / CONFLICTS
    assert told.moved.read_bytes() == here.copy


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_journal_of_any_other_name_is_taken_in_and_stays_where_it_is(
    here: Machine, name: str
) -> None:
    path = here.put(name)
    assert here.look() == (SiblingJournal(path, Fate.TAKEN_IN, 1),)
    assert here.held() == {here.ours.id, here.theirs.id}
    assert path.read_bytes() == here.copy
    assert here.look() == ()
    assert here.add().beside == ()


@pytest.mark.parametrize("name", [*IN_CONFLICT, *OTHER_NAMES])
def test_a_save_takes_it_in_too(here: Machine, name: str) -> None:
    here.put(name)
    told = here.add().beside
    assert [each.fate for each in told] == [Fate.TAKEN_IN]
    assert here.held() >= {here.ours.id, here.theirs.id}
    assert len(here.held()) == 3


def test_a_packed_copy_is_taken_in(here: Machine) -> None:
    here.put("journal-20261122T071000Z.timed.json.gz", compress(here.copy, wbits=31))
    assert [each.fate for each in here.look()] == [Fate.TAKEN_IN]
    assert here.theirs.id in here.held()


def test_a_link_is_read_and_never_moved(here: Machine, tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    real.write_bytes(here.copy)
    link = here.path.with_name("journal (conflict).json")
    link.symlink_to(real)
    assert here.look() == (SiblingJournal(link, Fate.TAKEN_IN, 1),)
    assert link.is_symlink()
    assert real.read_bytes() == here.copy


# Once


def test_a_copy_that_says_nothing_new_is_not_told(here: Machine) -> None:
    path = here.put("export.json", here.path.read_bytes())
    assert here.look() == ()
    assert path.exists()


def test_what_was_deleted_since_stays_deleted_however_old_the_copy(here: Machine) -> None:
    path = here.put("export.json")
    here.look()
    store = here.store()
    book = store.load().book
    book.remove(here.theirs.id)
    store.save(book)
    assert here.look() == ()
    here.now = NOON + timedelta(days=400)
    for hour in range(12):
        here.add(hour=24 * 300 + hour)
    lines = Store(here.path).load().snapshot.lines.values()
    assert not any(isinstance(line, Removed) for line in lines), "it is forgotten by now"
    os.utime(path)
    assert here.look() == ()
    assert here.theirs.id not in here.held()


def test_an_export_does_not_bring_back_what_was_deleted_since(here: Machine) -> None:
    store = here.store()
    book = store.load().book
    gone = book.add(here.rating(hour=4))
    store.save(book)
    export = encode(book)
    book.remove(gone.id)
    store.save(book)
    here.put("export.json", export)
    assert here.look() == ()
    assert here.held() == {here.ours.id}


def test_a_copy_that_changed_is_taken_in_again(here: Machine) -> None:
    path = here.put("journal-annas-macbook.json")
    here.look()
    more = here.rating(hour=5)
    path.write_bytes(encode(Book([here.ours, here.theirs, more])))
    assert here.look() == (SiblingJournal(path, Fate.TAKEN_IN, 1),)
    assert more.id in here.held()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\n",
        b"itband-beside 1 1 1\n1 2 3 4 - other\n",
        b"itband-beside 1 x",
        b"itband-beside 1 2 1\n" + b"1" * 5000 + b" 1 1 1 - other\n",
    ],
)
def test_what_an_older_program_left_behind_does_no_harm(here: Machine, data: bytes) -> None:
    here.log.file.with_suffix(".beside").write_bytes(data)
    here.put("journal (1).json")
    assert [each.fate for each in here.look()] == [Fate.TAKEN_IN]
    assert here.theirs.id in here.held()


# Not taken in, but told


def unfit(here: Machine) -> dict[str, tuple[bytes, Fate]]:
    newer = here.copy.replace(b'"min_reader": 1', b'"min_reader": 9')
    return {
        "journal (1).json": (here.copy[:-90], Fate.DAMAGED),
        "half.txt": (here.copy[:70], Fate.DAMAGED),
        "journal.json.conflict1": (here.copy[30:], Fate.DAMAGED),
        "wide.json": (here.copy.decode().encode("utf-16"), Fate.DAMAGED),
        "journal (2).json": (newer, Fate.NEWER),
        "journal 2.json": (b"", Fate.EMPTY),
        "journal 3.json": (b"\0" * 5_000, Fate.EMPTY),
    }


def test_what_cannot_be_taken_in_is_told_once_and_stays_as_it_is(here: Machine) -> None:
    files = {here.put(name, data): (data, fate) for name, (data, fate) in unfit(here).items()}
    told = here.look()
    assert {each.path: each.fate for each in told} == {p: fate for p, (_, fate) in files.items()}
    assert here.look() == ()
    assert here.add().beside == ()
    assert {path: path.read_bytes() for path in files} == {
        p: data for p, (data, _) in files.items()
    }
    assert here.theirs.id not in here.held()


def test_a_save_tells_it_as_well(here: Machine) -> None:
    for name, (data, _) in unfit(here).items():
        here.put(name, data)
    assert len(here.add().beside) == len(unfit(here))
    assert here.add().beside == ()


def test_a_file_that_is_being_written_is_not_called_damaged(here: Machine) -> None:
    path = here.put(".syncthing.journal.json.tmp", here.copy[:-90])
    assert here.look() == ()
    path.write_bytes(here.copy)
    assert here.look() == (SiblingJournal(path, Fate.TAKEN_IN, 1),)


def test_another_persons_journal_is_told_and_left(here: Machine) -> None:
    path = here.put("ben.json", encode(Book([here.rating(hour=7), here.rating(hour=8)])))
    assert here.look() == (SiblingJournal(path, Fate.OTHER, 2),)
    assert here.look() == ()
    assert here.held() == {here.ours.id}


def test_a_journal_with_nothing_in_common_but_the_name_is_taken_in_and_can_be_undone(
    here: Machine,
) -> None:
    before = here.path.read_bytes()
    here.put("journal-ben.json", encode(Book([here.rating(hour=7)])))
    assert [each.fate for each in here.look()] == [Fate.TAKEN_IN]
    assert len(here.held()) == 2
    (kept,) = (copy for copy in here.backups.copies() if copy.why is Why.MERGE)
    assert here.backups.read(kept) == before


# A journal that is not there


def test_to_begin_a_journal_takes_in_conflicts_and_leaves_what_was_put_there(
    here: Machine,
) -> None:
    data = here.path.read_bytes()
    here.path.unlink()
    here.put("journal.json.conflict1", data)
    archive = here.put("journal-2025.json", encode(Book([here.rating(hour=7)])))
    saved = here.add()
    assert saved.begun
    assert [(each.fate, each.path.name) for each in saved.beside] == [
        (Fate.TAKEN_IN, "journal.json.conflict1"),
        (Fate.LEFT, "journal-2025.json"),
    ]
    assert len(here.held()) == 2
    assert not here.add().begun
    assert here.look() == ()
    assert archive.exists()
    assert len(here.held()) == 3


def test_only_to_look_where_there_is_no_journal_begins_none(here: Machine) -> None:
    here.path.unlink()
    here.put("journal-2025.json")
    store = here.store()
    loaded = store.load()
    assert (loaded.code, store.look()) == (LoadCode.NEW, None)
    assert [offer.name for offer in loaded.recovery_options][:1] == ["journal-2025.json"]
    assert not here.path.exists()
    here.path.write_bytes(encode(Book([here.ours])))
    assert [each.fate for each in here.look()] == [Fate.TAKEN_IN]


def test_a_journal_begun_with_what_was_offered_is_not_told_of_it_again(here: Machine) -> None:
    here.path.unlink()
    here.put("journal..path1.json")
    store = here.store()
    loaded = store.load()
    loaded.book.add_all(loaded.recovery_options[0].missing)
    assert store.save(loaded.book).beside == ()
    assert here.look() == ()
    assert here.held() == {here.ours.id, here.theirs.id}


# What only looks


def test_what_lies_beside_is_compared_and_nothing_is_changed(here: Machine) -> None:
    here.put("a.json", here.path.read_bytes())
    here.put("b.json")
    here.put("c.json", here.copy[:-90])
    before = {path: path.read_bytes() for path in here.path.parent.iterdir()}
    found = list(siblings_of(here.path, Store(here.path).load().snapshot))
    assert [(each.path.name, each.fate, each.more) for each in found] == [
        ("a.json", Fate.TAKEN_IN, 0),
        ("b.json", Fate.OTHER, 1),
        ("c.json", Fate.DAMAGED, 2),
    ]
    assert {path: path.read_bytes() for path in here.path.parent.iterdir()} == before


def test_where_nothing_can_be_remembered_all_is_taken_in_all_the_same(
    here: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = safe_file.replace_file

    def refuse(target: Path, data: bytes) -> os.stat_result:
        if target.suffix == ".beside":
            raise NotSavedError(safe_file.NotSavedCode.FULL, target)
        return replace(target, data)

    monkeypatch.setattr(safe_file, "replace_file", refuse)
    here.put("export.json")
    assert [each.fate for each in here.look()] == [Fate.TAKEN_IN]
    assert here.look() == ()
    assert here.theirs.id in here.held()
