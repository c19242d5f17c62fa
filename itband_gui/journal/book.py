"""The journal in memory: the entries in order, the changes not yet saved, and undo."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from itband_gui.journal.check import check
from itband_gui.journal.entries import Entry, Foreign, Kind, Overruled, Rating, Sign, stamped
from itband_gui.journal.holding import Holding, Spot
from itband_gui.journal.versions import (
    Version,
    descent,
    mark,
    next_rev,
    same_content,
    was,
    written,
)
from itband_gui.leg.names import Leg


class EntryExistsError(ValueError):
    """An entry was added under an id that is in the book; `args[0]` is the id."""


class EntryMissingError(KeyError):
    """No entry of that id is in the book; `args[0]` is the id."""


@dataclass(frozen=True)
class Change:
    """One entry's way from `before`, which the file holds, to `after`; None: not in the book."""

    before: Entry | None
    after: Entry | None
    again: tuple[Entry, ...] = ()  # versions that are overruled once more, by an undo

    @property
    def entry(self) -> Entry:
        """The entry as it is now, or as it was before it was removed."""
        entry = self.after or self.before
        assert entry is not None  # noqa: S101 - a change of nothing is never made
        return entry


@dataclass(frozen=True)
class Saved:
    """A look at the file, or a durable save of `changes`: what the file holds now.

    `took_in`: something came from outside; `overruled`: versions that lost to others by it;
    `owed`: what is held still has to be written; `backup_error`: the copy that was due failed.
    """

    holding: Holding
    changes: tuple[Change, ...] = ()
    took_in: bool = False
    overruled: tuple[Overruled, ...] = ()
    owed: bool = False
    backup_error: Exception | None = None


@dataclass(frozen=True)
class _Step:
    """Changes that are undone as one, and how often the book had been saved before them."""

    changes: tuple[Change, ...]
    saves: int
    lost: tuple[Entry, ...]  # overruled versions that went with them


class Book:
    """The entries, oldest first by (at, id); every change stays pending until it is saved."""

    def __init__(self, entries: Iterable[Entry] | Holding = ()) -> None:
        held = entries if isinstance(entries, Holding) else Holding.of_entries(entries)
        self.holding = held  # what the file holds, as far as is known here
        self._entries: dict[str, Entry] = {}
        self._order: list[Spot] = []
        self._pending: dict[str, Change] = {}  # by id; `before` is what the file holds
        self._steps: list[_Step] = []
        self._saves = 0
        self._owed = False  # the file may hold less than `holding`
        self._fill(held)

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

    @property
    def overruled(self) -> tuple[Overruled, ...]:
        """The versions that lost to another one in a merge, until they are used or dismissed."""
        return tuple(line for line, _ in self._undecided())

    def version(self, entry: Entry) -> Version:
        """Return an entry of the book with its bytes in the file."""
        held = self.holding.version(entry.id)
        return held if held and held.line == entry else written(entry, held)

    # Changing

    def add(self, entry: Entry) -> Entry:
        """Take a new entry in and return it as kept (its time stamped to the second).

        Raises:
            EntryInvalidError: see `check.check`.
            EntryExistsError: its id is taken.

        """
        return self.add_all([entry])[0]

    def amend(self, entry: Entry) -> Entry:
        """Put `entry` in the place of the one with its id, as that one's next revision.

        Raises:
            EntryInvalidError: see `check.check`.
            EntryMissingError: no such entry.

        """
        return self.add_all((), [entry])[0]

    def add_all(self, new: Iterable[Entry], amended: Iterable[Entry] = ()) -> list[Entry]:
        """Add and amend as one step to undo, all or nothing; return the entries as kept.

        Raises:
            EntryInvalidError: see `check.check`.
            EntryExistsError: the id of a new one is taken, in the book or by another new one.
            EntryMissingError: one to amend is not in the book.

        """
        changes = [self._addition(_admitted(entry)) for entry in new]
        changes += [self._amendment(_admitted(entry)) for entry in amended]
        counted = Counter(change.entry.id for change in changes)
        for entry_id in (entry_id for entry_id, times in counted.items() if times > 1):
            raise EntryExistsError(entry_id)
        self._step(changes)
        return [change.entry for change in changes]

    def remove(self, entry_id: str) -> Entry:
        """Take an entry out and return it.

        Raises:
            EntryMissingError: no such entry.

        """
        entry = self._known(entry_id)
        self._step([Change(entry, None)])
        return entry

    def replace_all(self, entries: Iterable[Entry]) -> None:
        """Make these the entries of the book, as one step to undo.

        Raises:
            EntryInvalidError: see `check.check`.

        """
        wanted = {entry.id: entry for entry in map(_admitted, entries)}
        changes = [Change(entry, None) for entry in self if entry.id not in wanted]
        for entry_id, entry in wanted.items():
            known = self._entries.get(entry_id)
            if known is None:
                changes.append(self._addition(entry))
            elif not same_content(known, entry):
                changes.append(self._amendment(entry))
        self._step(changes)

    def use(self, overruled_id: str) -> Entry:
        """Put a version that lost a merge in the place of the one that won; return it as kept.

        Raises:
            EntryMissingError: no such version, or its entry is no longer in the book.

        """
        line, lost = self._lost(overruled_id)
        stands = self.version(self._known(line.of))
        return self._decide(lost, stands, Version(lost, bytes(line.version)))

    def dismiss(self, overruled_id: str) -> Entry:
        """Let the version that won stand for good, and return it.

        Raises:
            EntryMissingError: no such version, or its entry is no longer in the book.

        """
        line, lost = self._lost(overruled_id)
        stands = self._known(line.of)
        return self._decide(stands, Version(lost, bytes(line.version)), self.version(stands))

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._steps)

    def undo(self) -> tuple[Change, ...]:
        """Take the last step back and return the changes taken back; empty without one."""
        if not self._steps:
            return ()
        step = self._steps.pop()
        for change in reversed(step.changes):
            target = change.before
            again: tuple[Entry, ...] = ()
            if target is not None and step.saves != self._saves:  # the file has the later state
                target = self._following(target)
                again = tuple(_revived(lost) for lost in step.lost if lost.id == target.id)
            self._put(change.entry.id, target, again)
        return step.changes

    # Saving

    @property
    def dirty(self) -> bool:
        """Whether anything is not yet saved."""
        return self._owed or bool(self._pending)

    @property
    def pending(self) -> tuple[Change, ...]:
        """The changes not yet saved, against what the file holds; one for each entry."""
        return tuple(self._pending.values())

    def accept(self, saved: Saved) -> None:
        """Take over what the file holds now; changes that are not in it stay pending."""
        outgoing = {change.entry.id: change.after for change in saved.changes}
        known = {entry_id: change.before for entry_id, change in self._pending.items()} | outgoing
        ours = {entry_id: self._entries.get(entry_id) for entry_id in known}
        again = {entry_id: change.again for entry_id, change in self._pending.items()}
        self.holding, self._owed, self._pending = saved.holding, saved.owed, {}
        self._saves += 1
        as_sent = all(
            ours[entry_id] == after == saved.holding.entry(entry_id)
            for entry_id, after in outgoing.items()
        )
        if as_sent and known.keys() == outgoing.keys() and not saved.took_in:
            return  # the book holds what the file holds already
        merged = saved.holding.entries_by_id()
        for entry_id, wanted in ours.items():
            if entry_id in outgoing and wanted == outgoing[entry_id]:
                continue
            held = merged.get(entry_id)
            entry = self._upon(held, known[entry_id], wanted, written=entry_id in outgoing)
            if entry is None:
                merged.pop(entry_id, None)
            else:
                merged[entry_id] = entry
            if entry != held:
                left = () if entry_id in outgoing else again.get(entry_id, ())
                self._pending[entry_id] = Change(held, entry, left)
        self._forget_steps(merged)
        self._entries = merged
        self._order = sorted((entry.at, entry.id) for entry in merged.values())

    def _upon(
        self, held: Entry | None, known: Entry | None, ours: Entry | None, *, written: bool
    ) -> Entry | None:
        """Return what our change, made when the file held `known`, is now that it holds `held`.

        `written`: it was made while `known` was on its way into the file.
        """
        if held != known:  # changed outside: an edit beats a removal, two edits are merged
            return held if ours is None or (written and held) else ours
        if ours is None or not written:
            return ours
        base = self.holding.version(ours.id)
        if base is None or mark(base.data) in was(ours):
            return ours
        return _next(ours, base)

    def _forget_steps(self, merged: Mapping[str, Entry]) -> None:
        """Forget how to undo what has been changed outside since."""
        self._steps = [
            step
            for step in self._steps
            if all(self._is_as_left(change.entry.id, merged) for change in step.changes)
        ]

    def _is_as_left(self, entry_id: str, merged: Mapping[str, Entry]) -> bool:
        now, left = merged.get(entry_id), self._entries.get(entry_id)
        return now == left or bool(now and left and same_content(now, left))

    def _fill(self, held: Holding) -> None:
        self._entries = held.entries_by_id()
        self._order = [spot for spot in held.order if spot[1] not in held.others]

    def _known(self, entry_id: str) -> Entry:
        entry = self._entries.get(entry_id)
        if entry is None:
            raise EntryMissingError(entry_id)
        return entry

    def _lost(self, overruled_id: str) -> tuple[Overruled, Entry]:
        for line, lost in self._undecided():
            if line.id == overruled_id:
                return line, lost
        raise EntryMissingError(overruled_id)

    def _undecided(self) -> Iterator[tuple[Overruled, Entry]]:
        """Yield what was overruled, and nobody has decided about yet, as line and entry."""
        for line in self.holding.overruled():
            stands, lost = self._entries.get(line.of), line.entry
            if stands and lost and mark(bytes(line.version)) not in was(stands):
                yield line, lost

    def _decide(self, chosen: Entry, left: Version, kept: Version) -> Entry:
        """Make a next revision of `chosen`, which is what `kept` holds, in the place of both."""
        before = self._known(chosen.id)
        after = replace(chosen, rev=next_rev(before), was=descent(left, kept))
        self._step([Change(before, after)])
        return after

    def _addition(self, entry: Entry) -> Change:
        line = self.holding.lines.get(entry.id)
        if entry.id in self._entries or isinstance(line, Overruled | Foreign):
            raise EntryExistsError(entry.id)
        return Change(None, entry if line == entry else self._following(entry))

    def _amendment(self, entry: Entry) -> Change:
        return Change(self._known(entry.id), self._following(entry))

    def _following(self, entry: Entry) -> Entry:
        """Return the entry as the next revision of what its id stands for, or stood for."""
        current = self._entries.get(entry.id)
        base = self.version(current) if current else self.holding.version(entry.id)
        return entry if base is None else _next(entry, base)

    def _step(self, changes: list[Change]) -> None:
        if not changes:
            return
        after = {change.entry.id: change.after for change in changes}
        lost = tuple(
            entry
            for line in self.overruled
            if line.of in after
            and (entry := line.entry)
            and not ((left := after[line.of]) and mark(bytes(line.version)) not in was(left))
        )
        for change in changes:
            self._put(change.entry.id, change.after)
        self._steps.append(_Step(tuple(changes), self._saves, lost))

    def _put(self, entry_id: str, after: Entry | None, again: tuple[Entry, ...] = ()) -> None:
        before = self._entries.pop(entry_id, None)
        if before is not None:
            del self._order[bisect_left(self._order, (before.at, entry_id))]
        if after is not None:
            self._entries[entry_id] = after
            insort(self._order, (after.at, entry_id))
        earlier = self._pending.pop(entry_id, None)
        held = before if earlier is None else earlier.before
        if held != after:
            left = earlier.again if earlier else ()
            self._pending[entry_id] = Change(held, after, again or left)


def _next(entry: Entry, base: Version) -> Entry:
    return replace(entry, rev=next_rev(base.line), was=descent(base))


def _revived(lost: Entry) -> Entry:
    """Return an overruled version that is new again to every machine that has forgotten it."""
    return replace(lost, was=descent(written(lost)))


def _admitted(entry: Entry) -> Entry:
    """Return the entry as the journal keeps it; what enters can always be written and read back."""
    check(entry)
    entry = stamped(entry)
    check(entry)  # stamping an offset of odd seconds may cross into another year
    return entry
