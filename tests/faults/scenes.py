"""What a save may be in the middle of when it is killed or refused, and who judges the end.

Each scene starts from a journal of a few entries in HOME/data, and changes it in one save. However
that ends, the journal has to be sound, and the old or the new one; `judge` says what is wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from itband_gui.journal.book import Book
from itband_gui.journal.durable import TEMP_PREFIX
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.store import FILE_NAME, LoadCode, Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLD_IDS = tuple(f"00000000-0000-4000-8000-{number:012}" for number in range(5))
THEIRS, OURS = (f"00000000-0000-4000-8000-{number:012}" for number in (100, 101))


@dataclass(frozen=True)
class Scene:
    """A save, and the ids that are in the journal before and after it."""

    change: Callable[["Desk"], None]
    old: frozenset[str]
    new: frozenset[str]
    starts_empty: bool = False


@dataclass
class Desk:
    """A journal that is opened, changed and not yet saved."""

    store: Store
    book: Book

    def save(self) -> None:
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


def sit_down(home: Path, scene: str) -> Desk:
    """Open the journal and make the change that is to be saved."""
    store = Store(journal(home))
    desk = Desk(store, store.load().book)
    if scene == "merge":
        others = Store(journal(home))
        book = others.load().book
        book.add(entry(THEIRS))
        book.amend(entry(OLD_IDS[0], "theirs"))
        others.save(book)
        desk.book.amend(entry(OLD_IDS[0], "ours"))
    SCENES[scene].change(desk)
    return desk


def _add(desk: Desk) -> None:
    desk.book.add(entry(OURS))


def _restore(desk: Desk) -> None:
    desk.book.replace_all([entry(OLD_IDS[0]), entry(OURS)])


_OLD = frozenset(OLD_IDS)
SCENES = {
    "first": Scene(_add, frozenset(), frozenset({OURS}), starts_empty=True),
    "add": Scene(_add, _OLD, _OLD | {OURS}),
    "merge": Scene(_add, _OLD | {THEIRS}, _OLD | {THEIRS, OURS}),
    "restore": Scene(_restore, _OLD, frozenset({OLD_IDS[0], OURS})),
}


def judge(home: Path, scene: str, *, acknowledged: bool, refused: bool = False) -> str | None:
    """Return what is wrong with the journal that was left, or None.

    `refused`: the program says for certain that nothing was saved.
    """
    loaded = Store(journal(home)).load()
    ids = frozenset(found.id for found in loaded.book)
    known = SCENES[scene]
    allowed = [known.new] if acknowledged else [known.old] if refused else [known.old, known.new]
    if loaded.code not in (LoadCode.SOUND, LoadCode.NEW):
        return f"{loaded.code}: {loaded.problems}"
    if loaded.code is LoadCode.NEW and not known.starts_empty:
        return "the journal is gone"
    if ids not in allowed:
        return f"{acknowledged=} {refused=}, but it holds {sorted(ids)}"
    return None


def judge_next_save(home: Path) -> str | None:
    """Save once more, as the next start would, and look whether anything is left lying about."""
    path = journal(home)
    book = Book()
    added = book.add(RestDay(id=new_id(), at=NOON))
    Store(path).save(book)
    if added.id not in Store(path).load().book:
        return "the next save was lost"
    if left := [file.name for file in path.parent.iterdir() if file.name.startswith(TEMP_PREFIX)]:
        return f"left behind: {left}"
    return None
