"""Saves numbered journals during faults; a save's number determines all that must be there.

Save n of a worker amends its one rating to carry n and n's letters; every fourth one also adds a
rest day and removes the worker's oldest of more than three. So whoever finds n in a journal knows
every entry that this worker must have in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from itband_gui.journal import safe_file, salvage
from itband_gui.journal.backups import BackupError, Backups, Copy
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Moment, Rating, RestDay
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError, Written
from itband_gui.journal.store import LoadCode, Store
from itband_gui.leg.names import Leg
from tests.faults.savers import SAVERS

OURS = "ours"
START = datetime(2026, 1, 1, tzinfo=UTC)
_EVERY, _KEPT = 4, 3  # saves to one rest day; rest days at a time
_BETWEEN = timedelta(minutes=20)  # from save to save: two of three are preceded by a backup
_COPIES = 2  # backups that are looked at after a crash, the newest ones


class Verdict(StrEnum):
    """The state of the journal after a crash."""

    WHOLE = "whole"  # exactly what one save made it, and no earlier one than acknowledged
    LOST = "lost"  # whole, but an acknowledged save, or the file, is gone
    TORN = "torn"  # not as any save made it; or the one before it (`.bak`) or a backup is not


@dataclass(frozen=True)
class Found:
    """A journal after a crash; `number` is the save that made it, 0 without a file."""

    verdict: Verdict
    number: int


def use_saver(name: str) -> None:
    """Make every store in this process save with one of SAVERS; OURS changes nothing."""
    if name == OURS:
        return
    saver = SAVERS[name]

    def save_file(target: Path, data: bytes) -> Written:
        saver(target, data)
        return Written(target.stat())

    safe_file.save_file = save_file


def saves(journal: Path, worker: int = 0) -> Iterator[int]:
    """Open the journal and save it once for each number requested."""
    number = 0
    store = Store(journal, _backups(journal), lambda: START + number * _BETWEEN)
    book = store.load().book
    number = _number(book, worker)
    while True:
        number += 1
        _change(book, worker, number)
        _save(store, book)
        yield number


def find(journal: Path, acknowledged: int, begun: int, worker: int = 0) -> Found:
    """Open the journal as the program does and judge it by the known saves.

    Its backups are not looked at, as other workers may be writing them: see `find_all`.
    """
    number = _whole(journal, worker)
    previous = _whole(journal.with_name(f"{journal.name}.bak"), worker)
    if number is None or previous is None or previous > number:
        return Found(Verdict.TORN, number or 0)
    is_known = acknowledged <= number <= begun
    return Found(Verdict.WHOLE if is_known else Verdict.LOST, number)


def find_all(journal: Path, acknowledged: int, begun: int) -> Found:
    """Judge the journal and its newest backups after a crash of the only worker."""
    found = find(journal, acknowledged, begun)
    backups = _backups(journal)
    copies = backups.copies()[:_COPIES]
    are_sound = all(_is_sound(backups, copy) for copy in copies)
    return found if are_sound else Found(Verdict.TORN, found.number)


def _is_sound(backups: Backups, copy: Copy) -> bool:
    try:
        return decode(backups.read(copy)).verdict is salvage.JournalVerdict.SOUND
    except BackupError as error:
        if error.code is not NotSavedCode.DAMAGED:
            raise
        return False


def _whole(journal: Path, worker: int) -> int | None:
    """Return the number of the save that made a journal; 0 without one, None if no save did."""
    loaded = Store(journal).load()
    if loaded.code is LoadCode.NEW:
        return 0
    number = _number(loaded.book, worker)
    own = {entry.id: entry.note for entry in loaded.book if _is_of(entry.id, worker)}
    is_whole = loaded.code is LoadCode.SOUND and own == _expected(worker, number)
    return number if is_whole else None


def _backups(journal: Path) -> Backups:
    return Backups(journal.parent / "backups")


def _save(store: Store, book: Book) -> None:
    while True:
        try:
            store.save(book)
        except NotSavedError as error:
            if error.code is not NotSavedCode.BUSY:  # eight at once may keep one waiting
                raise
        else:
            return


def _change(book: Book, worker: int, number: int) -> None:
    note = _note(number)
    held = book.get(_id(worker, 0))
    if held is None:
        entry_id, moment = _id(worker, 0), Moment.OTHER
        book.add(Rating(id=entry_id, at=START, leg=Leg.LEFT, moment=moment, score=1, note=note))
    else:
        book.amend(replace(held, note=note))
    day, is_due = divmod(number, _EVERY)
    if not is_due:
        at = START + timedelta(minutes=day)
        book.add(RestDay(id=_id(worker, day), at=at, note=_note(day)))
        if day > _KEPT:
            book.remove(_id(worker, day - _KEPT))


def _number(book: Book, worker: int) -> int:
    held = book.get(_id(worker, 0))
    return int(held.note.split()[0]) if held else 0


def _expected(worker: int, number: int) -> dict[str, str]:
    newest = number // _EVERY
    days = range(max(1, newest - _KEPT + 1), newest + 1)
    rating = {_id(worker, 0): _note(number)} if number else {}
    return rating | {_id(worker, day): _note(day) for day in days}


def _id(worker: int, day: int) -> str:
    """Return the id of a worker's rest day, or (day 0) of its rating."""
    return str(UUID(int=(worker + 1) << 96 | day, version=4))


def _is_of(entry_id: str, worker: int) -> bool:
    return UUID(entry_id).int >> 96 == worker + 1


def _note(number: int) -> str:
    """Return up to 4,000 letters, so that the file has another size and other blocks each time."""
    return f"{number:07d} " * (1 + number * 211 % 499)
