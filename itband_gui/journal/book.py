"""The journal in memory: ordered entries, unsaved changes, undo."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from itband_gui.journal.changes import Change, Saved, back_again, following, still_pending
from itband_gui.journal.entries import ConflictingVersion, Entry, Kind, Removed, UnknownLine
from itband_gui.journal.snapshot import FileSnapshot, LineKey
from itband_gui.journal.validation import normalized
from itband_gui.journal.versions import (
    Version,
    descent,
    mark,
    next_rev,
    same_content,
    settled,
    was,
    written,
)
from itband_gui.leg.names import Leg

_FEW = 20  # up to this many changes, inserting one by one is faster than sorting again


class EntryIndex:
    """Entries sorted by time, then by id."""

    def __init__(self, entries: dict[str, Entry], order: list[LineKey]) -> None:
        self._fill(entries, order)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return (self._entries[entry_id] for _, entry_id in self._order)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._entries

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None."""
        return self._entries.get(entry_id)

    def query(
        self,
        since: datetime | None = None,
        leg: Leg | None = None,
        kinds: Collection[Kind] | None = None,
    ) -> list[Entry]:
        """Return the entries from `since` on, about `leg` and of these kinds, oldest first.

        With `leg`, entries about neither leg (runs, rest days) are left out.
        """
        start = 0 if since is None else bisect_left(self._order, (since, ""))
        found = (self._entries[entry_id] for _, entry_id in self._order[start:])
        return [
            entry
            for entry in found
            if (leg is None or leg in entry.about) and (kinds is None or entry.kind in kinds)
        ]

    def _fill(self, entries: dict[str, Entry], order: list[LineKey]) -> None:
        """Replace all entries by these."""
        self._entries, self._order = entries, order

    def _place(self, afters: Mapping[str, Entry | None]) -> dict[str, Entry | None]:
        """Set the entries with these ids, or remove them if None; return the earlier ones."""
        befores = {entry_id: self._entries.pop(entry_id, None) for entry_id in afters}
        new = {entry_id: entry for entry_id, entry in afters.items() if entry}
        self._entries |= new
        keys = [(entry.at, entry_id) for entry_id, entry in new.items()]
        if len(afters) > _FEW:
            rest = [key for key in self._order if key[1] not in afters]
            self._order = sorted(rest + keys)
            return befores
        for entry_id, before in befores.items():
            if before:
                del self._order[bisect_left(self._order, (before.at, entry_id))]
        for key in keys:
            insort(self._order, key)
        return befores


class UndoStep(msgspec.Struct, frozen=True):
    """Changes that are undone together, and how often the book had been saved before them.

    `lost` are overruled versions that they settled; `beside` the ids of those that came with them.
    """

    changes: tuple[Change, ...]
    saves: int
    lost: tuple[Entry, ...] = ()
    beside: frozenset[str] = frozenset()

    def revived(self, entry_id: str) -> tuple[Entry, ...]:
        """Return an entry's versions in `lost` as new ones, as other computers forgot them."""
        gone = (entry for entry in self.lost if entry.id == entry_id)
        return tuple(replace(entry, was=descent(written(entry))) for entry in gone)


def decided(lines: Iterable[ConflictingVersion], changes: Iterable[Change]) -> tuple[Entry, ...]:
    """Return the overruled versions that these changes settle."""
    after = {change.entry.id: change.after for change in changes}
    lost = []
    for line in lines:
        entry, stands = line.entry, after.get(line.of)
        undecided = stands and mark(bytes(line.version)) not in was(stands)
        if entry and line.of in after and not undecided:
            lost.append(entry)
    return tuple(lost)


def again(entry: Entry, base: Version | None, rivals: Iterable[Version]) -> Entry:
    """Return an entry as it was before a step, as the successor of `base`.

    Undecided versions (`rivals`) that equal the entry are superseded, too.
    """
    if base is None:
        return entry
    like = (rival for rival in rivals if rival.line == entry)
    return replace(entry, rev=next_rev(base.line), was=descent(*like, base))


def instead(added: Version | None, rivals: Sequence[Version]) -> Entry | None:
    """Return the entry that remains when an addition is undone: another computer's, or None.

    It is the best of the undecided versions (`rivals`); the others stay undecided.
    """
    if added is None or not rivals:
        return None
    theirs = settled(rivals)[0]
    assert isinstance(theirs.line, Entry)  # noqa: S101 - only entries are ever undecided
    return replace(theirs.line, rev=next_rev(added.line), was=descent(added, theirs))


def still_undoable(
    steps: Iterable[UndoStep], before: Mapping[str, Entry], now: Mapping[str, Entry]
) -> list[UndoStep]:
    """Return the steps whose entries were not changed elsewhere since."""

    def is_as_left(entry_id: str) -> bool:
        left, there = before.get(entry_id), now.get(entry_id)
        return there == left or bool(there and left and same_content(there, left))

    return [step for step in steps if all(is_as_left(one.entry.id) for one in step.changes)]


class EntryExistsError(ValueError):
    """An entry was added with an id that is already in the book; `args[0]` is the id."""


class EntryMissingError(KeyError):
    """The book has no entry with that id; `args[0]` is the id."""


class Book(EntryIndex):
    """The entries, sorted by (at, id); every change stays pending until it is saved."""

    def __init__(self, entries: Iterable[Entry] | FileSnapshot = ()) -> None:
        held = entries if isinstance(entries, FileSnapshot) else FileSnapshot.of_entries(entries)
        self.snapshot = held  # the file's contents, as last read
        self._pending: dict[str, Change] = {}  # by id; `before` is the entry in the file
        self._steps: list[UndoStep] = []
        self._saves = 0
        self._owed = False  # the file may hold less than `snapshot`
        order = [key for key in held.order if key[1] not in held.others]
        super().__init__(held.entries_by_id(), order)

    @property
    def overruled(self) -> tuple[ConflictingVersion, ...]:
        """Versions that lost in a merge and were not yet used or dismissed."""
        return tuple(line for line, _ in self._undecided())

    def version(self, entry: Entry) -> Version:
        """Return an entry of the book with its encoded bytes."""
        held = self.snapshot.version(entry.id)
        return held if held and held.line == entry else written(entry, held)

    # Changing

    def add(self, entry: Entry) -> Entry:
        """Add an entry and return it as stored, with its time cut to the second.

        Raises:
            EntryInvalidError: see `validation.check`.
            EntryExistsError: its id is taken.

        """
        return self.add_all([entry])[0]

    def amend(self, entry: Entry, made_from: Entry | None = None) -> Entry:
        """Replace the entry with the same id by `entry`, as its next revision.

        `made_from` is the entry as the user saw it, for example when a form was opened. If the book
        has another version by now, which the user has not seen, that one is kept as an overruled
        version. If the entry was removed meanwhile, it is added again: an edit beats a removal.

        Raises:
            EntryInvalidError: see `validation.check`.
            EntryMissingError: there is no such entry and `made_from` is not given.

        """
        change = self._amendment(normalized(entry), made_from)
        self._step([change])
        return change.entry

    def add_all(
        self, new: Iterable[Entry], amended: Iterable[Entry] = (), gone: Iterable[str] = ()
    ) -> list[Entry]:
        """Add, amend and remove entries as one undoable step; return the new and amended ones.

        If one is refused, nothing is changed.

        Raises:
            EntryInvalidError: see `validation.check`.
            EntryExistsError: an id occurs twice, or a new entry's id is taken.
            EntryMissingError: an entry to amend or remove is not in the book.

        """
        changes = [self._addition(normalized(entry)) for entry in new]
        changes += [self._amendment(normalized(entry)) for entry in amended]
        counted = Counter(change.entry.id for change in changes)
        for entry_id in (entry_id for entry_id, times in counted.items() if times > 1):
            raise EntryExistsError(entry_id)
        self._step([*changes, *(Change(self._known(entry_id), None) for entry_id in gone)])
        return [change.entry for change in changes]

    def take_over(self, versions: Iterable[Entry], beside: Collection[str] = ()) -> None:
        """Store versions from another journal unchanged, as one undoable step.

        `beside` has the ids of overruled lines that come with them and leave with them on undo.

        Raises:
            EntryInvalidError: see `validation.check`.
            EntryExistsError: an id belongs to a line that is not an entry.

        """
        entries = map(normalized, versions)
        self._step(
            [
                Change(known, entry) if (known := self.get(entry.id)) else self._addition(entry)
                for entry in entries
            ],
            beside,
        )

    def remove(self, entry_id: str) -> Entry:
        """Remove an entry and return it.

        Raises:
            EntryMissingError: no such entry.

        """
        entry = self._known(entry_id)
        self._step([Change(entry, None)])
        return entry

    def replace_all(self, entries: Iterable[Entry]) -> None:
        """Replace all entries of the book, as one undoable step.

        Raises:
            EntryInvalidError: see `validation.check`.

        """
        # Unchanged entries were checked before.
        wanted = {
            entry.id: entry if entry == self.get(entry.id) else normalized(entry)
            for entry in entries
        }
        changes = [Change(entry, None) for entry in self if entry.id not in wanted]
        for entry_id, entry in wanted.items():
            known = self._entries.get(entry_id)
            if known is None:
                changes.append(self._addition(entry))
            elif not same_content(known, entry):
                changes.append(Change(known, self._following(entry)))
        self._step(changes)

    def use(self, overruled_id: str) -> Entry:
        """Replace the winner of a merge by the version that lost; return it as stored.

        Raises:
            EntryMissingError: there is no such version, or its entry is no longer in the book.

        """
        line, lost = self._lost(overruled_id)
        stands = self.version(self._known(line.of))
        return self._decide(lost, stands, Version(lost, bytes(line.version)))

    def dismiss(self, overruled_id: str) -> Entry:
        """Keep the winner of a merge for good and return it.

        Raises:
            EntryMissingError: there is no such version, or its entry is no longer in the book.

        """
        line, lost = self._lost(overruled_id)
        stands = self._known(line.of)
        return self._decide(stands, Version(lost, bytes(line.version)), self.version(stands))

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._steps)

    def undo(self) -> tuple[Change, ...]:
        """Undo the last step and return its changes; empty if there is none.

        If another computer changed an added entry, its version stays in place.
        """
        if not self._steps:
            return ()
        step = self._steps.pop()
        undone = {change.entry.id: change.before for change in reversed(step.changes)}
        if step.saves == self._saves:
            self._put(undone)
            return step.changes
        rivals = defaultdict[str, list[Version]](list)  # a save came in between
        for line, lost in self._undecided():
            if line.id not in step.beside:
                rivals[line.of].append(Version(lost, bytes(line.version)))
        self._put(
            {
                entry_id: again(before, self._base(entry_id), rivals[entry_id])
                if before
                else instead(self._base(entry_id), rivals[entry_id])
                for entry_id, before in undone.items()
            },
            {entry_id: step.revived(entry_id) for entry_id, before in undone.items() if before},
        )
        return step.changes

    # Saving

    @property
    def dirty(self) -> bool:
        """Whether anything is unsaved."""
        return self._owed or bool(self._pending)

    @property
    def pending(self) -> tuple[Change, ...]:
        """The unsaved changes relative to the file, one for each entry."""
        return tuple(self._pending.values())

    def accept(self, saved: Saved) -> None:
        """Take over the file's new contents; changes that are not in it stay pending."""
        self._pending = still_pending(saved, self._pending, self._entries)
        self.snapshot, self._owed = saved.snapshot, saved.needs_write
        self._saves += 1
        outgoing = {change.entry.id: change.after for change in saved.changes}
        as_sent = all(saved.snapshot.entry(key) == after for key, after in outgoing.items())
        if as_sent and not saved.merged_external and not self._pending:
            return  # the book already has the file's contents
        merged = saved.snapshot.entries_by_id()
        for entry_id, change in self._pending.items():
            merged.pop(entry_id, None)
            if change.after:
                merged[entry_id] = change.after
        self._steps = still_undoable(self._steps, self._entries, merged)
        self._fill(merged, sorted((entry.at, entry.id) for entry in merged.values()))

    # Inside

    def _known(self, entry_id: str) -> Entry:
        entry = self._entries.get(entry_id)
        if entry is None:
            raise EntryMissingError(entry_id)
        return entry

    def _lost(self, overruled_id: str) -> tuple[ConflictingVersion, Entry]:
        for line, lost in self._undecided():
            if line.id == overruled_id:
                return line, lost
        raise EntryMissingError(overruled_id)

    def _undecided(self) -> Iterator[tuple[ConflictingVersion, Entry]]:
        """Yield the overruled versions that the user has not decided on, as line and entry."""
        for line in self.snapshot.overruled():
            stands, lost = self._entries.get(line.of), line.entry
            if stands and lost and mark(bytes(line.version)) not in was(stands):
                yield line, lost

    def _decide(self, chosen: Entry, left: Version, kept: Version) -> Entry:
        """Make the entry `chosen`, which is that of `kept`, the next revision of both versions."""
        before = self._known(chosen.id)
        after = replace(chosen, rev=next_rev(before), was=descent(left, kept))
        self._step([Change(before, after)])
        return after

    def _addition(self, entry: Entry) -> Change:
        base = self.snapshot.version(entry.id)
        if entry.id in self._entries or (
            base and isinstance(base.line, ConflictingVersion | UnknownLine)
        ):
            raise EntryExistsError(entry.id)
        if base is None or base.line == entry:
            return Change(None, entry)
        if isinstance(base.line, Removed):
            return Change(None, back_again(entry, base))
        return Change(None, following(entry, base))

    def _amendment(self, entry: Entry, made_from: Entry | None = None) -> Change:
        if made_from is not None and entry.id not in self:
            return self._addition(entry)
        known = self._known(entry.id)
        if made_from is None or made_from == known:
            return Change(known, self._following(entry))
        # A higher revision than the version that the user has not seen, so that this one wins.
        after = following(entry, written(made_from))
        return Change(known, replace(after, rev=next_rev(known)))

    def _following(self, entry: Entry) -> Entry:
        """Return the entry as the next revision of the present or last one with its id."""
        base = self._base(entry.id)
        return entry if base is None else following(entry, base)

    def _base(self, entry_id: str) -> Version | None:
        """Return the version that the next change to this id will supersede."""
        current = self.get(entry_id)
        return self.version(current) if current else self.snapshot.version(entry_id)

    def _step(self, changes: list[Change], beside: Collection[str] = ()) -> None:
        if not changes:
            return
        lost = decided(self.overruled, changes)
        self._put({change.entry.id: change.after for change in changes})
        self._steps.append(UndoStep(tuple(changes), self._saves, lost, frozenset(beside)))

    def _put(
        self,
        afters: Mapping[str, Entry | None],
        revived: Mapping[str, tuple[Entry, ...]] | None = None,
    ) -> None:
        """Set or, if None, remove the entries with these ids, and update the pending changes."""
        for entry_id, before in self._place(afters).items():
            after, earlier = afters[entry_id], self._pending.pop(entry_id, None)
            held = before if earlier is None else earlier.before
            if held != after:
                left = earlier.again if earlier else ()
                again_too = revived.get(entry_id, ()) if revived else ()
                self._pending[entry_id] = Change(held, after, again_too or left)
