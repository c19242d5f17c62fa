"""Scenes of saves that are killed or refused, and the judge of what they leave.

Each scene starts from a journal of a few entries in HOME/data, and changes it in one save. However
that ends, the journal has to be sound, and the old or the new one; `judge` says what is wrong.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from itband_gui.journal import codec, salvage, snapshot
from itband_gui.journal.backups import Backups
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.safe_file import TEMP_PREFIX
from itband_gui.journal.snapshot import FILE_NAME, SCHEMA
from itband_gui.journal.store import LoadCode, Store

NOON = datetime(2020, 11, 22, 12, tzinfo=UTC)  # what `journal add` rates now is newer
OLD_IDS = tuple(f"00000000-0000-4000-8000-{number:012}" for number in range(5))
THEIRS, OURS = (f"00000000-0000-4000-8000-{number:012}" for number in (100, 101))


@dataclass(frozen=True)
class Scene:
    """A save, with the ids in the journal before and after it."""

    change: Callable[["Desk"], None]
    old: frozenset[str]
    new: frozenset[str]
    starts_empty: bool = False
    keeps_copies: bool = False
    schema: int = SCHEMA  # of the program that saves


@dataclass
class Desk:
    """A journal that is opened and changed, but not yet saved."""

    scene: Scene
    store: Store
    book: Book

    def save(self) -> None:
        with program_of(self.scene):
            self.store.save(self.book)


def journal(home: Path) -> Path:
    return home / "data" / FILE_NAME


def entry(entry_id: str, note: str = "as it was") -> RestDay:
    return RestDay(id=entry_id, at=NOON - timedelta(hours=int(entry_id[-3:])), note=note)


def set_out(home: Path, scene: str) -> None:
    """Write the journal that the scene starts from."""
    if not SCENES[scene].starts_empty:
        book = Book()
        for entry_id in OLD_IDS:
            book.add(entry(entry_id))
        Store(journal(home)).save(book)


@contextmanager
def program_of(scene: Scene) -> Iterator[None]:
    """Act as a program with the scene's schema inside this context."""
    modules = (codec, snapshot, salvage)
    try:
        for module in modules:
            setattr(module, "SCHEMA", scene.schema)  # noqa: B010 - a constant to type checkers
        yield
    finally:
        for module in modules:
            setattr(module, "SCHEMA", SCHEMA)  # noqa: B010 - a constant to type checkers


def sit_down(home: Path, name: str) -> Desk:
    """Open the journal and make the change to save."""
    scene = SCENES[name]
    with program_of(scene):
        copies = _copies(home) if scene.keeps_copies else None
        store = Store(journal(home), copies, lambda: NOON)
        desk = Desk(scene, store, store.load().book)
        if name == "merge":
            others = Store(journal(home))
            book = others.load().book
            book.add(entry(THEIRS))
            book.amend(entry(OLD_IDS[0], "theirs"))
            others.save(book)
            desk.book.amend(entry(OLD_IDS[0], "ours"))
        scene.change(desk)
    return desk


def _copies(home: Path) -> Backups:
    return Backups(journal(home).parent / "backups")


def _add(desk: Desk) -> None:
    desk.book.add(entry(OURS))


def _restore(desk: Desk) -> None:
    desk.book.replace_all([entry(OLD_IDS[0]), entry(OURS)])


_OLD = frozenset(OLD_IDS)
SCENES = {
    "first": Scene(_add, frozenset(), frozenset({OURS}), starts_empty=True),
    "add": Scene(_add, _OLD, _OLD | {OURS}),
    "merge": Scene(_add, _OLD | {THEIRS}, _OLD | {THEIRS, OURS}),
    "restore": Scene(_restore, _OLD, frozenset({OLD_IDS[0], OURS}), keeps_copies=True),
    "backup": Scene(_add, _OLD, _OLD | {OURS}, keeps_copies=True),
    "migration": Scene(_add, _OLD, _OLD | {OURS}, keeps_copies=True, schema=SCHEMA + 1),
}


def judge(home: Path, name: str, *, acknowledged: bool, refused: bool = False) -> str | None:
    """Return what is wrong with the journal or a copy of it, or None.

    `refused` means that the program is certain that nothing was saved.
    """
    scene = SCENES[name]
    with program_of(scene):
        loaded = Store(journal(home)).load()
        for copy in _copies(home).copies():
            if decode(_copies(home).read(copy)).verdict is not salvage.JournalVerdict.SOUND:
                return f"{copy.path.name} is not sound"
    ids = frozenset(found.id for found in loaded.book)
    allowed = [scene.new] if acknowledged else [scene.old] if refused else [scene.old, scene.new]
    if loaded.code not in (LoadCode.SOUND, LoadCode.NEW):
        return f"{loaded.code}: {loaded.problems}"
    if loaded.code is LoadCode.NEW and not scene.starts_empty:
        return "the journal is gone"
    if ids not in allowed:
        return f"{acknowledged=} {refused=}, but it holds {sorted(ids)}"
    return None


def judge_next_save(home: Path, name: str) -> str | None:
    """Save once more, as the next start would, and check that no temporary file is left."""
    path = journal(home)
    book = Book()
    added = book.add(RestDay(id=new_id(), at=NOON))
    with program_of(SCENES[name]):
        Store(path).save(book)
        if added.id not in Store(path).load().book:
            return "the next save was lost"
    if left := [file.name for file in path.parent.iterdir() if file.name.startswith(TEMP_PREFIX)]:
        return f"left behind: {left}"
    return None
