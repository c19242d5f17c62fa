"""Plays random histories of two machines whose journal files are rolled back and overwritten.

Each machine has a folder, a memory of its own, and may have a window open. Its file is replaced by
any file that there ever was, or by the other machine's. Which version took the place of which is
noted here by watching, not by reading the file.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from msgspec.structs import replace

from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.backups import Backups
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Entry, Moment, Rating, new_id
from itband_gui.journal.fast_append import append
from itband_gui.journal.store import LoadCode, Store
from itband_gui.leg.names import Leg

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Machine:
    """One machine: its journal, its record of saves, and its window if open."""

    journal: Path
    log: Acknowledged
    backups: Backups
    now: Callable[[], datetime]
    window: tuple[Store, Book] | None = None

    def store(self) -> Store:
        return Store(self.journal, self.backups, self.now, self.log)

    def opened(self) -> tuple[Store, Book]:
        """Return the store and book of a command or a newly opened window."""
        store = self.store()
        loaded = store.load()
        assert loaded.code in (LoadCode.SOUND, LoadCode.NEW)
        return store, loaded.book


@dataclass
class History:
    """One run: the machines, all earlier files, and what replaced what."""

    random: Random
    folder: Path
    files: list[bytes] = field(default_factory=list)
    replaced: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    made: dict[str, str] = field(default_factory=dict)  # the entry of each version acknowledged
    removals: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    done: Counter[str] = field(default_factory=Counter)
    clock: int = 0

    def __post_init__(self) -> None:
        self.machines = [self._machine(name) for name in "ab"]

    def _machine(self, name: str) -> Machine:
        home = self.folder / name
        log = Acknowledged(home / "state" / "journal.log")
        return Machine(
            home / "data" / "journal.json", log, Backups(home / "backups"), lambda: self.now
        )

    @property
    def now(self) -> datetime:
        return START + timedelta(minutes=self.clock)

    def act(self) -> None:
        """Do one random act on one machine."""
        self.clock += 1
        machine = self.random.choice(self.machines)
        act = self.random.choice(ACTS)
        act(self, machine)
        self.keep(machine)

    def keep(self, machine: Machine) -> None:
        """Save a copy of the file, to put back later."""
        if machine.journal.exists():
            data = machine.journal.read_bytes()
            if data not in self.files[-20:]:
                self.files.append(data)

    def save(self, machine: Machine, change: Callable[[Book], object]) -> None:
        """Change and save the journal, with the window if open, else as a command."""
        store, book = machine.window or machine.opened()
        change(book)
        store.save(book)

    def replace_file(self, machine: Machine, data: bytes) -> None:
        machine.journal.parent.mkdir(parents=True, exist_ok=True)
        machine.journal.write_bytes(data)  # in place, as `cp` and some tools do it

    def end(self) -> Book:
        """Open and merge the journals of both machines; return the common result."""
        for machine in self.machines:
            if machine.window:
                store, book = machine.window
                store.refresh(book)
                store.save(book)
                machine.window = None
        one, two = self.machines
        for here, there in ((one, two), (two, one), (one, two)):
            store, book = here.opened()
            store.save(book)
            if here.journal.exists():
                self.replace_file(there, here.journal.read_bytes())
        return two.opened()[1]

    def check_nothing_is_lost(self) -> None:
        """Check that every acknowledged version is current, overruled, replaced or removed."""
        final = self.end()
        held = {entry.id: {_note(entry)} for entry in final}
        for line in final.snapshot.overruled():
            if line.entry:
                held.setdefault(line.of, set()).add(_note(line.entry))
        for note, entry_id in self.made.items():
            alive = held.get(entry_id, set()) | self.removals[entry_id]
            assert note in self._covered(alive), (note, entry_id)

    def _covered(self, alive: set[str]) -> set[str]:
        covered, rest = set[str](), set(alive)
        while rest:
            version = rest.pop()
            covered.add(version)
            rest |= self.replaced[version] - covered
        return covered


def run(seed: int, folder: Path) -> Counter[str]:
    """Play one history and check that nothing is lost; return the count of each act."""
    history = History(Random(seed), folder)  # noqa: S311 - no secret
    for _ in range(history.random.randrange(10, 40)):
        history.act()
    history.check_nothing_is_lost()
    return history.done


def _note(entry: Entry) -> str:
    assert isinstance(entry, Rating)
    return entry.note


def _rating(history: History) -> Rating:
    note = f"version {history.clock}"
    at = history.now - timedelta(hours=history.random.choice((0, 0, 0, 30)))
    return Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.OTHER, score=4, note=note)


def _add(history: History, machine: Machine) -> None:
    rating = _rating(history)
    is_added = machine.window is None and append(
        machine.journal, rating, machine.backups, history.now, machine.log
    )
    if not is_added:
        if machine.window is None:  # as `journal add` does where it takes a store
            book = Book()
            book.add(rating)
            machine.store().save(book)
        else:
            history.save(machine, lambda book: book.add(rating))
    history.made[rating.note] = rating.id
    history.done["add"] += 1


def _amend(history: History, machine: Machine) -> None:
    note = f"version {history.clock}"

    def amend(book: Book) -> None:
        if list(book):
            entry = history.random.choice(list(book))
            book.amend(replace(entry, note=note))
            history.replaced[note] |= {_note(entry)}
            history.made[note] = entry.id

    history.save(machine, amend)
    history.done["amend"] += 1


def _remove(history: History, machine: Machine) -> None:
    removal = f"removal {history.clock}"

    def remove(book: Book) -> None:
        if list(book):
            entry = history.random.choice(list(book))
            lost = [line.entry for line in book.snapshot.overruled(entry.id)]
            book.remove(entry.id)
            history.replaced[removal] |= {_note(each) for each in (entry, *lost) if each}
            history.removals[entry.id].add(removal)

    history.save(machine, remove)
    history.done["remove"] += 1


def _roll_back(history: History, machine: Machine) -> None:
    if history.files:
        history.replace_file(machine, history.random.choice(history.files))
        history.done["rolled back, open" if machine.window else "rolled back, closed"] += 1


def _sync(history: History, machine: Machine) -> None:
    other = next(each for each in history.machines if each is not machine)
    if other.journal.exists():
        history.replace_file(machine, other.journal.read_bytes())
        history.done["overwritten"] += 1


def _open(_history: History, machine: Machine) -> None:
    machine.window = machine.window or machine.opened()


def _look(_history: History, machine: Machine) -> None:
    if machine.window:
        store, book = machine.window
        store.refresh(book)
        if book.dirty:
            store.save(book)


def _close(history: History, machine: Machine) -> None:
    _look(history, machine)
    machine.window = None


def _add_beside(history: History, machine: Machine) -> None:
    """Add by a command while the window may be open."""
    window, machine.window = machine.window, None
    _add(history, machine)
    machine.window = window


Act = Callable[[History, Machine], None]
ACTS: tuple[Act, ...] = (
    *(_add, _add, _add, _amend, _remove, _roll_back, _roll_back, _roll_back),
    *(_sync, _open, _look, _close, _add_beside),
)
