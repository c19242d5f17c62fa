"""The journal in memory: the entries in order, the changes not yet saved, and undo."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace

from itband_gui.journal.check import check
from itband_gui.journal.entries import Entry, Kind, Rating, Sign, stamped
from itband_gui.leg.names import Leg

_Spot = tuple[datetime, str]  # where an entry stands: by time, then by id


class EntryExistsError(ValueError):
    """An entry was added under an id that is in the book; `args[0]` is the id."""


class EntryMissingError(KeyError):
    """No entry of that id is in the book; `args[0]` is the id."""


@dataclass(frozen=True)
class Change:
    """One entry's way from `before` to `after`; None stands for not being in the book."""

    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry as it is now, or as it was before it was removed."""
        entry = self.after or self.before
        assert entry is not None  # noqa: S101 - a change of nothing is never made
        return entry


@dataclass(frozen=True)
class Foreign:
    """A line that only a newer version of this program can read; kept byte for byte."""

    id: str
    at: datetime
    line: bytes


@dataclass(frozen=True)
class Luggage:
    """What a newer version put into the file and this one carries along unread.

    `schema` is the file's own; `lines` holds, by entry id, lines with fields unknown here.
    """

    schema: int = 1
    lines: Mapping[str, bytes] = field(default_factory=dict)
    foreign: tuple[Foreign, ...] = ()


@dataclass(frozen=True)
class _Step:
    """A change that can be undone, and how often the book had been saved before it."""

    change: Change
    saves: int


class Book:
    """The entries, oldest first by (at, id); every change stays pending until it is saved."""

    def __init__(self, entries: Iterable[Entry] = (), luggage: Luggage | None = None) -> None:
        self.luggage = luggage or Luggage()
        self._entries: dict[str, Entry] = {}
        self._order: list[_Spot] = []
        self._pending: dict[str, Change] = {}  # by id; `before` is what the file holds
        self._steps: list[_Step] = []
        self._saves = 0
        self._owed = False  # the file may hold a change that no save has confirmed
        self._fill(entries)

    @classmethod
    def unsaved(cls, entries: Iterable[Entry], luggage: Luggage) -> "Book":
        """Return a book of which no file holds anything: every entry is pending."""
        book = cls(entries, luggage)
        book._pending = {entry.id: Change(None, entry) for entry in book}
        return book

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return (self._entries[entry_id] for _, entry_id in self._order)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._entries

    # Asking

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry of that id, or None."""
        return self._entries.get(entry_id)

    def query(
        self,
        since: datetime | None = None,
        leg: Leg | None = None,
        kinds: Collection[Kind] | None = None,
    ) -> list[Entry]:
        """Return the entries from `since` on, about `leg`, of `kinds`, oldest first.

        An entry about no leg (a run, a rest day) is not about `leg`.
        """
        start = 0 if since is None else bisect_left(self._order, (since, ""))
        found = (self._entries[entry_id] for _, entry_id in self._order[start:])
        return [
            entry
            for entry in found
            if (leg is None or leg in entry.about) and (kinds is None or entry.kind in kinds)
        ]

    def open_signs(self) -> list[Sign]:
        """Return the warning signs not yet resolved, oldest first."""
        return [entry for entry in self if isinstance(entry, Sign) and entry.resolved is None]

    def latest_rating(self, leg: Leg) -> Rating | None:
        """Return the newest rating of a leg, or None."""
        for _, entry_id in reversed(self._order):
            entry = self._entries[entry_id]
            if isinstance(entry, Rating) and entry.leg is leg:
                return entry
        return None

    # Changing

    def add(self, entry: Entry) -> Entry:
        """Take a new entry in and return it as kept (its time stamped to the second).

        Raises:
            EntryInvalidError: see `check.check`.
            EntryExistsError: its id is taken.

        """
        entry = _admitted(entry)
        if entry.id in self._entries:
            raise EntryExistsError(entry.id)
        return self._change(None, entry).entry

    def amend(self, entry: Entry) -> Entry:
        """Put `entry` in the place of the one with its id, as that one's next revision.

        Raises:
            EntryInvalidError: see `check.check`.
            EntryMissingError: no such entry.

        """
        entry = _admitted(entry)
        before = self._known(entry.id)
        return self._change(before, replace(entry, rev=before.rev + 1)).entry

    def remove(self, entry_id: str) -> Entry:
        """Take an entry out and return it.

        Raises:
            EntryMissingError: no such entry.

        """
        return self._change(self._known(entry_id), None).entry

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._steps)

    def undo(self) -> Change | None:
        """Take the last change back and return the change taken back, or None without one."""
        if not self._steps:
            return None
        step = self._steps.pop()
        entry_id, target = step.change.entry.id, step.change.before
        if target is not None and step.saves != self._saves:
            # The file has seen the later state: going back is one more revision.
            current = self._entries.get(entry_id, target)
            target = replace(target, rev=max(target.rev, current.rev) + 1)
        self._put(entry_id, target)
        return step.change

    # Saving

    @property
    def dirty(self) -> bool:
        """Whether anything is not yet saved."""
        return self._owed or bool(self._pending)

    @property
    def pending(self) -> tuple[Change, ...]:
        """The changes not yet saved, against what the file holds; one for each entry."""
        return tuple(self._pending.values())

    def mark_saved(self) -> None:
        """Note that everything is durable now; undo still works, as a new change."""
        self._pending.clear()
        self._owed = False
        self._saves += 1

    def rebase(self, entries: Iterable[Entry], luggage: Luggage) -> tuple[Entry, ...]:
        """Take in what the file holds now and replay the pending changes on it.

        An edit beats a removal. Where both sides edited, ours stands as the next revision; the
        file's versions that lost this way are returned.
        """
        theirs = {entry.id: entry for entry in entries}
        merged, overruled = dict(theirs), []
        for entry_id, change in self._pending.items():
            held, ours = theirs.get(entry_id), change.after
            untouched = held is None or held in (change.before, ours)
            if ours is None:
                if untouched:
                    merged.pop(entry_id, None)
            elif untouched or held is None:
                merged[entry_id] = ours
            else:
                merged[entry_id] = replace(ours, rev=max(held.rev, ours.rev) + 1)
                overruled.append(held)
        self._adopt(merged, theirs, luggage)
        return tuple(overruled)

    def _adopt(
        self, merged: dict[str, Entry], theirs: Mapping[str, Entry], luggage: Luggage
    ) -> None:
        """Become `merged`, of which the file holds `theirs`; forget undo of what they changed."""
        self._steps = [
            step
            for step in self._steps
            if merged.get(step.change.entry.id) == self._entries.get(step.change.entry.id)
        ]
        old, self._pending = self._pending, {}
        for entry_id in old:
            held, ours = theirs.get(entry_id), merged.get(entry_id)
            if held != ours:
                self._pending[entry_id] = Change(held, ours)
            else:
                self._owed = True
        self._saves += 1
        self._fill(merged.values())
        self.luggage = luggage

    def _fill(self, entries: Iterable[Entry]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._order = [(entry.at, entry.id) for entry in self._entries.values()]
        self._order.sort()  # a file is in order already, which makes this one pass

    def _known(self, entry_id: str) -> Entry:
        entry = self._entries.get(entry_id)
        if entry is None:
            raise EntryMissingError(entry_id)
        return entry

    def _change(self, before: Entry | None, after: Entry | None) -> Change:
        change = Change(before, after)
        self._put(change.entry.id, after)
        self._steps.append(_Step(change, self._saves))
        return change

    def _put(self, entry_id: str, after: Entry | None) -> None:
        before = self._entries.pop(entry_id, None)
        if before is not None:
            del self._order[bisect_left(self._order, (before.at, entry_id))]
        if after is not None:
            self._entries[entry_id] = after
            insort(self._order, (after.at, entry_id))
        earlier = self._pending.pop(entry_id, None)
        held = before if earlier is None else earlier.before
        if held != after:
            self._pending[entry_id] = Change(held, after)


def _admitted(entry: Entry) -> Entry:
    """Return the entry as the journal keeps it; what enters can always be written and read back."""
    check(entry)
    entry = stamped(entry)
    check(entry)  # stamping an offset of odd seconds may cross into another year
    return entry
