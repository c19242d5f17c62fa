"""Plays random histories of three machines that share a journal and checks their laws.

A history is a few dozen acts: add, amend, remove, undo, use or dismiss what was overruled, merge
another machine's file, keep a stale copy and merge it later. Which version replaced which is
noted here by watching, not by reading `was`.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random

from msgspec import UNSET
from msgspec.structs import replace

from itband_gui.journal.book import Book
from itband_gui.journal.changes import Saved
from itband_gui.journal.entries import (
    Activity,
    AnyLine,
    ConflictingVersion,
    Entry,
    Removed,
    RestDay,
    Sport,
)
from itband_gui.journal.lines import parse_line
from itband_gui.journal.merge import applied, merge
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.versions import same_content, written

START = datetime(2026, 1, 1, tzinfo=UTC)
IDS = ("a", "b")  # few, so that machines meet at the same entry
MACHINES = 3


@dataclass
class History:
    """One run: the machines' books, stale copies of their files, and what replaced what."""

    random: Random
    books: list[Book] = field(default_factory=lambda: [Book() for _ in range(MACHINES)])
    copies: list[FileSnapshot] = field(default_factory=list)
    forms: list[tuple[Book, Entry]] = field(default_factory=list)  # opened, and where
    replaced: dict[bytes, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    made: set[bytes] = field(default_factory=set)
    clock: int = 0

    def act(self) -> None:
        """Do one random act on one machine."""
        book = self.random.choice(self.books)
        act = self.random.choice(ACTS)
        act(self, book)
        self.save(book, may_decide=act in DECIDING)

    def save(self, book: Book, *, may_decide: bool) -> None:
        """Write the book's changes and note which versions they replaced."""
        self.clock += 1
        before = versions(book.snapshot)
        now = START + timedelta(minutes=self.clock)
        held = applied(book.snapshot, book.pending, now)
        after = versions(held)
        # What is added anew where something was removed goes on from both: from the removal, and
        # from itself as it is added where nothing was, which another machine may have done.
        first = defaultdict[str, set[bytes]](set)
        for change in book.pending:
            if change.before is None and change.after:
                as_new = replace(change.after, rev=1, was=UNSET)
                first[as_new.id].add(written(as_new).data)
        for entry_id in before.keys() | after.keys():
            gone = before[entry_id] - after[entry_id]
            for version in after[entry_id] - before[entry_id]:
                self.made.add(version)
                self.replaced[version] |= gone | first[entry_id]
            assert not gone or after[entry_id] - before[entry_id], "nothing goes unreplaced"
            new = [line_of(version) for version in after[entry_id] - before[entry_id]]
            said = [
                line for line in map(line_of, gone) if not any(_same(line, each) for each in new)
            ]
            entries = [line for line in said if not isinstance(line, Removed)]
            assert may_decide or len(entries) <= 1, "only the user takes away what was overruled"
        book.accept(Saved(held, book.pending))
        assert not book.dirty

    def receive(self, book: Book, theirs: FileSnapshot) -> None:
        """Merge another file into a machine's."""
        merged = merge(book.snapshot, theirs)
        assert merged.data == merge(theirs, book.snapshot).data, "it is the same from either side"
        assert merge(merged, theirs).data == merged.data, "a second time changes nothing"
        assert merge(merged, book.snapshot).data == merged.data
        book.accept(Saved(merged, merged_external=True))
        assert {e.id: e for e in book} == {e.id: e for e in merged.entries()}

    def meet(self) -> FileSnapshot:
        """Merge all machines and copies in several orders; return the common result."""
        states = [book.snapshot for book in self.books] + self.copies
        first = together(states)
        for order in permutations(states[:MACHINES]):
            again = together([*self.copies, *order])
            assert again.data == first.data, "the order of meeting makes no difference"
        one, two, three = states[:MACHINES]
        assert merge(one, merge(two, three)).data == merge(merge(one, two), three).data
        return first

    def check_nothing_is_lost(self, final: FileSnapshot) -> None:
        """Check that every version made is current, overruled, or replaced by such a one."""
        held = {version for kept in versions(final).values() for version in kept}
        covered, rest = set[bytes](), set(held)
        while rest:
            version = rest.pop()
            covered.add(version)
            rest |= self.replaced[version] - covered
        lines = [line_of(version) for version in self.made - covered]
        assert all(isinstance(line, Removed) for line in lines), lines


def run(seed: int) -> int:
    """Play one history, check every law, and return how many versions were overruled."""
    history = History(Random(seed))  # noqa: S311 - no secret
    for _ in range(history.random.randrange(5, 25)):
        history.act()
    final = history.meet()
    history.check_nothing_is_lost(final)
    return len(final.overruled())


def run_many(first: int, count: int) -> int:
    """Play the histories of these seeds; an error names the seed."""
    overruled = 0
    for seed in range(first, first + count):
        try:
            overruled += run(seed)
        except BaseException as error:
            error.add_note(f"history {seed}")
            raise
    return overruled


def together(states: list[FileSnapshot]) -> FileSnapshot:
    """Merge these, one after another."""
    merged = states[0]
    for state in states[1:]:
        merged = merge(merged, state)
    return merged


def line_of(version: bytes) -> AnyLine:
    return parse_line(version, lenient=False).line


def versions(held: FileSnapshot) -> dict[str, set[bytes]]:
    """Return the bytes of all versions held of each entry."""
    found: dict[str, set[bytes]] = defaultdict(set)
    for line_id, line in held.lines.items():
        if isinstance(line, ConflictingVersion):
            found[line.of].add(bytes(line.version))
        else:
            found[line_id].add(held.data[line_id])
    return found


def _add(history: History, book: Book) -> None:
    free = [entry_id for entry_id in IDS if entry_id not in book]
    if free:
        entry_id, note = history.random.choice(free), str(history.random.randrange(3))
        if history.random.randrange(2):
            book.add(RestDay(id=entry_id, at=START, note=note))
        else:
            sport = history.random.choice(list(Sport))
            book.add(Activity(id=entry_id, at=START, sport=sport, minutes=9, effort=1, note=note))


def _amend(history: History, book: Book) -> None:
    entry = _any(history, book)
    if entry:
        later = START + timedelta(hours=history.random.randrange(3))
        book.amend(replace(entry, at=later, note=str(history.random.randrange(3))))


def _open_form(history: History, book: Book) -> None:
    entry = _any(history, book)
    if entry:
        history.forms.append((book, entry))


def _save_form(history: History, book: Book) -> None:
    opened = [entry for where, entry in history.forms if where is book and entry.id in book]
    if opened:
        entry = history.random.choice(opened)
        book.amend(replace(entry, note=str(history.random.randrange(3))), entry)


def _remove(history: History, book: Book) -> None:
    entry = _any(history, book)
    if entry:
        book.remove(entry.id)


def _undo(_history: History, book: Book) -> None:
    book.undo()


def _use(history: History, book: Book) -> None:
    if book.overruled:
        book.use(history.random.choice(book.overruled).id)


def _dismiss(history: History, book: Book) -> None:
    if book.overruled:
        book.dismiss(history.random.choice(book.overruled).id)


def _receive(history: History, book: Book) -> None:
    history.receive(book, history.random.choice(history.books).snapshot)


def _copy(history: History, book: Book) -> None:
    history.copies.append(book.snapshot)


def _receive_copy(history: History, book: Book) -> None:
    if history.copies:
        history.receive(book, history.random.choice(history.copies))


def _same(one: AnyLine, other: AnyLine) -> bool:
    return isinstance(one, Entry) and isinstance(other, Entry) and same_content(one, other)


def _any(history: History, book: Book) -> Entry | None:
    entries = list(book)
    return history.random.choice(entries) if entries else None


Act = Callable[[History, Book], None]
ACTS: tuple[Act, ...] = (
    *(_add, _amend, _amend, _amend, _remove, _undo, _use, _dismiss),
    *(_receive, _receive, _receive, _copy, _receive_copy, _open_form, _save_form),
)
DECIDING = (_remove, _use, _dismiss)

if __name__ == "__main__":
    print(json.dumps({"overruled": run_many(int(sys.argv[1]), int(sys.argv[2]))}))  # noqa: T201 - read by the test
